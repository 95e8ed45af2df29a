//! The supervisor of one `frontdesk-engine` child: starts it, notices death and silence, restarts
//! it with back-off, stands it down when that does not help, and tells its health truthfully.
//!
//! A [`Child`] is both an [`Engine`] and an [`Embedder`]; which of the two answers depends on the
//! purpose it was started for. Requests made while the child starts, or during a short back-off,
//! are kept and sent as soon as it says hello. A request that was under way when the child died ends with
//! [`EngineError::Lost`]; nothing is retried behind the caller's back.

mod hear;
mod keeper;
pub(crate) mod pipes;
pub(crate) mod process;
mod record;
mod state;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use crate::protocol::{FromChild, Generate, Hello, MAX_TEXTS, ToChild};
use crate::{
    Author, Embedder, Engine, EngineError, GenerateRequest, Health, Reply, Side, reply_channel,
};
use keeper::Shared;
use state::Pending;

/// What the child is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Writing text.
    Chat,
    /// Turning texts into vectors.
    Embedding,
}

/// Everything needed to start a child again and again.
#[derive(Clone, Debug)]
pub struct ChildConfig {
    /// The `frontdesk-engine` program.
    pub program: PathBuf,
    /// The verified model file.
    pub model: PathBuf,
    /// The model's id in the catalogue.
    pub model_id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Put before a question. Embedding only.
    pub query_prefix: String,
    /// Put before a passage. Embedding only.
    pub passage_prefix: String,
    /// Numbers in a vector. Embedding only.
    pub width: usize,
    /// Changes whenever the vectors would. Embedding only.
    pub identity: String,
    /// How the model is run.
    pub tuning: Tuning,
    /// Start now and after each death, not with the first request.
    pub eager: bool,
    /// How long things may take.
    pub limits: Limits,
}

/// How a model is run. What is `None` the child decides by what it finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Threads that compute.
    pub threads: Option<usize>,
    /// Texts written at the same time. Chat only.
    pub slots: Option<usize>,
    /// Tokens that all texts under way may use together; one may use them all. Chat only.
    pub context_tokens: Option<u32>,
    /// A graphics card to compute on, by the engine's name for it. Without one the child computes
    /// on the processor and loads no driver.
    pub device: Option<String>,
    /// Layers of the model on that graphics card; all if `None`.
    pub gpu_layers: Option<u32>,
    /// Never guess tokens ahead. Chat only.
    pub without_drafts: bool,
    /// A folder of its own where the child may keep states of the model. Chat only.
    pub states: Option<PathBuf>,
    /// Bytes that the folder may take.
    pub states_bytes: Option<u64>,
}

/// How long things may take, and how often they may fail.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From start to hello.
    pub start: Duration,
    /// From one sign of progress to the next while work is under way: the model hangs.
    pub silence: Duration,
    /// From the last frame to the question whether the process is there, while work is under way.
    pub heartbeat: Duration,
    /// From one frame of any kind to the next while work is under way: the process hangs.
    pub heartbeat_silence: Duration,
    /// Pause before the second restart; it doubles with each failure in ten minutes.
    /// The first restart is immediate.
    pub back_off: Duration,
    /// The longest pause.
    pub longest_back_off: Duration,
    /// With so many failures in ten minutes the child stands down.
    pub most_failures: usize,
    /// How long it stands down when nobody asks for it.
    pub stand_down: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(120),
            silence: Duration::from_secs(30),
            heartbeat: Duration::from_secs(3),
            heartbeat_silence: Duration::from_secs(10),
            back_off: Duration::from_secs(1),
            longest_back_off: Duration::from_secs(30),
            most_failures: 3,
            stand_down: Duration::from_secs(600),
        }
    }
}

/// Requests that one child may have under way. It takes one and lets 32 wait, so that a full queue
/// is noticed here, where it has a name of its own.
const QUEUE: usize = 32;

/// Texts sent in one frame: small enough that a question never waits long behind an import.
const TEXTS_AT_ONCE: usize = 32;

/// The longest back-off that a request waits out. Before a longer one, the desk does without.
const PATIENCE: Duration = Duration::from_secs(4);

/// One supervised child. Dropping it ends the process and waits for that, half a second at most
/// for a child that obeys the system.
pub struct Child {
    shared: Arc<Shared>,
}

impl Child {
    /// Takes charge of a child. It is started now if the config says `eager`, else when needed.
    pub fn new(config: ChildConfig) -> Self {
        Self { shared: Shared::start(config) }
    }

    /// The process number while one runs, for tests and reports.
    pub fn process_id(&self) -> Option<u32> {
        self.shared.process_id()
    }

    /// What the running child said of itself at its start.
    pub fn hello(&self) -> Option<Hello> {
        self.shared.hello()
    }

    /// Starts the child if it is not running, without waiting for it.
    ///
    /// A child that stands down gets a fresh start, as if it had never failed, so only somebody
    /// who can judge that should ask.
    pub fn warm_up(&self) {
        self.shared.warm_up();
    }

    /// Whether it failed so often that it is left alone. Meanwhile every request is answered with
    /// [`EngineError::StoodDown`].
    pub fn stands_down(&self) -> bool {
        self.shared.stands_down()
    }

    /// The `frontdesk-engine` program.
    pub fn program(&self) -> &Path {
        &self.config().program
    }

    /// The model's file.
    pub fn model_file(&self) -> &Path {
        &self.config().model
    }

    /// Computes on another graphics card, or on the processor, from the next start on. A running
    /// child ends when the texts under way are written, and starts again at once.
    pub fn use_device(&self, device: Option<String>) {
        self.shared.use_device(device);
    }

    /// The graphics card that it computes on, or would; `None` for the processor.
    pub fn device(&self) -> Option<String> {
        self.shared.device().filter(|_| self.without_graphics().is_none())
    }

    /// Why it leaves the graphics card alone although it might use one, if it does.
    pub fn without_graphics(&self) -> Option<String> {
        self.shared.without_graphics()
    }

    fn call(&self, make: impl FnOnce(u64) -> ToChild) -> Result<FromChild, EngineError> {
        let (sender, answers) = sync_channel(1);
        self.shared.submit(make, Pending::Call(sender))?;
        receive(&answers)
    }

    fn config(&self) -> &ChildConfig {
        self.shared.config()
    }
}

/// Zero stands for no deadline, so a deadline of no time at all becomes one millisecond.
fn deadline_ms(deadline: Option<Duration>) -> u32 {
    deadline.map_or(0, |time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX).max(1))
}

/// The keeper ends every pending call when the child dies, so this wait always ends.
fn receive(answers: &Receiver<Result<FromChild, EngineError>>) -> Result<FromChild, EngineError> {
    answers
        .recv()
        .unwrap_or_else(|_| Err(EngineError::Lost { reason: "it ended without a word".into() }))
}

impl Engine for Child {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        let (sender, reply) = reply_channel();
        let due = request.deadline.and_then(|time| Instant::now().checked_add(time));
        let messages = request.messages.iter().map(|message| {
            let author = match message.author {
                Author::System => "system",
                Author::User => "user",
                Author::Assistant => "assistant",
            };
            (author.to_string(), message.text.clone())
        });
        let messages = messages.collect();
        self.shared.submit(
            |id| {
                ToChild::Generate(Generate {
                    id,
                    messages,
                    max_tokens: request.max_tokens,
                    temperature: request.temperature,
                    seed: request.seed,
                    stop: request.stop,
                    keep: request.keep,
                    grammar: request.grammar,
                    logprobs: request.logprobs,
                    deadline_ms: deadline_ms(request.deadline),
                    run_on: request.run_on,
                })
            },
            Pending::Text { sender, due },
        )?;
        Ok(reply)
    }

    fn health(&self) -> Health {
        self.shared.health()
    }

    fn model_id(&self) -> &str {
        &self.config().model_id
    }

    fn slots(&self) -> usize {
        self.config().tuning.slots.unwrap_or(crate::USUAL_SLOTS)
    }
}

impl Embedder for Child {
    fn embed(&self, texts: &[String], side: Side) -> Result<Vec<Vec<f32>>, EngineError> {
        let prefix = match side {
            Side::Query => &self.config().query_prefix,
            Side::Passage => &self.config().passage_prefix,
        };
        let mut vectors = Vec::with_capacity(texts.len());
        for part in texts.chunks(TEXTS_AT_ONCE) {
            let prefixed: Vec<String> = part.iter().map(|text| format!("{prefix}{text}")).collect();
            match self.call(|id| ToChild::Embed { id, texts: prefixed })? {
                FromChild::Vectors { vectors: some, .. } if some.len() == part.len() => {
                    vectors.extend(some);
                }
                _ => return Err(unexpected()),
            }
        }
        let is_usable = |vector: &Vec<f32>| {
            vector.len() == self.width() && vector.iter().all(|number| number.is_finite())
        };
        if vectors.iter().all(is_usable) { Ok(vectors) } else { Err(unexpected()) }
    }

    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError> {
        let mut counts = Vec::with_capacity(texts.len());
        for part in texts.chunks(MAX_TEXTS / 4) {
            match self.call(|id| ToChild::Count { id, texts: part.to_vec() })? {
                FromChild::Counts { counts: some, .. } if some.len() == part.len() => {
                    counts.extend(some.into_iter().map(|count| count as usize));
                }
                _ => return Err(unexpected()),
            }
        }
        Ok(counts)
    }

    fn width(&self) -> usize {
        self.config().width
    }

    fn identity(&self) -> &str {
        &self.config().identity
    }

    fn health(&self) -> Health {
        self.shared.health()
    }
}

fn unexpected() -> EngineError {
    EngineError::Lost { reason: "it answered something else than was asked".into() }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.shared.shut_down();
    }
}

#[cfg(test)]
mod tests;
