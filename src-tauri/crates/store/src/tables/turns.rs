//! Every answered question with its scores and versions, and where its answer is from.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::erasure::TURN_IS_KEPT;
use super::{caches, conversations, whys};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE turn(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        route TEXT NOT NULL,
        score REAL NOT NULL,
        support REAL NOT NULL,
        kb_version INTEGER NOT NULL,
        model TEXT,
        retrieve_ms REAL NOT NULL,
        first_token_ms REAL NOT NULL,
        total_ms REAL NOT NULL,
        prompt_tokens INTEGER NOT NULL,
        cached_tokens INTEGER NOT NULL,
        generated_tokens INTEGER NOT NULL,
        interrupted INTEGER NOT NULL,
        helpful INTEGER
    ) STRICT;
    CREATE INDEX turn_conversation ON turn(conversation, id);
    CREATE TABLE turn_source(
        turn_id INTEGER NOT NULL REFERENCES turn(id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        locator TEXT NOT NULL,
        passage TEXT NOT NULL,
        score REAL NOT NULL,
        section_id INTEGER,
        faq_id INTEGER,
        PRIMARY KEY(turn_id, n)
    ) STRICT, WITHOUT ROWID;
";

/// One question and its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TurnRow {
    /// The turn's number; ignored when saving.
    pub id: i64,
    /// The conversation it belongs to.
    pub conversation: String,
    /// The question as asked.
    pub question: String,
    /// The text shown.
    pub answer: String,
    /// Which lane answered.
    pub route: String,
    /// Fused score of the best evidence.
    pub score: f32,
    /// Share of the answer that the evidence supports.
    pub support: f32,
    /// Version of the knowledge that answered.
    pub kb_version: i64,
    /// The model that phrased the answer, if one did.
    pub model: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// Milliseconds of searching.
    pub retrieve_ms: f64,
    /// Milliseconds until the first token; 0 without a model.
    pub first_token_ms: f64,
    /// Milliseconds of the whole turn.
    pub total_ms: f64,
    /// Tokens read.
    pub prompt_tokens: i64,
    /// Of these, already known to the engine.
    pub cached_tokens: i64,
    /// Tokens written.
    pub generated_tokens: i64,
    /// The answer was cut short.
    pub interrupted: bool,
    /// The visitor's verdict; ignored when saving.
    pub helpful: Option<bool>,
    /// Where the answer is from.
    pub citations: Vec<CitationRow>,
    /// BCP 47 language of the question; empty where it is not known.
    pub language: String,
    /// Why it was answered so, for staff; not read back with the turn.
    pub why: String,
}

/// Where an answer is from, in words that outlive the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CitationRow {
    /// Number shown beside the answer, from 1.
    pub n: i64,
    /// File name, or `faq`.
    pub source: String,
    /// The document's title, or the FAQ's question.
    pub title: String,
    /// Heading path.
    pub locator: String,
    /// The supporting words.
    pub passage: String,
    /// Fused score.
    pub score: f32,
    /// The section at the time; it may be gone.
    pub section_id: Option<i64>,
    /// The FAQ at the time; it may be gone.
    pub faq_id: Option<i64>,
}

impl Store {
    /// One turn with its citations; one whose words were erased is gone.
    pub fn turn(&self, id: i64) -> Result<Option<TurnRow>, StoreError> {
        self.read(|connection| {
            let query = "SELECT id, conversation, question, answer, route, score, support,
                 kb_version, model, at, retrieve_ms, first_token_ms, total_ms, prompt_tokens,
                 cached_tokens, generated_tokens, interrupted, helpful, language FROM turn WHERE id = ?1
                 AND NOT EXISTS(SELECT 1 FROM conversation WHERE conversation.id = turn.conversation
                 AND erased_at IS NOT NULL)";
            let Some(mut turn) = connection.query_row(query, [id], read_turn).optional()? else {
                return Ok(None);
            };
            turn.citations = citations(connection, id)?;
            Ok(Some(turn))
        })
    }

    /// The latest time of the last thousand turns, by the clock of then.
    pub fn latest_turn_at(&self) -> Result<Option<i64>, StoreError> {
        self.read(|connection| {
            let query = "SELECT max(at) FROM (SELECT at FROM turn ORDER BY id DESC LIMIT 1000)";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
    }

    /// How many turns are kept.
    pub fn count_turns(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            Ok(connection.query_row("SELECT count(*) FROM turn", [], |row| row.get(0))?)
        })
    }

    /// How many questions were asked since a time.
    pub fn count_turns_since(&self, at: i64) -> Result<i64, StoreError> {
        self.read(|connection| {
            // From the newest back: the table is in the order of asking, whatever the clock did.
            let query = "SELECT count(*) FROM turn WHERE id > coalesce(
                 (SELECT max(id) FROM turn WHERE at < ?1), 0)";
            Ok(connection.query_row(query, [at], |row| row.get(0))?)
        })
    }

    /// Saves a turn with its citations and returns its number.
    pub fn save_turn(&self, turn: &TurnRow) -> Result<i64, StoreError> {
        let turn = turn.clone();
        self.write(move |transaction| {
            conversations::touch(transaction, &turn.conversation, turn.at)?;
            let id = insert(transaction, &turn)?;
            whys::insert(transaction, id, &turn.why)?;
            Ok(id)
        })
    }

    /// Notes whether an answer helped; false when there is no such turn, or its words were erased.
    pub fn rate_turn(&self, id: i64, helpful: bool) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                &format!("UPDATE turn SET helpful = ?2 WHERE id = ?1 AND {TURN_IS_KEPT}"),
                params![id, helpful],
            )?;
            if changed > 0 && !helpful {
                caches::mark_bad(transaction, id)?;
            }
            Ok(changed > 0)
        })
    }
}

/// Saves a turn of a conversation that is there, and its citations.
pub(crate) fn insert(transaction: &Transaction<'_>, turn: &TurnRow) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO turn(conversation, question, answer, route, score, support,
         kb_version, model, at, retrieve_ms, first_token_ms, total_ms, prompt_tokens,
         cached_tokens, generated_tokens, interrupted, language)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
         ?17)",
        params![
            turn.conversation,
            turn.question,
            turn.answer,
            turn.route,
            finite(turn.score),
            finite(turn.support),
            turn.kb_version,
            turn.model,
            turn.at,
            turn.retrieve_ms,
            turn.first_token_ms,
            turn.total_ms,
            turn.prompt_tokens,
            turn.cached_tokens,
            turn.generated_tokens,
            turn.interrupted,
            turn.language,
        ],
    )?;
    let id = transaction.last_insert_rowid();
    let mut cited = transaction.prepare_cached(
        "INSERT INTO turn_source(turn_id, n, source, title, locator, passage, score,
         section_id, faq_id) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for citation in &turn.citations {
        cited.execute(params![
            id,
            citation.n,
            citation.source,
            citation.title,
            citation.locator,
            citation.passage,
            finite(citation.score),
            citation.section_id,
            citation.faq_id,
        ])?;
    }
    Ok(id)
}

fn read_turn(row: &Row<'_>) -> rusqlite::Result<TurnRow> {
    Ok(TurnRow {
        id: row.get(0)?,
        conversation: row.get(1)?,
        question: row.get(2)?,
        answer: row.get(3)?,
        route: row.get(4)?,
        score: row.get(5)?,
        support: row.get(6)?,
        kb_version: row.get(7)?,
        model: row.get(8)?,
        at: row.get(9)?,
        retrieve_ms: row.get(10)?,
        first_token_ms: row.get(11)?,
        total_ms: row.get(12)?,
        prompt_tokens: row.get(13)?,
        cached_tokens: row.get(14)?,
        generated_tokens: row.get(15)?,
        interrupted: row.get(16)?,
        helpful: row.get(17)?,
        language: row.get(18)?,
        citations: Vec::new(),
        why: String::new(),
    })
}

fn citations(connection: &Connection, turn_id: i64) -> Result<Vec<CitationRow>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT n, source, title, locator, passage, score, section_id, faq_id
         FROM turn_source WHERE turn_id = ?1 ORDER BY n",
    )?;
    let rows = query.query_map([turn_id], read_citation)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads the columns from `n` to `faq_id`, in the order in which every table of citations has them.
pub(crate) fn read_citation(row: &Row<'_>) -> rusqlite::Result<CitationRow> {
    Ok(CitationRow {
        n: row.get(0)?,
        source: row.get(1)?,
        title: row.get(2)?,
        locator: row.get(3)?,
        passage: row.get(4)?,
        score: row.get(5)?,
        section_id: row.get(6)?,
        faq_id: row.get(7)?,
    })
}

/// SQLite turns a number that is none into NULL, which the table refuses.
fn finite(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}
