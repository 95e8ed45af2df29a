//! What an answer may look like: plain sentences, no hidden characters, no markup or links of a
//! model's own. Pure.

use knowledge::text::clean;

/// A model's sentence as plain text: hidden characters, marks of emphasis, headings and bullets go.
pub(crate) fn tidy(sentence: &str) -> String {
    let cleaned = clean(sentence).text;
    let plain = cleaned.replace("**", "").replace("__", "");
    let plain = plain.trim().trim_start_matches(['#', '*', '•', '>']).trim_start();
    let plain = plain.strip_prefix("- ").unwrap_or(plain);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markup or a sign that no passage holds.
pub(super) fn foreign_markup(sentence: &str, evidence: &[&str]) -> Option<String> {
    let is_held = |part: &str| evidence.iter().any(|text| text.contains(part));
    let marks = [
        "[1]", "[2]", "[3]", "](", "<", ">", "```", "`", "{", "}", "|", "\\", "://", "=>", "**",
        "##",
    ];
    if let Some(mark) = marks.iter().find(|mark| sentence.contains(**mark) && !is_held(mark)) {
        return Some((*mark).to_owned());
    }
    let usual =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || USUAL.contains(c) || is_mark(c);
    let strange = sentence.chars().find(|c| !usual(*c) && !is_held(c.encode_utf8(&mut [0; 4])));
    strange.map(String::from)
}

/// Signs that any sentence may have.
const USUAL: &str = ".,;:!?¿¡'’‘\"“”„«»()[]-–—/&%+°§£$€¥@#*_~=…،؛؟。、！？：；（）「」『』・";

/// Accents and vowel signs, which stand beside letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}
