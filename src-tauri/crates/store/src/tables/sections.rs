//! The passages people read: one heading's worth of a document, in clean text.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::chunks::{self, ChunkPlace, NewChunk};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE section(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
        ord INTEGER NOT NULL,
        heading_path TEXT NOT NULL,
        text TEXT NOT NULL,
        tokens INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX section_source ON section(source_id, ord);
";

/// One passage with where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRow {
    /// The section's number.
    pub id: i64,
    /// The source it belongs to.
    pub source_id: i64,
    /// The source's file name.
    pub source: String,
    /// The document's title.
    pub title: String,
    /// Title and headings, joined by ` > `.
    pub heading_path: String,
    /// The clean text.
    pub text: String,
}

/// One passage to save, with the pieces it is found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSection {
    /// Title and headings, joined by ` > `.
    pub heading_path: String,
    /// The clean text.
    pub text: String,
    /// Tokens of the text.
    pub tokens: i64,
    /// What it is found by.
    pub chunks: Vec<NewChunk>,
}

impl Store {
    /// One section.
    pub fn section(&self, id: i64) -> Result<Option<SectionRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT section.id, source_id, source.name, source.title, heading_path, text
                 FROM section JOIN source ON source.id = source_id WHERE section.id = ?1",
            )?;
            Ok(query.query_row([id], read_section).optional()?)
        })
    }

    /// Every section of a source, in its order.
    pub fn sections_of(&self, source_id: i64) -> Result<Vec<SectionRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT section.id, source_id, source.name, source.title, heading_path, text
                 FROM section JOIN source ON source.id = source_id
                 WHERE source_id = ?1 ORDER BY ord",
            )?;
            let rows = query.query_map([source_id], read_section)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn read_section(row: &Row<'_>) -> rusqlite::Result<SectionRow> {
    Ok(SectionRow {
        id: row.get(0)?,
        source_id: row.get(1)?,
        source: row.get(2)?,
        title: row.get(3)?,
        heading_path: row.get(4)?,
        text: row.get(5)?,
    })
}

/// Removes the sections of a source with their pieces.
///
/// The pieces go first and at once: one by one, as the sections go, takes twice as long.
pub(crate) fn remove(transaction: &Transaction<'_>, source_id: i64) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM chunk WHERE section_id IN(SELECT id FROM section WHERE source_id = ?1)",
        [source_id],
    )?;
    transaction.execute("DELETE FROM section WHERE source_id = ?1", [source_id])?;
    Ok(())
}

/// Saves the sections of a source, as part of replacing it.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    source_id: i64,
    sections: &[NewSection],
) -> Result<(), StoreError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO section(source_id, ord, heading_path, text, tokens)
         VALUES(?1, ?2, ?3, ?4, ?5)",
    )?;
    for (ord, section) in sections.iter().enumerate() {
        insert.execute(params![
            source_id,
            ord as i64,
            section.heading_path,
            section.text,
            section.tokens
        ])?;
        let place = ChunkPlace::Section(transaction.last_insert_rowid());
        chunks::insert(transaction, place, &section.chunks)?;
    }
    Ok(())
}
