//! Which language a text is in, told by its letters where they tell, else by its words.

use rust_stemmers::Algorithm;

/// A guess that is less sure than this is none: real questions in English came out as Dutch at .01,
/// while right guesses began at .46.
const SURE: f64 = 0.5;
/// Characters that are looked at.
const SAMPLE: usize = 2_000;
/// Words that a section must have to be in another language than its document. Short ones are
/// names and numbers, which look like any language.
const SECTION_WORDS: usize = 12;
/// How sure that must be.
const SECTION_SURE: f64 = 0.9;
/// Characters of a script without blanks that are a text.
const UNSPACED_CHARACTERS: usize = 4;

/// The language of a text of at least four words (ISO 639-1), where it is plain.
///
/// Scripts that write no blanks between words are told from a few characters.
pub fn language_of(text: &str) -> Option<&'static str> {
    guess(text, 4, SURE)
}

/// The language of a part of a document in `whole`: another one only where that is certain.
pub(crate) fn section_language<'a>(text: &str, whole: &'a str) -> &'a str {
    guess(text, SECTION_WORDS, SECTION_SURE).unwrap_or(whole)
}

fn guess(text: &str, words: usize, sure: f64) -> Option<&'static str> {
    let sample: String = text.chars().take(SAMPLE).collect();
    if let Some(language) = language_of_unspaced(&sample) {
        return Some(language);
    }
    if sample.split_whitespace().take(words).count() < words {
        return None;
    }
    let found = whatlang::detect(&sample)?;
    if found.confidence() < sure {
        return None;
    }
    LANGUAGES.iter().find(|(language, ..)| *language == found.lang()).map(|(_, code, _)| *code)
}

/// The language of a text most of whose letters are of a script without blanks.
fn language_of_unspaced(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let unspaced: Vec<char> = text.chars().filter(|character| is_unspaced(*character)).collect();
    if unspaced.len() < UNSPACED_CHARACTERS || unspaced.len() * 2 < letters {
        return None;
    }
    let count = |range: std::ops::RangeInclusive<char>| {
        unspaced.iter().filter(|character| range.contains(character)).count()
    };
    let scripts = [
        ("th", count('\u{0e00}'..='\u{0e7f}')),
        ("lo", count('\u{0e80}'..='\u{0eff}')),
        ("my", count('\u{1000}'..='\u{109f}')),
        ("km", count('\u{1780}'..='\u{17ff}')),
    ];
    if let Some((code, _)) = scripts.into_iter().find(|(_, found)| found * 2 > unspaced.len()) {
        return Some(code);
    }
    // Japanese has kana between its Chinese characters; Chinese has none.
    let kana = count('\u{3040}'..='\u{30ff}');
    Some(if kana * 10 > unspaced.len() { "ja" } else { "zh" })
}

/// How words of a language are stemmed, where that is known.
pub(super) fn stemming(language: &str) -> Option<Algorithm> {
    let row = LANGUAGES.iter().find(|(_, code, _)| *code == language);
    row.and_then(|(.., algorithm)| *algorithm)
}

/// Whether a character is of a script that writes no blanks between words.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
            | '\u{1000}'..='\u{109f}' // Myanmar
            | '\u{1780}'..='\u{17ff}' // Khmer
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}' // Hiragana, Katakana
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

type Row = (whatlang::Lang, &'static str, Option<Algorithm>);

const LANGUAGES: &[Row] = &[
    (whatlang::Lang::Eng, "en", Some(Algorithm::English)),
    (whatlang::Lang::Deu, "de", Some(Algorithm::German)),
    (whatlang::Lang::Fra, "fr", Some(Algorithm::French)),
    (whatlang::Lang::Spa, "es", Some(Algorithm::Spanish)),
    (whatlang::Lang::Ita, "it", Some(Algorithm::Italian)),
    (whatlang::Lang::Nld, "nl", Some(Algorithm::Dutch)),
    (whatlang::Lang::Por, "pt", Some(Algorithm::Portuguese)),
    (whatlang::Lang::Swe, "sv", Some(Algorithm::Swedish)),
    (whatlang::Lang::Dan, "da", Some(Algorithm::Danish)),
    (whatlang::Lang::Nob, "nb", Some(Algorithm::Norwegian)),
    (whatlang::Lang::Fin, "fi", Some(Algorithm::Finnish)),
    (whatlang::Lang::Rus, "ru", Some(Algorithm::Russian)),
    (whatlang::Lang::Ron, "ro", Some(Algorithm::Romanian)),
    (whatlang::Lang::Hun, "hu", Some(Algorithm::Hungarian)),
    (whatlang::Lang::Tur, "tr", Some(Algorithm::Turkish)),
    (whatlang::Lang::Ara, "ar", Some(Algorithm::Arabic)),
    (whatlang::Lang::Ell, "el", Some(Algorithm::Greek)),
    (whatlang::Lang::Pol, "pl", None),
    (whatlang::Lang::Ces, "cs", None),
    (whatlang::Lang::Ukr, "uk", None),
    (whatlang::Lang::Heb, "he", None),
    (whatlang::Lang::Hin, "hi", None),
    (whatlang::Lang::Jpn, "ja", None),
    (whatlang::Lang::Cmn, "zh", None),
    (whatlang::Lang::Kor, "ko", None),
    (whatlang::Lang::Tha, "th", None),
];

#[cfg(test)]
mod tests;
