//! A text on its way: a bounded stream of events that cancels itself when dropped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::EngineError;

/// Events that may wait for a slow reader before the work is cancelled.
const QUEUE: usize = 512;

/// What an engine reports while it writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Others come first.
    Waiting {
        /// How many.
        ahead: u32,
    },
    /// The prompt is being read.
    Reading {
        /// Tokens read.
        read_tokens: u32,
        /// Tokens of the prompt.
        prompt_tokens: u32,
    },
    /// More text; whole characters only.
    Text(String),
    /// The end.
    Done(Finish),
}

/// How a text ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finish {
    /// Why it ended.
    pub reason: StopReason,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Of these, not computed again.
    pub cached_tokens: u32,
    /// Tokens written.
    pub generated_tokens: u32,
    /// Tokens guessed ahead.
    pub drafted_tokens: u32,
    /// Of these, right.
    pub accepted_tokens: u32,
    /// Natural logarithm of each written token's probability, if it was asked for.
    pub logprobs: Vec<f32>,
}

impl Finish {
    /// The end of a text that nobody waited for.
    pub(crate) fn cancelled() -> Finish {
        Finish { reason: StopReason::Cancelled, ..Finish::default() }
    }

    /// The end of a text that came too late.
    pub(crate) fn late() -> Finish {
        Finish { reason: StopReason::Late, ..Finish::default() }
    }
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StopReason {
    /// The model was done, a stop string came, or the grammar allows no more.
    #[default]
    Stop,
    /// The token limit was reached.
    Length,
    /// The reader went away.
    Cancelled,
    /// The deadline passed.
    Late,
}

/// The reading end. Dropping it cancels the work.
#[derive(Debug)]
pub struct Reply {
    events: Receiver<Result<Event, EngineError>>,
    cancelled: Arc<AtomicBool>,
    writer: Arc<OnceLock<String>>,
}

/// The writing end.
#[derive(Clone, Debug)]
pub struct ReplySender {
    events: SyncSender<Result<Event, EngineError>>,
    cancelled: Arc<AtomicBool>,
    writer: Arc<OnceLock<String>>,
}

/// A connected pair.
pub fn reply_channel() -> (ReplySender, Reply) {
    let (sender, events) = sync_channel(QUEUE);
    let cancelled = Arc::new(AtomicBool::new(false));
    let writer = Arc::new(OnceLock::new());
    let sending =
        ReplySender { events: sender, cancelled: cancelled.clone(), writer: writer.clone() };
    (sending, Reply { events, cancelled, writer })
}

impl Reply {
    /// The next event, waiting at most `limit`. `None` when nothing came in that time.
    ///
    /// An engine that goes away without a word reads as [`EngineError::Lost`], except after the work
    /// was cancelled: then that was the end.
    pub fn next_within(&self, limit: Duration) -> Option<Result<Event, EngineError>> {
        match self.events.recv_timeout(limit) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) if self.cancelled.load(Ordering::Acquire) => {
                Some(Ok(Event::Done(Finish::cancelled())))
            }
            Err(RecvTimeoutError::Disconnected) => {
                Some(Err(EngineError::Lost { reason: "it ended without a word".into() }))
            }
        }
    }

    /// The model that writes, where it is not the engine's own name: one of several that the engine
    /// may ask. Known from the first text on.
    pub fn writer(&self) -> Option<&str> {
        self.writer.get().map(String::as_str)
    }

    /// Stops the work; events already on their way still arrive.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl ReplySender {
    /// Hands over an event. `false` means nobody reads any more: stop the work.
    ///
    /// A reader that lets the queue fill up counts as gone; the writer never waits for it.
    #[must_use]
    pub fn send(&self, event: Result<Event, EngineError>) -> bool {
        match self.events.try_send(event) {
            Ok(()) => !self.is_cancelled(),
            Err(TrySendError::Full(_)) => {
                self.cancelled.store(true, Ordering::Release);
                false
            }
            Err(TrySendError::Disconnected(_)) => false,
        }
    }

    /// Says which model writes, before its first text; the first name stays.
    pub fn name_writer(&self, model: &str) {
        let _known_already = self.writer.set(model.to_owned()).is_err();
    }

    /// Whether the reader has gone or asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests;
