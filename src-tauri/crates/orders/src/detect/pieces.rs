//! A text as pieces of letters and digits, with what the signs around a piece say about it. Pure.

use crate::words::plain;

/// Signs of money.
const CURRENCIES: &str = "$€£¥₹₽₺₩¢﷼";

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Characters, from the first to behind the last.
    pub(super) start: usize,
    pub(super) end: usize,
    text: String,
    /// A sign of money stands before or behind it.
    pub(super) after_currency: bool,
    pub(super) before_currency: bool,
    /// `#` or `n°` stands before it.
    pub(super) after_hash: bool,
    /// `+` stands before it.
    pub(super) after_plus: bool,
    /// It is part of an e-mail or web address.
    pub(super) in_address: bool,
    /// A point, comma or colon joins it to other digits: a price, a time, a version.
    pub(super) in_fraction: bool,
    /// It begins with 0.
    pub(super) starts_with_zero: bool,
}

impl Piece {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn has_digit(&self) -> bool {
        self.text.chars().any(|c| c.is_ascii_digit())
    }

    pub(super) fn is_digits(&self) -> bool {
        self.text.chars().all(|c| c.is_ascii_digit())
    }

    pub(super) fn is_letters(&self) -> bool {
        !self.has_digit()
    }

    pub(super) fn ends_with_digits(&self, count: usize) -> bool {
        self.text.chars().rev().take_while(char::is_ascii_digit).count() >= count
    }

    /// Its letters, lower case without accents; the letters of "order7322" are "order".
    pub(super) fn letters(&self) -> String {
        let letters: String = self.text.chars().take_while(|c| !c.is_ascii_digit()).collect();
        plain(&letters)
    }

    /// The letters behind its last digit.
    pub(super) fn trailing_letters(&self) -> String {
        let Some(last) = self.text.rfind(|c: char| c.is_ascii_digit()) else {
            return String::new();
        };
        plain(&self.text[last + 1..])
    }
}

/// Cuts a text whose characters are folded.
pub(super) fn cut(text: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let length = text[at..].iter().take_while(|c| c.is_alphanumeric()).count();
        pieces.push(piece(text, at, at + length));
        at += length;
    }
    pieces
}

fn piece(text: &[char], start: usize, end: usize) -> Piece {
    let sign_before = text[..start].iter().rev().find(|c| **c != ' ').copied().unwrap_or(' ');
    let sign_after = text[end..].iter().find(|c| **c != ' ').copied().unwrap_or(' ');
    let next_to = |sign: Option<&char>, beyond: Option<&char>| {
        matches!(sign, Some('.' | ',' | ':')) && beyond.is_some_and(char::is_ascii_digit)
    };
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    let beyond = start.checked_sub(2).and_then(|at| text.get(at));
    let own: String = text[start..end].iter().collect();
    Piece {
        start,
        end,
        after_currency: CURRENCIES.contains(sign_before),
        before_currency: CURRENCIES.contains(sign_after) || sign_after == '%',
        after_hash: matches!(sign_before, '#' | '°' | 'º'),
        after_plus: before == Some(&'+'),
        in_address: in_address(text, start, end),
        in_fraction: own.chars().all(|c| c.is_ascii_digit())
            && (next_to(before, beyond) || next_to(text.get(end), text.get(end + 1))),
        starts_with_zero: own.starts_with('0'),
        text: own,
    }
}

/// Whether the word around it, up to white space, is an address.
fn in_address(text: &[char], start: usize, end: usize) -> bool {
    let from = text[..start].iter().rposition(|c| c.is_whitespace()).map_or(0, |at| at + 1);
    let to = text[end..].iter().position(|c| c.is_whitespace()).map_or(text.len(), |at| end + at);
    let word: String = text[from..to].iter().collect();
    word.contains('@') || word.contains("://") || word.starts_with("www.")
}
