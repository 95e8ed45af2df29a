//! What one event of an answer says. Tolerant: servers differ in everything but the names. Pure.

use engine::StopReason;
use serde_json::Value;

/// Tokens, as a server counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) read: u32,
    pub(crate) cached: u32,
    pub(crate) written: u32,
}

/// What one event says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chunk {
    /// More text; empty where there is none.
    pub(crate) text: String,
    /// The model thinks aloud, apart from its answer.
    pub(crate) thinks: bool,
    /// The text is at its end, and why.
    pub(crate) end: Option<End>,
    /// The tokens of the whole answer.
    pub(crate) usage: Option<Usage>,
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The model was done, or reached its limit.
    Text(StopReason),
    /// The server withheld it.
    Withheld,
}

/// An event that is no part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NoChunk {
    /// It cannot be read.
    Unreadable,
    /// The server tells of a failure; its words are in here.
    Failure(Value),
}

/// Reads the data of one event, or a whole answer that came at once.
pub(crate) fn read(data: &str) -> Result<Chunk, NoChunk> {
    let value: Value = serde_json::from_str(data).map_err(|_| NoChunk::Unreadable)?;
    if !value.is_object() {
        return Err(NoChunk::Unreadable);
    }
    if value.get("error").is_some_and(|error| !error.is_null()) {
        return Err(NoChunk::Failure(value));
    }
    let choice = &value["choices"][0];
    let said = ["delta", "message"].into_iter().map(|name| &choice[name]);
    let said = said.into_iter().find(|said| said.is_object()).unwrap_or(&Value::Null);
    let text = match text_of(&said["content"]) {
        text if text.is_empty() => text_of(&choice["text"]),
        text => text,
    };
    let thinks = ["reasoning_content", "reasoning"];
    Ok(Chunk {
        text,
        thinks: thinks.into_iter().any(|name| !text_of(&said[name]).is_empty()),
        end: choice["finish_reason"].as_str().and_then(end_of),
        usage: usage_of(&value["usage"]),
    })
}

/// Text as it is, or as a list of parts.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        _ => String::new(),
    }
}

fn end_of(reason: &str) -> Option<End> {
    match reason {
        "" => None,
        "length" | "max_tokens" => Some(End::Text(StopReason::Length)),
        "content_filter" | "safety" => Some(End::Withheld),
        _ => Some(End::Text(StopReason::Stop)),
    }
}

fn usage_of(value: &Value) -> Option<Usage> {
    let count = |value: &Value| {
        let number = value.as_u64().or_else(|| value.as_f64().map(|number| number as u64));
        number.map(|number| u32::try_from(number).unwrap_or(u32::MAX))
    };
    let read = count(&value["prompt_tokens"])?;
    let cached = count(&value["prompt_tokens_details"]["cached_tokens"]).unwrap_or(0);
    let written = count(&value["completion_tokens"]).unwrap_or(0);
    Some(Usage { read, cached: cached.min(read), written })
}

#[cfg(test)]
mod tests;
