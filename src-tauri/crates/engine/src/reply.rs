//! A text on its way: a bounded stream of events that cancels itself when dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use crate::EngineError;

/// Events that may wait for a slow reader before the work is cancelled.
const QUEUE: usize = 512;

/// What an engine reports while it writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// More text; whole characters only.
    Text(String),
    /// The end.
    Done(Finish),
}

/// How a text ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Finish {
    /// Why it ended.
    pub reason: StopReason,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Of these, not computed again.
    pub cached_tokens: u32,
    /// Tokens written.
    pub generated_tokens: u32,
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The model was done, or a stop string came.
    Stop,
    /// The token limit was reached.
    Length,
    /// The reader went away.
    Cancelled,
}

/// The reading end. Dropping it cancels the work.
#[derive(Debug)]
pub struct Reply {
    events: Receiver<Result<Event, EngineError>>,
    cancelled: Arc<AtomicBool>,
}

/// The writing end.
#[derive(Clone, Debug)]
pub struct ReplySender {
    events: SyncSender<Result<Event, EngineError>>,
    cancelled: Arc<AtomicBool>,
}

/// A connected pair.
pub fn reply_channel() -> (ReplySender, Reply) {
    let (sender, events) = sync_channel(QUEUE);
    let cancelled = Arc::new(AtomicBool::new(false));
    (ReplySender { events: sender, cancelled: cancelled.clone() }, Reply { events, cancelled })
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
                Some(Ok(Event::Done(Finish {
                    reason: StopReason::Cancelled,
                    prompt_tokens: 0,
                    cached_tokens: 0,
                    generated_tokens: 0,
                })))
            }
            Err(RecvTimeoutError::Disconnected) => {
                Some(Err(EngineError::Lost { reason: "it ended without a word".into() }))
            }
        }
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

    /// Whether the reader has gone or asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests;
