//! What other programs may ask of a desk: a question with the conversation they keep themselves, a
//! text of the bare model, and vectors. Who may ask is the caller's to check.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use assistant::LONGEST_QUESTION;
use engine::{Author, Engine, EngineError, Event, GenerateRequest, Message, Side, StopReason};

use crate::convert;
use crate::core::Core;
use crate::session::Session;
use crate::visit::new_conversation;
use crate::wire::{ApiError, Ask, Code, Health, Turn, TurnEvent};

/// Tokens of the longest text that the bare model writes for a program.
const MOST_TOKENS: u32 = 1_024;

/// After this time a text is no longer waited for.
const LONGEST: Duration = Duration::from_secs(120);

/// How long a text waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait for the next event before looking whether the caller has gone.
const TICK: Duration = Duration::from_millis(20);

/// Texts that become vectors in one go: a visitor's question comes between two of these.
const TEXTS_AT_ONCE: usize = 8;

/// A text for the bare model to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteRequest {
    /// The conversation so far.
    pub messages: Vec<Said>,
    /// Tokens to write; at most 1,024 are written, whatever this says.
    pub max_tokens: Option<u32>,
    /// 0 picks the likeliest token every time.
    pub temperature: f32,
    /// Makes a temperature above 0 repeatable.
    pub seed: u32,
    /// Writing stops before any of these.
    pub stop: Vec<String>,
    /// GBNF that the text must follow.
    pub grammar: Option<String>,
}

/// One message for the bare model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub speaker: Speaker,
    /// What was said.
    pub text: String,
}

/// Who said a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The program's instructions.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// What happens while a text is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteEvent {
    /// So many texts come first.
    Waiting(u32),
    /// More of the text.
    Text(String),
}

/// How a text ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Why it ended.
    pub end: WriteEnd,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Of these, not computed again.
    pub cached_tokens: u32,
    /// Tokens written.
    pub generated_tokens: u32,
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteEnd {
    /// The model was done, or came to a stop.
    Done,
    /// It had as many tokens as it may have.
    Length,
}

/// Which side of a search a text is on; some models tell the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSide {
    /// What somebody asks.
    Query,
    /// What may answer it.
    Passage,
}

/// Vectors of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct EmbeddedTexts {
    /// One unit vector a text, in the order given.
    pub vectors: Vec<Vec<f32>>,
    /// Tokens of all texts.
    pub tokens: usize,
}

impl Core {
    /// Answers a question of a caller that keeps the conversation itself: `previous` is the
    /// question before. It helps to search and is never evidence. Once `gone` says that nobody waits
    /// any more, the answer ends with what there is and takes no place.
    pub fn answer_after(
        &self,
        session: &Session,
        ask: Ask,
        previous: Option<String>,
        gone: Arc<AtomicBool>,
        tell: &mut dyn FnMut(TurnEvent),
    ) -> Result<Turn, ApiError> {
        let previous = previous.map(|text| {
            let text: String = text.chars().take(LONGEST_QUESTION).collect();
            knowledge::text::normalise(&text)
        });
        let previous = previous.filter(|text| text.chars().any(char::is_alphanumeric));
        self.ask(session, ask, previous, gone, tell)
    }

    /// Whether there is a chat model, and how it is.
    pub fn bare_model(&self) -> Option<Health> {
        let chat = self.chat.taken()?;
        Some(convert::health(Some(chat.engine.health())))
    }

    /// Lets the bare model write, once it is its turn in the line in which visitors' questions wait
    /// too: the texts of one session are one party there. Ends once `gone` says that nobody waits
    /// any more.
    ///
    /// Nothing of the desk's knowledge is in it, nothing is checked, and nothing is kept. Fails with
    /// [`Code::Busy`] where as many wait as may.
    pub fn write(
        &self,
        session: &Session,
        request: WriteRequest,
        gone: Arc<AtomicBool>,
        tell: &mut dyn FnMut(WriteEvent),
    ) -> Result<Written, ApiError> {
        let chat = self.chat.taken().ok_or_else(|| ApiError {
            code: Code::EngineDown,
            message: "no model that writes is here".into(),
            hint: Some("Staff can bring one on the page of this computer.".into()),
        })?;
        self.begin(session, &new_conversation(), "", &gone)?;
        let mut told = None;
        let turn = self.text_slot(&session.client, PATIENCE, &mut |ahead| {
            if told != Some(ahead) {
                told = Some(ahead);
                tell(WriteEvent::Waiting(ahead));
            }
            !gone.load(Ordering::Acquire)
        });
        let written = turn.and_then(|_slot| write(chat.engine.as_ref(), request, &gone, tell));
        self.end(&gone);
        written
    }

    /// Numbers in a vector; none without a model that makes them.
    pub fn vector_width(&self) -> Option<usize> {
        self.finder().map(|finder| finder.embedder.width())
    }

    /// Turns texts into vectors, a few at a time, until `stop` says yes.
    pub fn vectors(
        &self,
        texts: &[String],
        side: TextSide,
        stop: &dyn Fn() -> bool,
    ) -> Result<EmbeddedTexts, ApiError> {
        let missing = || ApiError {
            code: Code::EngineDown,
            message: "the model that turns texts into vectors is not here".into(),
            hint: Some("Staff can bring it on the page of this computer.".into()),
        };
        let embedder = self.finder().ok_or_else(missing)?.embedder;
        let side = match side {
            TextSide::Query => Side::Query,
            TextSide::Passage => Side::Passage,
        };
        let mut embedded = EmbeddedTexts { vectors: Vec::new(), tokens: 0 };
        for texts in texts.chunks(TEXTS_AT_ONCE) {
            if stop() {
                return Err(cancelled());
            }
            embedded.vectors.extend(embedder.embed(texts, side)?);
            embedded.tokens += embedder.count_tokens(texts)?.iter().sum::<usize>();
        }
        Ok(embedded)
    }
}

/// Writes, now that it is its turn.
fn write(
    engine: &dyn Engine,
    request: WriteRequest,
    gone: &AtomicBool,
    tell: &mut dyn FnMut(WriteEvent),
) -> Result<Written, ApiError> {
    let reply = engine.generate(generate(request)).map_err(refused)?;
    while !gone.load(Ordering::Acquire) {
        match reply.next_within(TICK) {
            None | Some(Ok(Event::Reading { .. })) => {}
            Some(Ok(Event::Waiting { ahead })) => tell(WriteEvent::Waiting(ahead)),
            Some(Ok(Event::Text(text))) => tell(WriteEvent::Text(text)),
            Some(Ok(Event::Done(finish))) => {
                let end = match finish.reason {
                    StopReason::Stop => WriteEnd::Done,
                    StopReason::Length => WriteEnd::Length,
                    StopReason::Cancelled => return Err(cancelled()),
                    StopReason::Late => return Err(EngineError::Late.into()),
                };
                return Ok(Written {
                    end,
                    prompt_tokens: finish.prompt_tokens,
                    cached_tokens: finish.cached_tokens,
                    generated_tokens: finish.generated_tokens,
                });
            }
            Some(Err(error)) => return Err(refused(error)),
        }
    }
    Err(cancelled())
}

fn generate(request: WriteRequest) -> GenerateRequest {
    let message = |said: Said| Message {
        author: match said.speaker {
            Speaker::System => Author::System,
            Speaker::User => Author::User,
            Speaker::Assistant => Author::Assistant,
        },
        text: said.text,
    };
    GenerateRequest {
        messages: request.messages.into_iter().map(message).collect(),
        max_tokens: request.max_tokens.unwrap_or(MOST_TOKENS).min(MOST_TOKENS),
        temperature: request.temperature,
        seed: request.seed,
        stop: request.stop,
        grammar: request.grammar,
        deadline: Some(LONGEST),
        ..GenerateRequest::default()
    }
}

/// A request that an engine refuses is the caller's to change, unlike everything else that an
/// engine reports.
fn refused(error: EngineError) -> ApiError {
    match error {
        EngineError::Refused { reason } => ApiError {
            code: Code::Invalid,
            message: format!("the model cannot take this: {reason}"),
            hint: Some("Send a shorter conversation, or a simpler format.".into()),
        },
        other => other.into(),
    }
}

fn cancelled() -> ApiError {
    ApiError { code: Code::Cancelled, message: "it was stopped".into(), hint: None }
}
