//! Whether a written sentence is supported by the evidence. Pure and strict: what is not
//! supported is not shown.
//!
//! A sentence passes when every number, price, date, address and name in it occurs in the
//! evidence, when most of its meaning-bearing words occur together in one evidence sentence, and
//! when it denies exactly where that sentence denies.

use knowledge::text::{content_terms, sentences};

/// Share of a sentence's weighted words that its best evidence sentence must hold.
const COVERAGE: f32 = 0.5;

/// What the check found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// Supported by this passage.
    Supported {
        /// Index of the passage.
        passage: usize,
    },
    /// It says something that the evidence does not.
    Unsupported {
        /// The first thing that is missing, for the log and the exam.
        why: String,
    },
}

/// Checks one written sentence against passages of evidence; `weight` is a term's weight (idf).
pub(crate) fn check(sentence: &str, passages: &[&str], weight: &dyn Fn(&str) -> f32) -> Verdict {
    let evidence = passages.join("\n");
    if let Some(missing) = missing_fact(sentence, &evidence) {
        return Verdict::Unsupported { why: format!("{missing:?} is not in the evidence") };
    }
    let terms = content_terms(sentence);
    let total: f32 = terms.iter().map(|term| weight(term)).sum();
    if total <= 0.0 {
        return Verdict::Unsupported { why: "it says nothing".into() };
    }
    let mut best = (0.0f32, 0, "");
    for (index, passage) in passages.iter().enumerate() {
        for range in sentences(passage) {
            let words = content_terms(&passage[range.clone()]);
            let found = terms.iter().filter(|term| words.contains(term));
            let share = found.map(|term| weight(term)).sum::<f32>() / total;
            if share > best.0 {
                best = (share, index, &passage[range]);
            }
        }
    }
    let (share, passage, matched) = best;
    if share < COVERAGE {
        Verdict::Unsupported { why: "no sentence of the evidence says this".into() }
    } else if denies(sentence) != denies(matched) {
        Verdict::Unsupported { why: "the evidence says the opposite".into() }
    } else {
        Verdict::Supported { passage }
    }
}

/// The first number, address or name that the evidence does not hold.
pub(crate) fn missing_fact(sentence: &str, evidence: &str) -> Option<String> {
    let known = facts(evidence);
    let lower = evidence.to_lowercase();
    facts(sentence)
        .into_iter()
        .find(|fact| !known.contains(fact))
        .or_else(|| names(sentence).into_iter().find(|name| !lower.contains(&name.to_lowercase())))
}

/// Numbers with separators removed, number words as numbers, e-mail and web addresses.
fn facts(text: &str) -> Vec<String> {
    let mut facts = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "()[]\"“”–—".contains(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if word.contains('@') || word.starts_with("http") || word.starts_with("www.") {
            facts.push(word);
            continue;
        }
        // "day/night" is two words, an address is one.
        for part in word.split('/') {
            if part.chars().any(|c| c.is_ascii_digit()) {
                facts.extend(numbers(part));
            } else if let Some(number) = number_word(part) {
                facts.push(number.to_string());
            }
        }
    }
    facts
}

/// Digit groups of one word: `£4.95` is 4.95, `1,200` is 1200, `9:30am` is 9:30, `9.00` is 9.
fn numbers(word: &str) -> Vec<String> {
    let joined: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    let mut current = String::new();
    for (i, c) in joined.iter().enumerate() {
        let next_is_digit = joined.get(i + 1).is_some_and(char::is_ascii_digit);
        match c {
            _ if c.is_ascii_digit() => current.push(*c),
            ',' if next_is_digit && !current.is_empty() => {}
            '.' | ':' if next_is_digit && !current.is_empty() => current.push(*c),
            _ if !current.is_empty() => found.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    if !current.is_empty() {
        found.push(current);
    }
    let whole = |number: String| match number.split_once(['.', ':']) {
        Some((whole, rest)) if rest.chars().all(|c| c == '0') => whole.to_string(),
        _ => number,
    };
    found.into_iter().map(whole).collect()
}

fn number_word(word: &str) -> Option<u32> {
    const WORDS: &[(&str, u32)] = &[
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fourteen", 14),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("sixty", 60),
        ("ninety", 90),
        ("hundred", 100),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

/// Capitalised words that do not open the sentence, and words of capitals.
fn names(sentence: &str) -> Vec<String> {
    sentence
        .split_whitespace()
        .skip(1)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word))
        .filter(|word| word.chars().count() > 1)
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .filter(|word| !word.starts_with("I'") && !word.starts_with("I’"))
        .map(String::from)
        .collect()
}

/// Whether a sentence denies or excludes something.
pub(crate) fn denies(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "not", "no", "never", "cannot", "can't", "don't", "doesn't", "won't", "isn't", "aren't",
        "without", "neither", "nor", "unable", "except", "unless", "excluded", "closed", "nicht",
        "kein", "keine", "ne", "pas", "nunca", "sin", "non", "inte", "لا", "ليس", "لن", "غير",
    ];
    let lower = sentence.to_lowercase().replace('’', "'");
    lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests;
