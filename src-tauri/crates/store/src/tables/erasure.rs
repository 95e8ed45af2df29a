//! How what people said is erased, whoever wants it: words go, numbers stay.
//!
//! An erased conversation keeps its turns without a word, under a number nobody knows and at the
//! quarter of an hour, so that the desk can still be planned and judged by them. A visitor who
//! leaves, a time that is over and staff who erase all end in `leave`. What was erased is in the
//! journal until [`Store::empty_journal`].

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{conversations, gap_clusters, tickets};
use crate::{Store, StoreError};

/// Where a conversation took place, and when its words were erased.
pub(crate) const ADD_ORIGIN: &str = "
    ALTER TABLE conversation ADD COLUMN origin TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN erased_at INTEGER;
    CREATE INDEX conversation_kept ON conversation(last_at) WHERE erased_at IS NULL;
";

/// The origin of a conversation on the visitors' screen.
pub(crate) const KIOSK: &str = "kiosk";
/// What is left of a time: nobody finds a visit by the quarter of an hour.
const QUARTER_HOUR: i64 = 900;
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

/// What staff want erased, whatever its age.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// These conversations; `None` for all of them.
    pub conversations: Option<Vec<String>>,
    /// Questions without an answer that only these visitors asked go too.
    pub with_gaps: bool,
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Conversations.
    pub conversations: i64,
    /// Questions whose words went with them.
    pub turns: i64,
    /// Questions without an answer that only these visitors had asked.
    pub gaps: i64,
    /// Wishes for a person.
    pub tickets: i64,
    /// Conversations left alone, because somebody in them waits for a person.
    pub waiting: i64,
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
            let gone = self.write(move |transaction| {
                let mut gone = Erased::default();
                for id in found {
                    gone.turns += leave(transaction, &id, Some(at))?;
                    gone.conversations += 1;
                }
                Ok(gone)
            })?;
            erased.conversations += gone.conversations;
            erased.turns += gone.turns;
        }
        if let Some(until) = due.tickets_until {
            erased.tickets =
                self.write(move |transaction| erase_tickets(transaction, until, at))?;
        }
        Ok(erased)
    }

    /// How much [`Store::erase_due`] would erase.
    pub fn count_due(&self, due: Due) -> Result<Erased, StoreError> {
        self.read(|connection| {
            let query = format!(
                "WITH gone AS (SELECT id FROM conversation WHERE erased_at IS NULL
                     AND last_at <= CASE WHEN origin = '{KIOSK}' THEN ?1 ELSE ?2 END)
                 SELECT (SELECT count(*) FROM gone),
                 (SELECT count(*) FROM turn WHERE conversation IN gone),
                 (SELECT count(*) FROM ticket WHERE {TICKET_MOVED_AT} <= ?3
                     AND (state <> 'closed' OR {HAS_WORDS}))"
            );
            let limits = params![due.kiosk_until, due.others_until, due.tickets_until];
            Ok(connection.query_row(&query, limits, |row| {
                Ok(Erased {
                    conversations: row.get(0)?,
                    turns: row.get(1)?,
                    tickets: row.get(2)?,
                    ..Erased::default()
                })
            })?)
        })
    }

    /// Erases what staff chose. A conversation in which somebody waits for a person is left alone.
    /// Call [`Store::empty_journal`] afterwards.
    pub fn erase_conversations(&self, erasure: Erasure, at: i64) -> Result<Erased, StoreError> {
        let Erasure { conversations, with_gaps } = erasure;
        let wanted = match conversations {
            Some(wanted) => wanted,
            None => self.read(kept_conversations)?,
        };
        let mut erased = Erased::default();
        for some in wanted.chunks(AT_ONCE) {
            let some = some.to_vec();
            let gone =
                self.write(move |transaction| erase_some(transaction, &some, with_gaps, at))?;
            erased.conversations += gone.conversations;
            erased.turns += gone.turns;
            erased.gaps += gone.gaps;
            erased.waiting += gone.waiting;
        }
        Ok(erased)
    }

    /// Forgets every wording of a question without an answer; returns how many there were.
    pub fn erase_gaps(&self) -> Result<i64, StoreError> {
        self.write(|transaction| {
            let gone = transaction.execute("DELETE FROM gap", [])?;
            gap_clusters::sweep(transaction)?;
            Ok(gone as i64)
        })
    }
}

/// The last thing that happened with a wish for a person.
const TICKET_MOVED_AT: &str = "coalesce(closed_at, taken_at, opened_at)";

/// A turn whose words are kept. What comes late for another must not bring words back.
pub(crate) const TURN_IS_KEPT: &str =
    "conversation IN (SELECT id FROM conversation WHERE erased_at IS NULL)";

/// A wish for a person with something in it that somebody wrote.
pub(crate) const HAS_WORDS: &str = "(contact <> '' OR note <> ''
    OR EXISTS(SELECT 1 FROM ticket_line WHERE ticket_id = ticket.id))";

fn origin(connection: &Connection, conversation: &str) -> Result<Option<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT origin FROM conversation WHERE id = ?1")?;
    Ok(query.query_row([conversation], |row| row.get(0)).optional()?)
}

/// Closes a conversation for whoever knows its number, and erases its words where a time is given.
/// Returns how many questions it had.
pub(crate) fn leave(
    transaction: &Transaction<'_>,
    conversation: &str,
    erased_at: Option<i64>,
) -> Result<i64, StoreError> {
    tickets::forget(transaction, conversation)?;
    // An exact time would lead back to the visit.
    let shown = |column: &str| format!("{column} - iif(?2 IS NULL, 0, {column} % {QUARTER_HOUR})");
    let unknown: Option<String> = transaction
        .query_row(
            &format!(
                "INSERT INTO conversation(id, started_at, last_at, origin, erased_at)
                 SELECT lower(hex(randomblob(16))), {}, {}, origin, ?2
                 FROM conversation WHERE id = ?1
                 AND EXISTS(SELECT 1 FROM turn WHERE conversation = ?1) RETURNING id",
                shown("started_at"),
                shown("last_at")
            ),
            params![conversation, erased_at],
            |row| row.get(0),
        )
        .optional()?;
    let mut turns = 0;
    if let Some(unknown) = unknown {
        turns = transaction.execute(
            "UPDATE turn SET conversation = ?2 WHERE conversation = ?1",
            params![conversation, unknown],
        )?;
        if erased_at.is_some() {
            erase(transaction, &unknown)?;
        }
    }
    transaction.execute("DELETE FROM conversation WHERE id = ?1", [conversation])?;
    Ok(turns as i64)
}

/// Takes the words out of a conversation. Which answer was shown stays, for its count of uses.
fn erase(transaction: &Transaction<'_>, conversation: &str) -> Result<(), StoreError> {
    let turns = "(SELECT id FROM turn WHERE conversation = ?1)";
    let steps = [
        format!(
            "UPDATE turn SET question = '', answer = '', helpful_note = NULL,
             at = at - at % {QUARTER_HOUR} WHERE conversation = ?1"
        ),
        format!("DELETE FROM turn_why WHERE turn_id IN {turns}"),
        // Which visit asked an open question would be a way back to it.
        format!("DELETE FROM gap_note WHERE turn_id IN {turns}"),
        format!(
            "UPDATE turn_source SET title = '', locator = '', passage = '' WHERE turn_id IN {turns}"
        ),
    ];
    for step in steps {
        transaction.execute(&step, [conversation])?;
    }
    Ok(())
}

fn erase_some(
    transaction: &Transaction<'_>,
    conversations: &[String],
    with_gaps: bool,
    at: i64,
) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    let before = count_gaps(transaction)?;
    for id in conversations {
        if tickets::open_one(transaction, id)?.is_some() {
            erased.waiting += 1;
        } else if is_kept(transaction, id)? {
            if with_gaps {
                take_gaps_back(transaction, id)?;
            }
            erased.turns += leave(transaction, id, Some(at))?;
            erased.conversations += 1;
        }
    }
    if with_gaps {
        gap_clusters::sweep(transaction)?;
    }
    erased.gaps = before - count_gaps(transaction)?;
    Ok(erased)
}

fn count_gaps(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM gap", [], |row| row.get(0))?)
}

fn is_kept(connection: &Connection, conversation: &str) -> Result<bool, StoreError> {
    let query = "SELECT EXISTS(SELECT 1 FROM conversation WHERE id = ?1 AND erased_at IS NULL)";
    Ok(connection.query_row(query, [conversation], |row| row.get(0))?)
}

fn kept_conversations(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = connection
        .prepare("SELECT id FROM conversation WHERE erased_at IS NULL ORDER BY last_at")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
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
    let is_due = format!("{TICKET_MOVED_AT} <= ?1");
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

/// A wording that only this conversation brought goes with it; others are asked less often.
fn take_gaps_back(transaction: &Transaction<'_>, conversation: &str) -> Result<(), StoreError> {
    let notes = "FROM gap_note JOIN turn ON turn.id = turn_id
        WHERE gap_id = gap.id AND conversation = ?1";
    let fewer =
        |reason: &str| format!("{reason} - (SELECT count(*) {notes} AND reason = '{reason}')");
    let [refused, asked_back, unhelpful, handed_over] =
        ["refused", "asked_back", "unhelpful", "handed_over"].map(fewer);
    transaction.execute(
        &format!(
            "UPDATE gap SET refused = {refused}, asked_back = {asked_back},
             unhelpful = {unhelpful}, handed_over = {handed_over},
             count = count - (SELECT count(DISTINCT turn_id) {notes})
             WHERE id IN (SELECT gap_id FROM gap_note JOIN turn ON turn.id = turn_id
                 WHERE conversation = ?1)"
        ),
        [conversation],
    )?;
    transaction.execute("DELETE FROM gap WHERE count <= 0", [])?;
    Ok(())
}
