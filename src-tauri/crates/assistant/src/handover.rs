//! When a conversation is handed to a person, and what the visitor is told. Pure.
//!
//! Code decides, by the visitor's words and by what happened; a model has no say, and no word of
//! its text means anything here.

use store::TalkState;

use crate::phrases::Phrases;

/// Why a person is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The visitor asked for one.
    Asked,
    /// The visitor pressed the button.
    Button,
    /// The desk had no answer twice in a row.
    RefusedTwice,
    /// The visitor complains.
    Complaint,
    /// Somebody is hurt or in danger.
    Emergency,
    /// Too many wrong proofs for an order.
    OrderLocked,
}

impl Cause {
    /// The saved name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Button => "button",
            Self::RefusedTwice => "refused_twice",
            Self::Complaint => "complaint",
            Self::Emergency => "emergency",
            Self::OrderLocked => "order_locked",
        }
    }
}

/// Who talks in a conversation after a turn, and the number of its open ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// Who talks.
    pub state: TalkState,
    /// The open ticket.
    pub ticket: Option<i64>,
}

/// The line that tells a visitor that staff know, whatever made it so.
pub(crate) fn confirmation(cause: Cause, ticket: i64, phrases: &Phrases) -> String {
    let noted = phrases.noted.replace("{n}", &ticket.to_string());
    let first = match cause {
        Cause::Asked | Cause::Button => phrases.person,
        Cause::RefusedTwice | Cause::OrderLocked => return noted,
        Cause::Complaint => phrases.sorry,
        Cause::Emergency => phrases.danger,
    };
    format!("{first} {noted}")
}
