//! Which questions are the same question, and what an answer hangs on besides. Pure.
//!
//! Two questions are the same when their words are, in the same order, apart from what cannot
//! change an answer: case, punctuation at the ends, articles, politeness, short forms. Nothing is
//! compared by meaning: "can I cancel" and "can I not cancel" are as near as two texts can be.
//! Stems and sorted words were measured too and merge questions that differ; see `decisions.md`.

use knowledge::{Hit, HitKey};
use sha2::{Digest, Sha256};

use crate::policy::Policy;
use crate::prompt::prompt;

/// Raise this when the same passages give another answer for a reason that nothing else names.
const RULES: &str = "1";

/// Words that change no question, once it is plain that it is English.
const ENGLISH_FILLERS: &[&str] = &["a", "an", "the", "do", "does"];

/// Any of these makes a question English: "a" and "do" are words of other languages too.
const ENGLISH_MARKS: &[&str] = &[
    "the", "is", "are", "you", "your", "what", "when", "where", "how", "which", "who", "can",
    "could", "does", "have", "there", "with", "i", "my", "this", "for", "of",
];

/// Politeness at the start of a question.
const OPENINGS: &[&[&str]] = &[
    &["hi"],
    &["hello"],
    &["hey"],
    &["good", "morning"],
    &["good", "afternoon"],
    &["good", "evening"],
    &["excuse", "me"],
    &["please"],
    &["hallo"],
    &["guten", "tag"],
    &["bitte"],
    &["bonjour"],
    &["hola"],
    &["buenos", "días"],
    &["ciao"],
    &["buongiorno"],
    &["hej"],
    &["مرحبا"],
    &["من", "فضلك"],
    &["لو", "سمحت"],
];

/// Politeness at its end.
const ENDINGS: &[&[&str]] = &[
    &["please"],
    &["thanks"],
    &["thank", "you"],
    &["bitte"],
    &["danke"],
    &["s'il", "vous", "plaît"],
    &["s'il", "vous", "plait"],
    &["merci"],
    &["por", "favor"],
    &["gracias"],
    &["per", "favore"],
    &["grazie"],
    &["alstublieft"],
    &["alsjeblieft"],
    &["tack"],
    &["من", "فضلك"],
    &["لو", "سمحت"],
    &["شكرا"],
];

/// Short forms and what they stand for; those in "n't" are told by their ending.
const SHORT_FORMS: &[(&str, &[&str])] = &[
    ("cannot", &["can", "not"]),
    ("can't", &["can", "not"]),
    ("won't", &["will", "not"]),
    ("shan't", &["shall", "not"]),
    ("what's", &["what", "is"]),
    ("where's", &["where", "is"]),
    ("when's", &["when", "is"]),
    ("how's", &["how", "is"]),
    ("who's", &["who", "is"]),
    ("that's", &["that", "is"]),
    ("there's", &["there", "is"]),
    ("it's", &["it", "is"]),
    ("i'm", &["i", "am"]),
    ("i've", &["i", "have"]),
    ("i'll", &["i", "will"]),
    ("you're", &["you", "are"]),
    ("we're", &["we", "are"]),
];

/// Digits in one word from which it may name a person, an order or a card.
const PERSONAL_DIGITS: usize = 5;

/// Names a question and everything else that its answer hangs on, the passages apart.
pub(crate) type Key = [u8; 32];

/// What two wordings of one question have in common; different questions differ in it.
pub fn signature(question: &str) -> String {
    let text = knowledge::text::normalise(question).replace(['’', '‘', 'ʼ', '`'], "'");
    let is_shouted = !text.chars().any(char::is_lowercase);
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace().map(bare).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        match SHORT_FORMS.iter().find(|(short, _)| *short == lower) {
            Some((_, long)) => words.extend(long.iter().map(|part| (*part).to_owned())),
            None => match lower.strip_suffix("n't") {
                Some(verb) => words.extend([verb.to_owned(), "not".to_owned()]),
                // "US" and "us" are two words, unless everything is written large.
                None if is_code(word) && !is_shouted => words.push(word.to_owned()),
                None => words.push(lower),
            },
        }
    }
    strip_politeness(&mut words);
    if words.iter().any(|word| ENGLISH_MARKS.contains(&word.as_str())) {
        for at in 1..words.len() {
            let asks_leave = ["could", "may"].contains(&words[at - 1].as_str());
            if asks_leave && ["i", "we", "you"].contains(&words[at].as_str()) {
                words[at - 1] = "can".to_owned();
            }
        }
        let without: Vec<String> = words
            .iter()
            .filter(|word| !ENGLISH_FILLERS.contains(&word.as_str()))
            .cloned()
            .collect();
        if !without.is_empty() {
            words = without;
        }
    }
    words.join(" ")
}

/// Whether a question may name somebody or something of one person's: an address, a number.
pub(crate) fn is_personal(question: &str) -> bool {
    let digits = |word: &str| word.chars().filter(|c| c.is_numeric()).count();
    let mut run = 0;
    question.contains('@')
        || question.split_whitespace().any(|word| {
            // "01632 960140" is one number.
            let count = digits(word);
            run = if count > 0 { run + count } else { 0 };
            run >= PERSONAL_DIGITS
        })
}

/// The key of a question in its surroundings.
pub(crate) fn key(
    question: &str,
    language: &str,
    policy: &Policy,
    model: &str,
    embedder: &str,
) -> Key {
    let instructions: String =
        prompt("", &[], 0).messages.into_iter().map(|message| message.text).collect();
    // Not the measured thresholds: they move a little with every change, and an entry is weighed
    // by those of today before it is given again.
    let policy = format!("{:?} {}", policy.caution, policy.evidence_tokens);
    digest(&[
        RULES,
        env!("CARGO_PKG_VERSION"),
        &signature(question),
        language,
        "public",
        &policy,
        model,
        embedder,
        &instructions,
    ])
}

/// Names the passages an answer is made from; other passages, other words or another order give
/// another name.
pub(crate) fn evidence<'a>(hits: impl Iterator<Item = &'a Hit>) -> [u8; 32] {
    let mut parts = Vec::new();
    for hit in hits {
        parts.push(match hit.key {
            HitKey::Section(id) => format!("section {id}"),
            HitKey::Faq(id) => format!("faq {id}"),
        });
        parts.extend([hit.title.clone(), hit.locator.clone(), hit.text.clone()]);
    }
    digest(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut sum = Sha256::new();
    for part in parts {
        // The length in front keeps two lists of parts apart that read the same in one go.
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part.as_bytes());
    }
    sum.finalize().into()
}

/// A word without the punctuation around it. Signs that mean something stay: 5%, £10, C++, -5, .5
fn bare(word: &str) -> &str {
    let around = |c: char| "\"'«»“”„()[]{}…".contains(c);
    let behind = |c: char| around(c) || "?!.,;:؟،؛。？！".contains(c);
    let before = |c: char| around(c) || "¿¡".contains(c);
    word.trim_start_matches(before).trim_end_matches(behind)
}

/// Two capitals or more and nothing small: an abbreviation, not a word.
fn is_code(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 2 && letters().all(char::is_uppercase)
}

/// Takes politeness off both ends, but never the last word.
fn strip_politeness(words: &mut Vec<String>) {
    let matches = |part: &[String], phrase: &[&str]| part.iter().eq(phrase.iter());
    while let Some(phrase) = OPENINGS
        .iter()
        .find(|phrase| words.len() > phrase.len() && matches(&words[..phrase.len()], phrase))
    {
        words.drain(..phrase.len());
    }
    while let Some(phrase) = ENDINGS.iter().find(|phrase| {
        words.len() > phrase.len() && matches(&words[words.len() - phrase.len()..], phrase)
    }) {
        words.truncate(words.len() - phrase.len());
    }
}

#[cfg(test)]
mod tests;
