//! What is kept of what people said: how much it is, and all of it for whoever asks.

use super::erasure::{HAS_WORDS, KIOSK};
use crate::{Store, StoreError};

/// How much of what people said is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptTexts {
    /// Conversations on the visitors' screen.
    pub kiosk_conversations: i64,
    /// Other conversations.
    pub conversations: i64,
    /// Questions with their words, of both.
    pub questions: i64,
    /// Unix seconds of the last word in the oldest conversation.
    pub oldest_at: Option<i64>,
    /// Wishes for a person with words in them.
    pub tickets: i64,
    /// Wordings of questions without an answer, without personal data.
    pub gaps: i64,
    /// Questions of which only numbers are left.
    pub numbers: i64,
}

/// One question as it is kept, for whoever asks what is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptTurn {
    /// The conversation.
    pub conversation: String,
    /// `kiosk`, or empty for everywhere else.
    pub origin: String,
    /// Unix seconds.
    pub at: i64,
    /// The question.
    pub question: String,
    /// The text shown.
    pub answer: String,
    /// The lane that answered.
    pub route: String,
    /// The visitor's verdict.
    pub helpful: Option<bool>,
    /// What was written beside it.
    pub note: String,
    /// Where the answer is from, one a line.
    pub sources: String,
}

impl Store {
    /// How much is kept.
    pub fn kept_texts(&self) -> Result<KeptTexts, StoreError> {
        self.read(|connection| {
            let query = format!(
                "SELECT
                 (SELECT count(*) FROM conversation WHERE erased_at IS NULL AND origin = '{KIOSK}'),
                 (SELECT count(*) FROM conversation WHERE erased_at IS NULL AND origin <> '{KIOSK}'),
                 (SELECT count(*) FROM turn JOIN conversation ON conversation.id = turn.conversation
                  WHERE erased_at IS NULL),
                 (SELECT min(last_at) FROM conversation WHERE erased_at IS NULL),
                 (SELECT count(*) FROM ticket WHERE {HAS_WORDS}),
                 (SELECT count(*) FROM gap),
                 (SELECT count(*) FROM turn JOIN conversation ON conversation.id = turn.conversation
                  WHERE erased_at IS NOT NULL) + (SELECT count(*) FROM turn_count)"
            );
            Ok(connection.query_row(&query, [], |row| {
                Ok(KeptTexts {
                    kiosk_conversations: row.get(0)?,
                    conversations: row.get(1)?,
                    questions: row.get(2)?,
                    oldest_at: row.get(3)?,
                    tickets: row.get(4)?,
                    gaps: row.get(5)?,
                    numbers: row.get(6)?,
                })
            })?)
        })
    }

    /// Tells every question that is kept, conversation by conversation.
    pub fn each_kept_turn(
        &self,
        tell: &mut dyn FnMut(KeptTurn) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT turn.conversation, origin, at, question, answer, route, helpful,
                 coalesce(helpful_note, ''), coalesce((
                     SELECT group_concat(source || ' > ' || locator, char(10))
                     FROM turn_source WHERE turn_id = turn.id), '')
                 FROM turn JOIN conversation ON conversation.id = turn.conversation
                 WHERE erased_at IS NULL ORDER BY started_at, turn.conversation, turn.id",
            )?;
            let rows = query.query_map([], |row| {
                Ok(KeptTurn {
                    conversation: row.get(0)?,
                    origin: row.get(1)?,
                    at: row.get(2)?,
                    question: row.get(3)?,
                    answer: row.get(4)?,
                    route: row.get(5)?,
                    helpful: row.get(6)?,
                    note: row.get(7)?,
                    sources: row.get(8)?,
                })
            })?;
            for row in rows {
                if let Err(error) = tell(row?) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        })
    }
}
