//! The starting kits: drafts of answers and friendly lines for five kinds of desks.
//!
//! They are part of the program: a first run needs no file beside it.

use std::collections::BTreeMap;

use crate::errors;
use crate::wire::{ApiError, TopicFace};

/// One kit as it lies in the program.
pub(super) struct Kit {
    pub(super) id: &'static str,
    /// Its lines as JSON.
    lines: &'static str,
    /// Its drafts as a table of questions and answers.
    pub(super) answers: &'static str,
}

/// The language every kit has.
const USUAL: &str = "en";
/// Where the shop's name goes.
const NAME: &str = "{name}";

macro_rules! kit {
    ($id:literal) => {
        Kit {
            id: $id,
            lines: include_str!(concat!("../../../../kits/", $id, "/kit.json")),
            answers: include_str!(concat!("../../../../kits/", $id, "/faq.csv")),
        }
    };
}

/// Every kit, in the order they are offered.
pub(super) const KITS: &[Kit] =
    &[kit!("shop"), kit!("museum"), kit!("clinic"), kit!("hotel"), kit!("library")];

/// The kit of this id.
pub(super) fn find(id: &str) -> Option<&'static Kit> {
    KITS.iter().find(|kit| kit.id == id)
}

/// Whether a kit has this question with this answer, word for word.
pub(super) fn is_written(question: &str, answer: &str) -> bool {
    KITS.iter().any(|kit| kit.answers.contains(question) && kit.answers.contains(answer))
}

type Lines = BTreeMap<String, String>;

/// What a kit says, by language.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// The name of a desk whose name nobody has told.
    pub(super) name: Lines,
    pub(super) welcome: Lines,
    pub(super) refusal: Lines,
    pub(super) hand_over: Lines,
    /// Buttons of the visitors' screen, each with a question of the kit.
    pub(super) topics: Vec<TopicFace>,
}

impl Kit {
    /// Its lines, read.
    pub(super) fn words(&self) -> Result<Words, ApiError> {
        serde_json::from_str(self.lines).map_err(|error| errors::internal(&error))
    }
}

impl Words {
    /// A line in a language, or in the one every kit has, with the shop's name in it.
    pub(super) fn say(lines: &Lines, language: &str, name: &str) -> String {
        let base = language.split('-').next().unwrap_or_default();
        let line = lines.get(base).or_else(|| lines.get(USUAL));
        line.map_or_else(String::new, |line| line.replace(NAME, name))
    }

    /// The language of these that a desk of this language speaks.
    pub(super) fn language<'a>(&'a self, wanted: &'a str) -> &'a str {
        let base = wanted.split('-').next().unwrap_or_default();
        if self.welcome.contains_key(base) { base } else { USUAL }
    }
}

#[cfg(test)]
mod tests;
