//! The other side: a llama-server, asked the way its clients ask it.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use engine::Author;
use serde_json::{Value, json};

use super::broken;
use super::speaker::{Prompt, Speaker, Told};
use crate::exit::Failure;

/// Longer than any measurement here takes.
const PATIENCE: Duration = Duration::from_secs(600);

/// Texts in one call for vectors, as many as ours sends in one frame.
const TEXTS_AT_ONCE: usize = 32;

/// A llama-server that somebody started.
pub(super) struct Server {
    agent: ureq::Agent,
    url: String,
    properties: Value,
}

/// What one event of a stream says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Piece {
    text: String,
    totals: Option<Totals>,
}

/// Tokens as the server counted them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Totals {
    prompt_tokens: u32,
    cached_tokens: u32,
    generated_tokens: u32,
}

impl Server {
    /// Finds out whether it is there.
    ///
    /// Every request takes a new connection: on one that was used before, the system delays the
    /// server's small pieces of text, which would count against it.
    pub(super) fn connect(url: &str) -> Result<Self, Failure> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_idle_connections(0)
            .http_status_as_error(false)
            .proxy(None)
            .build();
        let url = url.trim_end_matches('/').to_string();
        let mut server = Self { agent: config.into(), url, properties: Value::Null };
        server.properties = server.receive(server.agent.get(server.path("props")).call())?;
        Ok(server)
    }

    /// What it says of itself, without folders of this computer.
    pub(super) fn facts(&self) -> Value {
        let path = self.properties["model_path"].as_str().unwrap_or_default();
        json!({
            "model": path.rsplit(['/', '\\']).next(),
            "build": self.properties["build_info"],
            "slots": self.properties["total_slots"],
            "context_tokens_per_slot": self.properties["default_generation_settings"]["n_ctx"],
        })
    }

    /// One vector a text, in the order given.
    pub(super) fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, Failure> {
        let mut vectors = Vec::with_capacity(texts.len());
        for part in texts.chunks(TEXTS_AT_ONCE) {
            let reply = self.receive(self.post("v1/embeddings", &json!({ "input": part })))?;
            let data = reply["data"].as_array().map(Vec::as_slice).unwrap_or_default();
            if data.len() != part.len() {
                return Err(self.broken("it did not answer with one vector a text"));
            }
            let numbers = |entry: &Value| {
                let list = entry["embedding"].as_array().map(Vec::as_slice).unwrap_or_default();
                list.iter().filter_map(Value::as_f64).map(|number| number as f32).collect()
            };
            vectors.extend(data.iter().map(numbers));
        }
        Ok(vectors)
    }

    fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.url)
    }

    fn post(&self, path: &str, body: &Value) -> Called {
        let request = self.agent.post(self.path(path)).content_type("application/json");
        request.send(body.to_string())
    }

    /// The document of a reply that is one.
    fn receive(&self, called: Called) -> Result<Value, Failure> {
        let mut response = called.map_err(|error| self.broken(error))?;
        let body = response.body_mut().with_config().limit(64 << 20).read_to_string();
        let body = body.map_err(|error| self.broken(error))?;
        if !response.status().is_success() {
            return Err(self.broken(format!("{}: {body}", response.status())));
        }
        serde_json::from_str(&body).map_err(|error| self.broken(error))
    }

    fn broken(&self, reason: impl std::fmt::Display) -> Failure {
        broken(format!("the server at {}: {reason}", self.url))
    }
}

type Called = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

impl Speaker for Server {
    fn ask(&self, prompt: &Prompt) -> Result<Told, Failure> {
        let body = body(prompt);
        let asked = Instant::now();
        let mut response =
            self.post("v1/chat/completions", &body).map_err(|error| self.broken(error))?;
        if !response.status().is_success() {
            let words = response.body_mut().read_to_string().unwrap_or_default();
            return Err(self.broken(format!("{}: {words}", response.status())));
        }
        let mut pieces: Vec<Instant> = Vec::new();
        let mut text = String::new();
        let mut totals = None;
        for line in BufReader::new(response.into_body().into_reader()).lines() {
            let line = line.map_err(|error| self.broken(error))?;
            let Some(piece) = read(&line).map_err(|error| self.broken(error))? else { continue };
            if !piece.text.is_empty() {
                pieces.push(Instant::now());
                text.push_str(&piece.text);
            }
            totals = piece.totals.or(totals);
        }
        let totals = totals.ok_or_else(|| self.broken("it did not say how many tokens it took"))?;
        // A text without a visible character has an end all the same.
        let ended = Instant::now();
        Ok(Told {
            asked,
            first: pieces.first().copied().unwrap_or(ended),
            last: pieces.last().copied().unwrap_or(ended),
            pieces,
            text,
            prompt_tokens: totals.prompt_tokens,
            cached_tokens: totals.cached_tokens,
            generated_tokens: totals.generated_tokens,
            drafted_tokens: 0,
            accepted_tokens: 0,
        })
    }
}

fn body(prompt: &Prompt) -> Value {
    let messages = prompt.messages.iter().map(|message| {
        let role = match message.author {
            Author::System => "system",
            Author::User => "user",
            Author::Assistant => "assistant",
        };
        json!({ "role": role, "content": message.text })
    });
    json!({
        "messages": messages.collect::<Vec<_>>(),
        "max_tokens": prompt.max_tokens,
        "temperature": 0,
        "cache_prompt": true,
        "ignore_eos": prompt.is_fixed_length,
        "stream": true,
        "stream_options": { "include_usage": true },
    })
}

/// Reads one line of a stream; `None` if it carries nothing. Fails on what the server calls an
/// error, and on what is not JSON.
fn read(line: &str) -> Result<Option<Piece>, String> {
    if let Some(error) = line.strip_prefix("error:") {
        return Err(error.trim().into());
    }
    let Some(data) = line.strip_prefix("data:").map(str::trim) else { return Ok(None) };
    if data == "[DONE]" {
        return Ok(None);
    }
    let event: Value = serde_json::from_str(data).map_err(|error| error.to_string())?;
    if !event["error"].is_null() {
        return Err(event["error"].to_string());
    }
    let text = event["choices"][0]["delta"]["content"].as_str().unwrap_or_default().to_string();
    let timings = &event["timings"];
    let number = |name: &str| timings[name].as_u64().and_then(|number| u32::try_from(number).ok());
    let totals = match (number("cache_n"), number("prompt_n"), number("predicted_n")) {
        (Some(cached), Some(fresh), Some(generated_tokens)) => {
            Some(Totals { prompt_tokens: cached + fresh, cached_tokens: cached, generated_tokens })
        }
        _ => None,
    };
    Ok(Some(Piece { text, totals }))
}

#[cfg(test)]
mod tests;
