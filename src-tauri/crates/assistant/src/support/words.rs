//! Single words of a sentence: common ones, its parts between commas, its language. Pure.

use knowledge::text::{content_terms_in, language_of, terms};

/// Words in which an answer may be phrased although neither question nor evidence has them.
const COMMON: &str = include_str!("common.txt");

/// Whether any English text may have this word.
pub(super) fn is_common(word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    COMMON.split_ascii_whitespace().any(|common| common == word)
}

/// Words that carry content, each with its search term.
pub(super) fn content_words(sentence: &str, language: &str) -> Vec<(String, String)> {
    let content = content_terms_in(sentence, language);
    let words = sentence.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'));
    let words = words.filter(|word| word.chars().any(char::is_alphabetic));
    let mut found = Vec::new();
    for word in words {
        for term in terms(word, language) {
            let is_new = content.contains(&term) && !found.iter().any(|(_, known)| *known == term);
            if is_new && term.chars().any(char::is_alphabetic) {
                found.push((word.to_owned(), term));
            }
        }
    }
    found
}

/// The parts of a sentence that each say something: between commas, brackets and dashes.
pub(super) fn parts(sentence: &str) -> Vec<&str> {
    let by_signs = sentence.split([',', ';', ':', '(', ')', '–', '—', '،', '、']);
    by_signs
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" but "))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// Sentences that any model puts around an answer.
pub(super) fn is_empty_talk(sentence: &str) -> bool {
    const TALK: &[&str] = &[
        "of course",
        "sure",
        "certainly",
        "great question",
        "i hope this helps",
        "let me know if you have any other questions",
        "here is the answer",
    ];
    let plain = sentence.to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    TALK.contains(&plain)
}

/// Whether a sentence is plainly in another language than the question, or in another script.
pub(super) fn is_other_language(question: &str, sentence: &str) -> bool {
    let differs = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    differs(language_of(question), language_of(sentence))
        || differs(script(question), script(sentence))
}

/// The script that nearly all letters of a text are from.
fn script(text: &str) -> Option<&'static str> {
    let of = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some("latin"),
        '\u{370}'..='\u{3ff}' => Some("greek"),
        '\u{400}'..='\u{52f}' => Some("cyrillic"),
        '\u{590}'..='\u{5ff}' => Some("hebrew"),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Some("arabic"),
        '\u{900}'..='\u{97f}' => Some("devanagari"),
        '\u{e00}'..='\u{e7f}' => Some("thai"),
        '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => Some("han"),
        '\u{ac00}'..='\u{d7af}' => Some("hangul"),
        _ => None,
    };
    let all: Vec<&str> = text.chars().filter_map(of).collect();
    let first = *all.first()?;
    let most = all.iter().filter(|script| **script == first).count();
    (most * 5 >= all.len() * 4).then_some(first)
}

/// Whether a sentence repeats so many words in a row of the instructions that no evidence holds.
pub(super) fn repeats(sentence: &str, instructions: &str, run: usize, evidence: &[&str]) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (said, told) = (plain(sentence), plain(instructions));
    let held: Vec<Vec<String>> = evidence.iter().map(|text| plain(text)).collect();
    let is_in = |run: &[String], text: &[String]| text.windows(run.len()).any(|own| own == run);
    let mut runs = said.windows(run);
    runs.any(|run| is_in(run, &told) && !held.iter().any(|text| is_in(run, text)))
}
