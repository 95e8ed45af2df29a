//! Search terms: lowercased, stemmed words without accents; pairs of characters where a script
//! writes no blanks; codes such as X200 whole and in their parts.

use rust_stemmers::Stemmer;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::language::{is_unspaced, language_of, stemming};
use super::{normalise, stopwords};

/// Longer words are no words; stemming them would only cost time.
const WORD_CHARACTERS: usize = 40;
/// The search terms of a text in a language (ISO 639-1), in their order, stop words included.
pub fn terms(text: &str, language: &str) -> Vec<String> {
    words(text, language).into_iter().flat_map(|word| word.terms).collect()
}

/// The terms of a text that carry content, in a guessed language; short texts count as English.
pub fn content_terms(text: &str) -> Vec<String> {
    content_terms_in(text, language_of(text).unwrap_or("en"))
}

/// The terms of a text that carry content. Where none does, all of them.
pub fn content_terms_in(text: &str, language: &str) -> Vec<String> {
    let words = words(text, language);
    let carries = |word: &&Word| {
        stopwords::is_negation(&word.lower) || !stopwords::is_stop_word(&word.lower, language)
    };
    let content: Vec<String> =
        words.iter().filter(carries).flat_map(|word| word.terms.clone()).collect();
    if content.is_empty() {
        return words.into_iter().flat_map(|word| word.terms).collect();
    }
    content
}

/// One word of a text with the terms it is found by.
struct Word {
    lower: String,
    terms: Vec<String>,
}

fn words(text: &str, language: &str) -> Vec<Word> {
    let stemmer = stemming(language).map(Stemmer::create);
    let lower = normalise(text).to_lowercase().replace(['\u{2019}', '\u{2018}', '\u{2bc}'], "'");
    let mut words = Vec::new();
    for (run, unspaced) in runs(&lower) {
        if unspaced {
            words.extend(pairs(run));
        } else {
            for word in run.unicode_words() {
                push_word(&mut words, word, stemmer.as_ref());
            }
        }
    }
    words
}

/// Cuts a text where scripts with and without blanks between words meet.
fn runs(text: &str) -> Vec<(&str, bool)> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut unspaced = None;
    for (at, character) in text.char_indices() {
        let here = is_unspaced(character);
        if let Some(before) = unspaced
            && before != here
        {
            runs.push((&text[start..at], before));
            start = at;
        }
        unspaced = Some(here);
    }
    if let Some(last) = unspaced {
        runs.push((&text[start..], last));
    }
    runs
}

fn pairs(run: &str) -> Vec<Word> {
    let characters: Vec<char> = run.chars().collect();
    let whole = |part: &[char]| {
        let term: String = part.iter().collect();
        Word { lower: term.clone(), terms: vec![term] }
    };
    match characters.len() {
        1 => vec![whole(&characters)],
        _ => characters.windows(2).map(whole).collect(),
    }
}

fn push_word(words: &mut Vec<Word>, word: &str, stemmer: Option<&Stemmer>) {
    // "can't" is found by "can not", and the other way round.
    if let Some(verb) = word.strip_suffix("n't") {
        let verb = match verb {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            _ => verb,
        };
        push_word(words, verb, stemmer);
        push_word(words, "not", stemmer);
        return;
    }
    if word == "cannot" {
        push_word(words, "can", stemmer);
        push_word(words, "not", stemmer);
        return;
    }
    let stem_of = |part: &str| fold(&stem(part.strip_suffix("'s").unwrap_or(part), stemmer));
    let parts = letters_and_digits(word);
    let mut terms = vec![stem_of(word)];
    if parts.len() > 1 {
        terms.extend(parts.into_iter().map(stem_of));
    }
    terms.retain(|term| !term.is_empty());
    words.push(Word { lower: word.to_owned(), terms });
}

fn stem(word: &str, stemmer: Option<&Stemmer>) -> String {
    match stemmer {
        Some(stemmer)
            if word.chars().all(char::is_alphabetic) && word.chars().count() <= WORD_CHARACTERS =>
        {
            stemmer.stem(word).into_owned()
        }
        _ => word.to_owned(),
    }
}

/// Accents go after stemming, which needs them. Blanks go too: a stemmer brings one for odd
/// letters, and terms are saved with blanks between them.
fn fold(word: &str) -> String {
    let plain = |character: &char| !is_combining_mark(*character) && !character.is_whitespace();
    word.nfd().filter(plain).collect::<String>().replace('ß', "ss")
}

/// The parts of a code such as X200; a single part for an ordinary word or number.
fn letters_and_digits(word: &str) -> Vec<&str> {
    let has_digit = word.chars().any(char::is_numeric);
    let has_letter = word.chars().any(char::is_alphabetic);
    if !has_digit || !has_letter {
        return vec![word];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let mut digit = None;
    for (at, character) in word.char_indices() {
        let here =
            character.is_numeric() || (digit == Some(true) && matches!(character, '.' | ','));
        if let Some(before) = digit
            && before != here
        {
            parts.push(&word[start..at]);
            start = at;
        }
        digit = Some(here);
    }
    parts.push(&word[start..]);
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}
