//! How one server likes to be asked: which fields it takes, learned from what it is and from what it
//! refuses. Pure.

use engine::{Author, GenerateRequest, Message};
use serde_json::{Value, json};

use crate::Product;

/// Texts that end a text, as many as all servers take.
const MOST_STOPS: usize = 4;

/// Which fields a server takes beyond model, messages and `stream`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Under which name it takes the limit of tokens.
    limit: Limit,
    /// `stream_options`, for the count of tokens.
    usage: bool,
    temperature: bool,
    seed: bool,
    stop: bool,
    grammar: bool,
    /// How it is asked to answer without thinking first.
    thinking: Thinking,
    /// Whether instructions are a message of their own; else they stand before the question.
    system: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    MaxTokens,
    MaxCompletionTokens,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thinking {
    NotAsked,
    /// `chat_template_kwargs`, for servers that fill in the model's own template.
    Template,
    /// `reasoning_effort`.
    Effort,
}

impl Dialect {
    /// The dialect that a program is known for.
    pub(crate) fn of(product: Product) -> Self {
        let is_openai = product == Product::OpenAi;
        Self {
            limit: if is_openai { Limit::MaxCompletionTokens } else { Limit::MaxTokens },
            usage: true,
            temperature: true,
            seed: !matches!(product, Product::Gemini | Product::Anthropic),
            stop: true,
            grammar: product == Product::LlamaServer,
            thinking: match product {
                Product::LlamaServer | Product::Vllm | Product::Sglang => Thinking::Template,
                Product::Ollama | Product::Gemini => Thinking::Effort,
                Product::OpenAi | Product::Anthropic | Product::Frontdesk | Product::Other => {
                    Thinking::NotAsked
                }
            },
            system: true,
        }
    }

    /// Whether the server itself holds the text to a grammar.
    pub(crate) fn has_grammar(self) -> bool {
        self.grammar
    }

    /// The whole request.
    pub(crate) fn body(
        self,
        model: &str,
        request: &GenerateRequest,
        messages: &[Message],
    ) -> Value {
        let mut body = json!({
            "model": model,
            "messages": self.messages(messages),
            "stream": true,
        });
        let mut set = |name: &str, value: Value| body[name] = value;
        set(
            match self.limit {
                Limit::MaxTokens => "max_tokens",
                Limit::MaxCompletionTokens => "max_completion_tokens",
            },
            json!(request.max_tokens),
        );
        if self.usage {
            set("stream_options", json!({ "include_usage": true }));
        }
        if self.temperature {
            set("temperature", json!(request.temperature));
        }
        if self.seed {
            set("seed", json!(request.seed));
        }
        if self.stop && !request.stop.is_empty() {
            set("stop", json!(request.stop.iter().take(MOST_STOPS).collect::<Vec<_>>()));
        }
        if self.grammar
            && let Some(grammar) = &request.grammar
        {
            set("grammar", json!(grammar));
        }
        match self.thinking {
            Thinking::NotAsked => {}
            Thinking::Template => set("chat_template_kwargs", json!({ "enable_thinking": false })),
            Thinking::Effort => set("reasoning_effort", json!("none")),
        }
        body
    }

    /// What to leave out after a refusal in these words; `None` where nothing helps.
    pub(crate) fn after(self, refusal: &str) -> Option<Self> {
        let says = |words: &[&str]| {
            let refusal = refusal.to_lowercase();
            words.iter().any(|word| refusal.contains(word))
        };
        let mut other = self;
        // Where a server names the field that it wants instead, both names are in its words.
        if says(&["max_completion_tokens", "max_tokens"]) {
            other.limit = match self.limit {
                Limit::MaxTokens if says(&["max_completion_tokens"]) => Limit::MaxCompletionTokens,
                Limit::MaxCompletionTokens => Limit::MaxTokens,
                Limit::MaxTokens => Limit::MaxTokens,
            };
        } else if says(&["stream_options", "include_usage"]) {
            other.usage = false;
        } else if says(&["chat_template_kwargs", "enable_thinking", "reasoning", "thinking"]) {
            other.thinking = Thinking::NotAsked;
        } else if says(&["temperature"]) {
            other.temperature = false;
        } else if says(&["seed"]) {
            other.seed = false;
        } else if says(&["system role", "system message", "role 'system'", "conversation roles"]) {
            other.system = false;
        } else if says(&["grammar"]) {
            other.grammar = false;
        } else if says(&["'stop'", "\"stop\"", "stop sequences", " stop "]) {
            other.stop = false;
        }
        (other != self).then_some(other)
    }

    fn messages(self, messages: &[Message]) -> Vec<Value> {
        let mut before = String::new();
        let mut told = Vec::new();
        for message in messages {
            let role = match message.author {
                Author::System if !self.system => {
                    before.push_str(&message.text);
                    before.push_str("\n\n");
                    continue;
                }
                Author::System => "system",
                Author::User => "user",
                Author::Assistant => "assistant",
            };
            let text = format!("{}{}", std::mem::take(&mut before), message.text);
            told.push(json!({ "role": role, "content": text }));
        }
        told
    }
}

#[cfg(test)]
mod tests;
