//! What search in memory holds, and a journal of what changed, so that it can follow without
//! reading everything again.
//!
//! Triggers keep the journal: whoever changes sections or answers need not know of it. It holds
//! numbers only, and is emptied as it is read.

use rusqlite::{Connection, Row, params};

use super::chunks::Role;
use super::meta;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE knowledge_change(
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        section_id INTEGER,
        faq_id INTEGER
    ) STRICT;
    CREATE TRIGGER section_came AFTER INSERT ON section BEGIN
        INSERT INTO knowledge_change(section_id) VALUES(new.id);
    END;
    CREATE TRIGGER section_went AFTER DELETE ON section BEGIN
        INSERT INTO knowledge_change(section_id) VALUES(old.id);
    END;
    CREATE TRIGGER faq_changed AFTER UPDATE ON faq BEGIN
        INSERT INTO knowledge_change(faq_id) VALUES(new.id);
    END;
    CREATE TRIGGER faq_went AFTER DELETE ON faq BEGIN
        INSERT INTO knowledge_change(faq_id) VALUES(old.id);
    END;
    CREATE TRIGGER chunk_of_faq_came AFTER INSERT ON chunk WHEN new.faq_id IS NOT NULL BEGIN
        INSERT INTO knowledge_change(faq_id) VALUES(new.faq_id);
    END;

    CREATE TABLE sentence_total(
        only INTEGER PRIMARY KEY CHECK(only = 1),
        sentences INTEGER NOT NULL,
        terms INTEGER NOT NULL
    ) STRICT;
    INSERT INTO sentence_total
        SELECT 1, count(*), coalesce(sum(term_count), 0) FROM chunk WHERE role = 'sentence';
    CREATE TRIGGER sentence_came AFTER INSERT ON chunk WHEN new.role = 'sentence' BEGIN
        UPDATE sentence_total SET sentences = sentences + 1, terms = terms + new.term_count;
    END;
    CREATE TRIGGER sentence_went AFTER DELETE ON chunk WHEN old.role = 'sentence' BEGIN
        UPDATE sentence_total SET sentences = sentences - 1, terms = terms - old.term_count;
    END;
    CREATE TRIGGER sentence_changed AFTER UPDATE OF term_count ON chunk
    WHEN new.role = 'sentence' BEGIN
        UPDATE sentence_total SET terms = terms + new.term_count - old.term_count;
    END;
    DROP INDEX chunk_sentence;
    CREATE INDEX chunk_unit ON chunk(id) WHERE role <> 'sentence';
";

/// A section or an answer: what a search returns, and what changes as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchUnit {
    /// A section of a document.
    Section(i64),
    /// A question with its answer.
    Faq(i64),
}

/// One piece as the search in memory needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexRow {
    /// The piece's number.
    pub chunk_id: i64,
    /// What it belongs to.
    pub unit: SearchUnit,
    /// What it stands for.
    pub role: Role,
    /// Names the vector.
    pub hash: [u8; 32],
    /// Language of the terms.
    pub language: String,
    /// Search terms of headings and text, joined by blanks.
    pub terms: String,
    /// Unix seconds after which an FAQ is no longer shown.
    pub valid_until: Option<i64>,
    /// Scale and codes of its vector, where there is one.
    pub vector: Option<(f32, Vec<u8>)>,
}

/// How far a search has read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// The version of the knowledge.
    pub version: i64,
    /// The last change in the journal.
    pub change: i64,
    /// Mean number of search terms of a sentence; 0 without any.
    pub mean_sentence_terms: f32,
}

/// What changed since a standing, and how it is now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// How far this reads.
    pub standing: Standing,
    /// Everything that came, went or changed.
    pub units: Vec<SearchUnit>,
    /// Their pieces that visitors may find now, those of a unit together.
    pub rows: Vec<IndexRow>,
}

const COLUMNS: &str = "
    SELECT chunk.id, section_id, faq_id, role, chunk.hash, chunk.language,
    title_terms || ' ' || body_terms, faq.valid_until, scale, codes
    FROM chunk LEFT JOIN faq ON faq.id = faq_id
    LEFT JOIN embedding ON embedding.hash = chunk.hash AND embedder = ?1
    WHERE role <> 'sentence' AND (faq_id IS NULL OR faq.status = 'approved')";

impl Store {
    /// Hands out every piece visitors may find, in the order of their numbers, in one snapshot.
    pub fn each_searchable(
        &self,
        embedder: &str,
        each: &mut dyn FnMut(IndexRow),
    ) -> Result<Standing, StoreError> {
        self.read(|connection| {
            let standing = standing(connection)?;
            let mut query = connection.prepare(&format!("{COLUMNS} ORDER BY chunk.id"))?;
            let mut rows = query.query([embedder])?;
            while let Some(row) = rows.next()? {
                each(read_row(row)?);
            }
            Ok(standing)
        })
    }

    /// What changed after a number of the journal, in one snapshot.
    pub fn changes_after(&self, change: i64, embedder: &str) -> Result<Changes, StoreError> {
        self.read(|connection| {
            let standing = standing(connection)?;
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT section_id, faq_id FROM knowledge_change WHERE number > ?1",
            )?;
            let rows = query.query_map([change], |row| {
                Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))
            })?;
            let mut units = Vec::new();
            for row in rows {
                units.push(match row? {
                    (Some(section), _) => SearchUnit::Section(section),
                    (None, faq) => SearchUnit::Faq(faq.unwrap_or_default()),
                });
            }
            units.sort_unstable();
            let of_section = format!("{COLUMNS} AND section_id = ?2 ORDER BY chunk.id");
            let of_faq = format!("{COLUMNS} AND faq_id = ?2 ORDER BY chunk.id");
            let mut of_section = connection.prepare_cached(&of_section)?;
            let mut of_faq = connection.prepare_cached(&of_faq)?;
            let mut pieces = Vec::new();
            for unit in &units {
                let mut rows = match unit {
                    SearchUnit::Section(id) => of_section.query(params![embedder, id])?,
                    SearchUnit::Faq(id) => of_faq.query(params![embedder, id])?,
                };
                while let Some(row) = rows.next()? {
                    pieces.push(read_row(row)?);
                }
            }
            Ok(Changes { standing, units, rows: pieces })
        })
    }

    /// Empties the journal up to a number that has been read.
    pub fn forget_changes(&self, up_to: i64) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM knowledge_change WHERE number <= ?1", [up_to])?;
            Ok(())
        })
    }

    /// The languages of documents and answers with the number of their pieces, commonest first.
    pub fn languages(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT language, count(*) FROM chunk WHERE role <> 'sentence'
                 GROUP BY language ORDER BY 2 DESC, 1",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn standing(connection: &Connection) -> Result<Standing, StoreError> {
    let version = meta::version(connection)?;
    let change = connection.query_row(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'knowledge_change'), 0)",
        [],
        |row| row.get(0),
    )?;
    let (sentences, terms): (i64, i64) =
        connection.query_row("SELECT sentences, terms FROM sentence_total", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let mean_sentence_terms =
        if sentences == 0 { 0.0 } else { (terms as f64 / sentences as f64) as f32 };
    Ok(Standing { version, change, mean_sentence_terms })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<IndexRow> {
    let (section, faq): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let scale: Option<f32> = row.get(8)?;
    let codes: Option<Vec<u8>> = row.get(9)?;
    Ok(IndexRow {
        chunk_id: row.get(0)?,
        unit: match (section, faq) {
            (Some(id), _) => SearchUnit::Section(id),
            (None, id) => SearchUnit::Faq(id.unwrap_or_default()),
        },
        role: row.get(3)?,
        hash: row.get(4)?,
        language: row.get(5)?,
        terms: row.get(6)?,
        valid_until: row.get(7)?,
        vector: scale.zip(codes),
    })
}
