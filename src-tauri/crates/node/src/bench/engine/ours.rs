//! Our side: a `frontdesk-engine` child, asked the way the desk asks it.

use std::time::{Duration, Instant};

use engine::child::{Child, ChildConfig};
use engine::protocol::Hello;
use engine::{Embedder, Engine, EngineError, Event, GenerateRequest, Health};

use super::broken;
use super::speaker::{Prompt, Speaker, Told};
use crate::exit::Failure;

/// How long one event may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a child that starts is looked at.
const GLANCE: Duration = Duration::from_micros(500);

/// Whether our engine may guess tokens ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drafts {
    /// As the engine decides.
    Usual,
    /// Not at all: text without a meaning repeats itself, and guessing it would flatter us.
    Never,
}

/// One child that is ready.
pub(super) struct Ours {
    child: Child,
}

impl Ours {
    /// Starts a child and waits until it is ready. Fails with what its keeper says of its health.
    pub(super) fn start(config: ChildConfig) -> Result<Self, Failure> {
        let child = Child::new(config);
        let deadline = Instant::now() + PATIENCE;
        loop {
            match Engine::health(&child) {
                Health::Ready | Health::Busy { .. } => return Ok(Self { child }),
                Health::Failed { reason } => return Err(EngineError::Start { reason }.into()),
                Health::Idle => child.warm_up(),
                Health::Warming if Instant::now() > deadline => {
                    return Err(broken("our engine did not become ready"));
                }
                Health::Warming => {}
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// What it said of itself.
    pub(super) fn hello(&self) -> Hello {
        self.child.hello().unwrap_or_default()
    }

    /// Its number in the system.
    pub(super) fn process_id(&self) -> Result<u32, Failure> {
        self.child.process_id().ok_or_else(|| broken("our engine has ended"))
    }

    /// Counts tokens and makes vectors.
    pub(super) fn embedder(&self) -> &dyn Embedder {
        &self.child
    }
}

impl Speaker for Ours {
    fn ask(&self, prompt: &Prompt) -> Result<Told, Failure> {
        let request = GenerateRequest {
            messages: prompt.messages.clone(),
            keep: prompt.keep.clone(),
            max_tokens: prompt.max_tokens,
            run_on: prompt.is_fixed_length,
            ..GenerateRequest::default()
        };
        let asked = Instant::now();
        let reply = self.child.generate(request)?;
        let mut pieces: Vec<Instant> = Vec::new();
        let mut text = String::new();
        loop {
            match reply.next_within(PATIENCE) {
                None => return Err(broken("our engine said nothing for too long")),
                Some(Err(error)) => return Err(error.into()),
                Some(Ok(Event::Waiting { .. } | Event::Reading { .. })) => {}
                Some(Ok(Event::Text(piece))) => {
                    pieces.push(Instant::now());
                    text.push_str(&piece);
                }
                Some(Ok(Event::Done(finish))) => {
                    // A text without a visible character has an end all the same.
                    let ended = Instant::now();
                    return Ok(Told {
                        asked,
                        first: pieces.first().copied().unwrap_or(ended),
                        last: pieces.last().copied().unwrap_or(ended),
                        pieces,
                        text,
                        prompt_tokens: finish.prompt_tokens,
                        cached_tokens: finish.cached_tokens,
                        generated_tokens: finish.generated_tokens,
                        drafted_tokens: finish.drafted_tokens,
                        accepted_tokens: finish.accepted_tokens,
                    });
                }
            }
        }
    }
}
