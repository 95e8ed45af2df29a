//! What programs send to the chat, read with suspicion: each wrong field is named, and what is not
//! known is ignored.

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Refusal;

/// A conversation and how its next message is to be written. Fields that are not listed here are
/// ignored.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(expecting = "an object with `model` and `messages`")]
pub(crate) struct ChatRequest {
    /// `frontdesk` for the whole desk with its sources, `frontdesk-raw` for the bare model.
    pub(crate) model: String,
    /// The conversation so far; the last message is the user's. The desk reads what users wrote:
    /// the last question, and the one before it where the last leans on it.
    pub(crate) messages: Vec<Message>,
    /// Whether the answer comes piece by piece, as server-sent events.
    pub(crate) stream: Option<bool>,
    /// How it comes piece by piece.
    pub(crate) stream_options: Option<StreamOptions>,
    /// Tokens of the answer at most. The desk's own answers are cut by an estimate.
    pub(crate) max_tokens: Option<f64>,
    /// The newer name of `max_tokens`; it goes first where both are given.
    pub(crate) max_completion_tokens: Option<f64>,
    /// From 0 to 2. The desk's own answers do not change with it.
    pub(crate) temperature: Option<f64>,
    /// From 0 to 1. Accepted, and without effect here.
    pub(crate) top_p: Option<f64>,
    /// The answer ends before any of these, at most four.
    pub(crate) stop: Option<Stop>,
    /// Makes a temperature above 0 repeatable.
    pub(crate) seed: Option<f64>,
    /// Who asks, for the program's own use; nothing is done with it.
    #[expect(dead_code, reason = "it is described, and nothing is done with it")]
    pub(crate) user: Option<String>,
    /// Answers to one request; only 1.
    pub(crate) n: Option<f64>,
    /// `text`; the bare model also takes `json_object` and `json_schema`.
    pub(crate) response_format: Option<ResponseFormat>,
    /// Functions that the model may call. None is ever called here.
    #[expect(dead_code, reason = "it is described, and nothing is done with it")]
    pub(crate) tools: Option<Vec<Value>>,
    /// `auto` or `none`: nobody can be made to call a function here.
    pub(crate) tool_choice: Option<Value>,
    /// Probabilities of tokens; not given here.
    pub(crate) logprobs: Option<bool>,
}

/// One message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(expecting = "an object with `role` and `content`")]
pub(crate) struct Message {
    /// Who wrote it.
    pub(crate) role: Role,
    /// What was written.
    pub(crate) content: Option<Content>,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Instructions. The desk has its own and does not read these.
    System,
    /// The same by its newer name.
    Developer,
    /// The person.
    User,
    /// The model.
    Assistant,
    /// What a function returned.
    Tool,
    /// The same by its older name.
    Function,
}

/// A text, whole or in parts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text, or a list of parts of the type `text`")]
pub(crate) enum Content {
    /// The whole text.
    Text(String),
    /// Parts, one after the other.
    Parts(Vec<Part>),
}

/// A part of a message.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Part {
    /// `text`; pictures and sounds are not understood here.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The text.
    pub(crate) text: Option<String>,
}

/// Where the answer ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text, or a list of texts")]
pub(crate) enum Stop {
    /// Before this.
    One(String),
    /// Before any of these.
    Any(Vec<String>),
}

/// How an answer comes piece by piece.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
pub(crate) struct StreamOptions {
    /// Whether the tokens are counted in a last piece of their own.
    pub(crate) include_usage: Option<bool>,
}

/// The form of the answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(expecting = "an object with `type`")]
pub(crate) struct ResponseFormat {
    /// `text`, `json_object` or `json_schema`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The schema, for `json_schema`.
    pub(crate) json_schema: Option<JsonSchemaFormat>,
}

/// The form of a JSON answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(expecting = "an object with `schema`")]
pub(crate) struct JsonSchemaFormat {
    /// The schema itself.
    pub(crate) schema: Option<Value>,
}

impl Content {
    /// The text alone. Fails where there is something else in it.
    pub(crate) fn into_text(self, param: &str) -> Result<String, Refusal> {
        let parts = match self {
            Self::Text(text) => return Ok(text),
            Self::Parts(parts) => parts,
        };
        let mut texts = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            match (part.kind.as_str(), part.text) {
                ("text" | "input_text" | "output_text", Some(text)) => texts.push(text),
                ("refusal", _) => {}
                (kind, _) => {
                    let kind: String = kind.chars().take(40).collect();
                    let message =
                        format!("Only parts of the type `text` are understood, not `{kind}`.");
                    return Err(Refusal::invalid(&format!("{param}[{index}]"), message));
                }
            }
        }
        Ok(texts.join("\n"))
    }
}

/// Reads a request's body. A failure names the field and what was expected there.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let param = if path == "." { String::new() } else { path };
        (param, error.into_inner())
    });
    let whole = read.and_then(|value| {
        reader.end().map_err(|error| (String::new(), error))?;
        Ok(value)
    });
    whole.map_err(|(param, error)| {
        let found = in_words(&error.to_string());
        if error.classify() != serde_json::error::Category::Data {
            let message = format!("The body is not valid JSON: {found}.");
            return Refusal::new(StatusCode::BAD_REQUEST, "invalid_json", message);
        }
        let what = if param.is_empty() { "The request".into() } else { format!("`{param}`") };
        let message = format!("{what} cannot be read: {found}.");
        Refusal::new(StatusCode::BAD_REQUEST, "invalid_type", message).about(&param)
    })
}

/// Most characters of what a parser says of somebody's text.
const LONGEST_FINDING: usize = 300;

/// What the parser found, without the names of a programming language.
fn in_words(found: &str) -> String {
    let words = [(" f64", " a number"), (" usize", " a number"), (" unit", " nothing")];
    let text = words.iter().fold(found.to_owned(), |text, (from, to)| text.replace(from, to));
    text.chars().filter(|c| !c.is_control()).take(LONGEST_FINDING).collect()
}

/// A whole number within bounds.
pub(crate) fn whole_number(
    param: &str,
    value: Option<f64>,
    least: f64,
    most: f64,
) -> Result<Option<u64>, Refusal> {
    match value {
        None => Ok(None),
        Some(number) if number.fract() == 0.0 && (least..=most).contains(&number) => {
            Ok(Some(number as u64))
        }
        Some(_) => {
            let message = format!("`{param}` must be a whole number from {least} to {most}.");
            Err(Refusal::invalid(param, message))
        }
    }
}

/// A number within bounds.
pub(crate) fn number(
    param: &str,
    value: Option<f64>,
    least: f64,
    most: f64,
) -> Result<Option<f64>, Refusal> {
    match value {
        Some(number) if !(least..=most).contains(&number) => {
            let message = format!("`{param}` must be a number from {least} to {most}.");
            Err(Refusal::invalid(param, message))
        }
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests;
