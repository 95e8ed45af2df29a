//! What came of trying to get out.

use std::fmt;

/// One try to do what a confined process must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was tried, in a few words.
    pub name: &'static str,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The system refused it.
    Denied,
    /// It worked, or failed only later than it should have. The text says what was reached.
    Escaped(String),
    /// It could not be tried here, for the reason that the text names.
    Skipped(String),
}

impl fmt::Display for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Denied => write!(formatter, "{}: denied", self.name),
            Outcome::Escaped(reached) => write!(formatter, "{}: ESCAPED, {reached}", self.name),
            Outcome::Skipped(reason) => write!(formatter, "{}: skipped, {reason}", self.name),
        }
    }
}
