//! Whether a model runs at all: a few words from it, before anything depends on it.

use std::path::Path;
use std::time::{Duration, Instant};

use catalog::Entry;
use engine::{Author, EngineError, Event, GenerateRequest, Message};

use crate::core::Core;
use crate::engines::Chat;
use crate::wire::{ApiError, Code};

/// Loading a large model from a slow disk takes minutes; longer than this nobody waits for it.
const LONGEST: Duration = Duration::from_secs(240);

/// How often the wait looks up.
const TICK: Duration = Duration::from_millis(200);

/// Words are not judged, only that some come without an end of the process.
const TOKENS: u32 = 4;

impl Core {
    /// Loads an unknown file in a locked-up process that is thrown away, and lets it write a few
    /// words. Fails with what happened.
    pub(super) fn try_unknown(&self, entry: &Entry, file: &Path) -> Result<(), ApiError> {
        let Some(chat) = self.maker.make_for_trial(entry, file) else {
            return Err(ApiError {
                code: Code::Unavailable,
                message: "this desk runs on stand-ins and cannot try a model".into(),
                hint: Some("Start the desk with its own engine.".into()),
            });
        };
        speaks(&chat).map_err(|error| refused(entry, &error))
    }
}

/// Starts the engine and waits until it has written something.
pub(super) fn speaks(chat: &Chat) -> Result<(), EngineError> {
    let greeting = Message { author: Author::User, text: "Hello".into() };
    let request = GenerateRequest {
        messages: vec![greeting],
        max_tokens: TOKENS,
        ..GenerateRequest::default()
    };
    let reply = chat.engine.generate(request)?;
    let deadline = Instant::now() + LONGEST;
    while Instant::now() < deadline {
        match reply.next_within(TICK) {
            Some(Ok(Event::Done(_))) => return Ok(()),
            Some(Err(error)) => return Err(error),
            Some(Ok(Event::Waiting { .. } | Event::Reading { .. } | Event::Text(_))) | None => {}
        }
    }
    Err(EngineError::Late)
}

/// A model that does not run is refused, whatever else is wrong with the engine.
pub(super) fn refused(entry: &Entry, error: &EngineError) -> ApiError {
    let why = match error {
        EngineError::Model { reason, .. } => reason.clone(),
        EngineError::Late => format!("it said nothing for {} minutes", LONGEST.as_secs() / 60),
        other => other.to_string(),
    };
    ApiError {
        code: Code::ModelRefused,
        message: format!("the model {} does not run here: {why}", entry.name),
        hint: Some("Nothing was changed. Choose another model.".into()),
    }
}
