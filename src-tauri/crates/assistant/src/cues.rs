//! What kind of fact a question asks for. Pure; `held.rs` says whether a sentence has one.
//!
//! "When" wants a time, "how much" an amount, "who" a name. A sentence that holds the asked kind
//! is preferred among sentences that match the words about as well. The lists are English with the
//! commonest question words of a few neighbours; a question they do not know simply gets no
//! preference.

mod held;

use std::ops::Range;

pub(crate) use held::{holds, holds_numbers};

/// The kind of fact a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A time, a day, a date or a year.
    Time,
    /// A number with a unit of time.
    Duration,
    /// An amount of money, or "free".
    Price,
    /// An amount, mostly of money.
    Amount,
    /// A place or an address.
    Place,
    /// Somebody's name.
    Name,
    /// A telephone number, an e-mail address.
    Contact,
    /// A number.
    Count,
    /// Yes or no.
    YesNo,
    /// Nothing that can be told from the question.
    Anything,
}

impl Wanted {
    /// What a sentence that holds this kind of fact is worth. Times, numbers and names are rare in
    /// sentences that do not answer; places can hardly be told from other words, and a verdict is in
    /// most sentences. Fitted on half A of SQuAD 2, where .2 to .6 do about the same.
    pub(crate) fn worth(self) -> f32 {
        match self {
            Self::Time | Self::Duration | Self::Price | Self::Amount => 0.4,
            Self::Count | Self::Name | Self::Contact => 0.4,
            Self::Place => 0.15,
            Self::YesNo => 0.05,
            Self::Anything => 0.0,
        }
    }
}

/// What can be told from a question about the sentence that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The kind of fact.
    pub(crate) wanted: Wanted,
    /// Numbers it names, such as the 5 of "5 kg".
    pub(crate) numbers: Vec<String>,
    /// Its words in lower case.
    pub(crate) words: Vec<String>,
}

/// Reads a question.
pub(crate) fn asked(question: &str) -> Asked {
    let numbers = numbers_with_places(question).into_iter().map(|(number, _)| number).collect();
    Asked { wanted: wanted(question), numbers, words: words(question) }
}

/// Runs of digits with their inner points and colons, and where they stand.
fn numbers_with_places(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if is_part(c) => start = Some(at),
            Some(from) if !is_part(c) => {
                let number = text[from..at].trim_matches(['.', ':']);
                if !number.is_empty() {
                    found.push((number.to_owned(), from..at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The first matching row decides; rows of several words come before their parts.
const QUESTIONS: &[(&[&str], Wanted)] = &[
    (
        &[
            "what does it cost",
            "how expensive",
            "price",
            "prices",
            "cost",
            "costs",
            "fee",
            "charge",
            "charges",
            "deposit",
            "was kostet",
            "wie teuer",
            "preis",
            "cuánto cuesta",
            "combien coûte",
            "prix",
            "precio",
            "quanto costa",
        ],
        Wanted::Price,
    ),
    (
        &[
            "how long",
            "how many days",
            "how many weeks",
            "how many hours",
            "how many years",
            "how many months",
            "how many minutes",
            "how soon",
            "how quickly",
            "how fast",
            "wie lange",
            "cuánto tiempo",
            "combien de temps",
            "quanto tempo",
            "hoe lang",
            "hur länge",
        ],
        Wanted::Duration,
    ),
    (
        &["phone", "telephone", "ring you", "call you", "email", "e-mail", "contact", "whatsapp"],
        Wanted::Contact,
    ),
    (&["how much", "wie viel", "wieviel", "combien", "cuánto", "quanto"], Wanted::Amount),
    (
        &[
            "how many",
            "how often",
            "how old",
            "what size",
            "how big",
            "how large",
            "how far",
            "how tall",
            "how high",
            "how few",
            "what percentage",
            "what percent",
            "what number",
            "what proportion",
            "wie viele",
            "cuántos",
            "cuántas",
        ],
        Wanted::Count,
    ),
    (
        &[
            "when",
            "what time",
            "which day",
            "what day",
            "what date",
            "what year",
            "which year",
            "what month",
            "what century",
            "what decade",
            "opening hours",
            "open on",
            "open at",
            "closed on",
            "closing time",
            "until when",
            "what hours",
            "wann",
            "quand",
            "cuándo",
            "quando",
            "wanneer",
            "när",
            "متى",
        ],
        Wanted::Time,
    ),
    (
        &[
            "where",
            "which address",
            "address",
            "how do i get to",
            "which city",
            "what city",
            "which country",
            "what country",
            "what town",
            "which town",
            "what region",
            "which region",
            "wo",
            "où",
            "dónde",
            "dove",
            "waar",
            "var ligger",
            "أين",
        ],
        Wanted::Place,
    ),
    (
        &[
            "who",
            "whom",
            "whose",
            "which person",
            "what person",
            "what is the name",
            "what was the name",
            "what are the names",
            "wer",
            "quién",
            "qui",
            "vem",
            "quem",
        ],
        Wanted::Name,
    ),
];

/// Words that open a yes-or-no question.
const YES_NO: &[&str] = &[
    "can", "could", "do", "does", "did", "is", "are", "was", "will", "would", "may", "should",
    "have", "has", "am",
];

/// Tells what kind of fact the question asks for.
fn wanted(question: &str) -> Wanted {
    let words = words(question);
    let lower = format!(" {} ", words.join(" "));
    for (phrases, wanted) in QUESTIONS {
        if phrases.iter().any(|phrase| lower.contains(&format!(" {phrase} "))) {
            return *wanted;
        }
    }
    match words.first() {
        Some(first) if YES_NO.contains(&first.as_str()) => Wanted::YesNo,
        _ => Wanted::Anything,
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '.' || c == '-'))
        .map(|word| word.trim_matches(['.', '-', '\'']).to_string())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
