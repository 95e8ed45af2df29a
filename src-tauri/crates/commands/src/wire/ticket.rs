//! Wishes for a person, for the visitor who waits and for the staff who come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who talks in a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum ConversationState {
    /// The desk answers.
    #[default]
    Bot,
    /// A person was asked for; the desk answers until one comes.
    Requested,
    /// A person answers; the desk is silent.
    Human,
    /// A person has answered; the next question is the desk's again.
    Closed,
}

/// What a visitor hears after asking for a person.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct HandedOver {
    /// The conversation; a new one where the visitor had none.
    pub conversation: String,
    /// The number that visitor and staff name it by.
    pub ticket: i64,
    /// The line to show.
    pub message: String,
    /// The desk's way to a person, as staff wrote it.
    pub hand_over: String,
    /// Who talks now.
    pub state: ConversationState,
}

/// What has happened in a conversation beside the turns.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ConversationView {
    /// Who talks.
    pub state: ConversationState,
    /// The open ticket.
    pub ticket: Option<i64>,
    /// What staff wrote, oldest first.
    pub messages: Vec<StaffMessage>,
}

/// One message of a member of staff.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct StaffMessage {
    /// Ask for those after this number next time.
    pub id: i64,
    /// Unix seconds.
    pub at: i64,
    /// The words.
    pub text: String,
}

/// A wish for a person as staff see it in the list.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TicketView {
    /// The number.
    pub id: i64,
    /// `asked`, `button`, `refused_twice`, `complaint`, `emergency` or `order_locked`.
    pub reason: String,
    /// Waiting, taken or closed.
    pub state: ConversationState,
    /// How the visitor can be reached, if the visitor said so.
    pub contact: String,
    /// What the visitor wrote with it.
    pub note: String,
    /// Unix seconds.
    pub opened_at: i64,
    /// Unix seconds.
    pub taken_at: Option<i64>,
    /// Unix seconds.
    pub closed_at: Option<i64>,
    /// The visitor has left; a reply would not be seen, only the contact is of use.
    pub visitor_gone: bool,
    /// Unix seconds of the last thing the visitor said.
    pub said_at: i64,
}

/// A ticket with everything said.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TicketDetail {
    /// The ticket.
    pub ticket: TicketView,
    /// Everything said, oldest first.
    pub lines: Vec<TicketLineView>,
}

/// One thing said.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TicketLineView {
    /// Unix seconds.
    pub at: i64,
    /// `visitor`, `desk` or `staff`.
    pub author: String,
    /// The words.
    pub text: String,
    /// The lane that answered, for the desk's lines.
    pub route: String,
    /// Where the desk's line is from: a source with its passage each.
    pub sources: Vec<String>,
}
