//! `POST /v1/chat/completions`: what is wanted, checked; then the desk or the bare model; then the
//! answer, whole or piece by piece.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commands::wire::Code;

use super::error::Refusal;
use super::reply::{AnswerMessage, ChatCompletion, Choice};
use super::request::{ChatRequest, ResponseFormat, Role, Stop, number, read, whole_number};
use super::work::{Piece, Work};
use super::{DESK, RAW, desk, grammar, models, random_id, raw, stream, unix_seconds};
use crate::Server;
use crate::guard::Caller;

/// How long a stream waits for its first piece before it begins: an error that comes within this
/// time still has a status of its own.
const FIRST_PIECE: Duration = Duration::from_secs(2);

/// Stops in a request.
const MOST_STOPS: usize = 4;

/// Letters of the longest stop.
const LONGEST_STOP: usize = 200;

/// What is wanted, once it makes sense.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) model: &'static str,
    pub(super) talk: Vec<(Role, String)>,
    pub(super) stream: bool,
    pub(super) include_usage: bool,
    pub(super) most_tokens: Option<u32>,
    pub(super) temperature: f32,
    pub(super) seed: u32,
    pub(super) stop: Vec<String>,
    pub(super) grammar: Option<String>,
    /// The visitor's language.
    pub(super) language: Option<String>,
    /// The conversation, where the program names one.
    pub(super) conversation: Option<String>,
}

pub(crate) async fn complete(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match answer(&server, peer.ip(), caller, &headers, &body).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn answer(
    server: &Server,
    asker: IpAddr,
    caller: Caller,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, Refusal> {
    let wanted = Wanted {
        language: language(headers),
        conversation: conversation(headers)?,
        ..check(read(body)?)?
    };
    let (model, streams, include_usage) = (wanted.model, wanted.stream, wanted.include_usage);
    let mut work = match model {
        DESK => {
            server.callers.note_question(asker, caller.role());
            desk::answer(server, asker, wanted)
        }
        _ if !caller.may_use_models() => return Err(models::forbidden()),
        _ => raw::write(server, asker, wanted)?,
    };
    if !streams {
        return whole(work, model).await.map(|answer| Json(answer).into_response());
    }
    if let Ok(first) = tokio::time::timeout(FIRST_PIECE, work.next()).await {
        match first {
            Some(Piece::Failed(refusal)) => return Err(refusal),
            Some(piece) => work.put_back(piece),
            None => return Err(ended()),
        }
    }
    Ok(stream::response(work, model, include_usage, server.options.ping))
}

/// Waits for the whole answer. A program that leaves drops this, and the work with it.
async fn whole(mut work: Work, model: &str) -> Result<ChatCompletion, Refusal> {
    let mut content = String::new();
    loop {
        match work.next().await {
            Some(Piece::Waiting(_) | Piece::Begun) => {}
            Some(Piece::Text(text)) => content.push_str(&text),
            Some(Piece::Done(ending)) => {
                return Ok(ChatCompletion {
                    id: random_id("chatcmpl-"),
                    object: "chat.completion",
                    created: unix_seconds(),
                    model: model.to_owned(),
                    choices: vec![Choice {
                        index: 0,
                        message: AnswerMessage { role: "assistant", content, refusal: None },
                        logprobs: None,
                        finish_reason: ending.finish_reason,
                    }],
                    usage: ending.usage,
                    system_fingerprint: ending.knowledge_version.map(fingerprint),
                    citations: ending.citations,
                    desk: ending.desk,
                });
            }
            Some(Piece::Failed(refusal)) => return Err(refusal),
            None => return Err(ended()),
        }
    }
}

/// Work that ended without a word is a defect of ours.
pub(super) fn ended() -> Refusal {
    commands::wire::ApiError {
        code: Code::Internal,
        message: "an answer ended without a word".into(),
        hint: None,
    }
    .into()
}

pub(super) fn fingerprint(knowledge_version: i64) -> String {
    format!("knowledge-{knowledge_version}")
}

fn check(request: ChatRequest) -> Result<Wanted, Refusal> {
    let model = match request.model.as_str() {
        DESK => DESK,
        RAW => RAW,
        other => return Err(models::unknown(other)),
    };
    let mut talk = Vec::new();
    for (index, message) in request.messages.into_iter().enumerate() {
        let param = format!("messages[{index}].content");
        let text = message.content.map(|content| content.into_text(&param)).transpose()?;
        talk.push((message.role, text.unwrap_or_default()));
    }
    match talk.last() {
        None => return Err(Refusal::invalid("messages", "`messages` must not be empty.")),
        Some((Role::User, text)) if !text.trim().is_empty() => {}
        Some((Role::User, _)) => {
            return Err(Refusal::invalid("messages", "The last message is empty; ask something."));
        }
        Some(_) => {
            let message = "The last message must be one of the user; nothing else is answered.";
            return Err(Refusal::invalid("messages", message));
        }
    }
    if whole_number("n", request.n, 1.0, 128.0)?.is_some_and(|n| n != 1) {
        return Err(Refusal::invalid("n", "Only one answer is given; leave `n` out."));
    }
    if request.logprobs == Some(true) {
        let message = "Probabilities of tokens are not given; leave `logprobs` out.";
        return Err(Refusal::invalid("logprobs", message));
    }
    let must_call = request.tool_choice.is_some_and(|choice| choice != "auto" && choice != "none");
    if must_call {
        let message = "Functions are never called here; leave `tool_choice` out.";
        return Err(Refusal::invalid("tool_choice", message));
    }
    let tokens = |param: &str, value| whole_number(param, value, 1.0, 10_000_000.0);
    let newer = tokens("max_completion_tokens", request.max_completion_tokens)?;
    let most_tokens = newer.or(tokens("max_tokens", request.max_tokens)?);
    number("top_p", request.top_p, 0.0, 1.0)?;
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    let seed = match request.seed {
        Some(seed) if seed.fract() != 0.0 || seed.abs() > LARGEST => {
            return Err(Refusal::invalid("seed", "`seed` must be a whole number."));
        }
        seed => seed.unwrap_or_default() as i64 as u32,
    };
    Ok(Wanted {
        model,
        talk,
        stream: request.stream.unwrap_or_default(),
        include_usage: request
            .stream_options
            .and_then(|options| options.include_usage)
            .unwrap_or_default(),
        most_tokens: most_tokens.map(|tokens| u32::try_from(tokens).unwrap_or(u32::MAX)),
        temperature: number("temperature", request.temperature, 0.0, 2.0)?.unwrap_or_default()
            as f32,
        seed,
        stop: stops(request.stop)?,
        grammar: grammar_of(model, request.response_format)?,
        language: None,
        conversation: None,
    })
}

fn stops(stop: Option<Stop>) -> Result<Vec<String>, Refusal> {
    let stops = match stop {
        None => Vec::new(),
        Some(Stop::One(stop)) => vec![stop],
        Some(Stop::Any(stops)) => stops,
    };
    let fits = |stop: &String| !stop.is_empty() && stop.chars().count() <= LONGEST_STOP;
    if stops.len() > MOST_STOPS || !stops.iter().all(fits) {
        let message = format!(
            "`stop` takes at most {MOST_STOPS} texts of 1 to {LONGEST_STOP} characters each."
        );
        return Err(Refusal::invalid("stop", message));
    }
    Ok(stops)
}

/// What binds the model to a form.
fn grammar_of(model: &str, format: Option<ResponseFormat>) -> Result<Option<String>, Refusal> {
    let Some(format) = format else { return Ok(None) };
    if format.kind == "text" {
        return Ok(None);
    }
    if model == DESK && ["json_object", "json_schema"].contains(&format.kind.as_str()) {
        let message = "`frontdesk` answers in the shop's own words, which are text and cannot be \
                       put into JSON. Its sources are in `citations`; ask `frontdesk-raw` for JSON.";
        return Err(Refusal::invalid("response_format", message));
    }
    match format.kind.as_str() {
        "json_object" => Ok(Some(grammar::any_object())),
        "json_schema" => {
            let schema = format.json_schema.and_then(|form| form.schema);
            let param = "response_format.json_schema.schema";
            let schema = schema.ok_or_else(|| Refusal::invalid(param, "The schema is missing."))?;
            let made = grammar::of_schema(&schema);
            made.map(Some).map_err(|reason| Refusal::invalid(param, reason))
        }
        _ => {
            let message = "The type is one of `text`, `json_object` and `json_schema`.";
            Err(Refusal::invalid("response_format.type", message))
        }
    }
}

/// The first language that the program asks for.
fn language(headers: &HeaderMap) -> Option<String> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let first = wanted.split([',', ';']).next()?.trim();
    let is_language = (2..=35).contains(&first.len())
        && first.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    is_language.then(|| first.to_owned())
}

/// The conversation that a program names, so that staff see its questions together, and a person
/// can answer in it. The answer itself never hangs on it.
fn conversation(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(name) = headers.get("x-conversation-id") else { return Ok(None) };
    let name = name.to_str().unwrap_or_default();
    let fits = (16..=64).contains(&name.len())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    if !fits {
        let message = "`X-Conversation-Id` has 16 to 64 letters, digits, `-` or `_`; make it one \
                       that nobody can guess.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "invalid_value", message));
    }
    Ok(Some(name.to_owned()))
}

#[cfg(test)]
mod tests;
