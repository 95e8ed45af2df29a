//! Dates and times of day as people write them. What can be read in two ways is not read.

use super::DAY_MINUTES;

/// A number in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// A time of day in minutes.
    Time(u16),
    /// A date; the year only where it is written.
    Date {
        /// The year.
        year: Option<i16>,
        /// From 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// A number by itself: a day of a month if one stands beside it.
    Bare(i16),
}

/// Reads the number at the start of some words, and how many of them it takes.
pub(crate) fn number(words: &[&str], english: bool) -> Option<(Number, usize)> {
    let word = *words.first()?;
    let next = words.get(1).copied().unwrap_or_default();
    if let Some(time) = marked_time(word) {
        return Some((Number::Time(time), 1));
    }
    if let Some(half) = half_of_day(next)
        && let Some(time) = plain_time(word).and_then(|minutes| in_half(minutes, half))
    {
        return Some((Number::Time(time), 2));
    }
    if ["uhr", "heures", "o'clock", "ore"].contains(&next)
        && let Some(time) = plain_time(word)
    {
        // Before noon and after it are both "8 o'clock" in English.
        let sure = !english || time >= 13 * 60;
        return sure.then_some((Number::Time(time), 2));
    }
    if let Some(date) = date(word, english) {
        return Some((date, 1));
    }
    if word.contains(':') {
        return plain_time(word).map(|time| (Number::Time(time), 1));
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º' || c == '.');
    let ending = &word[digits.len()..];
    let plain = ["", "st", "nd", "rd", "th", "er", "º", ".", "e", ":e"].contains(&ending);
    let value: i16 = digits.parse().ok().filter(|_| plain)?;
    Some((Number::Bare(value), 1))
}

/// "8pm", "20h", "20h30".
fn marked_time(word: &str) -> Option<u16> {
    for mark in ["am", "pm", "a.m", "p.m", "a.m.", "p.m."] {
        if let Some(digits) = word.strip_suffix(mark) {
            return in_half(plain_time(digits)?, half_of_day(mark)?);
        }
    }
    let (hours, minutes) = word.split_once('h')?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    plain_time(&format!("{hours}:{minutes}"))
}

/// Whether a mark means the second half of the day.
fn half_of_day(mark: &str) -> Option<bool> {
    match mark {
        "am" | "a.m" | "a.m." | "ص" | "صباحا" | "صباحًا" => Some(false),
        "pm" | "p.m" | "p.m." | "م" | "مساء" | "مساءً" => Some(true),
        _ => None,
    }
}

/// Minutes of "8", "8:30" or "8.30", on a clock of 24 hours.
fn plain_time(word: &str) -> Option<u16> {
    let (hours, minutes) = word.split_once([':', '.']).unwrap_or((word, "00"));
    let hours: u16 = hours.parse().ok()?;
    let minutes: u16 = (minutes.len() == 2).then(|| minutes.parse().ok())??;
    let time = hours * 60 + minutes;
    (hours <= 24 && minutes < 60 && time <= DAY_MINUTES).then_some(time)
}

/// A time on a clock of twelve hours.
fn in_half(minutes: u16, second: bool) -> Option<u16> {
    let noon = DAY_MINUTES / 2;
    if !(60..noon + 60).contains(&minutes) {
        return None;
    }
    Some(minutes % noon + if second { noon } else { 0 })
}

/// "2026-12-25", "25/12", "25.12.2026".
fn date(word: &str, english: bool) -> Option<Number> {
    let sign = ['-', '/', '.'].into_iter().find(|sign| word.contains(*sign))?;
    let parts: Vec<i16> = word
        .trim_end_matches('.')
        .split(sign)
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, first, second) = match parts.as_slice() {
        [year, month, day] if *year > 999 => {
            return dated(Some(*year), *month, *day);
        }
        [first, second, year] if *year > 999 => (Some(*year), *first, *second),
        // "24/7" is no date.
        [24, 7] => return None,
        [first, second] if sign != '-' => (None, *first, *second),
        _ => return None,
    };
    // Days stand first, but in some countries that write English.
    if english && first <= 12 && second <= 12 && first != second {
        return None;
    }
    if second > 12 { dated(year, first, second) } else { dated(year, second, first) }
}

fn dated(year: Option<i16>, month: i16, day: i16) -> Option<Number> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some(Number::Date { year, month: month as i8, day: day as i8 })
}
