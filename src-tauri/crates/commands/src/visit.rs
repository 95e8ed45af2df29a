//! What visitors may do. Staff may do it too.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

use assistant::{DeskWords, Policy, Question};
use knowledge::Knowledge;
use orders::Orders;

use crate::core::Core;
use crate::session::Session;
use crate::tickets::cleaned;
use crate::wire::{
    ApiError, Ask, Desk, PassageView, Role, Turn, TurnEvent, VisitorCommand, VisitorReply,
};
use crate::{convert, errors};

/// Questions that may be under way beside those who wait for the model: most take milliseconds.
const AT_ONCE: usize = 96;

/// Questions one conversation may have under way, so that nobody takes the places of the others.
const AT_ONCE_PER_CONVERSATION: usize = 4;

/// Characters of the reason beside a thumb.
const LONGEST_NOTE: usize = 1_000;

/// A question that is being answered.
pub(crate) struct UnderWay {
    role: Role,
    client: String,
    conversation: String,
    ask_id: String,
    stop: Arc<AtomicBool>,
}

impl Core {
    /// Does what a visitor asks. Events are told only for [`VisitorCommand::Ask`], the last of
    /// them `Done` or `Failed`.
    pub fn visit(
        &self,
        session: &Session,
        command: VisitorCommand,
        tell: &mut dyn FnMut(TurnEvent),
    ) -> Result<VisitorReply, ApiError> {
        self.visit_until(session, command, Arc::default(), tell)
    }

    /// The same for a caller who may go away: once `gone` says so, a question ends with what there
    /// is, and takes no place any more.
    pub fn visit_until(
        &self,
        session: &Session,
        command: VisitorCommand,
        gone: Arc<AtomicBool>,
        tell: &mut dyn FnMut(TurnEvent),
    ) -> Result<VisitorReply, ApiError> {
        match command {
            VisitorCommand::Greet => Ok(VisitorReply::Desk(self.greet(session)?)),
            VisitorCommand::Logo => Ok(VisitorReply::Logo(self.logo()?)),
            VisitorCommand::Ask(ask) => match self.ask(session, ask, None, gone, tell) {
                Ok(turn) => {
                    tell(TurnEvent::Done { turn: Box::new(turn.clone()) });
                    Ok(VisitorReply::Turn(Box::new(turn)))
                }
                Err(error) => {
                    tell(TurnEvent::Failed { error: error.clone() });
                    Err(error)
                }
            },
            VisitorCommand::Cancel { ask_id } => {
                self.cancel(session, &ask_id);
                Ok(VisitorReply::Done)
            }
            VisitorCommand::Rate { turn_id, helpful, note } => {
                let note = cleaned(&note, LONGEST_NOTE)?;
                if !self.store.rate_turn(turn_id, helpful)? {
                    return Err(errors::not_found("answer", turn_id));
                }
                if !note.is_empty() {
                    self.store.note_rating(turn_id, &note)?;
                }
                self.knowledge.note_rating(turn_id, helpful)?;
                Ok(VisitorReply::Done)
            }
            VisitorCommand::HandOver { conversation, contact, note, language } => {
                if let Some(conversation) = conversation.as_deref().filter(|id| !id.is_empty()) {
                    self.note_kiosk(session, conversation)?;
                }
                let handed = self.hand_over(conversation, &contact, &note, language)?;
                Ok(VisitorReply::HandedOver(handed))
            }
            VisitorCommand::Conversation { conversation, after } => {
                Ok(VisitorReply::Conversation(self.conversation(&conversation, after)?))
            }
            VisitorCommand::OpenSource { turn_id, n } => {
                Ok(VisitorReply::Passage(self.open_source(turn_id, n)?))
            }
            VisitorCommand::VerifyOrder(tried) => {
                Ok(VisitorReply::Order(Box::new(self.verify_order(session, tried)?)))
            }
            VisitorCommand::Unlock { pin } => Ok(VisitorReply::Unlock(self.unlock(session, &pin)?)),
            VisitorCommand::StartOver { conversation } => {
                self.leave(&conversation)?;
                Ok(VisitorReply::Done)
            }
        }
    }

    fn greet(&self, session: &Session) -> Result<Desk, ApiError> {
        let settings = self.settings();
        let counts = self.knowledge.counts()?;
        let kiosk = self.kiosk_face(&settings)?;
        Ok(Desk {
            name: settings.profile.name,
            welcome: settings.profile.welcome,
            suggestions: settings.profile.suggestions.into_iter().take(4).collect(),
            hand_over: settings.profile.hand_over,
            documents: counts.documents as u32,
            answers: counts.faqs as u32,
            language: settings.language,
            role: session.role,
            health: convert::health(self.finder().map(|finder| finder.embedder.health())),
            preparing: self.is_preparing(),
            kiosk,
            look: self.look_face()?,
        })
    }

    /// `previous` is the question before, where the caller keeps the conversation itself; `stop`
    /// ends the answer with what there is.
    pub(crate) fn ask(
        &self,
        session: &Session,
        mut ask: Ask,
        previous: Option<String>,
        stop: Arc<AtomicBool>,
        tell: &mut dyn FnMut(TurnEvent),
    ) -> Result<Turn, ApiError> {
        let conversation = ask.conversation.take().filter(|id| !id.is_empty());
        let conversation = conversation.unwrap_or_else(new_conversation);
        self.note_kiosk(session, &conversation)?;
        self.begin(session, &conversation, &ask.ask_id, &stop)?;
        ask.conversation = Some(conversation.clone());
        let settings = self.settings();
        let question = Question {
            text: ask.question.clone(),
            conversation: conversation.clone(),
            language: ask.language.clone().unwrap_or_default(),
            previous,
        };
        let policy = policy(&self.knowledge, &self.orders, &settings, self.may_generate());
        let desk = desk_words(&settings);
        let answer = self.assistant.answer(
            &question,
            &policy,
            &desk,
            &|| stop.load(Ordering::Acquire),
            &mut |event| tell(convert::event(event)),
        );
        self.end(&stop);
        self.forget_if_left(session, &conversation)?;
        // An engine that failed meanwhile is shown as its own sentence beside the answer.
        Ok(convert::turn(&ask, answer?, &settings.profile.hand_over))
    }

    /// Staff are not held up by visitors: each role has its own places.
    pub(crate) fn begin(
        &self,
        session: &Session,
        conversation: &str,
        ask_id: &str,
        stop: &Arc<AtomicBool>,
    ) -> Result<(), ApiError> {
        let most = AT_ONCE + self.assistant.room().fullness().most_waiting;
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let all = under_way.iter().filter(|one| one.role == session.role).count();
        let own = under_way.iter().filter(|one| one.conversation == conversation).count();
        if all >= most || own >= AT_ONCE_PER_CONVERSATION {
            drop(under_way);
            self.assistant.room().note_turned_away();
            return Err(self.too_many(own.max(all)));
        }
        under_way.push(UnderWay {
            role: session.role,
            client: session.client.clone(),
            conversation: conversation.to_string(),
            ask_id: ask_id.to_string(),
            stop: stop.clone(),
        });
        Ok(())
    }

    /// The stop flag tells two questions apart whose callers chose the same id.
    pub(crate) fn end(&self, stop: &Arc<AtomicBool>) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|one| !Arc::ptr_eq(&one.stop, stop));
    }

    /// Stops an answer of the same caller; one that has ended already needs no stopping.
    pub fn cancel(&self, session: &Session, ask_id: &str) {
        self.stop_those(|one| one.client == session.client && one.ask_id == ask_id);
    }

    /// Stops every answer of the same caller.
    pub fn cancel_all(&self, session: &Session) {
        self.stop_those(|one| one.client == session.client);
    }

    fn stop_those(&self, meant: impl Fn(&UnderWay) -> bool) {
        let under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.iter().filter(|one| meant(one)).for_each(|one| {
            one.stop.store(true, Ordering::Release);
        });
    }

    fn open_source(&self, turn_id: i64, n: u32) -> Result<PassageView, ApiError> {
        let missing = || errors::not_found("source of answer", turn_id);
        let turn = self.store.turn(turn_id)?.ok_or_else(missing)?;
        let citation = turn.citations.into_iter().find(|citation| citation.n == i64::from(n));
        let citation = citation.ok_or_else(missing)?;
        let (title, locator, text) = match (citation.section_id, citation.faq_id) {
            (Some(id), _) => {
                let section = self.knowledge.section(id)?.ok_or_else(missing)?;
                (section.title, section.locator, section.text)
            }
            (None, Some(id)) => {
                let faq = self.knowledge.faq(id)?.ok_or_else(missing)?;
                (faq.question, String::new(), faq.answer)
            }
            // The fact itself is the whole passage.
            (None, None) if citation.source == "facts" => {
                (citation.title, citation.locator, citation.passage.clone())
            }
            (None, None) => return Err(missing()),
        };
        let highlights = find(&text, &citation.passage).into_iter().collect();
        Ok(PassageView { source: citation.source, title, locator, text, highlights })
    }
}

/// How sure the desk must be, from its embedder and its settings.
pub(crate) fn policy(
    knowledge: &Knowledge,
    orders: &Orders,
    settings: &settings::Settings,
    may_generate: bool,
) -> Policy {
    let thresholds = knowledge.thresholds();
    Policy::new(
        thresholds.refuse_below,
        thresholds.answer_from,
        convert::policy_caution(settings.caution),
        may_generate,
    )
    .with_orders(orders.masks())
}

/// What staff wrote for the desk.
pub(crate) fn desk_words(settings: &settings::Settings) -> DeskWords {
    let profile = settings.profile.clone();
    DeskWords { name: profile.name, refusal: profile.refusal, suggestions: profile.suggestions }
}

/// Where `part` stands in `text`, in characters; `None` when the source has changed since.
fn find(text: &str, part: &str) -> Option<[u32; 2]> {
    let part = part.trim();
    if part.is_empty() {
        return None;
    }
    let start = text.find(part)?;
    let before = text[..start].chars().count() as u32;
    Some([before, before + part.chars().count() as u32])
}

/// A conversation id that cannot be guessed from another.
pub(crate) fn new_conversation() -> String {
    let random = || RandomState::new().hash_one(std::time::Instant::now());
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_find(text: &str, part: &str, expected: Option<[u32; 2]>) {
        assert_eq!(find(text, part), expected, "{part:?} in {text:?}");
    }

    #[test]
    fn highlights_are_in_characters() {
        check_find("Größe ist 42.", "ist", Some([6, 9]));
        check_find("abc", " abc ", Some([0, 3]));
        check_find("abc", "x", None);
        check_find("abc", " ", None);
    }

    #[test]
    fn conversations_differ() {
        assert_ne!(new_conversation(), new_conversation());
    }
}
