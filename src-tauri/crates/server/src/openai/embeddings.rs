//! `POST /v1/embeddings`: vectors of texts, from the model that finds the desk's passages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commands::TextSide;
use commands::wire::{ApiError, Code};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::Refusal;
use super::request::{read, whole_number};
use super::{DESK, models};
use crate::Server;

/// Texts in one request.
const MOST_TEXTS: usize = 512;

/// How long a request waits for those before it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Texts to be turned into vectors. Fields that are not listed here are ignored.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(expecting = "an object with `model` and `input`")]
pub(crate) struct EmbeddingRequest {
    /// `frontdesk`.
    model: String,
    /// One text, or up to 512.
    input: Input,
    /// `float`, or `base64` for little-endian 32-bit floats.
    encoding_format: Option<String>,
    /// Numbers in a vector; only what the model has.
    dimensions: Option<f64>,
    /// `query` for what somebody asks, `passage` for what may answer it; some models tell the two
    /// apart. A passage where nothing is said.
    input_type: Option<String>,
}

/// What is turned into vectors.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text, or a list of texts")]
enum Input {
    /// One text.
    One(String),
    /// Several.
    Many(Vec<String>),
    /// Numbers of tokens, which are understood only by the model they were made for.
    #[schemars(skip)]
    Tokens(#[serde(deserialize_with = "tokens")] ()),
}

/// Vectors of texts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct EmbeddingList {
    /// `list`.
    object: &'static str,
    /// One vector a text, in the same order.
    data: Vec<Embedding>,
    /// The model that was asked.
    model: &'static str,
    /// Tokens read.
    usage: EmbeddingUsage,
}

/// One vector.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Embedding {
    /// `embedding`.
    object: &'static str,
    /// The text's place in the request, from 0.
    index: usize,
    /// The vector.
    embedding: Vector,
}

/// A vector of length 1, as it was asked for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Vector {
    /// Numbers.
    Float(Vec<f32>),
    /// Little-endian 32-bit floats in base64.
    Base64(String),
}

/// Tokens of a request for vectors.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct EmbeddingUsage {
    /// Tokens read.
    prompt_tokens: usize,
    /// The same.
    total_tokens: usize,
}

/// What is wanted, once it makes sense.
#[derive(Debug)]
struct Wanted {
    texts: Vec<String>,
    in_base64: bool,
    dimensions: Option<u64>,
    side: TextSide,
}

pub(crate) async fn embed(State(server): State<Server>, body: Bytes) -> Response {
    match vectors(&server, &body).await {
        Ok(list) => Json(list).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn vectors(server: &Server, body: &[u8]) -> Result<EmbeddingList, Refusal> {
    let Wanted { texts, in_base64, dimensions, side } = check(read(body)?)?;
    let width = server.core.vector_width().map(|width| width as u64);
    if let (Some(wanted), Some(width)) = (dimensions, width)
        && wanted != width
    {
        let message = format!("The vectors here have {width} numbers; leave `dimensions` out.");
        return Err(Refusal::invalid("dimensions", message));
    }
    // Nobody closes it, so there is a turn for everybody who waits long enough.
    let turn = tokio::time::timeout(PATIENCE, server.vectors.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(busy()) };
    let gone = Gone::default();
    let (core, has_gone) = (server.core.clone(), gone.0.clone());
    let work = move || core.vectors(&texts, side, &|| has_gone.load(Ordering::Acquire));
    let embedded = tokio::task::spawn_blocking(work).await.map_err(|error| ApiError {
        code: Code::Internal,
        message: error.to_string(),
        hint: None,
    })??;
    let data = embedded.vectors.into_iter().enumerate().map(|(index, vector)| Embedding {
        object: "embedding",
        index,
        embedding: if in_base64 { Vector::Base64(packed(&vector)) } else { Vector::Float(vector) },
    });
    let (prompt_tokens, total_tokens) = (embedded.tokens, embedded.tokens);
    Ok(EmbeddingList {
        object: "list",
        data: data.collect(),
        model: DESK,
        usage: EmbeddingUsage { prompt_tokens, total_tokens },
    })
}

fn busy() -> Refusal {
    let message = "Other programs' texts are being turned into vectors; try again in a moment.";
    Refusal::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", message)
}

/// Says that nobody waits any more, once it is dropped.
#[derive(Default)]
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

fn check(request: EmbeddingRequest) -> Result<Wanted, Refusal> {
    if request.model != DESK {
        return Err(models::unknown(&request.model));
    }
    let texts = match request.input {
        Input::One(text) => vec![text],
        Input::Many(texts) => texts,
        Input::Tokens(()) => {
            let message = "Tokens are understood only by the model they were made for; send texts. \
                           LangChain does so with `check_embedding_ctx_length=False`.";
            return Err(Refusal::invalid("input", message));
        }
    };
    if texts.is_empty() || texts.len() > MOST_TEXTS {
        let message = format!("`input` takes 1 to {MOST_TEXTS} texts.");
        return Err(Refusal::invalid("input", message));
    }
    if let Some(index) = texts.iter().position(|text| text.trim().is_empty()) {
        return Err(Refusal::invalid(&format!("input[{index}]"), "A text is empty."));
    }
    let in_base64 = match request.encoding_format.as_deref() {
        None | Some("float") => false,
        Some("base64") => true,
        Some(_) => {
            let message = "`encoding_format` is `float` or `base64`.";
            return Err(Refusal::invalid("encoding_format", message));
        }
    };
    let side = match request.input_type.as_deref() {
        None | Some("passage" | "document") => TextSide::Passage,
        Some("query") => TextSide::Query,
        Some(_) => {
            return Err(Refusal::invalid("input_type", "`input_type` is `query` or `passage`."));
        }
    };
    let dimensions = whole_number("dimensions", request.dimensions, 1.0, 1_000_000.0)?;
    Ok(Wanted { texts, in_base64, dimensions, side })
}

fn packed(vector: &[f32]) -> String {
    let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
    STANDARD.encode(bytes)
}

/// A list of numbers, or of such lists.
fn tokens<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let value = Value::deserialize(deserializer)?;
    if is_numbers(&value) {
        return Ok(());
    }
    Err(serde::de::Error::custom("no list of numbers"))
}

fn is_numbers(value: &Value) -> bool {
    let items = value.as_array().filter(|items| !items.is_empty());
    items.is_some_and(|items| items.iter().all(|item| item.is_number() || is_numbers(item)))
}

#[cfg(test)]
mod tests;
