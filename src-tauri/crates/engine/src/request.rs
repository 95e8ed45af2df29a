//! What an engine is asked to write.

use std::time::Duration;

pub use crate::protocol::Keep;

/// One text to write.
#[derive(Clone, Debug, PartialEq)]
pub struct GenerateRequest {
    /// The conversation so far, the model's own template is applied to it.
    pub messages: Vec<Message>,
    /// Tokens to write at most.
    pub max_tokens: u32,
    /// 0 picks the likeliest token every time.
    pub temperature: f32,
    /// Makes a temperature above 0 repeatable.
    pub seed: u32,
    /// Writing stops before any of these.
    pub stop: Vec<String>,
    /// Ends of beginnings that are asked again often and hold nothing that a visitor wrote,
    /// nearest the start first. The state of the model there is kept, also on disk.
    pub keep: Vec<Keep>,
    /// GBNF that the text must follow.
    pub grammar: Option<String>,
    /// Whether the end carries the log-probability of each token.
    pub logprobs: bool,
    /// When the text is no longer wanted, counted from now.
    pub deadline: Option<Duration>,
    /// Goes on to `max_tokens` when the model would end. For measurements.
    pub run_on: bool,
}

impl Default for GenerateRequest {
    fn default() -> Self {
        Self {
            messages: Vec::new(),
            max_tokens: 220,
            temperature: 0.0,
            seed: 0,
            stop: Vec::new(),
            keep: Vec::new(),
            grammar: None,
            logprobs: false,
            deadline: None,
            run_on: false,
        }
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it.
    pub author: Author,
    /// What was written. It is never read as control tokens.
    pub text: String,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// Instructions from the product.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}
