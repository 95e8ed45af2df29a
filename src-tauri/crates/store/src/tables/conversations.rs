//! Who belongs together: the turns of one visit, and who talks in it.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Transaction, params};

use super::tickets;
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE conversation(
        id TEXT PRIMARY KEY,
        started_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// Who talks, since a person can take over.
pub(crate) const ADD_STATE: &str =
    "ALTER TABLE conversation ADD COLUMN state TEXT NOT NULL DEFAULT 'bot';";

/// Who talks in a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TalkState {
    /// The desk answers.
    #[default]
    Bot,
    /// A person was asked for; the desk answers until one comes.
    Requested,
    /// A person answers; the desk is silent.
    Human,
    /// A person has answered; the desk answers again.
    Closed,
}

impl TalkState {
    const NAMES: [(Self, &str); 4] = [
        (Self::Bot, "bot"),
        (Self::Requested, "requested"),
        (Self::Human, "human"),
        (Self::Closed, "closed"),
    ];

    /// The saved name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("bot", |(_, name)| name)
    }
}

impl ToSql for TalkState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

impl FromSql for TalkState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let found = Self::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(state, _)| *state).ok_or(FromSqlError::InvalidType)
    }
}

/// How a conversation stands before its next turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TalkRow {
    /// Who talks.
    pub state: TalkState,
    /// The open ticket.
    pub ticket: Option<i64>,
    /// The last turn's question.
    pub last_question: Option<String>,
    /// The lane that answered it.
    pub last_route: Option<String>,
}

impl Store {
    /// How a conversation stands.
    pub fn talk(&self, conversation: &str) -> Result<TalkRow, StoreError> {
        self.read(|connection| {
            let state = "SELECT state FROM conversation WHERE id = ?1";
            let mut state = connection.prepare_cached(state)?;
            let state = state.query_row([conversation], |row| row.get(0)).optional()?;
            let last = "SELECT question, route FROM turn WHERE conversation = ?1
                 ORDER BY id DESC LIMIT 1";
            let mut last = connection.prepare_cached(last)?;
            let last: Option<(String, String)> =
                last.query_row([conversation], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (last_question, last_route) = last.unzip();
            Ok(TalkRow {
                state: state.unwrap_or_default(),
                ticket: tickets::open_one(connection, conversation)?,
                last_question,
                last_route,
            })
        })
    }

    /// The last question of a conversation, for follow-ups.
    pub fn previous_question(&self, conversation: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            // By row number, not by time: clocks jump.
            let query =
                "SELECT question FROM turn WHERE conversation = ?1 ORDER BY id DESC LIMIT 1";
            Ok(connection.query_row(query, [conversation], |row| row.get(0)).optional()?)
        })
    }

    /// Gives a conversation that staff have closed back to the desk.
    pub fn resume(&self, conversation: &str) -> Result<TalkState, StoreError> {
        let conversation = conversation.to_owned();
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE conversation SET state = 'bot' WHERE id = ?1 AND state = 'closed'",
                [conversation],
            )?;
            Ok(TalkState::Bot)
        })
    }
}

/// Makes sure the conversation of a turn exists.
pub(crate) fn touch(
    transaction: &Transaction<'_>,
    conversation: &str,
    at: i64,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO conversation(id, started_at, last_at) VALUES(?1, ?2, ?2)
         ON CONFLICT(id) DO UPDATE SET last_at = excluded.last_at",
        params![conversation, at],
    )?;
    Ok(())
}
