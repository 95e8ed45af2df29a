//! From messages to pieces of a prompt, with the model's own template and without letting a
//! message speak with the template's voice.
//!
//! The template never sees what people wrote. It is rendered with a mark in the place of each
//! text, and cut at the marks. Only the pieces of the template may become control tokens, so a
//! visitor who types `<|im_end|>` has typed ten characters and nothing else.

mod clock;
mod jinja;

pub(crate) use jinja::Jinja;

use engine::protocol::Keep;

use crate::error::Error;

/// A part of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text of the template. Control tokens in it are meant.
    Frame(String),
    /// Text of a message. Control tokens in it are only letters.
    Words(String),
    /// The end of a beginning that is worth keeping.
    Keep,
}

const MARK_START: &str = "\u{E000}frontdesk-";
const MARK_END: char = '\u{E001}';

/// What the template sees instead of message `index`.
pub(crate) fn mark(index: usize) -> String {
    format!("{MARK_START}{index}{MARK_END}")
}

/// Checks what no template should have to: known authors, and something to say.
pub(crate) fn check_messages(messages: &[(String, String)]) -> Result<(), Error> {
    if messages.is_empty() {
        return Err(Error::PromptEmpty);
    }
    match messages.iter().find(|(role, _)| !is_role(role)) {
        Some((role, _)) => Err(Error::Template { reason: format!("nobody is called {role:?}") }),
        None => Ok(()),
    }
}

fn is_role(role: &str) -> bool {
    matches!(role, "system" | "user" | "assistant")
}

/// Cuts a rendered prompt at its marks and puts the texts of `messages` in.
///
/// Texts lose the white space around them, as most templates do. Fails when the template left
/// out the last message, because the answer would then be to something else.
pub(crate) fn cut_at_marks(
    rendered: &str,
    messages: &[(String, String)],
    keep: &[Keep],
) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    let mut has_last = false;
    let mut rest = rendered;
    while let Some(start) = rest.find(MARK_START) {
        let after = &rest[start + MARK_START.len()..];
        let mark = after.find(MARK_END).and_then(|end| {
            let index: usize = after[..end].parse().ok()?;
            Some((messages.get(index)?, index, end))
        });
        let Some(((_, words), index, end)) = mark else {
            return Err(Error::Template { reason: "it changes the texts it is given".into() });
        };
        push(&mut pieces, Piece::Frame(rest[..start].to_owned()));
        push_words(&mut pieces, words, index, keep)?;
        has_last |= index + 1 == messages.len();
        rest = &after[end + MARK_END.len_utf8()..];
    }
    push(&mut pieces, Piece::Frame(rest.to_owned()));
    if has_last {
        Ok(pieces)
    } else {
        Err(Error::Template { reason: "it leaves out the last message".into() })
    }
}

/// Puts the words of message `index` in, cut where beginnings that are worth keeping end.
fn push_words(
    pieces: &mut Vec<Piece>,
    words: &str,
    index: usize,
    keep: &[Keep],
) -> Result<(), Error> {
    let end = words.trim_end().len();
    let mut done = words.len() - words.trim_start().len();
    for mark in keep.iter().filter(|mark| mark.message as usize == index) {
        let at = (mark.bytes as usize).min(end).max(done);
        let Some(part) = words.get(done..at) else {
            return Err(Error::Keep { message: index, bytes: mark.bytes });
        };
        push(pieces, Piece::Words(part.to_owned()));
        pieces.push(Piece::Keep);
        done = at;
    }
    push(pieces, Piece::Words(words.get(done..end).unwrap_or_default().to_owned()));
    Ok(())
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match &piece {
        Piece::Frame(text) | Piece::Words(text) if text.is_empty() => {}
        _ => pieces.push(piece),
    }
}

/// The same conversation for a template that knows no system message: what the desk told the
/// model comes first in what the person said. `None` if there is nothing to move.
pub(crate) fn fold_system(messages: &[(String, String)], keep: &[Keep]) -> Option<Folded> {
    let [(first, rules), (second, question), rest @ ..] = messages else { return None };
    if first != "system" || second != "user" {
        return None;
    }
    let before = format!("{rules}\n\n");
    let moved = u32::try_from(before.len()).ok()?;
    let mut folded = vec![("user".to_owned(), before + question)];
    folded.extend_from_slice(rest);
    let keep = keep.iter().map(|mark| match mark.message {
        0 => *mark,
        1 => Keep { message: 0, bytes: mark.bytes.saturating_add(moved) },
        later => Keep { message: later - 1, ..*mark },
    });
    Some((folded, keep.collect()))
}

/// A conversation and the marks in it.
pub(crate) type Folded = (Vec<(String, String)>, Vec<Keep>);

#[cfg(test)]
mod tests;
