//! What a frame from the child changes. A frame that answers nothing is a breach of the protocol:
//! a child that sends one is broken or hostile, and is replaced.

use std::time::Instant;

use super::state::{Pending, Phase, State};
use super::{ChildConfig, Purpose};
use crate::protocol::{self, Done, Failure, FromChild, Hello, VERSION};
use crate::{EngineError, Event, Finish, StopReason};

/// Bytes in one piece of text. A token is far shorter; without a limit, a slow reader's queue
/// could hold gigabytes.
const LONGEST_PIECE_BYTES: usize = 64 << 10;

impl State {
    /// Takes a frame in. Fails with a reason if no honest child would have sent it.
    pub(super) fn hear(
        &mut self,
        frame: FromChild,
        config: &ChildConfig,
        now: Instant,
    ) -> Result<(), &'static str> {
        self.last_frame = now;
        match frame {
            FromChild::Hello(hello) => self.hear_hello(hello, config, now)?,
            FromChild::Rejected { reason } if self.is_on_card(config) => {
                tracing::warn!(reason, "the graphics card is left alone");
                self.go_without_graphics(&reason, now);
            }
            FromChild::Rejected { reason } => {
                self.refuse(EngineError::Model { model: config.model_id.clone(), reason }, now);
            }
            FromChild::Text { text, .. } if text.len() > LONGEST_PIECE_BYTES => {
                return Err("it sent a piece of text that is too long");
            }
            FromChild::Text { id, text } => return self.hear_event(id, Event::Text(text), now),
            FromChild::Waiting { id, ahead } => {
                return self.hear_event(id, Event::Waiting { ahead }, now);
            }
            FromChild::Reading { id, read_tokens, prompt_tokens } => {
                return self.hear_event(id, Event::Reading { read_tokens, prompt_tokens }, now);
            }
            FromChild::Done { id, done } => match self.pending.remove(&id) {
                Some(Pending::Text { sender, .. }) => {
                    let _delivered = sender.send(Ok(Event::Done(finish(done))));
                }
                Some(Pending::Nobody) => {}
                Some(Pending::Call(_)) | None => return Err(UNASKED),
            },
            FromChild::Failed { id, failure, reason } => {
                let error = failed(failure, reason);
                match self.pending.remove(&id) {
                    Some(Pending::Text { sender, .. }) => {
                        let _delivered = sender.send(Err(error));
                    }
                    Some(Pending::Call(sender)) => {
                        let _delivered = sender.try_send(Err(error)).is_ok();
                    }
                    Some(Pending::Nobody) => {}
                    None => return Err(UNASKED),
                }
            }
            FromChild::Vectors { id, .. } | FromChild::Counts { id, .. } => {
                match self.pending.remove(&id) {
                    Some(Pending::Call(sender)) => {
                        // The caller may have gone; then nobody misses the answer.
                        let _delivered = sender.try_send(Ok(frame)).is_ok();
                    }
                    Some(Pending::Text { .. } | Pending::Nobody) | None => return Err(UNASKED),
                }
            }
            // It says that the process is there. Whether the model gets on is another question.
            FromChild::Pong { id } => {
                return match self.ping.take_if(|ping| *ping == id) {
                    Some(_) => Ok(()),
                    None => Err(UNASKED),
                };
            }
        }
        self.last_heard = now;
        Ok(())
    }

    /// Whether the running child was started for a graphics card.
    fn is_on_card(&self, config: &ChildConfig) -> bool {
        self.device.is_some()
            && config.tuning.gpu_layers != Some(0)
            && self.record.without_graphics().is_none()
            && matches!(self.phase, Phase::Starting { .. })
    }

    fn hear_hello(
        &mut self,
        hello: Hello,
        config: &ChildConfig,
        now: Instant,
    ) -> Result<(), &'static str> {
        if !matches!(self.phase, Phase::Starting { .. }) {
            return Err("it said hello twice");
        }
        match check_hello(&hello, config) {
            Ok(()) => self.open(hello, now),
            Err(error) => self.refuse(error, now),
        }
        Ok(())
    }

    fn hear_event(&mut self, id: u64, event: Event, now: Instant) -> Result<(), &'static str> {
        match self.pending.get(&id) {
            Some(Pending::Text { sender, .. }) => {
                self.last_heard = now;
                if !sender.send(Ok(event)) {
                    self.withdraw(id, Ok(Event::Done(Finish::cancelled())));
                }
                Ok(())
            }
            // Nobody looks at how far a call is, but it is.
            Some(Pending::Call(_)) if !matches!(event, Event::Text(_)) => {
                self.last_heard = now;
                Ok(())
            }
            // Written before the wish to cancel arrived. It is no sign of life: a child that
            // never stops writing would otherwise never count as hung.
            Some(Pending::Nobody) => Ok(()),
            Some(Pending::Call(_)) | None => Err(UNASKED),
        }
    }
}

fn finish(done: Done) -> Finish {
    Finish {
        reason: match done.reason {
            protocol::Ending::Stop => StopReason::Stop,
            protocol::Ending::Length => StopReason::Length,
            protocol::Ending::Cancelled => StopReason::Cancelled,
            protocol::Ending::Late => StopReason::Late,
        },
        prompt_tokens: done.prompt_tokens,
        cached_tokens: done.cached_tokens,
        generated_tokens: done.generated_tokens,
        drafted_tokens: done.drafted_tokens,
        accepted_tokens: done.accepted_tokens,
        logprobs: done.logprobs,
    }
}

fn failed(failure: Failure, reason: String) -> EngineError {
    match failure {
        Failure::Refused | Failure::Compute => EngineError::Refused { reason },
        Failure::Busy { waiting } => EngineError::Busy { waiting: waiting as usize },
        Failure::Late => EngineError::Late,
    }
}

const UNASKED: &str = "it answered something that was not asked";

fn check_hello(hello: &Hello, config: &ChildConfig) -> Result<(), EngineError> {
    if hello.version != VERSION {
        let reason =
            format!("its program speaks version {}, the desk version {VERSION}", hello.version);
        return Err(EngineError::Start { reason });
    }
    let width = hello.embedding_width as usize;
    if config.purpose == Purpose::Embedding && width != config.width {
        let reason = format!("its vectors have {width} numbers instead of {}", config.width);
        return Err(EngineError::Model { model: config.model_id.clone(), reason });
    }
    Ok(())
}
