//! Wishes for a person: what the visitor does and hears, what staff do.

use assistant::{Cause, Question};
use store::{TalkState, TicketLine, TicketRow};

use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::visit::new_conversation;
use crate::wire::{
    ApiError, Code, ConversationState, ConversationView, HandedOver, StaffMessage, TicketDetail,
    TicketLineView, TicketView,
};

/// Characters of a contact.
const LONGEST_CONTACT: usize = 200;
/// Characters of a note or of a reply.
const LONGEST_TEXT: usize = 4_000;
/// Tickets in one list.
const MOST_TICKETS: usize = 200;

impl Core {
    /// The button: asks staff to come, whatever works and whatever does not.
    pub(crate) fn hand_over(
        &self,
        conversation: Option<String>,
        contact: &str,
        note: &str,
        language: Option<String>,
    ) -> Result<HandedOver, ApiError> {
        let contact = cleaned(contact, LONGEST_CONTACT)?;
        let note = cleaned(note, LONGEST_TEXT)?;
        let conversation =
            conversation.filter(|id| !id.is_empty()).unwrap_or_else(new_conversation);
        let language = language.unwrap_or_default();
        let question = Question { conversation, language, ..Question::default() };
        let (ticket, message) =
            self.assistant.hand_over(&question, Cause::Button, &contact, &note)?;
        Ok(HandedOver {
            state: state(self.store.talk(&question.conversation)?.state),
            conversation: question.conversation,
            ticket,
            message,
            hand_over: self.settings().profile.hand_over,
        })
    }

    /// Who talks in a conversation, and what staff wrote after a message's number.
    pub(crate) fn conversation(
        &self,
        conversation: &str,
        after: i64,
    ) -> Result<ConversationView, ApiError> {
        let talk = self.store.talk(conversation)?;
        let lines = self.store.staff_lines(conversation, after)?;
        let message = |line: TicketLine| StaffMessage { id: line.id, at: line.at, text: line.text };
        Ok(ConversationView {
            state: state(talk.state),
            ticket: talk.ticket,
            messages: lines.into_iter().map(message).collect(),
        })
    }

    /// Tickets, newest first.
    pub(crate) fn tickets(&self, open_only: bool) -> Result<Vec<TicketView>, ApiError> {
        let tickets = self.store.tickets(open_only, MOST_TICKETS)?;
        Ok(tickets.into_iter().map(view).collect())
    }

    /// One ticket with everything said.
    pub(crate) fn ticket(&self, id: i64) -> Result<TicketDetail, ApiError> {
        let (ticket, lines) = self.store.ticket(id)?.ok_or_else(|| missing(id))?;
        Ok(TicketDetail { ticket: view(ticket), lines: lines.into_iter().map(line).collect() })
    }

    /// A member of staff comes; from now on the desk is silent in this conversation.
    pub(crate) fn take_ticket(&self, id: i64) -> Result<(), ApiError> {
        self.store.take_ticket(id, unix_seconds())?.then_some(()).ok_or_else(|| missing(id))
    }

    /// A member of staff writes to the visitor.
    pub(crate) fn reply_ticket(&self, id: i64, text: &str) -> Result<i64, ApiError> {
        let text = cleaned(text, LONGEST_TEXT)?;
        if text.is_empty() {
            return Err(invalid("the reply is empty".into()));
        }
        self.store.reply_ticket(id, &text, unix_seconds())?.ok_or_else(|| missing(id))
    }

    /// A member of staff is done; the next question is the desk's again.
    pub(crate) fn close_ticket(&self, id: i64) -> Result<(), ApiError> {
        self.store.close_ticket(id, unix_seconds())?.then_some(()).ok_or_else(|| missing(id))
    }
}

/// Who talks, for callers.
pub(crate) fn state(state: TalkState) -> ConversationState {
    match state {
        TalkState::Bot => ConversationState::Bot,
        TalkState::Requested => ConversationState::Requested,
        TalkState::Human => ConversationState::Human,
        TalkState::Closed => ConversationState::Closed,
    }
}

/// A person's words without hidden characters.
pub(crate) fn cleaned(text: &str, longest: usize) -> Result<String, ApiError> {
    let text = knowledge::text::clean(text).text.trim().to_owned();
    let characters = text.chars().count();
    if characters > longest {
        return Err(invalid(format!("the text is {characters} characters long, not {longest}")));
    }
    Ok(text)
}

fn invalid(message: String) -> ApiError {
    ApiError { code: Code::Invalid, message, hint: Some("Write it in a few sentences.".into()) }
}

fn missing(id: i64) -> ApiError {
    errors::not_found("open ticket", id)
}

fn view(row: TicketRow) -> TicketView {
    TicketView {
        id: row.id,
        reason: row.reason,
        state: state(row.state),
        contact: row.contact,
        note: row.note,
        opened_at: row.opened_at,
        taken_at: row.taken_at,
        closed_at: row.closed_at,
        visitor_gone: row.visitor_gone,
        said_at: row.said_at,
    }
}

fn line(row: TicketLine) -> TicketLineView {
    TicketLineView {
        at: row.at,
        author: row.author,
        text: row.text,
        route: row.route,
        sources: row.sources.lines().map(String::from).collect(),
    }
}
