//! From words to signs: every word of a question must be known, or it is not about the facts.

use super::Facts;
use super::numbers::{Number, number};
use super::tongues::Tongue;

/// What a word or a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Nothing that changes the question.
    Noise,
    /// Open.
    Open,
    /// Closed.
    Closed,
    /// Opening hours.
    Hours,
    /// When, until when.
    When,
    /// At this moment.
    Now,
    /// So many days from today.
    DaysAhead(u8),
    /// This evening, this afternoon: today, without saying when.
    Later,
    /// This, the coming.
    This,
    /// Monday is 0.
    Weekday(u8),
    /// On Mondays.
    Weekdays(u8),
    /// Saturday and Sunday.
    Weekend,
    /// From 1.
    Month(u8),
    /// The telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The postal address.
    Address,
    /// What it costs.
    Cost,
    /// A number, a time, a date.
    Number(Number),
    /// A place that staff named.
    Place(usize),
    /// A special day that staff named: the place, the day.
    Special(usize, usize),
    /// Something with a price.
    Price(usize),
}

/// The signs of a question in one language; `None` where a word is not known.
pub(crate) fn signs(question: &str, tongue: &Tongue, facts: &Facts) -> Option<Vec<Sign>> {
    let words = words(question);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut signs = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let (sign, taken) = named(rest, facts)
            .into_iter()
            .chain(known(rest, tongue))
            .max_by_key(|(_, taken)| *taken)
            .or_else(|| {
                let (number, taken) = number(rest, tongue.code == "en")?;
                Some((Sign::Number(number), taken))
            })?;
        signs.push(sign);
        at += taken;
    }
    Some(signs)
}

/// Lower case words without the punctuation around them.
fn words(question: &str) -> Vec<String> {
    let text = question.to_lowercase().replace(['’', '‘'], "'");
    let around = |c: char| "?!,;\"«»„“”()¿¡؟،؛…".contains(c);
    text.split_whitespace()
        .map(|word| word.trim_matches(around).trim_end_matches(['.', ':']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The longest phrase of a language that the words begin with.
fn known(rest: &[&str], tongue: &Tongue) -> Option<(Sign, usize)> {
    let mut best: Option<(Sign, usize)> = None;
    for (phrases, sign) in tongue.words {
        for phrase in phrases.split('|') {
            let length = phrase.split(' ').count();
            if best.is_none_or(|(_, taken)| length > taken) && begins(rest, phrase) {
                best = Some((*sign, length));
            }
        }
    }
    best
}

/// A name that staff gave, which the words begin with; the longest of them.
fn named(rest: &[&str], facts: &Facts) -> Option<(Sign, usize)> {
    let mut best: Option<(Sign, usize)> = None;
    let mut offer = |name: &String, sign: Sign| {
        let name = words(name).join(" ");
        let length = name.split(' ').count();
        if !name.is_empty() && best.is_none_or(|(_, taken)| length > taken) && begins(rest, &name) {
            best = Some((sign, length));
        }
    };
    for (index, place) in facts.places.iter().enumerate() {
        place.names.iter().for_each(|name| offer(name, Sign::Place(index)));
        for (day, special) in place.days.iter().enumerate() {
            special.names.iter().for_each(|name| offer(name, Sign::Special(index, day)));
        }
    }
    for (index, price) in facts.prices.iter().enumerate() {
        price.names.iter().for_each(|name| offer(name, Sign::Price(index)));
    }
    best
}

fn begins(rest: &[&str], phrase: &str) -> bool {
    let mut words = rest.iter();
    phrase.split(' ').all(|part| words.next() == Some(&part))
}
