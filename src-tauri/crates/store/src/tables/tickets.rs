//! Wishes for a person: who waits, who has taken it, and what was said.
//!
//! What was said before lies in the conversation's turns and is read from there. When a visitor
//! leaves, the conversation is forgotten; only a ticket with a way to reach the visitor keeps a
//! copy, until staff close it.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::conversations::{self, TalkState};
use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE ticket(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL,
        reason TEXT NOT NULL,
        state TEXT NOT NULL,
        contact TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        opened_at INTEGER NOT NULL,
        taken_at INTEGER,
        closed_at INTEGER,
        visitor_gone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX ticket_conversation ON ticket(conversation, id);
    CREATE INDEX ticket_state ON ticket(state, id);
    CREATE TABLE ticket_line(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        route TEXT NOT NULL DEFAULT '',
        sources TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX ticket_line_ticket ON ticket_line(ticket_id, id);
";

/// Turns of a conversation that a ticket shows.
const MOST_TURNS: i64 = 50;

/// One wish for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketRow {
    /// The number that visitor and staff name it by.
    pub id: i64,
    /// The conversation it is about.
    pub conversation: String,
    /// What made it, such as `asked`.
    pub reason: String,
    /// Waiting, taken or closed.
    pub state: TalkState,
    /// How the visitor can be reached, if the visitor said so.
    pub contact: String,
    /// What the visitor wrote with it.
    pub note: String,
    /// Unix seconds.
    pub opened_at: i64,
    /// Unix seconds of the last taking.
    pub taken_at: Option<i64>,
    /// Unix seconds of the closing.
    pub closed_at: Option<i64>,
    /// The visitor has left and the conversation is forgotten.
    pub visitor_gone: bool,
    /// Unix seconds of the last thing the visitor said.
    pub said_at: i64,
}

/// One thing said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketLine {
    /// The line's number among what staff wrote; 0 for lines of turns.
    pub id: i64,
    /// Unix seconds.
    pub at: i64,
    /// `visitor`, `desk` or `staff`.
    pub author: String,
    /// The words.
    pub text: String,
    /// The lane of a desk's line.
    pub route: String,
    /// Where a desk's line is from: one source a line, with its passage.
    pub sources: String,
}

const COLUMNS: &str = "id, conversation, reason, state, contact, note, opened_at, taken_at, \
    closed_at, visitor_gone, max(opened_at, coalesce((SELECT max(at) FROM turn \
    WHERE turn.conversation = ticket.conversation), 0))";

impl Store {
    /// Tickets, newest first.
    pub fn tickets(&self, open_only: bool, limit: usize) -> Result<Vec<TicketRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM ticket WHERE ?1 = 0 OR state <> 'closed'
                 ORDER BY id DESC LIMIT ?2"
            ))?;
            let rows = query.query_map(params![open_only, limit as i64], read_ticket)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// One ticket with everything said, oldest first.
    pub fn ticket(&self, id: i64) -> Result<Option<(TicketRow, Vec<TicketLine>)>, StoreError> {
        self.read(|connection| {
            let query = format!("SELECT {COLUMNS} FROM ticket WHERE id = ?1");
            let Some(ticket) = connection.query_row(&query, [id], read_ticket).optional()? else {
                return Ok(None);
            };
            let mut lines = said_in(connection, &ticket.conversation)?;
            lines.extend(written_in(connection, id, 0)?);
            lines.sort_by_key(|line| line.at);
            Ok(Some((ticket, lines)))
        })
    }

    /// What staff wrote to a conversation after a line's number.
    pub fn staff_lines(
        &self,
        conversation: &str,
        after: i64,
    ) -> Result<Vec<TicketLine>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT line.id, line.at, line.author, line.text, line.route, line.sources
                 FROM ticket_line line JOIN ticket ON ticket.id = line.ticket_id
                 WHERE ticket.conversation = ?1 AND ticket.visitor_gone = 0 AND line.id > ?2
                 AND line.author = 'staff' ORDER BY line.id",
            )?;
            let rows = query.query_map(params![conversation, after], read_line)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Opens a ticket for a conversation, or finds the open one.
    pub fn open_ticket(
        &self,
        conversation: &str,
        reason: &str,
        at: i64,
    ) -> Result<i64, StoreError> {
        let (conversation, reason) = (conversation.to_owned(), reason.to_owned());
        self.write(move |transaction| {
            conversations::touch(transaction, &conversation, at)?;
            if let Some(id) = open_one(transaction, &conversation)? {
                return Ok(id);
            }
            set_state(transaction, &conversation, TalkState::Requested)?;
            transaction.execute(
                "INSERT INTO ticket(conversation, reason, state, opened_at)
                 VALUES(?1, ?2, ?3, ?4)",
                params![conversation, reason, TalkState::Requested, at],
            )?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Adds what the visitor wrote to a ticket; an empty text leaves what is there.
    pub fn complete_ticket(&self, id: i64, contact: &str, note: &str) -> Result<(), StoreError> {
        let (contact, note) = (contact.to_owned(), note.to_owned());
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE ticket SET contact = iif(?2 = '', contact, ?2),
                 note = iif(?3 = '', note, ?3) WHERE id = ?1",
                params![id, contact, note],
            )?;
            Ok(())
        })
    }

    /// A person takes a ticket; false when there is no open one of this number.
    pub fn take_ticket(&self, id: i64, at: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| take(transaction, id, at))
    }

    /// A person writes to the visitor, which takes the ticket; `None` when there is no open one.
    pub fn reply_ticket(&self, id: i64, text: &str, at: i64) -> Result<Option<i64>, StoreError> {
        let text = text.to_owned();
        self.write(move |transaction| {
            if !take(transaction, id, at)? {
                return Ok(None);
            }
            transaction.execute(
                "INSERT INTO ticket_line(ticket_id, at, author, text) VALUES(?1, ?2, 'staff', ?3)",
                params![id, at, text],
            )?;
            Ok(Some(transaction.last_insert_rowid()))
        })
    }

    /// A person is done; false when there is no such ticket. Of a visitor who has left, nothing
    /// stays but the number.
    pub fn close_ticket(&self, id: i64, at: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE ticket SET state = ?2, closed_at = coalesce(closed_at, ?3) WHERE id = ?1",
                params![id, TalkState::Closed, at],
            )?;
            let query = "SELECT conversation, visitor_gone FROM ticket WHERE id = ?1";
            let found: Option<(String, bool)> = transaction
                .query_row(query, [id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((conversation, visitor_gone)) = found {
                set_state(transaction, &conversation, TalkState::Closed)?;
                if visitor_gone {
                    wipe(transaction, id)?;
                }
            }
            Ok(changed > 0)
        })
    }
}

/// A conversation is about to be forgotten: its tickets go with it, except open ones with a way to
/// reach the visitor, which keep a copy of what was said.
pub(crate) fn forget(transaction: &Transaction<'_>, conversation: &str) -> Result<(), StoreError> {
    let kept: Option<i64> = transaction
        .query_row(
            "SELECT id FROM ticket WHERE conversation = ?1 AND state <> 'closed'
             AND contact <> '' ORDER BY id DESC LIMIT 1",
            [conversation],
            |row| row.get(0),
        )
        .optional()?;
    transaction.execute(
        "DELETE FROM ticket WHERE conversation = ?1 AND id IS NOT ?2",
        params![conversation, kept],
    )?;
    let Some(id) = kept else { return Ok(()) };
    for line in said_in(transaction, conversation)? {
        transaction.execute(
            "INSERT INTO ticket_line(ticket_id, at, author, text, route, sources)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, line.at, line.author, line.text, line.route, line.sources],
        )?;
    }
    // The number of the conversation would let whoever keeps it read on.
    transaction
        .execute("UPDATE ticket SET visitor_gone = 1, conversation = '' WHERE id = ?1", [id])?;
    Ok(())
}

fn take(transaction: &Transaction<'_>, id: i64, at: i64) -> Result<bool, StoreError> {
    let conversation: Option<String> = transaction
        .query_row(
            "UPDATE ticket SET state = ?2, taken_at = coalesce(taken_at, ?3)
             WHERE id = ?1 AND state <> 'closed' RETURNING conversation",
            params![id, TalkState::Human, at],
            |row| row.get(0),
        )
        .optional()?;
    match conversation {
        Some(conversation) => {
            set_state(transaction, &conversation, TalkState::Human)?;
            Ok(true)
        }
        None => Ok(false),
    }
}

fn wipe(transaction: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM ticket_line WHERE ticket_id = ?1", [id])?;
    transaction.execute("UPDATE ticket SET contact = '', note = '' WHERE id = ?1", [id])?;
    Ok(())
}

fn set_state(
    transaction: &Transaction<'_>,
    conversation: &str,
    state: TalkState,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE conversation SET state = ?2 WHERE id = ?1",
        params![conversation, state],
    )?;
    Ok(())
}

pub(crate) fn open_one(
    connection: &Connection,
    conversation: &str,
) -> Result<Option<i64>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT id FROM ticket WHERE conversation = ?1 AND state <> 'closed'
         ORDER BY id DESC LIMIT 1",
    )?;
    Ok(query.query_row([conversation], |row| row.get(0)).optional()?)
}

/// The turns of a conversation as lines, oldest first.
fn said_in(connection: &Connection, conversation: &str) -> Result<Vec<TicketLine>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT at, question, answer, route, coalesce((
             SELECT group_concat(source || ' > ' || locator || ': ' || passage, char(10))
             FROM turn_source WHERE turn_id = turn.id), '')
         FROM turn WHERE id IN (
             SELECT id FROM turn WHERE conversation = ?1 ORDER BY id DESC LIMIT ?2)
         ORDER BY id",
    )?;
    let rows = query.query_map(params![conversation, MOST_TURNS], |row| {
        let at = row.get(0)?;
        let asked =
            TicketLine { at, author: "visitor".into(), text: row.get(1)?, ..TicketLine::default() };
        let answered = TicketLine {
            id: 0,
            at,
            author: "desk".into(),
            text: row.get(2)?,
            route: row.get(3)?,
            sources: row.get(4)?,
        };
        Ok([asked, answered])
    })?;
    let pairs: Vec<[TicketLine; 2]> = rows.collect::<Result<_, _>>()?;
    Ok(pairs.into_iter().flatten().collect())
}

fn written_in(
    connection: &Connection,
    ticket_id: i64,
    after: i64,
) -> Result<Vec<TicketLine>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT id, at, author, text, route, sources FROM ticket_line
         WHERE ticket_id = ?1 AND id > ?2 ORDER BY id",
    )?;
    let rows = query.query_map(params![ticket_id, after], read_line)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_ticket(row: &Row<'_>) -> rusqlite::Result<TicketRow> {
    Ok(TicketRow {
        id: row.get(0)?,
        conversation: row.get(1)?,
        reason: row.get(2)?,
        state: row.get(3)?,
        contact: row.get(4)?,
        note: row.get(5)?,
        opened_at: row.get(6)?,
        taken_at: row.get(7)?,
        closed_at: row.get(8)?,
        visitor_gone: row.get(9)?,
        said_at: row.get(10)?,
    })
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<TicketLine> {
    Ok(TicketLine {
        id: row.get(0)?,
        at: row.get(1)?,
        author: row.get(2)?,
        text: row.get(3)?,
        route: row.get(4)?,
        sources: row.get(5)?,
    })
}
