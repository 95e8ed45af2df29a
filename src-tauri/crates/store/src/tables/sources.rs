//! Where knowledge came from: one row for each imported file.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::faqs::{self, NewFaq};
use super::sections::{self, NewSection};
use super::{embeddings, meta};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE source(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uri TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        title TEXT NOT NULL,
        language TEXT,
        hash BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        parser_version INTEGER NOT NULL,
        warnings TEXT NOT NULL,
        created_at INTEGER NOT NULL DEFAULT (unixepoch()),
        updated_at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT;
";

/// One imported file with what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The source's number.
    pub id: i64,
    /// What makes it one source: the file's whole path.
    pub uri: String,
    /// Kind of file, such as `markdown`.
    pub kind: String,
    /// File name.
    pub name: String,
    /// The document's title.
    pub title: String,
    /// SHA-256 of the bytes.
    pub hash: Vec<u8>,
    /// Version of the code that read it.
    pub parser_version: i64,
    /// What staff should know.
    pub warnings: Vec<String>,
    /// Unix seconds of the last import that changed something.
    pub updated_at: i64,
    /// Searchable pieces of its sections.
    pub passages: i64,
    /// Of these, with a vector of the model asked about.
    pub embedded: i64,
    /// Its questions and answers.
    pub faqs: i64,
}

/// One file to save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSource {
    /// What makes it one source: the file's whole path.
    pub uri: String,
    /// Kind of file.
    pub kind: String,
    /// File name.
    pub name: String,
    /// The document's title.
    pub title: String,
    /// ISO 639-1, if known.
    pub language: Option<String>,
    /// SHA-256 of the bytes.
    pub hash: Vec<u8>,
    /// Size of the file.
    pub bytes: i64,
    /// Version of the code that read it.
    pub parser_version: i64,
    /// What staff should know.
    pub warnings: Vec<String>,
}

const QUERY: &str = "
    SELECT id, uri, kind, name, title, hash, parser_version, warnings, updated_at,
    (SELECT count(*) FROM section JOIN chunk ON section_id = section.id
     WHERE source_id = source.id AND role IN('body', 'table_row')),
    (SELECT count(*) FROM section JOIN chunk ON section_id = section.id
     WHERE source_id = source.id AND role IN('body', 'table_row') AND EXISTS(
     SELECT 1 FROM embedding WHERE embedding.hash = chunk.hash AND embedder = ?1)),
    (SELECT count(*) FROM faq WHERE source_id = source.id)
    FROM source";

impl Store {
    /// Every source by name, with its vectors of one model counted.
    pub fn sources(&self, embedder: &str) -> Result<Vec<SourceRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{QUERY} ORDER BY name, id"))?;
            let rows = query.query_map([embedder], read_source)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The source of a file, if it was imported before.
    pub fn source_of(&self, uri: &str) -> Result<Option<SourceRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{QUERY} WHERE uri = ?2"))?;
            Ok(query.query_row(params!["", uri], read_source).optional()?)
        })
    }

    /// Makes a source equal to what was read from its file, in one transaction.
    ///
    /// Vectors of content that stayed are kept. Returns the source's number.
    pub fn replace_source(
        &self,
        source: NewSource,
        sections: Vec<NewSection>,
        faqs: Vec<NewFaq>,
    ) -> Result<i64, StoreError> {
        self.write(move |transaction| {
            let id = upsert(transaction, &source)?;
            sections::remove(transaction, id)?;
            sections::insert(transaction, id, &sections)?;
            faqs::replace(transaction, id, &faqs)?;
            embeddings::sweep(transaction)?;
            meta::raise_version(transaction)?;
            Ok(id)
        })
    }

    /// Removes a source and everything made from it; false when there is no such source.
    pub fn remove_source(&self, id: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            sections::remove(transaction, id)?;
            let removed = transaction.execute("DELETE FROM source WHERE id = ?1", [id])?;
            if removed > 0 {
                embeddings::sweep(transaction)?;
                meta::raise_version(transaction)?;
            }
            Ok(removed > 0)
        })
    }
}

fn read_source(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    let warnings: String = row.get(7)?;
    Ok(SourceRow {
        id: row.get(0)?,
        uri: row.get(1)?,
        kind: row.get(2)?,
        name: row.get(3)?,
        title: row.get(4)?,
        hash: row.get(5)?,
        parser_version: row.get(6)?,
        warnings: warnings.lines().map(str::to_owned).collect(),
        updated_at: row.get(8)?,
        passages: row.get(9)?,
        embedded: row.get(10)?,
        faqs: row.get(11)?,
    })
}

fn upsert(transaction: &Transaction<'_>, source: &NewSource) -> Result<i64, StoreError> {
    Ok(transaction.query_row(
        "INSERT INTO source(uri, kind, name, title, language, hash, bytes, parser_version,
         warnings) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT(uri) DO UPDATE SET kind = excluded.kind, name = excluded.name,
         title = excluded.title, language = excluded.language, hash = excluded.hash,
         bytes = excluded.bytes, parser_version = excluded.parser_version,
         warnings = excluded.warnings, updated_at = unixepoch()
         RETURNING id",
        params![
            source.uri,
            source.kind,
            source.name,
            source.title,
            source.language,
            source.hash,
            source.bytes,
            source.parser_version,
            source.warnings.join("\n"),
        ],
        |row| row.get(0),
    )?)
}
