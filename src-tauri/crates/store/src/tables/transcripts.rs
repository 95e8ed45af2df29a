//! Conversations as staff read them: a list with what is needed to choose one, and everything said
//! in one of them.

use rusqlite::{Row, params};

use crate::{Store, StoreError};

/// Which conversations are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranscriptFilter {
    /// Words that a question or an answer must hold; empty for all.
    pub contains: String,
    /// A lane that must have answered in it.
    pub route: Option<String>,
    /// Unix seconds; its last turn is not older.
    pub from: Option<i64>,
    /// Unix seconds; its last turn is older.
    pub until: Option<i64>,
}

/// One conversation in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranscriptRow {
    /// Its number.
    pub id: String,
    /// Unix seconds of the first turn.
    pub started_at: i64,
    /// Unix seconds of the last turn.
    pub last_at: i64,
    /// The last language that was known; empty where none was.
    pub language: String,
    /// Questions asked.
    pub turns: i64,
    /// Of these, how many still have their words.
    pub with_words: i64,
    /// The last question that still has its words.
    pub last_question: String,
    /// The lanes that answered, each once, in the order of their names.
    pub routes: Vec<String>,
    /// Somebody pressed the thumb down, or complained.
    pub unhappy: bool,
    /// The ticket that is still open.
    pub ticket: Option<i64>,
}

/// What conversations there are in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TranscriptCounts {
    /// Conversations.
    pub conversations: i64,
    /// Questions in them.
    pub turns: i64,
    /// Conversations in which somebody still waits for a person.
    pub waiting: i64,
    /// Questions in those.
    pub waiting_turns: i64,
}

/// Those that were erased are numbers without a visit; they are in none of the lists.
const MATCHES: &str = "
    talk.erased_at IS NULL AND EXISTS(SELECT 1 FROM turn WHERE conversation = talk.id
        AND (?1 = '' OR instr(lower(question), lower(?1)) OR instr(lower(answer), lower(?1)))
        AND (?2 IS NULL OR EXISTS(
            SELECT 1 FROM turn AS other WHERE other.conversation = talk.id AND other.route = ?2)))
    AND (?3 IS NULL OR talk.last_at >= ?3) AND (?4 IS NULL OR talk.last_at < ?4)";

impl Store {
    /// The conversations wanted, newest first, and how many there are of them.
    pub fn transcripts(
        &self,
        filter: &TranscriptFilter,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<TranscriptRow>, i64), StoreError> {
        let TranscriptFilter { contains, route, from, until } = filter;
        self.read(|connection| {
            let total = connection.query_row(
                &format!("SELECT count(*) FROM conversation AS talk WHERE {MATCHES}"),
                params![contains, route, from, until],
                |row| row.get(0),
            )?;
            let mut query = connection.prepare_cached(&format!(
                "SELECT id, started_at, last_at,
                 coalesce((SELECT language FROM turn WHERE conversation = talk.id
                     AND language <> '' ORDER BY turn.id DESC LIMIT 1), ''),
                 (SELECT count(*) FROM turn WHERE conversation = talk.id),
                 (SELECT count(*) FROM turn WHERE conversation = talk.id AND question <> ''),
                 coalesce((SELECT question FROM turn WHERE conversation = talk.id
                     AND question <> '' ORDER BY turn.id DESC LIMIT 1), ''),
                 (SELECT group_concat(route, ' ') FROM (SELECT DISTINCT route FROM turn
                     WHERE conversation = talk.id ORDER BY route)),
                 EXISTS(SELECT 1 FROM turn WHERE conversation = talk.id AND helpful = 0)
                     OR EXISTS(SELECT 1 FROM ticket WHERE conversation = talk.id
                         AND reason = 'complaint'),
                 (SELECT id FROM ticket WHERE conversation = talk.id AND state <> 'closed'
                     ORDER BY id DESC LIMIT 1)
                 FROM conversation AS talk WHERE {MATCHES}
                 ORDER BY last_at DESC, id LIMIT ?5 OFFSET ?6"
            ))?;
            let page = params![contains, route, from, until, limit as i64, offset as i64];
            let rows = query.query_map(page, read_transcript)?.collect::<Result<_, _>>()?;
            Ok((rows, total))
        })
    }

    /// How much has been said in all.
    pub fn transcript_counts(&self) -> Result<TranscriptCounts, StoreError> {
        self.read(|connection| {
            let query = "WITH waits AS (SELECT conversation FROM ticket WHERE state <> 'closed')
                SELECT count(DISTINCT conversation), count(*),
                count(DISTINCT iif(conversation IN waits, conversation, NULL)),
                count(iif(conversation IN waits, 1, NULL))
                FROM turn JOIN conversation AS talk ON talk.id = conversation
                WHERE talk.erased_at IS NULL";
            Ok(connection.query_row(query, [], |row| {
                Ok(TranscriptCounts {
                    conversations: row.get(0)?,
                    turns: row.get(1)?,
                    waiting: row.get(2)?,
                    waiting_turns: row.get(3)?,
                })
            })?)
        })
    }

    /// The numbers of the newest turns of a conversation, oldest first.
    pub fn turns_of(&self, conversation: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id FROM (SELECT id FROM turn WHERE conversation = ?1
                 ORDER BY id DESC LIMIT ?2) ORDER BY id",
            )?;
            let rows = query.query_map(params![conversation, limit as i64], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn read_transcript(row: &Row<'_>) -> rusqlite::Result<TranscriptRow> {
    let routes: Option<String> = row.get(7)?;
    Ok(TranscriptRow {
        id: row.get(0)?,
        started_at: row.get(1)?,
        last_at: row.get(2)?,
        language: row.get(3)?,
        turns: row.get(4)?,
        with_words: row.get(5)?,
        last_question: row.get(6)?,
        routes: routes.unwrap_or_default().split_whitespace().map(String::from).collect(),
        unhappy: row.get(8)?,
        ticket: row.get(9)?,
    })
}
