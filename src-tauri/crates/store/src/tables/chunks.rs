//! The pieces things are found by: parts of sections, wordings of questions, single sentences.
//!
//! Their tokens are made by the caller; the full-text table holds the same tokens, and a trigger
//! keeps it from outliving a piece. Sentences are looked up through their section and are left out
//! of the full text.

use std::ops::Range;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE chunk(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        section_id INTEGER REFERENCES section(id) ON DELETE CASCADE,
        faq_id INTEGER REFERENCES faq(id) ON DELETE CASCADE,
        role TEXT NOT NULL,
        ord INTEGER NOT NULL,
        byte_start INTEGER,
        byte_end INTEGER,
        text TEXT NOT NULL,
        tokens INTEGER NOT NULL,
        hash BLOB NOT NULL,
        language TEXT NOT NULL,
        title_terms TEXT NOT NULL,
        body_terms TEXT NOT NULL,
        term_count INTEGER NOT NULL,
        CHECK((section_id IS NULL) <> (faq_id IS NULL))
    ) STRICT;
    CREATE INDEX chunk_section ON chunk(section_id);
    CREATE INDEX chunk_faq ON chunk(faq_id);
    CREATE INDEX chunk_hash ON chunk(hash);
    CREATE INDEX chunk_searchable ON chunk(hash) WHERE role <> 'sentence';
    CREATE INDEX chunk_sentence ON chunk(term_count) WHERE role = 'sentence';
    CREATE VIRTUAL TABLE chunk_fts USING fts5(
        title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER chunk_gone AFTER DELETE ON chunk WHEN old.role <> 'sentence' BEGIN
        DELETE FROM chunk_fts WHERE rowid = old.id;
    END;
";

/// What a piece stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text of a section.
    Body,
    /// Rows of a table of a section.
    TableRow,
    /// An FAQ's question.
    FaqQuestion,
    /// Another wording of it.
    FaqAlternative,
    /// Its question and answer together.
    FaqWhole,
    /// One sentence or table row of a section.
    Sentence,
}

impl Role {
    const NAMES: [(Self, &str); 6] = [
        (Self::Body, "body"),
        (Self::TableRow, "table_row"),
        (Self::FaqQuestion, "faq_q"),
        (Self::FaqAlternative, "faq_alt"),
        (Self::FaqWhole, "faq_qa"),
        (Self::Sentence, "sentence"),
    ];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(role, _)| *role == self).map_or("body", |(_, name)| name)
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let found = Self::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(role, _)| *role).ok_or(FromSqlError::InvalidType)
    }
}

/// One piece to save.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChunk {
    /// What it stands for.
    pub role: Role,
    /// Where it lies in its section's text.
    pub bytes: Option<Range<usize>>,
    /// The words that are embedded.
    pub text: String,
    /// Tokens of the text.
    pub tokens: i64,
    /// Names the vector: the same hash is the same vector.
    pub hash: [u8; 32],
    /// Language of the terms, ISO 639-1.
    pub language: String,
    /// Search terms of the headings, joined by blanks.
    pub title_terms: String,
    /// Search terms of the text, joined by blanks.
    pub body_terms: String,
}

/// One saved piece.
#[derive(Clone, Debug, PartialEq)]
pub struct ChunkRow {
    /// The piece's number.
    pub id: i64,
    /// Where it lies in its section's text.
    pub bytes: Option<Range<usize>>,
    /// The words that are embedded.
    pub text: String,
    /// Names the vector.
    pub hash: [u8; 32],
    /// Search terms of headings and text, joined by blanks.
    pub terms: String,
}

/// One piece's words, for making its search terms anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkText {
    /// The piece's number.
    pub id: i64,
    /// What it stands for.
    pub role: Role,
    /// Heading path of its section; empty for an FAQ.
    pub heading_path: String,
    /// The words that are embedded.
    pub text: String,
    /// Language of the terms.
    pub language: String,
}

/// What a piece belongs to.
#[derive(Clone, Copy)]
pub(crate) enum ChunkPlace {
    Section(i64),
    Faq(i64),
}

impl Store {
    /// The sentences of a section, in their order.
    pub fn sentences_of(&self, section_id: i64) -> Result<Vec<ChunkRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, byte_start, byte_end, text, hash, title_terms || ' ' || body_terms
                 FROM chunk WHERE section_id = ?1 AND role = 'sentence' ORDER BY ord",
            )?;
            let rows = query.query_map([section_id], read_chunk)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The words of one piece.
    pub fn chunk_text(&self, id: i64) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension;
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT text FROM chunk WHERE id = ?1")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })
    }

    /// The words of every piece, for making their search terms anew.
    pub fn chunk_texts(&self) -> Result<Vec<ChunkText>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT chunk.id, role, coalesce(heading_path, ''), chunk.text, language
                 FROM chunk LEFT JOIN section ON section.id = section_id ORDER BY chunk.id",
            )?;
            let rows = query.query_map([], |row| {
                Ok(ChunkText {
                    id: row.get(0)?,
                    role: row.get(1)?,
                    heading_path: row.get(2)?,
                    text: row.get(3)?,
                    language: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Pieces the full-text table finds for terms, best first. Every term is quoted.
    pub fn full_text(&self, terms: &[String], limit: usize) -> Result<Vec<i64>, StoreError> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let quoted: Vec<String> =
            terms.iter().map(|term| format!("\"{}\"", term.replace('"', "\"\""))).collect();
        let expression = quoted.join(" OR ");
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT rowid FROM chunk_fts WHERE chunk_fts MATCH ?1
                 ORDER BY bm25(chunk_fts, 2.0, 1.0) LIMIT ?2",
            )?;
            let rows = query.query_map(params![expression, limit as i64], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Replaces the search terms of pieces by number: title terms, body terms.
    pub fn replace_terms(&self, terms: Vec<(i64, String, String)>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            let mut update = transaction.prepare(
                "UPDATE chunk SET title_terms = ?2, body_terms = ?3, term_count = ?4
                 WHERE id = ?1 RETURNING role",
            )?;
            let mut forget = transaction.prepare("DELETE FROM chunk_fts WHERE rowid = ?1")?;
            let mut index = transaction
                .prepare("INSERT INTO chunk_fts(rowid, title, body) VALUES(?1, ?2, ?3)")?;
            for (id, title, body) in &terms {
                let role: Role = update
                    .query_row(params![id, title, body, count_terms(title, body)], |row| {
                        row.get(0)
                    })?;
                if role != Role::Sentence {
                    forget.execute([id])?;
                    index.execute(params![id, title, body])?;
                }
            }
            Ok(())
        })
    }
}

fn read_chunk(row: &Row<'_>) -> rusqlite::Result<ChunkRow> {
    let start: Option<i64> = row.get(1)?;
    let end: Option<i64> = row.get(2)?;
    Ok(ChunkRow {
        id: row.get(0)?,
        bytes: start.zip(end).map(|(start, end)| start as usize..end as usize),
        text: row.get(3)?,
        hash: row.get(4)?,
        terms: row.get(5)?,
    })
}

fn count_terms(title: &str, body: &str) -> i64 {
    (title.split_ascii_whitespace().count() + body.split_ascii_whitespace().count()) as i64
}

/// Saves the pieces of a section or an FAQ and feeds the full-text table.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    place: ChunkPlace,
    chunks: &[NewChunk],
) -> Result<(), StoreError> {
    let (section_id, faq_id) = match place {
        ChunkPlace::Section(id) => (Some(id), None),
        ChunkPlace::Faq(id) => (None, Some(id)),
    };
    let mut insert = transaction.prepare_cached(
        "INSERT INTO chunk(section_id, faq_id, role, ord, byte_start, byte_end, text, tokens,
         hash, language, title_terms, body_terms, term_count)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let mut index = transaction
        .prepare_cached("INSERT INTO chunk_fts(rowid, title, body) VALUES(?1, ?2, ?3)")?;
    for (ord, chunk) in chunks.iter().enumerate() {
        insert.execute(params![
            section_id,
            faq_id,
            chunk.role,
            ord as i64,
            chunk.bytes.as_ref().map(|bytes| bytes.start as i64),
            chunk.bytes.as_ref().map(|bytes| bytes.end as i64),
            chunk.text,
            chunk.tokens,
            chunk.hash,
            chunk.language,
            chunk.title_terms,
            chunk.body_terms,
            count_terms(&chunk.title_terms, &chunk.body_terms),
        ])?;
        if chunk.role != Role::Sentence {
            let id = transaction.last_insert_rowid();
            index.execute(params![id, chunk.title_terms, chunk.body_terms])?;
        }
    }
    Ok(())
}
