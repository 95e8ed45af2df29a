//! What a search brings back.

use std::time::Duration;

use store::FaqStatus;

/// The evidence for one question, best first.
#[derive(Clone, Debug, Default)]
pub struct Retrieval {
    /// The question as it was searched: normalised, at most 1,000 characters.
    pub question: String,
    /// Best first; one hit for each FAQ and each section.
    pub hits: Vec<Hit>,
    /// The first by words alone.
    pub best_keyword: Option<HitKey>,
    /// The first by meaning alone.
    pub best_meaning: Option<HitKey>,
    /// No embedder answered: scores are of words alone and stay below certainty.
    pub keyword_only: bool,
    /// The question's unit vector.
    pub vector: Option<Vec<f32>>,
    /// Names the model that made the vector.
    pub embedder: String,
    /// How close the question is to the nearest utterance about anything else; `None` where
    /// that is not known.
    pub elsewhere: Option<f32>,
    /// How long it took, embedding included.
    pub elapsed: Duration,
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HitKey {
    /// An approved answer.
    Faq(i64),
    /// A section of a document.
    Section(i64),
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub key: HitKey,
    /// File name, or `faq`.
    pub source: String,
    /// The document's title, or the FAQ's question.
    pub title: String,
    /// Title and headings, joined by ` > `; empty for an FAQ.
    pub locator: String,
    /// The section's text, or the FAQ's answer.
    pub text: String,
    /// Fused score, about 0 to 1.2.
    pub score: f32,
    /// Cosine of meaning, -1 to 1; 0 without a vector.
    pub cosine: f32,
    /// Share of the question's words found, by weight, at most 1.2.
    pub bm25: f32,
    /// The wording that matched best.
    pub matched: String,
}

impl Hit {
    /// Everything a visitor's words may be found in: title, headings, text, and the wording that
    /// matched.
    pub fn words(&self) -> String {
        [&*self.title, &*self.locator, &*self.text, &*self.matched].join("\n")
    }
}

/// One sentence or table row of a section, scored against a question.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredSentence {
    /// The words, as they stand in the section.
    pub text: String,
    /// Where they start in the section's text, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Fused score of heading path and sentence.
    pub score: f32,
    /// Cosine of meaning; 0 without a vector.
    pub cosine: f32,
    /// Share of the question's words found, by weight, at most 1.2.
    pub bm25: f32,
    /// For each thing the question asks about, the share of the question's weight that is found in
    /// the sentence's own words; together at most 1.
    pub held: Vec<f32>,
}

/// A passage as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// File name.
    pub source: String,
    /// The document's title.
    pub title: String,
    /// Title and headings, joined by ` > `.
    pub locator: String,
    /// The clean text.
    pub text: String,
}

/// A question and its answer as staff keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faq {
    /// The FAQ's number.
    pub id: i64,
    /// As a visitor would ask it.
    pub question: String,
    /// Shown word for word.
    pub answer: String,
    /// Other wordings of the question.
    pub alternatives: Vec<String>,
    /// ISO 639-1, if known.
    pub language: Option<String>,
    /// Who may see it.
    pub status: FaqStatus,
    /// Unix seconds after which it is no longer shown.
    pub valid_until: Option<i64>,
    /// Unix seconds of the last change.
    pub updated_at: i64,
}

impl From<store::FaqRow> for Faq {
    fn from(row: store::FaqRow) -> Self {
        Self {
            id: row.id,
            question: row.question,
            answer: row.answer,
            alternatives: row.alternatives,
            language: row.language,
            status: row.status,
            valid_until: row.valid_until,
            updated_at: row.updated_at,
        }
    }
}
