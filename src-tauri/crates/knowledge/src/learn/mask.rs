//! Takes what could name a person out of a visitor's words: e-mail addresses, telephone, order, card
//! and account numbers, streets with their number. Prices, times and years stay: they are part of
//! what was asked. A name alone cannot be told from any other word, and stays.

mod whereabouts;

use whereabouts::{address_words, iban_words};

/// Digits from which a number with blanks in it counts as a telephone number.
const PHONE_DIGITS: usize = 7;
/// Digits from which a code counts as an order number.
const ORDER_DIGITS: usize = 4;

/// The same text without personal data, line by line.
pub fn mask_lines(text: &str) -> String {
    mask_lines_with(text, &mut |_, mask| mask.to_owned())
}

/// The same with marks of the caller's: it hears the words that are taken out and the usual mark,
/// such as `[phone]`, and says what stands in their place.
pub fn mask_lines_with(text: &str, instead: &mut dyn FnMut(&str, &str) -> String) -> String {
    text.lines().map(|line| masked(line, instead)).collect::<Vec<_>>().join("\n")
}

/// The same words without personal data, in one line.
pub fn mask(text: &str) -> String {
    masked(text, &mut |_, mask| mask.to_owned())
}

fn masked(text: &str, instead: &mut dyn FnMut(&str, &str) -> String) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut masked: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let found = [
            (iban_words(rest), "[account]"),
            (phone_words(rest), "[phone]"),
            (address_words(rest), "[address]"),
        ];
        if let Some((long, mask)) = found.into_iter().find(|(long, _)| *long > 0) {
            masked.push(around(&rest[..long], mask, instead));
            at += long;
            continue;
        }
        let after_order = at > 0 && is_order_word(words[at - 1]);
        masked.push(match mask_of(words[at], after_order) {
            Some(mask) => around(&rest[..1], mask, instead),
            None => words[at].to_owned(),
        });
        at += 1;
    }
    masked.join(" ")
}

/// What a word alone is masked as, if it is.
fn mask_of(word: &str, after_order: bool) -> Option<&'static str> {
    if is_email(word) {
        return Some("[e-mail]");
    }
    let core = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_currency(c));
    let digits = core.chars().filter(|c| c.is_numeric()).count();
    let is_price = core.starts_with(is_currency) || core.ends_with(is_currency);
    let is_time = core.contains(':') || core.contains('.') || core.contains(',');
    let is_year = digits == 4 && core.chars().all(char::is_numeric) && is_year(core);
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let is_code = digits >= ORDER_DIGITS && letters <= digits;
    let is_masked =
        is_code && !is_price && !(is_time && digits <= ORDER_DIGITS) && (!is_year || after_order);
    is_masked.then_some("[number]")
}

/// The mask in place of some words; the signs before the first and after the last of them stay.
fn around(words: &[&str], mask: &str, instead: &mut dyn FnMut(&str, &str) -> String) -> String {
    let text = words.join(" ");
    // What opens a telephone number is a part of it.
    let opens = |c: char| mask != "[phone]" && matches!(c, '(' | '"' | '\'' | '#');
    let inner = text.trim_start_matches(opens);
    let opening = text[..text.len() - inner.len()].replace('#', "");
    let core = inner.trim_end_matches(['?', '!', '.', ',', ')', '"']);
    let closing = &inner[core.len()..];
    format!("{opening}{}{closing}", instead(core, mask))
}

/// How many of the first words make one telephone number.
fn phone_words(words: &[&str]) -> usize {
    let is_part = |word: &str| {
        let core = word.trim_end_matches(['?', '!', '.', ',']);
        !core.is_empty()
            && core
                .chars()
                .all(|c| c.is_numeric() || matches!(c, '+' | '-' | '(' | ')' | '/' | '.'))
            && core.chars().any(char::is_numeric)
    };
    let run = words.iter().take_while(|word| is_part(word)).count();
    let digits: usize =
        words[..run].iter().map(|word| word.chars().filter(|c| c.is_numeric()).count()).sum();
    let is_dialled = words.first().is_some_and(|word| word.starts_with(['+', '0', '(']));
    if digits >= PHONE_DIGITS && (run > 1 || is_dialled) { run } else { 0 }
}

fn is_email(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    core.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn is_currency(c: char) -> bool {
    matches!(c, '£' | '$' | '€' | '¥')
}

fn is_year(core: &str) -> bool {
    core.starts_with("19") || core.starts_with("20")
}

fn is_order_word(word: &str) -> bool {
    let word = word.to_lowercase();
    ["order", "bestellung", "commande", "pedido", "ordine", "number", "no.", "nr."]
        .iter()
        .any(|known| word.trim_end_matches(':').ends_with(known))
}

#[cfg(test)]
mod tests;
