//! The models that find passages: which one a desk should have, and the change to another.
//!
//! The language of what the shop has written decides, else that of the staff window. A desk that
//! changes goes on with the vectors it has until those of the next model are complete.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use catalog::{Catalog, Entry};
use engine::Embedder;
use engine::child::{Child, Purpose};
use knowledge::{Calibration, Knowledge, Thresholds};

use crate::engines::{self, Llama};
use crate::shelf::Model;

/// The language of a desk whose staff chose none.
const USUAL_LANGUAGE: &str = "en";

/// One model that finds passages.
#[derive(Clone)]
pub(crate) struct Finder {
    pub(crate) embedder: Arc<dyn Embedder>,
    pub(crate) child: Option<Arc<Child>>,
    pub(crate) calibration: Calibration,
}

/// All that were started, and where others come from.
pub(crate) struct Finders {
    started: RwLock<Vec<Finder>>,
    source: Option<Source>,
    /// Of the staff window.
    language: Mutex<String>,
    /// Of the last desk that was looked at.
    considered: Mutex<String>,
    /// The vectors of a desk that is followed; no language decides then.
    followed: Mutex<Option<String>>,
}

/// Where models come from.
pub(crate) struct Source {
    pub(crate) llama: Llama,
    /// Models for finding passages whose files are here.
    ready: RwLock<Vec<(Entry, PathBuf)>>,
}

impl Finders {
    /// One that the caller made, or none.
    pub(crate) fn given(finder: Option<Finder>) -> Self {
        Self::new(finder.into_iter().collect(), None, "")
    }

    /// The model for a desk: the one it should have, or until that is ready the one it had before.
    pub(crate) fn start(
        source: Source,
        language: &str,
        content: Option<&str>,
        used_before: Option<&str>,
    ) -> Self {
        let wanted = source.wanted(content.unwrap_or_default(), language);
        let before = source.find(|entry| used_before == Some(&engines::identity(entry)));
        let started = before.or(wanted).or_else(|| source.wanted("", language));
        let started = started.map(|(entry, file)| source.finder(&entry, file));
        Self::new(started.into_iter().collect(), Some(source), language)
    }

    fn new(started: Vec<Finder>, source: Option<Source>, language: &str) -> Self {
        Self {
            started: RwLock::new(started),
            source,
            language: Mutex::new(language.to_owned()),
            considered: Mutex::default(),
            followed: Mutex::default(),
        }
    }

    /// Whether the model of these vectors is here.
    pub(crate) fn has(&self, identity: &str) -> bool {
        let started = self.started.read().unwrap_or_else(PoisonError::into_inner);
        let is_its = |entry: &Entry| engines::identity(entry) == identity;
        started.iter().any(|finder| finder.embedder.identity() == identity)
            || self.source.as_ref().is_some_and(|source| source.find(is_its).is_some())
    }

    /// From now on the model of these vectors is wanted, whatever the language.
    pub(crate) fn follow(&self, identity: &str) {
        *self.followed.lock().unwrap_or_else(PoisonError::into_inner) = Some(identity.to_owned());
        self.considered.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The model the desk is opened with.
    pub(crate) fn first(&self) -> Option<Finder> {
        self.started.read().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// The model whose vectors searches use.
    pub(crate) fn in_use(&self, knowledge: &Knowledge) -> Option<Finder> {
        let identity = knowledge.embedder_in_use();
        let started = self.started.read().unwrap_or_else(PoisonError::into_inner);
        started.iter().find(|finder| finder.embedder.identity() == identity).cloned()
    }

    /// Staff changed the language of their window.
    pub(crate) fn set_language(&self, language: &str) {
        language.clone_into(&mut self.language.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether searches use this model, or are about to.
    pub(crate) fn uses(&self, entry: &Entry) -> bool {
        let identity = engines::identity(entry);
        let started = self.started.read().unwrap_or_else(PoisonError::into_inner);
        started.iter().any(|finder| finder.embedder.identity() == identity)
    }

    /// Files came or went; the next look at the desk's languages may find a better model.
    pub(crate) fn set_models(&self, models: &[Model]) {
        if let Some(source) = &self.source {
            source.set_models(models);
            self.considered.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    /// Begins the change to another model where the desk's languages ask for one.
    pub(crate) fn consider(&self, knowledge: &Knowledge) {
        let Some(source) = &self.source else { return };
        let language = self.language.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let content = knowledge.main_language().unwrap_or_default();
        let both = format!("{content} {language}");
        let mut considered = self.considered.lock().unwrap_or_else(PoisonError::into_inner);
        if *considered == both {
            return;
        }
        *considered = both;
        let followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let wanted = match followed {
            Some(identity) => source.find(|entry| engines::identity(entry) == identity),
            None => source.wanted(&content, &language),
        };
        let Some((entry, file)) = wanted else { return };
        let identity = engines::identity(&entry);
        let mut started = self.started.write().unwrap_or_else(PoisonError::into_inner);
        let known = started.iter().find(|finder| finder.embedder.identity() == identity).cloned();
        let finder = known.unwrap_or_else(|| {
            tracing::info!(model = entry.id, content, "a model for the shop's language is started");
            let finder = source.finder(&entry, file.clone());
            started.push(finder.clone());
            finder
        });
        knowledge.change_embedder(finder.embedder, finder.calibration);
    }
}

impl Source {
    pub(crate) fn new(llama: Llama, models: &[Model]) -> Self {
        let source = Self { llama, ready: RwLock::default() };
        source.set_models(models);
        source
    }

    fn set_models(&self, models: &[Model]) {
        let finding = models.iter().filter(|it| it.entry.purpose == catalog::Purpose::Embedding);
        let ready = finding.filter_map(|model| Some((model.entry.clone(), model.file()?)));
        *self.ready.write().unwrap_or_else(PoisonError::into_inner) = ready.collect();
    }

    fn find(&self, fits: impl Fn(&Entry) -> bool) -> Option<(Entry, PathBuf)> {
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        ready.iter().find(|(entry, _)| fits(entry)).cloned()
    }

    /// The model for what the shop has written; where that is English, for the staff window.
    fn wanted(&self, content: &str, window: &str) -> Option<(Entry, PathBuf)> {
        let language = main_language(content, window);
        let catalog = Catalog::bundled();
        let wanted = catalog::choose_embedding(&catalog, &language);
        self.find(|entry| entry.id == wanted.id)
    }

    fn finder(&self, entry: &Entry, file: PathBuf) -> Finder {
        let config = engines::config(&self.llama, entry, file, Purpose::Embedding);
        let child = Arc::new(Child::new(config));
        let constants = entry.embedding.as_ref().map(|embedding| embedding.calibration);
        let constants = constants.expect("the catalogue was checked: an embedding model has one");
        Finder {
            embedder: child.clone(),
            child: Some(child),
            calibration: Calibration {
                c0: constants.c0,
                r: constants.r,
                alpha: constants.alpha,
                usual: Thresholds {
                    refuse_below: constants.t_refuse,
                    answer_from: constants.t_answer,
                },
            },
        }
    }
}

/// The language that decides which model finds passages: that of the texts, unless they are
/// English and the staff window is not.
pub(crate) fn main_language(content: &str, window: &str) -> String {
    let window = if window.is_empty() { USUAL_LANGUAGE } else { window };
    let is_usual = content.is_empty() || content == USUAL_LANGUAGE;
    if is_usual { window.to_owned() } else { content.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, window: &str, expected: &str) {
        assert_eq!(main_language(content, window), expected, "{content:?} {window:?}");
    }

    #[test]
    fn what_is_not_english_decides() {
        check("", "", "en");
        check("en", "", "en");
        check("sv", "", "sv");
        check("en", "de", "de");
        check("sv", "de", "sv");
        check("ja", "en-GB", "ja");
    }
}
