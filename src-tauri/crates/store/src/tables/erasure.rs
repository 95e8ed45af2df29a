//! What is kept of what people said, and how it goes: words are erased, numbers stay.
//!
//! An erased conversation keeps its turns without a word, under a number nobody knows, so that the
//! desk can still be planned and judged by them. What was erased is in the journal until
//! [`Store::empty_journal`].

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{conversations, tickets};
use crate::{Store, StoreError};

/// Where a conversation took place, and when its words were erased.
pub(crate) const ADD_ORIGIN: &str = "
    ALTER TABLE conversation ADD COLUMN origin TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN erased_at INTEGER;
    CREATE INDEX conversation_kept ON conversation(last_at) WHERE erased_at IS NULL;
";

/// The origin of a conversation on the visitors' screen.
const KIOSK: &str = "kiosk";
/// Conversations erased in one transaction: others must not wait long for the writer.
const AT_ONCE: usize = 200;

/// Which texts are due, by Unix seconds of the last word in them; `None` leaves them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// On the visitors' screen, up to this time.
    pub kiosk_until: Option<i64>,
    /// Elsewhere, up to this time.
    pub others_until: Option<i64>,
    /// Wishes for a person, up to this time.
    pub tickets_until: Option<i64>,
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Conversations.
    pub conversations: i64,
    /// Wishes for a person.
    pub tickets: i64,
}

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
    /// Whether a conversation is known to take place on the visitors' screen.
    pub fn is_on_kiosk(&self, conversation: &str) -> Result<bool, StoreError> {
        let known = self.read(|connection| origin(connection, conversation))?;
        Ok(known.as_deref() == Some(KIOSK))
    }

    /// Notes that a conversation takes place on the visitors' screen.
    pub fn note_kiosk(&self, conversation: &str, at: i64) -> Result<(), StoreError> {
        if self.is_on_kiosk(conversation)? {
            return Ok(());
        }
        let conversation = conversation.to_owned();
        self.write(move |transaction| {
            conversations::touch(transaction, &conversation, at)?;
            transaction.execute(
                "UPDATE conversation SET origin = ?2 WHERE id = ?1",
                params![conversation, KIOSK],
            )?;
            Ok(())
        })
    }

    /// The visitor has left: whoever knows the conversation's number finds nothing under it. On
    /// the visitors' screen its words may be kept for staff; true when they were erased.
    pub fn leave_conversation(
        &self,
        conversation: &str,
        keep_kiosk: bool,
        at: i64,
    ) -> Result<bool, StoreError> {
        let conversation = conversation.to_owned();
        self.write(move |transaction| {
            let origin = origin(transaction, &conversation)?;
            let keeps = keep_kiosk && origin.as_deref() == Some(KIOSK);
            leave(transaction, &conversation, (!keeps).then_some(at))?;
            Ok(!keeps)
        })
    }

    /// Erases what is due; numbers stay. Call [`Store::empty_journal`] afterwards.
    pub fn erase_due(&self, due: Due, at: i64) -> Result<Erased, StoreError> {
        let mut erased = Erased::default();
        loop {
            let found = self.read(|connection| due_conversations(connection, &due))?;
            if found.is_empty() {
                break;
            }
            erased.conversations += found.len() as i64;
            self.write(move |transaction| {
                found.iter().try_for_each(|id| leave(transaction, id, Some(at)))
            })?;
        }
        if let Some(until) = due.tickets_until {
            erased.tickets =
                self.write(move |transaction| erase_tickets(transaction, until, at))?;
        }
        Ok(erased)
    }

    /// Forgets every wording of a question without an answer; returns how many there were.
    pub fn erase_gaps(&self) -> Result<i64, StoreError> {
        self.write(|transaction| {
            let gone = transaction.execute("DELETE FROM gap", [])?;
            super::gap_clusters::sweep(transaction)?;
            Ok(gone as i64)
        })
    }

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
                  WHERE erased_at IS NOT NULL)"
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

/// A wish for a person with something in it that somebody wrote.
const HAS_WORDS: &str = "(contact <> '' OR note <> ''
    OR EXISTS(SELECT 1 FROM ticket_line WHERE ticket_id = ticket.id))";

fn origin(connection: &Connection, conversation: &str) -> Result<Option<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT origin FROM conversation WHERE id = ?1")?;
    Ok(query.query_row([conversation], |row| row.get(0)).optional()?)
}

/// Closes a conversation for whoever knows its number, and erases its words where a time is given.
fn leave(
    transaction: &Transaction<'_>,
    conversation: &str,
    erased_at: Option<i64>,
) -> Result<(), StoreError> {
    tickets::forget(transaction, conversation)?;
    let unknown: Option<String> = transaction
        .query_row(
            "INSERT INTO conversation(id, started_at, last_at, origin, erased_at)
             SELECT lower(hex(randomblob(16))), started_at, last_at, origin, ?2
             FROM conversation WHERE id = ?1
             AND EXISTS(SELECT 1 FROM turn WHERE conversation = ?1) RETURNING id",
            params![conversation, erased_at],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(unknown) = unknown {
        transaction.execute(
            "UPDATE turn SET conversation = ?2 WHERE conversation = ?1",
            params![conversation, unknown],
        )?;
        if erased_at.is_some() {
            erase(transaction, &unknown)?;
        }
    }
    transaction.execute("DELETE FROM conversation WHERE id = ?1", [conversation])?;
    Ok(())
}

/// Takes the words out of a conversation. Which answer was shown stays, for its count of uses.
fn erase(transaction: &Transaction<'_>, conversation: &str) -> Result<(), StoreError> {
    let turns = "(SELECT id FROM turn WHERE conversation = ?1)";
    let steps = [
        "UPDATE turn SET question = '', answer = '', helpful_note = NULL WHERE conversation = ?1"
            .to_owned(),
        format!("DELETE FROM turn_why WHERE turn_id IN {turns}"),
        format!(
            "UPDATE turn_source SET title = '', locator = '', passage = '' WHERE turn_id IN {turns}"
        ),
    ];
    for step in steps {
        transaction.execute(&step, [conversation])?;
    }
    Ok(())
}

fn due_conversations(connection: &Connection, due: &Due) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT id FROM conversation WHERE erased_at IS NULL AND last_at <= CASE
         WHEN origin = ?1 THEN ?2 ELSE ?3 END ORDER BY last_at LIMIT ?4",
    )?;
    let limits = params![KIOSK, due.kiosk_until, due.others_until, AT_ONCE as i64];
    let rows = query.query_map(limits, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An open wish that nobody came for is closed with it.
fn erase_tickets(transaction: &Transaction<'_>, until: i64, at: i64) -> Result<i64, StoreError> {
    let is_due = "coalesce(closed_at, taken_at, opened_at) <= ?1";
    transaction.execute(
        &format!(
            "UPDATE conversation SET state = 'closed' WHERE state IN ('requested', 'human')
             AND id IN (SELECT conversation FROM ticket WHERE {is_due} AND state <> 'closed')"
        ),
        [until],
    )?;
    let worth = format!("{is_due} AND (state <> 'closed' OR {HAS_WORDS})");
    let mut query = transaction.prepare(&format!("SELECT id FROM ticket WHERE {worth}"))?;
    let found: Vec<i64> = query.query_map([until], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &found {
        transaction.execute("DELETE FROM ticket_line WHERE ticket_id = ?1", [id])?;
        transaction.execute(
            "UPDATE ticket SET contact = '', note = '', state = 'closed',
             closed_at = coalesce(closed_at, ?2) WHERE id = ?1",
            params![id, at],
        )?;
    }
    Ok(found.len() as i64)
}
