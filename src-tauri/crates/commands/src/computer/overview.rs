//! This computer, its tier, and every model with what it would be like here.

use catalog::{Located, Purpose, Suits, UNKNOWN_LICENCE};

use super::suited::Suited;
use crate::core::Core;
use crate::shelf::Model;
use crate::wire::{
    ApiError, ComputerReply, ComputerView, ModelChoiceView, ModelOrigin, ModelVerdict,
};

impl Core {
    /// The whole picture.
    pub(super) fn overview(&self) -> Result<ComputerReply, ApiError> {
        self.shelf.look();
        let now = self.machine_now();
        let models = self.models();
        let suited = self.suited(&models, &now);
        let at_work = self.chat.taken().map(|chat| chat.id().to_owned());
        let view = |model: &Model| self.model_choice(model, &suited, at_work.as_deref());
        let mut views: Vec<(u32, ModelChoiceView)> =
            models.iter().map(|model| (model.entry.rank, view(model))).collect();
        views.sort_by_key(|(rank, view)| order(view, *rank));
        let models_in_order: Vec<ModelChoiceView> =
            views.into_iter().map(|(_, view)| view).collect();
        let in_use = at_work.filter(|id| models.iter().any(|model| &model.entry.id == id));
        let previous = self.settings().chat_model_before;
        let is_ready =
            |id: &str| models.iter().any(|model| model.entry.id == id && model.file().is_some());
        Ok(ComputerReply::Overview(Box::new(ComputerView {
            machine: crate::doctor::machine(&now),
            tier: self.tier(&suited),
            speed: in_use.as_deref().and_then(|id| {
                let model = models_in_order.iter().find(|model| model.id == id)?;
                model.speed.clone()
            }),
            models: models_in_order,
            in_use,
            previous: is_ready(&previous).then_some(previous),
            problems: self.problems_with_models(&models),
        })))
    }

    fn model_choice(
        &self,
        model: &Model,
        suited: &Suited,
        at_work: Option<&str>,
    ) -> ModelChoiceView {
        let entry = &model.entry;
        let (suits, reason) = suited.verdict(&entry.id);
        let is_chat = entry.purpose == Purpose::Chat;
        ModelChoiceView {
            id: entry.id.clone(),
            name: entry.name.clone(),
            purpose: if is_chat { "chat".into() } else { "embedding".into() },
            origin: model.origin,
            summary: entry.summary.clone(),
            size_bytes: entry.size_bytes,
            size_exact: entry.size_exact,
            memory_bytes: entry.memory_bytes(),
            licence: entry.licence.clone(),
            host: entry.url.as_deref().map_or(String::new(), host),
            verdict: verdict(suits),
            reason,
            warnings: warnings(model),
            state: match model.located {
                Located::Ready { .. } => "ready".into(),
                Located::Missing => "missing".into(),
                Located::Damaged { .. } => "damaged".into(),
            },
            in_use: match is_chat {
                true => at_work == Some(entry.id.as_str()),
                false => self.finders.uses(entry),
            },
            exam: self.exam_of(entry).map(|(mark, _)| mark),
            speed: self.speed_of(&entry.sha256).ok().flatten(),
        }
    }
}

fn verdict(suits: Suits) -> ModelVerdict {
    match suits {
        Suits::Recommended => ModelVerdict::Recommended,
        Suits::Fits => ModelVerdict::Fits,
        Suits::TooSlow => ModelVerdict::TooSlow,
        Suits::TooLarge => ModelVerdict::TooLarge,
        Suits::FailedExam => ModelVerdict::FailedExam,
    }
}

/// The recommended ones first, those that write before those that find, the most capable first;
/// what does not suit comes last.
fn order(view: &ModelChoiceView, rank: u32) -> (u8, u8, u32) {
    let by_verdict = match view.verdict {
        ModelVerdict::Recommended => 0,
        ModelVerdict::Fits => 1,
        ModelVerdict::TooSlow => 2,
        ModelVerdict::TooLarge => 3,
        ModelVerdict::FailedExam => 4,
    };
    (by_verdict, u8::from(view.purpose != "chat"), u32::MAX - rank)
}

/// The name of the server in an address.
fn host(url: &str) -> String {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    rest.split('/').next().unwrap_or_default().to_owned()
}

/// What to know before using a model, one sentence each.
fn warnings(model: &Model) -> Vec<String> {
    let entry = &model.entry;
    let mut warnings = entry.notes.clone();
    if entry.licence == UNKNOWN_LICENCE {
        warnings.push(
            "Nobody here knows its licence; whether a shop may use it is yours to find out.".into(),
        );
    }
    if model.origin == ModelOrigin::InPlace {
        warnings.push("Its file belongs to another program, which may change or delete it.".into());
    }
    let is_missing = model.located == Located::Missing;
    if is_missing && !entry.size_exact {
        warnings.push(
            "Its size is computed; the server is asked before anything is downloaded.".into(),
        );
    }
    if let Located::Damaged { reason } = &model.located {
        warnings.push(format!("Its file is refused: {reason}."));
    }
    warnings
}

#[cfg(test)]
mod tests;
