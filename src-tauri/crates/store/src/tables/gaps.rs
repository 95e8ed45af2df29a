//! Questions the desk could not answer: each wording once, counted, with the reasons.
//!
//! Wordings arrive masked, and outlive the visit they came from; the note that ties one to its turn
//! goes with the turn.

use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::embeddings::VectorRow;
use super::erasure::TURN_IS_KEPT;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE gap(
        id INTEGER PRIMARY KEY,
        normalised TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        count INTEGER NOT NULL DEFAULT 1,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gap_count ON gap(count DESC, last_at DESC);
";

/// Runs after the clusters exist.
pub(crate) const CLUSTERED: &str = "
    ALTER TABLE gap ADD COLUMN cluster_id INTEGER REFERENCES gap_cluster(id) ON DELETE SET NULL;
    ALTER TABLE gap ADD COLUMN is_masked INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE gap ADD COLUMN by_meaning INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE gap ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE gap ADD COLUMN asked_back INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE gap ADD COLUMN unhelpful INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE gap ADD COLUMN handed_over INTEGER NOT NULL DEFAULT 0;
    UPDATE gap SET refused = count;
    CREATE INDEX gap_in_cluster ON gap(cluster_id);
    CREATE TABLE gap_vector(
        gap_id INTEGER PRIMARY KEY REFERENCES gap(id) ON DELETE CASCADE,
        embedder TEXT NOT NULL,
        scale REAL NOT NULL,
        codes BLOB NOT NULL
    ) STRICT;
    CREATE TABLE gap_note(
        turn_id INTEGER NOT NULL REFERENCES turn(id) ON DELETE CASCADE,
        reason TEXT NOT NULL,
        gap_id INTEGER NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
        choices TEXT NOT NULL,
        PRIMARY KEY(turn_id, reason)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX gap_note_gap ON gap_note(gap_id);
";

/// Between the choices of one note; not a character that anybody types.
const SEPARATOR: &str = "\u{1f}";

/// Why a question counts as not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapReason {
    /// The desk refused.
    Refused,
    /// The desk asked back and nothing was chosen.
    AskedBack,
    /// The visitor said that the answer did not help.
    Unhelpful,
    /// The visitor asked for a person afterwards.
    HandedOver,
}

impl GapReason {
    /// Its name, which is its column too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::AskedBack => "asked_back",
            Self::Unhelpful => "unhelpful",
            Self::HandedOver => "handed_over",
        }
    }
}

impl ToSql for GapReason {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

/// One question to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapNote {
    /// The turn it was asked in; it is counted once for each turn.
    pub turn_id: i64,
    /// Why it counts.
    pub reason: GapReason,
    /// Makes two wordings the same one.
    pub normalised: String,
    /// The wording without personal data.
    pub question: String,
    /// What the visitor could choose instead.
    pub choices: Vec<String>,
    /// Unix seconds.
    pub at: i64,
}

/// One wording of a question without an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapRow {
    /// The wording's number.
    pub id: i64,
    /// The cluster it belongs to, once it was placed.
    pub cluster_id: Option<i64>,
    /// The wording.
    pub question: String,
    /// How often it was asked.
    pub count: i64,
    /// Unix seconds of the first time.
    pub first_at: i64,
    /// Unix seconds of the last time.
    pub last_at: i64,
    /// Personal data was taken out.
    pub is_masked: bool,
    /// It was placed by meaning, not by words alone.
    pub by_meaning: bool,
    /// How often for each reason: refused, asked back, unhelpful, handed over.
    pub reasons: [i64; 4],
    /// Its vector of the model asked about.
    pub vector: Option<(f32, Vec<u8>)>,
}

impl Store {
    /// Every wording with its vector of one model, in the order they came.
    pub fn gap_wordings(&self, embedder: &str) -> Result<Vec<GapRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT gap.id, cluster_id, question, count, first_at, last_at, is_masked,
                 by_meaning, refused, asked_back, unhelpful, handed_over, scale, codes
                 FROM gap LEFT JOIN gap_vector ON gap_id = gap.id AND embedder = ?1
                 ORDER BY first_at, gap.id",
            )?;
            let rows = query.query_map([embedder], read_gap)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Counts a question, once for each turn; a cluster that was answered is open again.
    pub fn note_gap(&self, note: GapNote) -> Result<(), StoreError> {
        self.write(move |transaction| insert_note(transaction, &note))
    }

    /// The question was answered after all: takes one reason of a turn back.
    pub fn take_back_gap(&self, turn_id: i64, reason: GapReason) -> Result<(), StoreError> {
        self.write(move |transaction| {
            let query = "DELETE FROM gap_note WHERE turn_id = ?1 AND reason = ?2 RETURNING gap_id";
            let removed: Option<i64> = transaction
                .query_row(query, params![turn_id, reason], |row| row.get(0))
                .optional()?;
            let Some(gap) = removed else { return Ok(()) };
            let fewer = i64::from(notes_of(transaction, turn_id)? == 0);
            let column = reason.name();
            transaction.execute(
                &format!(
                    "UPDATE gap SET count = count - ?2, {column} = {column} - 1 WHERE id = ?1"
                ),
                params![gap, fewer],
            )?;
            transaction.execute("DELETE FROM gap WHERE count <= 0", [])?;
            super::gap_clusters::sweep(transaction)
        })
    }

    /// The turn of a conversation before this one: its number, question and lane.
    pub fn turn_before(
        &self,
        conversation: &str,
        turn_id: i64,
    ) -> Result<Option<(i64, String, String)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, question, route FROM turn WHERE conversation = ?1 AND id < ?2
                 ORDER BY id DESC LIMIT 1",
            )?;
            let found = query.query_row(params![conversation, turn_id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            });
            Ok(found.optional()?)
        })
    }

    /// What could be chosen in a turn that asked back; nothing where it did not.
    pub fn choices_of(&self, turn_id: i64) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT choices FROM gap_note WHERE turn_id = ?1 AND reason = 'asked_back'",
            )?;
            let found: Option<String> = query.query_row([turn_id], |row| row.get(0)).optional()?;
            let choices = found.unwrap_or_default();
            Ok(choices.split(SEPARATOR).filter(|one| !one.is_empty()).map(str::to_owned).collect())
        })
    }

    /// Replaces wordings that hold personal data: number, normalised words, masked wording.
    pub fn mask_gaps(&self, masked: Vec<(i64, String, String)>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            for (id, normalised, question) in &masked {
                let query = "SELECT id FROM gap WHERE normalised = ?1 AND id <> ?2";
                let same: Option<i64> = transaction
                    .query_row(query, params![normalised, id], |row| row.get(0))
                    .optional()?;
                match same {
                    Some(same) => join(transaction, *id, same)?,
                    None => {
                        transaction.execute(
                            "UPDATE gap SET normalised = ?2, question = ?3, is_masked = 1
                             WHERE id = ?1",
                            params![id, normalised, question],
                        )?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Keeps the vectors of wordings.
    pub fn save_gap_vectors(
        &self,
        embedder: &str,
        vectors: Vec<(i64, VectorRow)>,
    ) -> Result<(), StoreError> {
        let embedder = embedder.to_owned();
        self.write(move |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO gap_vector(gap_id, embedder, scale, codes)
                 SELECT ?1, ?2, ?3, ?4 WHERE EXISTS(SELECT 1 FROM gap WHERE id = ?1)",
            )?;
            for (id, vector) in &vectors {
                insert.execute(params![id, embedder, vector.scale, vector.codes])?;
            }
            Ok(())
        })
    }

    /// Forgets the wordings asked longest ago beyond the `most` newest.
    pub fn trim_gaps(&self, most: usize) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction.execute(
                "DELETE FROM gap WHERE id IN
                 (SELECT id FROM gap ORDER BY last_at DESC, id DESC LIMIT -1 OFFSET ?1)",
                [most as i64],
            )?;
            super::gap_clusters::sweep(transaction)
        })
    }
}

fn read_gap(row: &Row<'_>) -> rusqlite::Result<GapRow> {
    let scale: Option<f32> = row.get(12)?;
    let codes: Option<Vec<u8>> = row.get(13)?;
    Ok(GapRow {
        id: row.get(0)?,
        cluster_id: row.get(1)?,
        question: row.get(2)?,
        count: row.get(3)?,
        first_at: row.get(4)?,
        last_at: row.get(5)?,
        is_masked: row.get(6)?,
        by_meaning: row.get(7)?,
        reasons: [row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?],
        vector: scale.zip(codes),
    })
}

fn notes_of(connection: &Connection, turn_id: i64) -> Result<i64, StoreError> {
    let query = "SELECT count(*) FROM gap_note WHERE turn_id = ?1";
    Ok(connection.query_row(query, [turn_id], |row| row.get(0))?)
}

fn insert_note(transaction: &Transaction<'_>, note: &GapNote) -> Result<(), StoreError> {
    // A visitor who has gone took the turn along; a second press of the same button says no more.
    let query = format!(
        "SELECT EXISTS(SELECT 1 FROM turn WHERE id = ?1 AND {TURN_IS_KEPT})
         AND NOT EXISTS(SELECT 1 FROM gap_note WHERE turn_id = ?1 AND reason = ?2)"
    );
    let counts: bool =
        transaction.query_row(&query, params![note.turn_id, note.reason], |row| row.get(0))?;
    if !counts {
        return Ok(());
    }
    let more = i64::from(notes_of(transaction, note.turn_id)? == 0);
    let column = note.reason.name();
    let id: i64 = transaction.query_row(
        &format!(
            "INSERT INTO gap(normalised, question, count, first_at, last_at, is_masked, {column})
             VALUES(?1, ?2, 1, ?3, ?3, 1, 1)
             ON CONFLICT(normalised) DO UPDATE SET count = count + ?4, last_at = excluded.last_at,
             question = excluded.question, is_masked = 1, {column} = {column} + 1 RETURNING id"
        ),
        params![note.normalised, note.question, note.at, more],
        |row| row.get(0),
    )?;
    transaction.execute(
        "INSERT INTO gap_note(turn_id, reason, gap_id, choices) VALUES(?1, ?2, ?3, ?4)",
        params![note.turn_id, note.reason, id, note.choices.join(SEPARATOR)],
    )?;
    // Asked back with the answer among the choices is not asked in vain.
    transaction.execute(
        "UPDATE gap_cluster SET status = 'open', changed_at = ?3
         WHERE status = 'answered' AND id = (SELECT cluster_id FROM gap WHERE id = ?1)
         AND NOT EXISTS(SELECT 1 FROM faq WHERE faq.id = gap_cluster.faq_id
             AND instr(?4 || ?2 || ?4, ?4 || faq.question || ?4))",
        params![id, note.choices.join(SEPARATOR), note.at, SEPARATOR],
    )?;
    Ok(())
}

/// Adds one wording's counts to another that says the same, and removes it.
fn join(transaction: &Transaction<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    transaction.execute("UPDATE gap_note SET gap_id = ?2 WHERE gap_id = ?1", [from, to])?;
    transaction.execute(
        "UPDATE gap SET count = gap.count + old.count, refused = gap.refused + old.refused,
         asked_back = gap.asked_back + old.asked_back, unhelpful = gap.unhelpful + old.unhelpful,
         handed_over = gap.handed_over + old.handed_over,
         first_at = min(gap.first_at, old.first_at), last_at = max(gap.last_at, old.last_at)
         FROM gap AS old WHERE gap.id = ?2 AND old.id = ?1",
        [from, to],
    )?;
    transaction.execute("DELETE FROM gap WHERE id = ?1", [from])?;
    Ok(())
}
