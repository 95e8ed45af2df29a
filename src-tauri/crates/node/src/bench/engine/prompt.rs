//! The prompts of the figures: a head that every question shares, evidence that some share, and
//! what is new.

use engine::{Author, Keep, Message};

use super::speaker::Prompt;

/// Asks with nothing before the question.
pub(super) fn plain(text: String, max_tokens: u32) -> Prompt {
    Prompt {
        messages: vec![Message { author: Author::User, text }],
        keep: Vec::new(),
        max_tokens,
        is_fixed_length: true,
    }
}

/// Asks below a head that comes again.
pub(super) fn below_head(head: &str, question: &str, max_tokens: u32) -> Prompt {
    Prompt {
        messages: vec![
            Message { author: Author::System, text: head.into() },
            Message { author: Author::User, text: question.into() },
        ],
        keep: vec![end_of(0, head)],
        max_tokens,
        is_fixed_length: true,
    }
}

/// Asks below a head and evidence that both come again.
pub(super) fn with_evidence(head: &str, evidence: &str, question: &str, max_tokens: u32) -> Prompt {
    let text = format!("{evidence}\n\nQuestion: {question}");
    let mut prompt = below_head(head, &text, max_tokens);
    // Before the blank line: no vocabulary joins a word and a line end, so the tokens are the same
    // whether or not the text is cut here.
    prompt.keep.push(end_of(1, evidence));
    prompt
}

fn end_of(message: u32, beginning: &str) -> Keep {
    let bytes = u32::try_from(beginning.len()).expect("texts here are short");
    Keep { message, bytes }
}
