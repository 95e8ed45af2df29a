//! What suits this computer: the choice among all models the desk knows, with everything that was
//! found out about them here.

use std::collections::HashMap;

use catalog::{Catalog, Entry, Measured, Purpose, Speed, Suits, Tier};
use hardware::Machine;

use crate::core::Core;
use crate::engines::exam_key;
use crate::finders::main_language;
use crate::shelf::Model;

/// The choice for this computer, whatever is on it.
pub(crate) struct Suited {
    /// The class of the computer.
    pub(crate) tier: Tier,
    /// Id of the chat model that suits best; empty where none does.
    pub(crate) chat: String,
    /// Why, one sentence each.
    pub(crate) why: Vec<String>,
    verdicts: HashMap<String, (Suits, String)>,
}

impl Suited {
    /// What was thought of a model, and why.
    pub(crate) fn verdict(&self, id: &str) -> (Suits, String) {
        let nothing = || (Suits::Fits, "Nothing is known about it.".into());
        self.verdicts.get(id).cloned().unwrap_or_else(nothing)
    }
}

impl Core {
    /// Chooses among these models for the computer as it was before the desk took memory, with the
    /// graphics cards that have been found since.
    pub(crate) fn suited(&self, models: &[Model], now: &Machine) -> Suited {
        let machine = Machine {
            devices: now.devices.clone(),
            without_graphics: now.without_graphics.clone(),
            ..self.machine.clone()
        };
        let entries: Vec<Entry> = models.iter().map(|model| model.entry.clone()).collect();
        let catalog = Catalog { models: entries };
        if catalog.for_purpose(Purpose::Embedding).next().is_none() {
            return Suited {
                tier: Tier::of(&machine),
                chat: String::new(),
                why: self.recommended.why.clone(),
                verdicts: HashMap::new(),
            };
        }
        let language = self.main_language();
        let choice = catalog::choose(&machine, &catalog, &self.measured(models), &language);
        let verdicts = choice
            .verdicts
            .iter()
            .map(|verdict| (verdict.entry.id.clone(), (verdict.suits, verdict.reason.clone())));
        Suited {
            tier: choice.tier,
            chat: choice.chat.map_or(String::new(), |entry| entry.id.clone()),
            verdicts: verdicts.collect(),
            why: choice.why,
        }
    }

    /// The mark of a model's exam on this computer, and whether it passed.
    pub(crate) fn exam_of(&self, entry: &Entry) -> Option<(f32, bool)> {
        self.exam_by_key(&exam_key(entry))
    }

    /// The mark under the key of an exam, and whether it was enough.
    pub(crate) fn exam_by_key(&self, key: &str) -> Option<(f32, bool)> {
        let mark = self.store.exam(key).ok().flatten()?;
        let report = self.store.exam_report(key).ok().flatten()?;
        let report: serde_json::Value = serde_json::from_str(&report).ok()?;
        Some((mark, report["passed"].as_bool().unwrap_or(false)))
    }

    pub(crate) fn measured(&self, models: &[Model]) -> Measured {
        let speeds = self.store.speeds().unwrap_or_else(|error| {
            tracing::warn!(%error, "what was measured cannot be read");
            Vec::new()
        });
        let speed = |row: store::SpeedRow| {
            let speed = Speed {
                prefill_per_second: row.prefill_per_second,
                step_base_s: row.step_base_s,
                step_each_s: row.step_each_s,
            };
            (row.sha256, speed)
        };
        let exam = |model: &Model| {
            let (_, passed) = self.exam_of(&model.entry)?;
            Some((model.entry.sha256.clone(), passed))
        };
        Measured {
            speeds: speeds.into_iter().map(speed).collect(),
            exams: models.iter().filter_map(exam).collect(),
        }
    }

    /// The language of most of what the shop has written, else of the window.
    fn main_language(&self) -> String {
        let content = self.store.languages().unwrap_or_default();
        let content = content.first().map_or("", |(language, _)| language.as_str());
        main_language(content, &self.settings().language)
    }
}
