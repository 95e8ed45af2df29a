//! Whether a written sentence is supported by the evidence. Pure and strict: what is not
//! supported is not shown.
//!
//! A sentence passes when one passage holds everything in it that can be checked: each number,
//! price, date, address and code after normalisation (`facts.rs`), each name (`names.rs`), no word
//! from nowhere (`words.rs`); when most of its meaning-bearing words stand together in one sentence
//! of that passage, or it means nearly the same; and when it denies exactly where that sentence
//! denies (`polarity.rs`). Markup and hidden characters never pass (`hygiene.rs`).

mod facts;
mod hygiene;
mod names;
mod numerals;
mod polarity;
mod words;

use std::fmt;
use std::ops::Range;

use knowledge::text::{content_terms_in, language_of, sentences};

pub(crate) use hygiene::tidy;

/// Share of a sentence's weighted words that its best evidence sentence must hold.
const COVERAGE: f32 = 0.5;
/// The same where the words are backed by a sentence that means nearly the same.
const COVERAGE_OF_THE_LIKE: f32 = 0.3;
/// From this calibrated closeness on two sentences mean nearly the same.
const ALIKE: f32 = 0.75;
/// The same for scripts without capitals, whose names cannot be told from other words.
const COVERAGE_WITHOUT_NAMES: f32 = 0.75;
/// Share of a part between commas that the passage must hold: nothing is hung on to a true sentence.
const PART_COVERAGE: f32 = 0.34;
/// Share that the best evidence sentence must hold without its heading.
const OWN_COVERAGE: f32 = 0.25;
/// Words in a row that repeat the instructions.
const ECHO_WORDS: usize = 4;

/// What the check found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// Supported by this passage.
    Supported {
        /// Index of the passage.
        passage: usize,
        /// Share of the weighted words in its best sentence.
        share: f32,
    },
    /// It says something that the evidence does not.
    Unsupported {
        /// The first thing that is wrong, for staff and the exam.
        why: Unsupported,
        /// The best share that was found.
        share: f32,
    },
}

/// Why a sentence is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// A number, date, address, code or name that no passage holds.
    MissingFact(String),
    /// A word that nothing explains.
    StrangeWord(String),
    /// It carries no meaning.
    SaysNothing,
    /// No sentence of the evidence says it.
    NoSource,
    /// The evidence says the opposite.
    Opposite,
    /// It repeats what the model was told instead of what the documents say.
    EchoesInstructions,
    /// It is written in another language than the question.
    OtherLanguage,
    /// It holds characters or markup that the evidence does not hold.
    Markup(String),
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingFact(fact) => write!(f, "{fact:?} is not in the evidence"),
            Self::StrangeWord(word) => write!(f, "nothing in the evidence explains {word:?}"),
            Self::SaysNothing => f.write_str("it says nothing"),
            Self::NoSource => f.write_str("no sentence of the evidence says this"),
            Self::Opposite => f.write_str("the evidence says the opposite"),
            Self::EchoesInstructions => f.write_str("it repeats the instructions of the desk"),
            Self::OtherLanguage => f.write_str("it is in another language than the question"),
            Self::Markup(text) => write!(f, "{text:?} is markup that the evidence does not hold"),
        }
    }
}

/// What the check knows of the desk.
#[derive(Clone, Copy)]
pub(crate) struct Sense<'a> {
    /// How much a search term tells.
    pub(crate) weight: &'a dyn Fn(&str) -> f32,
    /// Whether the desk's published words include a search term.
    pub(crate) knows: &'a dyn Fn(&str) -> bool,
    /// How close two texts are in meaning, about 0 to 1; `None` where nothing can tell.
    pub(crate) closeness: &'a dyn Fn(&str, &str) -> Option<f32>,
}

/// A question's evidence, read once for all sentences of an answer.
pub(crate) struct Checker<'a> {
    question: String,
    question_terms: Vec<String>,
    language: &'static str,
    instructions: &'a str,
    passages: Vec<Read<'a>>,
    sense: Sense<'a>,
}

/// One passage as the check reads it.
struct Read<'a> {
    text: &'a str,
    /// Heading and text.
    whole: String,
    facts: facts::Facts,
    /// Search terms of heading and text.
    terms: Vec<String>,
    /// Each sentence with its search terms, those of the heading included.
    sentences: Vec<(Range<usize>, Vec<String>)>,
}

impl<'a> Checker<'a> {
    /// Reads the evidence: heading and text of each passage.
    pub(crate) fn new(
        question: &str,
        passages: &[(String, &'a str)],
        instructions: &'a str,
        sense: Sense<'a>,
    ) -> Self {
        let all: Vec<&str> = passages.iter().map(|(_, text)| *text).collect();
        let language = language_of(&all.join(" ")).unwrap_or("en");
        let read = passages.iter().map(|(heading, text)| Read::of(heading, text, language));
        Self {
            question: question.to_owned(),
            question_terms: content_terms_in(question, language),
            language,
            instructions,
            passages: read.collect(),
            sense,
        }
    }

    /// Checks one written sentence.
    pub(crate) fn check(&self, sentence: &str) -> Verdict {
        match self.judge(sentence) {
            Ok((passage, share)) => Verdict::Supported { passage, share },
            Err((why, share)) => Verdict::Unsupported { why, share },
        }
    }

    /// The first number, address or name that no passage holds.
    pub(crate) fn missing_fact(&self, sentence: &str) -> Option<String> {
        let facts = facts::Facts::of(sentence);
        let missing = |read: &Read<'_>| {
            let fact = facts.first_missing_from(&read.facts);
            fact.or_else(|| names::first_missing(sentence, &read.whole))
        };
        let mut all = self.passages.iter().map(missing);
        match all.next() {
            None => facts.first().or_else(|| names::first_missing(sentence, "")),
            Some(first) => all.fold(first, |found, next| found.and(next)),
        }
    }

    fn judge(&self, sentence: &str) -> Result<(usize, f32), (Unsupported, f32)> {
        let whole: Vec<&str> = self.passages.iter().map(|read| read.whole.as_str()).collect();
        let refuse = |why| Err((why, 0.0));
        if let Some(markup) = hygiene::foreign_markup(sentence, &whole) {
            return refuse(Unsupported::Markup(markup));
        }
        if words::is_other_language(&self.question, sentence) {
            return refuse(Unsupported::OtherLanguage);
        }
        if let Some(missing) = self.missing_fact(sentence) {
            return refuse(Unsupported::MissingFact(missing));
        }
        if words::repeats(sentence, self.instructions, ECHO_WORDS, &whole) {
            return refuse(Unsupported::EchoesInstructions);
        }
        let terms = content_terms_in(sentence, self.language);
        let total: f32 = terms.iter().map(|term| (self.sense.weight)(term)).sum();
        let asks = sentence.ends_with(['?', '？', '؟']) && !self.is_quoted(sentence);
        if total <= 0.0 || asks || words::is_empty_talk(sentence) {
            return refuse(Unsupported::SaysNothing);
        }
        if let Some(word) = self.strange_word(sentence) {
            return refuse(Unsupported::StrangeWord(word));
        }
        let (share, passage, matched) = self.best_match(sentence, &terms, total);
        let Some(matched) = matched else { return refuse(Unsupported::NoSource) };
        let enough = if names::has_capitals(sentence) { COVERAGE } else { COVERAGE_WITHOUT_NAMES };
        let alike = share >= COVERAGE_OF_THE_LIKE
            && (self.sense.closeness)(sentence, matched).is_some_and(|close| close >= ALIKE);
        // A heading says what a text is about; it says nothing itself.
        let own = content_terms_in(matched, self.language);
        let is_said = self.weight_of(&terms, &own) >= OWN_COVERAGE * total;
        if share < enough && !alike || !is_said || !self.every_part_is_held(sentence, passage) {
            Err((Unsupported::NoSource, share))
        } else if polarity::differ(sentence, matched) {
            Err((Unsupported::Opposite, share))
        } else {
            Ok((passage, share))
        }
    }

    /// The sentence of the evidence that holds most of the words, of the passages that hold every
    /// fact and name.
    fn best_match(
        &self,
        sentence: &str,
        terms: &[String],
        total: f32,
    ) -> (f32, usize, Option<&str>) {
        let facts = facts::Facts::of(sentence);
        let mut best = (0.0f32, 0, None);
        for (index, read) in self.passages.iter().enumerate() {
            let lacks = facts.first_missing_from(&read.facts).is_some()
                || names::first_missing(sentence, &read.whole).is_some();
            if lacks {
                continue;
            }
            for (range, held) in &read.sentences {
                let share = self.weight_of(terms, held) / total;
                if share > best.0 {
                    best = (share, index, Some(&read.text[range.clone()]));
                }
            }
        }
        best
    }

    /// Whether the evidence holds these very words.
    fn is_quoted(&self, sentence: &str) -> bool {
        self.passages.iter().any(|read| read.text.contains(sentence))
    }

    fn weight_of(&self, terms: &[String], held: &[String]) -> f32 {
        let found = terms.iter().filter(|term| held.contains(term));
        found.map(|term| (self.sense.weight)(term)).sum()
    }

    /// Whether every part between commas is about something that the passage or the question says.
    fn every_part_is_held(&self, sentence: &str, passage: usize) -> bool {
        words::parts(sentence).iter().all(|part| {
            let terms = content_terms_in(part, self.language);
            let total: f32 = terms.iter().map(|term| (self.sense.weight)(term)).sum();
            let held = self.weight_of(&terms, &self.passages[passage].terms);
            terms.len() < 2 || held >= PART_COVERAGE * total
        })
    }

    fn strange_word(&self, sentence: &str) -> Option<String> {
        words::content_words(sentence, self.language).into_iter().find_map(|(word, term)| {
            let is_held = self.passages.iter().any(|read| read.terms.contains(&term));
            let is_explained = is_held
                || self.question_terms.contains(&term)
                || words::is_common(&word)
                || (self.sense.knows)(&term);
            (!is_explained).then_some(word)
        })
    }
}

impl<'a> Read<'a> {
    fn of(heading: &str, text: &'a str, language: &str) -> Self {
        let whole = format!("{heading}\n{text}");
        let headings = content_terms_in(heading, language);
        let with_terms = |range: Range<usize>| {
            let mut terms = content_terms_in(&text[range.clone()], language);
            terms.extend(headings.iter().cloned());
            (range, terms)
        };
        Self {
            text,
            facts: facts::Facts::of(&whole),
            terms: content_terms_in(&whole, language),
            sentences: sentences(text).into_iter().map(with_terms).collect(),
            whole,
        }
    }
}

#[cfg(test)]
mod tests;
