//! What programs get from the chat, in the shapes that OpenAI's clients read.

use commands::wire::{Citation, Route, Turn};
use schemars::JsonSchema;
use serde::Serialize;

/// A whole answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ChatCompletion {
    /// Its name.
    pub(crate) id: String,
    /// `chat.completion`.
    pub(crate) object: &'static str,
    /// When, in Unix seconds.
    pub(crate) created: u64,
    /// The model that was asked.
    pub(crate) model: String,
    /// One answer.
    pub(crate) choices: Vec<Choice>,
    /// Tokens that a model read and wrote: none where the desk answered in the shop's own words.
    pub(crate) usage: Usage,
    /// Which version of the desk's knowledge answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) system_fingerprint: Option<String>,
    /// Where the desk's answer is from; only of `frontdesk`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) citations: Option<Vec<CitedSource>>,
    /// How the desk answered; only of `frontdesk`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) desk: Option<DeskAnswer>,
}

/// One answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Choice {
    /// 0.
    pub(crate) index: u32,
    /// What was written.
    pub(crate) message: AnswerMessage,
    /// Not given.
    pub(crate) logprobs: Option<()>,
    /// Why it ended.
    pub(crate) finish_reason: FinishReason,
}

/// What was written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AnswerMessage {
    /// `assistant`.
    pub(crate) role: &'static str,
    /// The text. An answer of the desk ends with a numbered list of its sources.
    pub(crate) content: String,
    /// Always null: what the desk does not answer, it says so in `content`.
    pub(crate) refusal: Option<()>,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FinishReason {
    /// It is whole, or came to a `stop`.
    Stop,
    /// It has as many tokens as it may have.
    Length,
}

/// Tokens of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Usage {
    /// Tokens read.
    pub(crate) prompt_tokens: u32,
    /// Tokens written.
    pub(crate) completion_tokens: u32,
    /// Both.
    pub(crate) total_tokens: u32,
    /// More of those that were read.
    pub(crate) prompt_tokens_details: PromptTokens,
}

/// More of the tokens that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct PromptTokens {
    /// Those that were not computed again.
    pub(crate) cached_tokens: u32,
}

/// One piece of an answer that comes piece by piece: first the role, then pieces of the text, then
/// the reason of its end with the sources, then the tokens where they were asked for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ChatChunk {
    /// The answer's name, the same in all its pieces.
    pub(crate) id: String,
    /// `chat.completion.chunk`.
    pub(crate) object: &'static str,
    /// When the answer began, in Unix seconds.
    pub(crate) created: u64,
    /// The model that was asked.
    pub(crate) model: String,
    /// One piece; empty in the piece with the tokens.
    pub(crate) choices: Vec<ChunkChoice>,
    /// The tokens, in the last piece where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) usage: Option<Usage>,
    /// Which version of the desk's knowledge answered; with the reason of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) system_fingerprint: Option<String>,
    /// Where the desk's answer is from; with the reason of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) citations: Option<Vec<CitedSource>>,
    /// How the desk answered; with the reason of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) desk: Option<DeskAnswer>,
}

/// One piece.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ChunkChoice {
    /// 0.
    pub(crate) index: u32,
    /// What comes on.
    pub(crate) delta: Delta,
    /// Not given.
    pub(crate) logprobs: Option<()>,
    /// Why the answer ended, in its last piece.
    pub(crate) finish_reason: Option<FinishReason>,
}

/// What comes on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Delta {
    /// `assistant`, in the first piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<&'static str>,
    /// More of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<String>,
}

/// A source of an answer, as its number in the text stands for it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct CitedSource {
    /// The number, from 1.
    pub(crate) number: u32,
    /// The document's title, or the question that was answered before.
    pub(crate) title: String,
    /// The file's name; `faq` for an approved answer, `facts` for opening hours and the like.
    pub(crate) source: String,
    /// The headings above the place.
    pub(crate) locator: String,
    /// The page, where the document has pages.
    pub(crate) page: Option<u32>,
    /// The words that support the answer.
    pub(crate) quote: String,
}

/// How the desk answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct DeskAnswer {
    /// `faq`, `quote`, `documents` and `cache` answer; `refused` and `did_you_mean` do not;
    /// `order` asks for a proof; `handoff` brings a person; `smalltalk` greets.
    pub(crate) route: String,
    /// Questions the desk can answer, to offer instead.
    pub(crate) suggestions: Vec<String>,
    /// How a person is reached, where the desk does not answer.
    pub(crate) hand_over: Option<String>,
    /// The number under which staff know of it, once a person was asked for.
    pub(crate) ticket: Option<i64>,
    /// The order number in the question, where the visitor looks for an order.
    pub(crate) order_number: Option<String>,
    /// Share of the answer's sentences that its sources support, from 0 to 1.
    pub(crate) support: f32,
    /// The number of the saved turn, to rate it with.
    pub(crate) turn_id: i64,
}

impl Usage {
    pub(crate) fn of(prompt: u32, cached: u32, generated: u32) -> Self {
        Self {
            prompt_tokens: prompt,
            completion_tokens: generated,
            total_tokens: prompt.saturating_add(generated),
            prompt_tokens_details: PromptTokens { cached_tokens: cached },
        }
    }
}

impl CitedSource {
    pub(crate) fn of(citation: &Citation) -> Self {
        Self {
            number: citation.n,
            title: citation.title.clone(),
            source: citation.source.clone(),
            locator: citation.locator.clone(),
            page: page(&citation.locator),
            quote: citation.passage.clone(),
        }
    }
}

impl DeskAnswer {
    pub(crate) fn of(turn: &Turn) -> Self {
        Self {
            route: route_name(turn.route),
            suggestions: turn.suggestions.clone(),
            hand_over: turn.hand_over.clone(),
            ticket: turn.ticket,
            order_number: turn.order_form.as_ref().and_then(|form| form.number.clone()),
            support: turn.support,
            turn_id: turn.turn_id,
        }
    }
}

/// The name of a lane as it goes over every wire.
fn route_name(route: Route) -> String {
    let name = serde_json::to_value(route).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The first page in a locator, which ends with `page 3` or `pages 3-4`.
fn page(locator: &str) -> Option<u32> {
    let (_, pages) = locator.rsplit_once("page")?;
    let pages = pages.strip_prefix('s').unwrap_or(pages).strip_prefix(' ')?;
    pages.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_page(locator: &str, expected: Option<u32>) {
        assert_eq!(page(locator), expected, "{locator:?}");
    }

    #[test]
    fn pages_are_found() {
        check_page("page 3", Some(3));
        check_page("Returns, page 12", Some(12));
        check_page("Returns > Boots, pages 3-4", Some(3));
        check_page("Returns > Time limits", None);
        check_page("page turner", None);
        check_page("", None);
    }
}
