//! The report for somebody who helps: text without personal data.
//!
//! It is made of the doctor's findings and of settings that matter. No question, answer, title or
//! file name is ever put into it; what messages of the system may carry, such as names of folders
//! and of the person, is taken out again by [`private`].

mod private;

use settings::{Caution, Generation, Settings};

use crate::core::Core;
use crate::shelf::Model;
use crate::wire::ApiError;
use private::Private;

impl Core {
    /// Everything that is needed to help, and nothing about any person.
    pub(super) fn report(&self) -> Result<String, ApiError> {
        let doctor = self.doctor()?;
        let private = Private::of_this_computer(own_models(&self.models()));
        let mut lines = vec!["Frontdesk, report without personal data".to_string()];
        lines.extend(doctor.in_words());
        lines.push(settings(&self.settings()));
        let lines = lines.iter().flat_map(|line| line.split('\n'));
        let clean = lines.map(|line| private.take_out(line));
        Ok(clean.collect::<Vec<_>>().join("\n") + "\n")
    }
}

/// Models that staff brought may be called anything.
fn own_models(models: &[Model]) -> Vec<String> {
    let catalog = catalog::Catalog::bundled();
    let own = models.iter().map(|model| &model.entry).filter(|it| catalog.find(&it.id).is_none());
    own.flat_map(|entry| [entry.id.clone(), entry.name.clone(), entry.file.clone()]).collect()
}

/// Choices only; texts that staff wrote are theirs.
fn settings(settings: &Settings) -> String {
    let Settings { generation, caution, language, second_person, .. } = settings;
    let generation = match generation {
        Generation::WhenProven => "phrases when the exam is passed",
        Generation::Always => "always phrases",
        Generation::Never => "never phrases",
    };
    let caution = match caution {
        Caution::Careful => "careful",
        Caution::Balanced => "balanced",
        Caution::Talkative => "talkative",
    };
    let language = if language.is_empty() { "the computer's language" } else { language };
    let second = if *second_person { "a second person approves" } else { "one person approves" };
    format!("Settings   {generation}, {caution}, {language}, {second}")
}
