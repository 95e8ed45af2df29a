//! Other wordings of the sample shop's approved questions, and what became of one that was asked.

use std::path::Path;

use commands::Core;
use commands::wire::{Ask, Route, Turn};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::kit::Kit;
use crate::ask::answer;
use crate::exit::Failure;

/// One other wording.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Paraphrase {
    pub(super) part: Part,
    pub(super) question: String,
    /// The approved question that it means.
    pub(super) faq: String,
}

/// Which half it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// Looked at while the desk was made better.
    Tune,
    /// Only its totals were read, when all was fixed.
    Check,
}

/// What became of a paraphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    /// The right answer, word for word.
    Right,
    /// Another approved answer, word for word.
    WrongFaq,
    /// Choices, the right one among them.
    Offered,
    /// Choices without the right one.
    NotOffered,
    /// The shop's words without being an approved answer.
    Quoted,
    /// A refusal, or anything else.
    Nothing,
}

impl Paraphrase {
    /// All of them.
    pub(super) fn read(kit: &Kit) -> Result<Vec<Self>, Failure> {
        lines(&kit.demo("paraphrases.jsonl"))
    }

    /// What a turn made of it.
    pub(super) fn served(&self, turn: &Turn) -> Served {
        let cites = turn.citations.iter().any(|one| one.source == "faq" && one.title == self.faq);
        let cites_faq = turn.citations.iter().any(|one| one.source == "faq");
        match turn.route {
            Route::Faq if cites => Served::Right,
            Route::Faq => Served::WrongFaq,
            Route::Quote | Route::Documents | Route::Cache if cites => Served::Right,
            Route::Quote | Route::Documents | Route::Cache if cites_faq => Served::WrongFaq,
            Route::Quote | Route::Documents | Route::Cache | Route::Order => Served::Quoted,
            Route::DidYouMean if turn.suggestions.contains(&self.faq) => Served::Offered,
            Route::DidYouMean => Served::NotOffered,
            Route::Refused | Route::Smalltalk | Route::Handoff | Route::Blocked => Served::Nothing,
        }
    }
}

/// Whether the desk said something as an answer.
pub(super) fn is_answered(turn: &Turn) -> bool {
    matches!(turn.route, Route::Faq | Route::Quote | Route::Documents | Route::Cache)
}

/// Asks one question in a conversation of its own.
pub(super) fn ask(kit: &Kit, core: &Core, question: &str) -> Result<Turn, Failure> {
    let ask = Ask { question: question.into(), ..Ask::default() };
    Ok(answer(core, &kit.place.session(), ask)?)
}

/// One JSON object a line.
pub(super) fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            serde_json::from_str(line).map_err(|error| {
                Failure::usage(format!("{}: {error}", path.display()), "Write one object a line.")
            })
        })
        .collect()
}
