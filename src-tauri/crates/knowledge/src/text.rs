//! Words and sentences: how every text is cleaned, cut and turned into search terms.
//!
//! Documents and questions go through the same functions, or they would not meet.

mod characters;
mod language;
mod sentence;
mod stopwords;
mod synonyms;
mod terms;

pub use characters::{Cleaned, clean, normalise};
pub(crate) use characters::{normalise_lines, one_line};
pub use language::language_of;
pub(crate) use language::section_language;
pub use sentence::sentences;
pub use stopwords::is_negation;
pub(crate) use synonyms::synonyms;
pub use terms::{content_terms, content_terms_in, terms};

#[cfg(test)]
mod tests;
