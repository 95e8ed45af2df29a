//! Names: words with a capital that nothing but a name explains. Pure.

use super::numerals::{month, weekday};
use super::words::is_common;

/// The first name in a sentence that the evidence does not hold.
///
/// A word that opens the sentence has its capital from there, so it is a name only where it is no
/// common word; every other capital is one.
pub(super) fn first_missing(sentence: &str, evidence: &str) -> Option<String> {
    let held: Vec<String> = words(evidence).map(|word| bare(word).to_lowercase()).collect();
    let mut opens = true;
    for word in words(sentence) {
        let opened = opens;
        opens = word.ends_with(['.', '!', '?', ':']);
        let name = bare(word);
        let lower = name.to_lowercase();
        // A word with a digit is a code, which is checked as a fact.
        let is_name = name.chars().any(char::is_uppercase)
            && name.chars().count() > 1
            && !name.chars().any(char::is_numeric);
        let explained = !is_name
            || held.contains(&lower)
            || month(&lower).is_some()
            || weekday(&lower).is_some()
            || is_pronoun(&lower)
            || opened && is_common(&lower);
        // Inflected forms are not let through: "Equatorial" is not the Equator.
        if !explained {
            return Some(name.to_owned());
        }
    }
    None
}

/// Whether a text is written in a script that has capitals.
pub(super) fn has_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_none() || letters.any(|c| c.is_lowercase() || c.is_uppercase())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "/()[]\"“”„«»–—-‑_".contains(c))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// The word without what surrounds it and without a possessive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)
}

/// "I" is always written with a capital, "Sie" and "Ihr" mostly.
fn is_pronoun(lower: &str) -> bool {
    let own = lower.replace('’', "'");
    ["i'm", "i've", "i'd", "i'll", "sie", "ihr", "ihre", "ihnen", "ihren"].contains(&own.as_str())
}
