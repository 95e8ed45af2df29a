//! What generating and embedding mean, and the supervisor that runs them in a child process.
//!
//! An engine turns messages into text ([`Engine`]) or texts into vectors ([`Embedder`]). It knows
//! neither shops nor SQL. llama.cpp itself lives in another program, because it ends its process
//! on many mistakes; this crate only starts that program and speaks its [`protocol`].
//!
//! Start with [`Engine`], then [`child::Child`] for the real one and [`scripted`] for tests.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

pub mod child;
pub mod measure;
pub mod probe;
pub mod protocol;
mod reply;
mod request;
pub mod scripted;
pub mod self_test;

pub use reply::{Event, Finish, Reply, ReplySender, StopReason, reply_channel};
pub use request::{Author, GenerateRequest, Keep, Message};

/// Texts that an engine writes at the same time, unless it says otherwise.
pub const USUAL_SLOTS: usize = 8;

/// Writes text.
pub trait Engine: Send + Sync {
    /// Starts generating and returns at once. Dropping the reply cancels the work.
    ///
    /// Fails when no engine can take the request now; see [`EngineError`].
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError>;

    /// The state as it is, without waiting.
    fn health(&self) -> Health;

    /// The model's id in the catalogue.
    fn model_id(&self) -> &str;

    /// Texts that it writes at the same time; whatever comes beyond them waits.
    fn slots(&self) -> usize {
        USUAL_SLOTS
    }
}

/// Turns texts into unit vectors that are close when the meaning is.
pub trait Embedder: Send + Sync {
    /// One unit vector per text, each [`Embedder::width`] long, in the order given.
    ///
    /// The model's own prefix is added here, and texts are cut at its longest input.
    fn embed(&self, texts: &[String], side: Side) -> Result<Vec<Vec<f32>>, EngineError>;

    /// Tokens of each text, without the model's prefix.
    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError>;

    /// Numbers in a vector.
    fn width(&self) -> usize;

    /// Changes whenever the vectors would: model file hash and prefixes.
    fn identity(&self) -> &str;

    /// The state as it is, without waiting.
    fn health(&self) -> Health;
}

/// Some models treat the two sides of a search differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What somebody asks.
    Query,
    /// What may answer it.
    Passage,
}

/// The state of an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// The model is being loaded.
    Warming,
    /// Works at once.
    Ready,
    /// Working, with others waiting.
    Busy {
        /// How many wait.
        waiting: usize,
    },
    /// Not started; the first request starts it.
    Idle,
    /// Not working.
    Failed {
        /// Why, in one sentence.
        reason: String,
    },
}

/// What can go wrong, by what a caller could do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The engine's program could not be started.
    #[error("the engine could not start: {reason}")]
    Start {
        /// What the system said.
        reason: String,
    },
    /// The model's file was refused.
    #[error("the model {model} cannot be used: {reason}")]
    Model {
        /// Its id.
        model: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine ended or stopped answering in the middle of the work.
    #[error("the engine stopped while it was working: {reason}")]
    Lost {
        /// How it ended.
        reason: String,
    },
    /// Restarting is put off after repeated failures.
    #[error("the engine is being restarted")]
    Restarting,
    /// It failed too often and is left alone for some minutes, or until staff ask for it.
    #[error("the engine stands down: {reason}")]
    StoodDown {
        /// Why, and what happens next.
        reason: String,
    },
    /// The request itself is wrong.
    #[error("the engine refused the request: {reason}")]
    Refused {
        /// Why.
        reason: String,
    },
    /// A server that should write could not; the reason is a whole sentence.
    #[error("{reason}")]
    Remote {
        /// Why, with the name of its host.
        reason: String,
    },
    /// Its deadline passed before it began.
    #[error("the engine did not get to the request in time")]
    Late,
    /// The queue is full.
    #[error("the engine is busy, {waiting} are waiting")]
    Busy {
        /// How many wait.
        waiting: usize,
    },
}
