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

pub(crate) const ADD_PAGES: &str = "
    ALTER TABLE section ADD COLUMN first_page INTEGER;
    ALTER TABLE section ADD COLUMN last_page INTEGER;
";

/// The pages a passage stands on, the first and the last, counted from 1.
pub type Pages = (u32, u32);

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
    /// Its pages, if the document has any.
    pub pages: Option<Pages>,
    /// The clean text.
    pub text: String,
}

impl SectionRow {
    /// Where a person finds it: its headings, and its page where there are pages.
    pub fn locator(&self) -> String {
        let path = &self.heading_path;
        match self.pages {
            None => path.clone(),
            Some((first, last)) if first == last => format!("{path}, page {first}"),
            Some((first, last)) => format!("{path}, pages {first}-{last}"),
        }
    }
}

/// One passage to save, with the pieces it is found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSection {
    /// Title and headings, joined by ` > `.
    pub heading_path: String,
    /// Its pages, if the document has any.
    pub pages: Option<Pages>,
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
                "SELECT section.id, source_id, source.name, source.title, heading_path, text,
                 first_page, last_page FROM section JOIN source ON source.id = source_id
                 WHERE section.id = ?1",
            )?;
            Ok(query.query_row([id], read_section).optional()?)
        })
    }

    /// Every section of a source, in its order.
    pub fn sections_of(&self, source_id: i64) -> Result<Vec<SectionRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT section.id, source_id, source.name, source.title, heading_path, text,
                 first_page, last_page FROM section JOIN source ON source.id = source_id
                 WHERE source_id = ?1 ORDER BY ord",
            )?;
            let rows = query.query_map([source_id], read_section)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn read_section(row: &Row<'_>) -> rusqlite::Result<SectionRow> {
    let first: Option<u32> = row.get(6)?;
    let last: Option<u32> = row.get(7)?;
    Ok(SectionRow {
        id: row.get(0)?,
        source_id: row.get(1)?,
        source: row.get(2)?,
        title: row.get(3)?,
        heading_path: row.get(4)?,
        text: row.get(5)?,
        pages: first.zip(last),
    })
}

/// Saves the sections of a source, as part of replacing it.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    source_id: i64,
    sections: &[NewSection],
) -> Result<(), StoreError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO section(source_id, ord, heading_path, text, tokens, first_page, last_page)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (ord, section) in sections.iter().enumerate() {
        insert.execute(params![
            source_id,
            ord as i64,
            section.heading_path,
            section.text,
            section.tokens,
            section.pages.map(|(first, _)| first),
            section.pages.map(|(_, last)| last),
        ])?;
        let place = ChunkPlace::Section(transaction.last_insert_rowid());
        chunks::insert(transaction, place, &section.chunks)?;
    }
    Ok(())
}
