//! A turn that nobody asked: what a visitor would get, with nothing saved, counted or learned.

use crate::AssistantError;
use crate::answer::{Answer, Route};
use crate::order::ask_for_proof;
use crate::phrases::phrases;
use crate::policy::{DeskWords, Policy};
use crate::route::{Lane, lane};

use super::reply::said;
use super::{Assistant, Setting, read};

impl Assistant {
    /// Answers a question as a first one of a new visit, without a trace.
    ///
    /// Tests and staff ask this way. A model is asked only where `policy` lets it speak.
    pub fn rehearse(
        &self,
        question: &str,
        policy: &Policy,
        desk: &DeskWords,
    ) -> Result<Answer, AssistantError> {
        let text = read(question)?;
        let (language, party) = ("", "");
        let setting =
            Setting { policy, desk, language, phrases: phrases(""), party, stop: &|| false };
        let mut answer = match lane(&text, policy.order_masks.as_deref()) {
            Lane::LookUp => match self.by_the_clock(&text, "", &mut |_| {}) {
                Some(fact) => fact,
                None => self.for_one_turn().look_up(&text, None, &setting, &mut |_| {})?.0,
            },
            Lane::Order => {
                let (reply, form) = ask_for_proof(&text, "", policy);
                Answer { order_form: Some(form), ..said(Route::Order, &reply, &mut |_| {}) }
            }
            Lane::Person | Lane::Complaint | Lane::Emergency => {
                said(Route::HandOff, setting.phrases.person, &mut |_| {})
            }
            small => {
                let reply = setting.phrases.small_talk(small).unwrap_or_default();
                said(Route::SmallTalk, reply, &mut |_| {})
            }
        };
        answer.kb_version = self.knowledge.version();
        Ok(answer)
    }
}
