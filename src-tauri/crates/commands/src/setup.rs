//! The first run: which desk this is, and how far somebody has come.
//!
//! Everything it does can be done later in the window too; here it only has an order.

mod content;
mod kits;

use settings::Topic;

use crate::core::Core;
use crate::tickets::cleaned;
use crate::wire::{ApiError, Code, SetupCommand, SetupReply, SetupView};

/// The kit that is the sample shop.
const SAMPLE: &str = "sample";
/// The facts of the desk that this file keeps: whether it goes on, where, and with which kit.
const STATE: &str = "setup.state";
const STEP: &str = "setup.step";
const KIT: &str = "setup.kit";
const OPEN: &str = "open";
const DONE: &str = "done";
/// The last step.
const LAST_STEP: u32 = 4;
/// Characters of a name.
const LONGEST_NAME: usize = 300;
/// Questions to start with, and the answers they are picked from.
const SUGGESTIONS: usize = 4;
const LOOKED_AT: usize = 500;

impl Core {
    /// Does what staff ask in the first run.
    pub(crate) fn setup(&self, command: SetupCommand) -> Result<SetupReply, ApiError> {
        match command {
            SetupCommand::State => {}
            SetupCommand::SaveStep { step } => {
                self.store.meta_set(STEP, &step.min(LAST_STEP).to_string())?;
            }
            SetupCommand::ChooseKit { kit, name } => self.choose_kit(&kit, &name)?,
            SetupCommand::Finish => {
                self.suggest_what_is_answered()?;
                self.store.meta_set(STATE, DONE)?;
            }
            SetupCommand::Again => {
                self.store.meta_set(STEP, "0")?;
                self.store.meta_set(STATE, OPEN)?;
            }
        }
        Ok(SetupReply::Setup(self.setup_view()?))
    }

    /// A new desk is about to get the sample shop: its first run begins.
    pub(crate) fn begin_setup(&self) -> Result<(), ApiError> {
        if self.store.meta_get(STATE)?.is_none() {
            self.store.meta_set(STATE, OPEN)?;
        }
        Ok(())
    }

    /// Whether somebody chose a kit in place of the sample shop, which must not come back then.
    pub(crate) fn has_own_kit(&self) -> Result<bool, ApiError> {
        Ok(self.store.meta_get(KIT)?.is_some_and(|kit| kit != SAMPLE))
    }

    fn setup_view(&self) -> Result<SetupView, ApiError> {
        let state = self.store.meta_get(STATE)?;
        let step = self.store.meta_get(STEP)?.and_then(|step| step.parse().ok());
        let live = self.knowledge.counts()?.faqs;
        let all = self.knowledge.faqs("", 0, LOOKED_AT)?.0;
        let drafts = all.iter().filter(|faq| faq.status == store::FaqStatus::Draft).count();
        Ok(SetupView {
            due: state.as_deref() == Some(OPEN) && self.host.has_window(),
            done: state.as_deref() != Some(OPEN),
            step: step.unwrap_or(0),
            kit: self.store.meta_get(KIT)?.unwrap_or_else(|| SAMPLE.to_owned()),
            kits: kits::KITS.iter().map(|kit| kit.id).chain([SAMPLE]).map(String::from).collect(),
            live: live as u32,
            drafts: drafts as u32,
        })
    }

    fn choose_kit(&self, id: &str, name: &str) -> Result<(), ApiError> {
        let name = cleaned(name, LONGEST_NAME)?;
        let kit =
            if id == SAMPLE { None } else { Some(kits::find(id).ok_or_else(|| unknown(id))?) };
        let before = self.store.meta_get(KIT)?.unwrap_or_else(|| SAMPLE.to_owned());
        if before != id {
            self.end_filling();
            self.remove_starting_content()?;
            // From here on a restart must not bring the sample shop back.
            self.store.meta_set(KIT, id)?;
        }
        match kit {
            Some(kit) => {
                // A table that is here already is found unchanged.
                self.fill_with_kit(kit)?;
                if before != id || self.speaks_as(kit)? {
                    return self.speak_as(kit, &name);
                }
            }
            None if before != id => self.fill_with_sample()?,
            None => {}
        }
        if name.is_empty() {
            return Ok(());
        }
        self.change_settings(|settings| settings.profile.name = name).map(drop)
    }

    /// A desk with answers of its own and no questions to start with gets them from its answers;
    /// the kit's topics come as far as they are answered.
    fn suggest_what_is_answered(&self) -> Result<(), ApiError> {
        let (mut faqs, _) = self.knowledge.faqs("", 0, LOOKED_AT)?;
        // Newest first in lists; a shop's own table begins with what matters most.
        faqs.reverse();
        let live = faqs.into_iter().filter(|faq| faq.status == store::FaqStatus::Approved);
        let questions: Vec<String> = live.map(|faq| faq.question).collect();
        let kit = self.store.meta_get(KIT)?.and_then(|id| kits::find(&id));
        let topics = kit.map(|kit| kit.words()).transpose()?.map_or_else(Vec::new, |w| w.topics);
        let topics = topics.into_iter().filter(|topic| questions.contains(&topic.question));
        let topics: Vec<Topic> =
            topics.map(|topic| Topic { label: topic.label, question: topic.question }).collect();
        self.change_settings(|settings| {
            if settings.kiosk.topics.is_empty() {
                settings.kiosk.topics = topics;
            }
            if settings.profile.suggestions.is_empty() {
                settings.profile.suggestions = questions.into_iter().take(SUGGESTIONS).collect();
            }
        })?;
        Ok(())
    }
}

fn unknown(id: &str) -> ApiError {
    ApiError {
        code: Code::NotFound,
        message: format!("there is no kit {id:?}"),
        hint: Some("Choose one of the kits offered. Nothing was changed.".into()),
    }
}
