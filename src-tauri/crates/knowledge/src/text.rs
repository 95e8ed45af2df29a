//! Words and sentences: how every text is cleaned, cut and turned into search terms.
//!
//! Documents and questions go through the same functions, or they would not meet.

mod language;
mod sentence;
mod stopwords;
mod synonyms;
mod terms;

pub(crate) use documents::hygiene::one_line;
pub use documents::hygiene::{Cleaned, clean, normalise};
pub use language::language_of;
pub(crate) use language::section_language;
pub use sentence::sentences;
pub use stopwords::is_negation;
pub(crate) use synonyms::synonyms;
pub use terms::{content_terms, content_terms_in, terms};

/// Each line by itself as [`normalise`] makes it; for pieces, whose lines mean something.
pub(crate) fn normalise_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(normalise).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests;
