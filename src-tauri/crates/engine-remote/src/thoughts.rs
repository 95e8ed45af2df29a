//! Takes away what a model writes before its answer, and, where an answer is one line, what it
//! writes after. Pure.

const OPENS: &str = "<think>";
const CLOSES: &str = "</think>";

/// The text of one answer on its way.
#[derive(Debug)]
pub(crate) struct Thoughts {
    /// Text that may yet turn out to be a mark.
    held: String,
    state: State,
    one_line: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing but blanks came.
    Before,
    /// Between the marks.
    Inside,
    /// The answer is being written.
    Answer,
    /// The one line is over.
    Over,
}

impl Thoughts {
    /// `one_line` ends the answer at its first line break.
    pub(crate) fn new(one_line: bool) -> Self {
        Self { held: String::new(), state: State::Before, one_line }
    }

    /// Takes in a piece and hands over what belongs to the answer.
    pub(crate) fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        if self.state == State::Before {
            let begun = self.held.trim_start();
            if begun.len() < OPENS.len() && OPENS.starts_with(begun) {
                return String::new();
            }
            self.state = if begun.starts_with(OPENS) { State::Inside } else { State::Answer };
            self.held = begun.to_owned();
        }
        if self.state == State::Inside {
            let Some(end) = self.held.find(CLOSES) else {
                // Only the end may still be a part of the mark.
                let keep = self.held.len().saturating_sub(CLOSES.len());
                let keep = (keep..=self.held.len()).find(|at| self.held.is_char_boundary(*at));
                self.held.drain(..keep.unwrap_or(0));
                return String::new();
            };
            self.held.drain(..end + CLOSES.len());
            self.state = State::Before;
            return self.push("");
        }
        self.answer()
    }

    /// What is left when the text has ended: a blank beginning, or half a mark.
    pub(crate) fn rest(&mut self) -> String {
        match self.state {
            State::Before => {
                let held = std::mem::take(&mut self.held);
                self.state = State::Answer;
                held.trim_start().to_owned()
            }
            State::Inside | State::Answer | State::Over => String::new(),
        }
    }

    /// The line has ended: nothing that comes belongs to the answer.
    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    fn answer(&mut self) -> String {
        let mut text = std::mem::take(&mut self.held);
        if self.state == State::Over {
            return String::new();
        }
        if self.one_line
            && let Some(end) = text.find(['\n', '\r'])
        {
            text.truncate(end);
            self.state = State::Over;
        }
        text
    }
}

#[cfg(test)]
mod tests;
