//! Puts marks in the place of what could name a person before a question leaves the house, and the
//! words back in the place of the marks when the answer comes. Pure.

use engine::{Author, Message};

/// Finds what could name a person: calls back with each such text and its mark, such as
/// `[phone]`, and puts what comes back in its place.
pub type Mask = dyn Fn(&str, &mut dyn FnMut(&str, &str) -> String) -> String + Send + Sync;

/// What stands for what, within one question.
#[derive(Debug, Default)]
pub(crate) struct Veil {
    /// Mark and words.
    pairs: Vec<(String, String)>,
}

impl Veil {
    /// The messages with marks in them. The product's own instructions hold nothing of anybody.
    pub(crate) fn over(mask: &Mask, messages: &[Message]) -> (Vec<Message>, Self) {
        let mut veil = Self::default();
        let veiled = messages.iter().map(|message| match message.author {
            Author::System => message.clone(),
            Author::User | Author::Assistant => Message {
                author: message.author,
                text: mask(&message.text, &mut |words, mark| veil.mark_for(words, mark)),
            },
        });
        let veiled = veiled.collect();
        (veiled, veil)
    }

    /// `[phone]` becomes `[phone 1]` for the first number and `[phone 2]` for another.
    fn mark_for(&mut self, words: &str, mark: &str) -> String {
        if let Some((known, _)) = self.pairs.iter().find(|(_, known)| known == words) {
            return known.clone();
        }
        let mark = mark.trim_end_matches(']');
        let same = |known: &&(String, String)| {
            known.0.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '))
        };
        let number = self.pairs.iter().filter(same).count() + 1;
        let mark = format!("{mark} {number}]");
        self.pairs.push((mark.clone(), words.to_owned()));
        mark
    }
}

/// An answer on its way back.
#[derive(Debug)]
pub(crate) struct Unveil {
    veil: Veil,
    held: String,
}

impl Unveil {
    pub(crate) fn new(veil: Veil) -> Self {
        Self { veil, held: String::new() }
    }

    /// Takes in a piece and hands over what holds no half of a mark.
    pub(crate) fn push(&mut self, piece: &str) -> String {
        if self.veil.pairs.is_empty() {
            return piece.to_owned();
        }
        self.held.push_str(piece);
        let mut text = String::new();
        while let Some(opens) = self.held.find('[') {
            text.push_str(&self.held[..opens]);
            self.held.drain(..opens);
            let pairs = &self.veil.pairs;
            if let Some((mark, words)) = pairs.iter().find(|(mark, _)| self.held.starts_with(mark))
            {
                text.push_str(words);
                self.held.drain(..mark.len());
            } else if pairs.iter().any(|(mark, _)| mark.starts_with(&self.held)) {
                return text;
            } else {
                text.push('[');
                self.held.drain(..1);
            }
        }
        text.push_str(&std::mem::take(&mut self.held));
        text
    }

    /// What is left when the text has ended.
    pub(crate) fn rest(&mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests;
