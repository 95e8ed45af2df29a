//! Handing a conversation to a person: the ticket, and the line the visitor sees. Needs no engine.

use store::{TalkRow, TalkState};

use super::Assistant;
use super::reply::said;
use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Question, Route};
use crate::handover::{Cause, Talk, confirmation};
use crate::phrases::phrases;

impl Assistant {
    /// Asks staff to come to a conversation. Returns the ticket's number and the line that tells
    /// the visitor so; an open ticket of the conversation is used again.
    ///
    /// `contact` and `note` are the visitor's own words and may be empty. Fails only with the
    /// store.
    pub fn hand_over(
        &self,
        question: &Question,
        cause: Cause,
        contact: &str,
        note: &str,
    ) -> Result<(i64, String), AssistantError> {
        let ticket = self.store.open_ticket(&question.conversation, cause.name(), (self.now)())?;
        if !contact.is_empty() || !note.is_empty() {
            self.store.complete_ticket(ticket, contact, note)?;
        }
        Ok((ticket, confirmation(cause, ticket, phrases(&question.language))))
    }

    /// How a conversation stands; one without a number has no past.
    pub(super) fn talk(&self, conversation: &str) -> Result<TalkRow, AssistantError> {
        match conversation {
            "" => Ok(TalkRow::default()),
            known => Ok(self.store.talk(known)?),
        }
    }

    /// The turn in which a visitor's own words ask for a person.
    pub(super) fn to_a_person(
        &self,
        cause: Cause,
        question: &Question,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<Answer, AssistantError> {
        let (_, line) = self.hand_over(question, cause, "", "")?;
        let mut answer = said(Route::HandOff, &line, tell);
        answer.why.reason = format!("handed over: {}", cause.name());
        Ok(answer)
    }

    /// Two refusals in a row bring a person; every answer says who talks from now on.
    pub(super) fn hand_over_after(
        &self,
        answer: &mut Answer,
        question: &Question,
        before: &TalkRow,
        tell: &mut dyn FnMut(AnswerEvent),
    ) -> Result<(), AssistantError> {
        let refused = Some(Route::Refused.name());
        if answer.route == Route::Refused && before.last_route.as_deref() == refused {
            let (_, line) = self.hand_over(question, Cause::RefusedTwice, "", "")?;
            let more = format!("\n\n{line}");
            tell(AnswerEvent::Text(more.clone()));
            answer.text.push_str(&more);
        }
        let now = match before.state {
            // After a person has answered, the next question is the desk's again.
            TalkState::Closed if answer.route != Route::HandOff => {
                TalkRow { state: self.store.resume(&question.conversation)?, ..TalkRow::default() }
            }
            _ => self.talk(&question.conversation)?,
        };
        answer.talk = Talk { state: now.state, ticket: now.ticket };
        Ok(())
    }
}
