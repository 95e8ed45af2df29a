//! Order numbers in free text. Pure.
//!
//! A text is cut into pieces of letters and digits. Neighbours that make one number are joined,
//! pieces that are something else (money, a date, a telephone, an invoice) are dropped, and what is
//! left counts when the shop's own masks know it or a word about orders stands in the text.

mod pieces;

use crate::mask::Masks;
use crate::number::OrderKey;
use crate::words::{LANGUAGES, MONEY, NUMBER_WORDS, OTHER_NUMBERS, UNITS, is_in, nearly, plain};

use pieces::{Piece, cut};

/// Characters of a text that are looked at.
const LONGEST: usize = 2_000;
/// Digits an order number has where no mask says otherwise.
const FEWEST_DIGITS: usize = 4;
/// Letters before the digits that can belong to the number.
const MOST_LETTERS: usize = 4;
/// Pieces before a number in which "invoice" makes it another number.
const NEAR: usize = 3;
/// Shorter words are not forgiven a slip: too many others are one letter away.
const FORGIVEN_FROM: usize = 5;
/// Little words that people type without a space behind them.
const GLUED: &[&str] = &["the", "my", "an", "of", "this", "that", "your", "our"];
/// Words one letter away from a word about orders that mean something else.
const NOT_ORDERS: &[&str] =
    &["border", "older", "colder", "holder", "folder", "odder", "parcels", "ordner", "boarder"];

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As it stands in the text, without words glued to it.
    pub text: String,
    /// As it is compared.
    pub key: OrderKey,
}

/// Every order number in a text, in order.
pub fn detect(text: &str, masks: &Masks) -> Vec<Found> {
    let folded: Vec<char> = text.chars().take(LONGEST).map(crate::number::fold).collect();
    let pieces = cut(&folded);
    let speaks_of_orders = pieces.iter().any(|piece| is_order_word(&piece.letters()));
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match candidate(&folded, &pieces, at, masks) {
            Some((candidate, next)) => {
                let known = masks.tell(&candidate.found.key);
                if is_taken(&candidate, &pieces, at, masks, known, speaks_of_orders)
                    && !found.iter().any(|other| other.key == candidate.found.key)
                {
                    found.push(candidate.found);
                }
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

struct Candidate {
    found: Found,
    digits: usize,
    /// A word about orders was glued to it.
    was_glued: bool,
    /// Signs around it and what they say.
    first: usize,
    last: usize,
}

/// The number that begins at a piece, and the first piece after it.
fn candidate(
    text: &[char],
    pieces: &[Piece],
    at: usize,
    masks: &Masks,
) -> Option<(Candidate, usize)> {
    // Letters apart from their digits: "HO 104106", "HO-104106".
    let (mut first, mut digits_at) = (at, at);
    if pieces[at].is_letters() && pieces[at].len() <= MOST_LETTERS {
        digits_at = at + 1;
    }
    let lead = pieces.get(digits_at)?;
    if !lead.has_digit() {
        return None;
    }
    let mut last = digits_at;
    while let Some(next) = pieces.get(last + 1)
        && joins(text, &pieces[last], next, masks, &pieces[first..=last])
    {
        last += 1;
    }
    if digits_at > at && !letters_belong(text, &pieces[at], lead, &pieces[at..=last], masks) {
        return None;
    }
    let whole: String = text[pieces[first].start..pieces[last].end].iter().collect();
    let (own, was_glued) = unglue(&whole, masks);
    if own.len() < whole.len() && first < digits_at {
        first = digits_at;
    }
    let key = OrderKey::read(&own)?;
    let digits = key.full().chars().filter(char::is_ascii_digit).count();
    Some((Candidate { found: Found { text: own, key }, digits, was_glued, first, last }, last + 1))
}

/// Whether two neighbours are one number.
fn joins(text: &[char], left: &Piece, right: &Piece, masks: &Masks, so_far: &[Piece]) -> bool {
    let between = &text[left.end..right.start];
    let all: String = text[so_far[0].start..right.end].iter().collect();
    let known = OrderKey::read(&all).is_some_and(|key| masks.fit(&key));
    match between {
        ['-' | '_' | '/'] => right.has_digit() || known,
        [' '] => known || (right.is_digits() && left.ends_with_digits(2) && right.len() >= 3),
        _ => false,
    }
}

/// Whether a word of letters before the digits is part of the number.
fn letters_belong(
    text: &[char],
    letters: &Piece,
    digits: &Piece,
    all: &[Piece],
    masks: &Masks,
) -> bool {
    let whole: String = text[letters.start..all[all.len() - 1].end].iter().collect();
    if OrderKey::read(&whole).is_some_and(|key| masks.fit(&key)) {
        return true;
    }
    let joined = matches!(text[letters.end..digits.start], ['-'] | ['_'] | ['/']);
    joined && !is_order_word(&letters.letters()) && !is_in(NUMBER_WORDS, &letters.letters())
}

/// Takes a word off that was typed without a space: "order7322" is 7322.
fn unglue(whole: &str, masks: &Masks) -> (String, bool) {
    let fits = |text: &str| OrderKey::read(text).is_some_and(|key| masks.fit(&key));
    let letters = whole.chars().take_while(|c| !c.is_ascii_digit()).count();
    let trailing = whole.chars().rev().take_while(|c| c.is_alphabetic()).count();
    let characters: Vec<char> = whole.chars().collect();
    let end = if trailing > 2 { characters.len() - trailing } else { characters.len() };
    let from = |start: usize| characters[start..end.max(start)].iter().collect::<String>();
    if let Some(start) = (0..=letters.min(end)).find(|start| fits(&from(*start))) {
        return (from(start), start > 0);
    }
    let word: String = characters[..letters].iter().filter(|c| c.is_alphabetic()).collect();
    let word = plain(&word);
    let ends_with_order = LANGUAGES.iter().any(|words| {
        words.order.iter().any(|order| order.len() >= FORGIVEN_FROM && word.ends_with(order))
    });
    if ends_with_order || is_order_word(&word) || word.chars().count() > MOST_LETTERS {
        return (from(letters), ends_with_order || is_order_word(&word));
    }
    (from(0), false)
}

fn is_taken(
    candidate: &Candidate,
    pieces: &[Piece],
    at: usize,
    masks: &Masks,
    known: bool,
    speaks_of_orders: bool,
) -> bool {
    let (first, last) = (&pieces[candidate.first], &pieces[candidate.last]);
    let next = pieces.get(candidate.last + 1).map(Piece::letters).unwrap_or_default();
    let before: Vec<String> = pieces[..at].iter().rev().take(NEAR).map(Piece::letters).collect();
    let previous = before.first().cloned().unwrap_or_default();
    let is_money = first.after_currency
        || last.before_currency
        || is_in(MONEY, &next)
        || is_in(MONEY, &previous);
    let ends_in_unit = is_in(UNITS, &last.trailing_letters());
    let wears_a_prefix = candidate.found.key.full().starts_with(|c: char| !c.is_ascii_digit());
    let order_before = before.iter().position(|word| is_order_word(word));
    let other_before = before.iter().position(|word| is_other_number(word));
    let is_other = match (other_before, order_before) {
        (Some(other), Some(order)) => other < order,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if first.in_address
        || last.in_address
        || is_money
        || is_other
        || first.in_fraction
        || last.in_fraction
    {
        return false;
    }
    let group = &pieces[candidate.first..=candidate.last];
    if first.after_plus || is_date(group) || (ends_in_unit && !known) {
        return false;
    }
    if known {
        // A telephone number in groups can have the length of an order number.
        return wears_a_prefix || order_before.is_some() || !is_phone(group);
    }
    if candidate.digits < FEWEST_DIGITS || is_in(UNITS, &next) {
        return false;
    }
    let is_named = candidate.was_glued
        || first.after_hash
        || order_before == Some(0)
        || is_in(NUMBER_WORDS, &previous);
    let text = &candidate.found.text;
    let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let could_be_else = is_year || is_phone(group);
    let fits_the_shop =
        masks.is_empty() || masks.fit(&candidate.found.key) || candidate.digits > FEWEST_DIGITS;
    (speaks_of_orders || candidate.was_glued)
        && (is_named || !could_be_else)
        && (fits_the_shop || first.after_hash || is_in(NUMBER_WORDS, &previous))
}

/// Three groups of digits in the lengths of a date.
fn is_date(group: &[Piece]) -> bool {
    let lengths: Vec<usize> = group.iter().map(Piece::len).collect();
    group.iter().all(Piece::is_digits)
        && matches!(lengths[..], [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2])
}

/// Groups of digits that begin like a telephone number: an area code of its own.
fn is_phone(group: &[Piece]) -> bool {
    group.len() >= 2 && group.iter().all(Piece::is_digits) && group[0].starts_with_zero
}

fn is_order_word(word: &str) -> bool {
    let is_close = |order: &String| {
        order == word
            || (order.len() >= FORGIVEN_FROM
                && order.is_ascii()
                && (nearly(order, word) || doubled(word) == doubled(order)))
            || word
                .strip_suffix(order.as_str())
                .is_some_and(|before| order.len() > FORGIVEN_FROM || GLUED.contains(&before))
    };
    !word.is_empty()
        && !NOT_ORDERS.contains(&word)
        && LANGUAGES.iter().any(|words| words.order.iter().any(is_close))
}

fn is_other_number(word: &str) -> bool {
    OTHER_NUMBERS
        .split('|')
        .any(|other| other == word || (other.len() > FORGIVEN_FROM && nearly(other, word)))
}

/// The word with every letter once where it was typed twice.
fn doubled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests;
