//! One question to one answer: route, gate, quote or generate, support check, citations.
//!
//! Code decides, before and after the model; the model only phrases. This crate opens no file and
//! no socket, and does not know who is asking or over which wire.
//!
//! Start with [`Assistant::answer`] in `turn.rs`; the steps it names are pure modules beside it.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod answer;
mod cache;
mod cues;
pub mod exam;
pub mod facts;
mod flight;
mod followup;
mod gate;
mod handover;
mod lexicon;
pub mod meter;
mod order;
mod phrases;
mod policy;
mod prompt;
mod quote;
pub mod room;
mod route;
mod speak;
mod support;
mod turn;
mod voice;
mod why;

pub use answer::{Answer, AnswerEvent, Citation, OrderForm, Question, Route, Timing, Tokens};
pub use cache::signature;
pub use handover::{Cause, Talk};
pub use policy::{Caution, DeskWords, Policy};
pub use turn::{Assistant, LONGEST_QUESTION};
pub use why::{Fate, Why, WhyPassage, WhySentence, WhyTimes};

/// What can go wrong with a turn.
#[derive(Debug, thiserror::Error)]
pub enum AssistantError {
    /// There is no question in the text.
    #[error("the question is empty")]
    EmptyQuestion,
    /// The text is too long to be a question.
    #[error("the question is {characters} characters long, at most {LONGEST_QUESTION} are read")]
    QuestionTooLong {
        /// Its length.
        characters: usize,
    },
    /// The model writes for as many as it can, and as many wait as may.
    #[error("{waiting} questions wait already")]
    Full {
        /// How many wait.
        waiting: usize,
        /// After so many seconds somebody who asks again should find a place.
        retry_seconds: u32,
    },
    /// The knowledge could not be searched.
    #[error(transparent)]
    Knowledge(#[from] knowledge::KnowledgeError),
    /// The turn could not be saved.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The model could not be asked. Only the exam ends this way; a turn falls back to a quote.
    #[error(transparent)]
    Engine(#[from] engine::EngineError),
}
