//! The answer as it comes: read piece by piece, with limits on everything, and counted.

use std::time::Duration;

use engine::{Event, Finish, ReplySender, StopReason};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use tokio::time::{Instant, timeout};

use super::{what_it_is, whole};
use crate::RemoteError;
use crate::allowance::estimate_tokens;
use crate::chunk::{self, End, NoChunk, Usage};
use crate::client::trouble;
use crate::events::{Events, Unfit};
use crate::remote::Inner;
use crate::said::said_in;
use crate::thoughts::Thoughts;
use crate::veil::{Unveil, Veil};

/// Bytes of the longest answer that comes at once.
const LONGEST_WHOLE: usize = 1 << 20;
/// After its last word a server has so long to tell what it counted.
const USAGE_PATIENCE: Duration = Duration::from_secs(2);
/// No token of any language has more bytes on average; a server that sends more does not keep to
/// its limit.
const BYTES_A_TOKEN: usize = 32;
/// What a stream ends with.
const DONE: &str = "[DONE]";

/// What one question has cost so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    asked_bytes: usize,
    /// A server may have begun to work.
    is_charged: bool,
    pieces: u64,
    written_bytes: usize,
    has_begun: bool,
    usage: Option<Usage>,
}

impl Meter {
    /// Something is sent that may cost.
    pub(super) fn asks(&mut self, bytes: usize) {
        (self.asked_bytes, self.is_charged) = (bytes, true);
    }

    /// A server that says no charges nothing.
    pub(super) fn refused(&mut self) {
        self.is_charged = false;
    }

    /// Nor does one that was never reached; of one that is silent, nobody knows.
    pub(super) fn failed(&mut self, error: &RemoteError) {
        self.is_charged = matches!(error, RemoteError::Silent { .. } | RemoteError::Broken { .. });
    }

    /// Whether an answer has begun: from then on nothing is asked a second time.
    pub(crate) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Tokens read and written, as the server says; rather too many where it did not.
    pub(crate) fn tokens(&self) -> (u64, u64) {
        match self.usage {
            _ if !self.is_charged => (0, 0),
            Some(usage) => (u64::from(usage.read), u64::from(usage.written)),
            None => {
                let written = self.pieces.max(estimate_tokens(self.written_bytes));
                (estimate_tokens(self.asked_bytes), written)
            }
        }
    }
}

/// Reads one answer.
pub(super) struct Reader<'a> {
    server: &'a Inner,
    thoughts: Thoughts,
    unveil: Unveil,
    /// What is to be handed over: one piece for all that comes at once, because a reader that is
    /// behind by too many pieces counts as gone.
    pending: String,
    max_tokens: u32,
    end: Option<StopReason>,
    thought: bool,
    said_something: bool,
}

/// Whether to go on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    More,
    Over,
}

impl<'a> Reader<'a> {
    pub(super) fn new(server: &'a Inner, veil: Veil, one_line: bool, max_tokens: u32) -> Self {
        let (thoughts, unveil) = (Thoughts::new(one_line), Unveil::new(veil));
        let (end, thought, said_something) = (None, false, false);
        let pending = String::new();
        Self { server, thoughts, unveil, pending, max_tokens, end, thought, said_something }
    }

    /// Reads to the end. `asked` is when the question went out.
    pub(super) async fn read(
        mut self,
        response: Response,
        asked: Instant,
        sender: &ReplySender,
        meter: &mut Meter,
    ) -> Result<Finish, RemoteError> {
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("text/html") {
            return Err(self.garbage("a web page"));
        }
        if kind.starts_with("application/json") {
            // Some gateways do not stream, whatever they are asked.
            let patience = self.server.config.limits.idle;
            let body = whole(response, LONGEST_WHOLE, patience, &self.server.host()).await?;
            let text =
                std::str::from_utf8(&body).map_err(|_| self.garbage(Unfit::NoText.reason()))?;
            meter.has_begun = true;
            let _whole = self.take(text, sender, meter)?;
        } else {
            self.stream(response, asked, sender, meter).await?;
        }
        self.finish(sender, meter)
    }

    async fn stream(
        &mut self,
        mut response: Response,
        asked: Instant,
        sender: &ReplySender,
        meter: &mut Meter,
    ) -> Result<(), RemoteError> {
        let limits = self.server.config.limits;
        let mut events = Events::default();
        // Only whole events count: a byte now and then is no answer.
        let (mut since, mut start) = (asked, Vec::new());
        loop {
            let patience = match (self.end, meter.has_begun) {
                (Some(_), _) => USAGE_PATIENCE,
                (None, true) => limits.idle,
                (None, false) => limits.first_byte,
            };
            let left = patience.saturating_sub(since.elapsed());
            let bytes = match timeout(left, response.chunk()).await {
                Ok(Ok(Some(bytes))) => bytes,
                _ if self.end.is_some() => return Ok(()),
                Err(_) => {
                    let (host, seconds) = (self.server.host(), patience.as_secs());
                    return Err(RemoteError::Silent { host, seconds });
                }
                Ok(Err(error)) => return Err(self.broke_off(&error)),
                Ok(Ok(None)) => break,
            };
            if !meter.has_begun && start.len() < 512 {
                start.extend_from_slice(&bytes);
            }
            for data in events.push(&bytes).map_err(|unfit| self.garbage(unfit.reason()))? {
                since = Instant::now();
                meter.has_begun = true;
                if self.take(&data, sender, meter)? == Next::Over {
                    return Ok(());
                }
            }
            self.hand_over(sender);
        }
        let rest = events.rest().map_err(|unfit| self.garbage(unfit.reason()))?;
        if let Some(data) = rest {
            // Half an event is no event, and no worse than none.
            let whole = data == DONE || !matches!(chunk::read(&data), Err(NoChunk::Unreadable));
            if whole && self.take(&data, sender, meter)? == Next::Over {
                return Ok(());
            }
        }
        if self.end.is_some() {
            return Ok(());
        }
        if !meter.has_begun {
            return Err(match what_it_is(&start).as_str() {
                "nothing" => self.broken("it ended before the first word"),
                what => self.garbage(what),
            });
        }
        Err(self.broken("it ended in the middle"))
    }

    /// Takes in the data of one event.
    fn take(
        &mut self,
        data: &str,
        sender: &ReplySender,
        meter: &mut Meter,
    ) -> Result<Next, RemoteError> {
        if data.trim() == DONE {
            self.end = self.end.or(Some(StopReason::Stop));
            return Ok(Next::Over);
        }
        let chunk = match chunk::read(data) {
            Ok(chunk) => chunk,
            Err(NoChunk::Unreadable) => return Err(self.garbage(&what_it_is(data.as_bytes()))),
            Err(NoChunk::Failure(value)) => {
                let key = self.server.key();
                let said = said_in(&value, key.as_ref().map(|key| key.text()));
                return Err(RemoteError::Failed { host: self.server.host(), status: 0, said });
            }
        };
        meter.usage = chunk.usage.or(meter.usage);
        self.thought |= chunk.thinks;
        if !chunk.text.is_empty() || chunk.thinks {
            meter.pieces += 1;
            meter.written_bytes += chunk.text.len();
        }
        if self.end.is_none() && !chunk.text.is_empty() {
            let text = self.thoughts.push(&chunk.text);
            self.tell(&text);
            let over = self.thoughts.is_over() || sender.is_cancelled();
            if over || meter.written_bytes > self.max_tokens as usize * BYTES_A_TOKEN {
                // Dropping the connection tells the server to stop; counts are then our own.
                self.end = Some(if over { StopReason::Stop } else { StopReason::Length });
                return Ok(Next::Over);
            }
        }
        match chunk.end {
            None => {}
            Some(End::Text(reason)) => self.end = Some(reason),
            Some(End::Withheld) => {
                let (host, said) = (self.server.host(), ": it withholds this answer".into());
                return Err(RemoteError::Refused { host, status: 200, said });
            }
        }
        Ok(Next::More)
    }

    fn tell(&mut self, text: &str) {
        let text = self.unveil.push(text);
        self.pending.push_str(&text);
    }

    fn hand_over(&mut self, sender: &ReplySender) {
        let text = std::mem::take(&mut self.pending);
        if !text.is_empty() {
            self.said_something |= !text.trim().is_empty();
            // Whether anybody still reads is looked at after each piece.
            let _reads = sender.send(Ok(Event::Text(text)));
        }
    }

    fn finish(mut self, sender: &ReplySender, meter: &Meter) -> Result<Finish, RemoteError> {
        let rest = self.thoughts.rest();
        self.tell(&rest);
        let held = self.unveil.rest();
        self.pending.push_str(&held);
        self.hand_over(sender);
        let reason = self.end.unwrap_or_default();
        if !self.said_something && (self.thought || reason == StopReason::Length) {
            return Err(RemoteError::OnlyThoughts { host: self.server.host() });
        }
        if !self.said_something && !sender.is_cancelled() {
            return Err(self.garbage("an answer without a word"));
        }
        let usage = meter.usage.unwrap_or_default();
        let (_, written) = meter.tokens();
        Ok(Finish {
            reason: if sender.is_cancelled() { StopReason::Cancelled } else { reason },
            prompt_tokens: usage.read,
            cached_tokens: usage.cached,
            generated_tokens: u32::try_from(written).unwrap_or(u32::MAX),
            ..Finish::default()
        })
    }

    fn broke_off(&self, error: &reqwest::Error) -> RemoteError {
        match trouble(error, self.server.host()) {
            RemoteError::Unreachable { host, reason } => RemoteError::Broken { host, reason },
            other => other,
        }
    }

    fn broken(&self, reason: &str) -> RemoteError {
        RemoteError::Broken { host: self.server.host(), reason: reason.into() }
    }

    fn garbage(&self, reason: &str) -> RemoteError {
        RemoteError::Garbage { host: self.server.host(), reason: reason.into() }
    }
}
