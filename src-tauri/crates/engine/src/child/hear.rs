//! What a frame from the child changes. A frame that answers nothing is a breach of the protocol:
//! a child that sends one is broken or hostile, and is replaced.

use std::time::Instant;

use super::state::{Pending, Phase, State};
use super::{ChildConfig, Purpose};
use crate::protocol::{FromChild, Hello, VERSION};
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
        match frame {
            FromChild::Hello(hello) => self.hear_hello(hello, config, now)?,
            FromChild::Rejected { reason } => {
                self.refuse(EngineError::Model { model: config.model_id.clone(), reason }, now);
            }
            FromChild::Text { id, text } => return self.hear_text(id, text, now),
            FromChild::Done { id, reason, prompt_tokens, cached_tokens, generated_tokens } => {
                let reason = match reason {
                    0 => StopReason::Stop,
                    1 => StopReason::Length,
                    _ => StopReason::Cancelled,
                };
                let finish = Finish { reason, prompt_tokens, cached_tokens, generated_tokens };
                match self.pending.remove(&id) {
                    Some(Pending::Text(sender)) => {
                        let _delivered = sender.send(Ok(Event::Done(finish)));
                    }
                    Some(Pending::Nobody) => {}
                    Some(Pending::Call(_)) | None => return Err(UNASKED),
                }
            }
            FromChild::Failed { id, reason } => {
                let error = EngineError::Refused { reason };
                match self.pending.remove(&id) {
                    Some(Pending::Text(sender)) => {
                        let _delivered = sender.send(Err(error));
                    }
                    Some(Pending::Call(sender)) => {
                        let _delivered = sender.try_send(Err(error)).is_ok();
                    }
                    Some(Pending::Nobody) => {}
                    None => return Err(UNASKED),
                }
            }
            FromChild::Vectors { id, .. }
            | FromChild::Counts { id, .. }
            | FromChild::Pong { id } => match self.pending.remove(&id) {
                Some(Pending::Call(sender)) => {
                    // The caller may have gone; then nobody misses the answer.
                    let _delivered = sender.try_send(Ok(frame)).is_ok();
                }
                Some(Pending::Text(_) | Pending::Nobody) | None => return Err(UNASKED),
            },
        }
        self.last_heard = now;
        Ok(())
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
            Ok(()) => self.open(hello),
            Err(error) => self.refuse(error, now),
        }
        Ok(())
    }

    fn hear_text(&mut self, id: u64, text: String, now: Instant) -> Result<(), &'static str> {
        if text.len() > LONGEST_PIECE_BYTES {
            return Err("it sent a piece of text that is too long");
        }
        match self.pending.get(&id) {
            Some(Pending::Text(sender)) => {
                self.last_heard = now;
                if !sender.send(Ok(Event::Text(text))) {
                    self.cancel(id);
                }
                Ok(())
            }
            // Written before the wish to cancel arrived. It is no sign of life: a child that
            // never stops writing would otherwise never count as hung.
            Some(Pending::Nobody) => Ok(()),
            Some(Pending::Call(_)) | None => Err(UNASKED),
        }
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
