//! Takes what could name a person out of a visitor's words: e-mail addresses, telephone and order
//! numbers. Prices, times and years stay: they are part of what was asked.

/// Digits from which a number with blanks in it counts as a telephone number.
const PHONE_DIGITS: usize = 7;
/// Digits from which a code counts as an order number.
const ORDER_DIGITS: usize = 4;

/// The same words without personal data.
pub fn mask(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut masked: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let phone = phone_words(&words[at..]);
        if phone > 0 {
            masked.push(around("", words[at + phone - 1], "[phone]"));
            at += phone;
            continue;
        }
        let after_order = at > 0 && is_order_word(words[at - 1]);
        masked.push(mask_word(words[at], after_order));
        at += 1;
    }
    masked.join(" ")
}

fn mask_word(word: &str, after_order: bool) -> String {
    if is_email(word) {
        return around(word, word, "[e-mail]");
    }
    let core = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_currency(c));
    let digits = core.chars().filter(|c| c.is_numeric()).count();
    let is_price = core.starts_with(is_currency) || core.ends_with(is_currency);
    let is_time = core.contains(':') || core.contains('.') || core.contains(',');
    let is_year = digits == 4 && core.chars().all(char::is_numeric) && is_year(core);
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let is_code = digits >= ORDER_DIGITS && letters <= digits;
    if is_code && !is_price && !(is_time && digits <= ORDER_DIGITS) && (!is_year || after_order) {
        return around(word, word, "[number]");
    }
    word.to_owned()
}

/// The signs before the first word and after the last one stay.
fn around(first: &str, last: &str, mask: &str) -> String {
    let opening: String =
        first.chars().take_while(|c| matches!(c, '(' | '"' | '\'' | '#')).collect();
    let closing: String =
        last.chars().rev().take_while(|c| matches!(c, '?' | '!' | '.' | ',' | ')' | '"')).collect();
    let closing: String = closing.chars().rev().collect();
    format!("{}{mask}{closing}", opening.replace('#', ""))
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
mod tests {
    use super::*;

    fn check_mask(text: &str, expected: &str) {
        assert_eq!(mask(text), expected, "{text:?}");
    }

    #[test]
    fn what_names_a_person_is_taken_out() {
        check_mask("Where is order #10423?", "Where is order [number]?");
        check_mask("where is HX-104233, please", "where is [number], please");
        check_mask("order 2024 is late", "order [number] is late");
        check_mask("write to ann.lee@example.org!", "write to [e-mail]!");
        check_mask("call me on 01632 960140.", "call me on [phone].");
        check_mask("call +441632960140 or (01632) 960 140", "call [phone] or [phone]");
    }

    #[test]
    fn what_was_asked_about_stays() {
        check_mask("Are you open on 24 December 2026?", "Are you open on 24 December 2026?");
        check_mask("Is it £1200 or 1,500 €?", "Is it £1200 or 1,500 €?");
        check_mask("open at 10:30?", "open at 10:30?");
        check_mask("Do you have the X200 in size 42?", "Do you have the X200 in size 42?");
        check_mask("今天天气怎么样？", "今天天气怎么样？");
        check_mask("", "");
    }
}
