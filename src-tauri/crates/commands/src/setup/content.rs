//! What a new desk starts with: the sample shop, or the drafts of a kit in its place.

use std::path::{Path, PathBuf};

use knowledge::ImportKind;
use settings::Profile;

use super::kits::{self, Kit, Words};
use crate::core::Core;
use crate::errors;
use crate::sample::{self, Sample};
use crate::wire::{ApiError, FactsView};

/// Below the data folder: where a kit's table lies.
const KITS_FOLDER: &str = "kits";

impl Core {
    /// Fills in what the sample shop answers without reading a document.
    pub(crate) fn fill_with_answers(&self) -> Result<Sample, ApiError> {
        let profile = Profile::from_json(sample::PROFILE)?;
        let folder = self.store.folder();
        let sample = sample::write_files(folder).map_err(|e| errors::data_folder(folder, &e))?;
        self.change_settings(|settings| settings.profile = profile)?;
        self.save_facts(&sample_facts()?)?;
        if let Some(error) = self.knowledge.reader_problem() {
            tracing::error!(%error, "the sample shop cannot be read");
        }
        self.orders.activate(sample.orders()?)?;
        let answers = std::slice::from_ref(&sample.answers);
        self.knowledge.import(answers, ImportKind::Faq, &mut |_| {})?;
        self.indexer.wake();
        Ok(sample)
    }

    /// Fills in all of the sample shop.
    pub(super) fn fill_with_sample(&self) -> Result<(), ApiError> {
        let sample = self.fill_with_answers()?;
        self.knowledge.import(&sample.documents, ImportKind::Auto, &mut |_| {})?;
        self.indexer.wake();
        Ok(())
    }

    /// Fills in the drafts of a kit; visitors see none of them.
    pub(super) fn fill_with_kit(&self, kit: &Kit) -> Result<(), ApiError> {
        let folder = self.store.folder().join(KITS_FOLDER).join(kit.id);
        let path = folder.join("faq.csv");
        let written = std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, kit.answers.as_bytes()));
        written.map_err(|error| errors::data_folder(&folder, &error))?;
        self.knowledge.import(&[path], ImportKind::Faq, &mut |_| {})?;
        self.indexer.wake();
        Ok(())
    }

    /// Gives the desk the kit's lines in its own language, and the welcome in the others.
    pub(super) fn speak_as(&self, kit: &Kit, name: &str) -> Result<(), ApiError> {
        let words = kit.words()?;
        self.change_settings(|settings| {
            let language = words.language(&settings.language);
            let own = Words::say(&words.name, language, "");
            let name = if name.is_empty() { own.as_str() } else { name };
            let say = |lines| Words::say(lines, language, name);
            settings.profile = Profile {
                name: name.to_owned(),
                welcome: say(&words.welcome),
                refusal: say(&words.refusal),
                hand_over: say(&words.hand_over),
                // Questions that nothing answers yet would only disappoint.
                suggestions: Vec::new(),
            };
            let others = words.welcome.keys().filter(|other| *other != language);
            settings.look.welcomes = others
                .map(|other| (other.clone(), Words::say(&words.welcome, other, name)))
                .collect();
        })?;
        Ok(())
    }

    /// Whether the desk still says what the kit said, so that it may say it anew.
    pub(super) fn speaks_as(&self, kit: &Kit) -> Result<bool, ApiError> {
        let words = kit.words()?;
        let profile = self.settings().profile;
        let mut languages = words.welcome.keys();
        Ok(languages.any(|one| Words::say(&words.welcome, one, &profile.name) == profile.welcome))
    }

    /// Takes back what the desk started with. Everything staff brought, wrote or approved stays.
    pub(super) fn remove_starting_content(&self) -> Result<(), ApiError> {
        let folder = self.store.folder();
        let sample = sample::folder(folder);
        let kits = folder.join(KITS_FOLDER);
        for source in self.knowledge.sources()? {
            let path = PathBuf::from(&source.path);
            let is_kit = path.starts_with(&kits) && self.is_untouched(source.faqs)?;
            if path.starts_with(&sample) || is_kit {
                self.knowledge.remove_source(source.id)?;
            }
        }
        for source in self.orders.sources() {
            if Path::new(&source.place).starts_with(&sample) {
                self.orders.remove(source.id)?;
            }
        }
        if self.facts()? == sample_facts()? {
            self.save_facts(&FactsView::default())?;
        }
        self.indexer.wake();
        Ok(())
    }

    /// Whether all of a kit's answers are still the drafts they were.
    fn is_untouched(&self, answers: i64) -> Result<bool, ApiError> {
        let (faqs, _) = self.knowledge.faqs("", 0, super::LOOKED_AT)?;
        let is_draft = |faq: &&knowledge::Faq| {
            faq.status == store::FaqStatus::Draft && kits::is_written(&faq.question, &faq.answer)
        };
        Ok(faqs.iter().filter(is_draft).count() as i64 >= answers)
    }
}

fn sample_facts() -> Result<FactsView, ApiError> {
    serde_json::from_str(sample::FACTS).map_err(|error| errors::internal(&error))
}
