//! The figures of a sentence: prices, times, percentages, and counts with what they count.

use std::collections::{BTreeMap, BTreeSet};

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    /// Money.
    Price,
    /// A time of day.
    Time,
    /// A share.
    Percent,
    /// A count of something, by its unit.
    Count(String),
}

/// The figures of a text, each measure with its values.
pub(crate) type Figures = BTreeMap<Measure, BTreeSet<String>>;

const MONEY: &[&str] = &[
    "pound", "pounds", "gbp", "euro", "euros", "eur", "dollar", "dollars", "usd", "kr", "sek",
    "nok", "dkk", "chf", "pence", "cents",
];
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];
const NUMBER_WORDS: &[(&str, &str)] = &[
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("sixty", "60"),
];
/// Words between two figures of one measure: "9 am to 6 pm", "3 or 5 days".
const LINKS: &[&str] = &["to", "or", "and", "until", "-", "–", "—"];
/// Words that say how a count is meant, not what is counted.
const FILLERS: &[&str] = &["working", "full", "free", "more", "whole", "calendar", "business"];

/// Reads the figures of a text.
pub(crate) fn figures(text: &str) -> Figures {
    let words = words(text);
    let mut found = Figures::new();
    let mut waiting: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some((value, mark)) = number(word) else { continue };
        let after = words.get(at + 1).map_or("", String::as_str);
        let before = if at > 0 { words[at - 1].as_str() } else { "" };
        let is_date = MONTHS.contains(&after) || MONTHS.contains(&before);
        let measure = match mark {
            _ if is_date => None,
            Mark::Money => Some(Measure::Price),
            Mark::Share => Some(Measure::Percent),
            Mark::Clock => Some(Measure::Time),
            Mark::None if MONEY.contains(&after) => Some(Measure::Price),
            Mark::None if matches!(after, "am" | "pm" | "a.m" | "p.m" | "o'clock" | "uhr") => {
                Some(Measure::Time)
            }
            Mark::None if matches!(after, "%" | "percent") => Some(Measure::Percent),
            Mark::None => unit(&words[at + 1..]).map(Measure::Count),
        };
        let value = match (&measure, after) {
            (Some(Measure::Time), after) => time(&value, after),
            _ => value,
        };
        if is_date {
            continue;
        }
        match measure {
            // "3 to 5 days": the first number takes the unit of the second.
            None if LINKS.contains(&after) => waiting.push(value),
            None => waiting.clear(),
            Some(measure) => {
                let values = found.entry(measure).or_default();
                values.extend(waiting.drain(..));
                values.insert(value);
            }
        }
    }
    found
}

/// Whether a word is part of a figure, and not of what the sentence is about.
pub(crate) fn is_figure_word(word: &str) -> bool {
    word.chars().any(char::is_numeric)
        || MONEY.contains(&word)
        || NUMBER_WORDS.iter().any(|(name, _)| *name == word)
        || matches!(word, "am" | "pm" | "percent")
}

/// Prices and times of day change; counts of days mostly do not.
pub(crate) fn will_change(figures: &Figures) -> bool {
    figures.keys().any(|measure| matches!(measure, Measure::Price | Measure::Time))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Money,
    Share,
    Clock,
}

/// Lower case words; a figure keeps its signs.
fn words(text: &str) -> Vec<String> {
    let spread =
        text.to_lowercase().replace(['–', '—'], " - ").replace("a.m.", "am").replace("p.m.", "pm");
    let trim = |word: &str| {
        word.trim_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '£' | '$' | '€' | '%' | '-')
        })
        .to_owned()
    };
    spread.split_whitespace().map(trim).filter(|word| !word.is_empty()).collect()
}

fn number(word: &str) -> Option<(String, Mark)> {
    if let Some((_, digits)) = NUMBER_WORDS.iter().find(|(name, _)| *name == word) {
        return Some(((*digits).to_owned(), Mark::None));
    }
    let core = word.trim_matches(['£', '$', '€', '%']);
    let (digits, tail) = match core.find(|c: char| c.is_alphabetic()) {
        Some(at) => core.split_at(at),
        None => (core, ""),
    };
    let shaped = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    if !shaped || !matches!(tail, "" | "am" | "pm" | "h" | "uhr") {
        return None;
    }
    let mark = if word.starts_with(['£', '$', '€']) || word.ends_with(['£', '$', '€']) {
        Mark::Money
    } else if word.ends_with('%') {
        Mark::Share
    } else if digits.contains(':') || !tail.is_empty() {
        Mark::Clock
    } else {
        Mark::None
    };
    let value = match mark {
        Mark::Clock => time(digits, tail),
        _ => plain(digits),
    };
    Some((value, mark))
}

/// `1,200` and `1200`, `5.00` and `5` are the same.
fn plain(digits: &str) -> String {
    let digits = digits.replace(',', "");
    match digits.split_once('.') {
        Some((whole, part)) if part.chars().all(|c| c == '0') => whole.to_owned(),
        _ => digits,
    }
}

/// A time of day in minutes, so that `6 pm` and `18:00` are the same.
fn time(digits: &str, half: &str) -> String {
    if let Some(minutes) = digits.strip_prefix('t') {
        let minutes: u32 = minutes.parse().unwrap_or(0);
        let late = half.starts_with('p') && minutes < 12 * 60;
        return format!("t{}", minutes + if late { 12 * 60 } else { 0 });
    }
    let (hours, minutes) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    let hours: u32 = hours.parse().unwrap_or(0);
    let minutes: u32 = minutes.parse().unwrap_or(0);
    let late = half.starts_with('p') && hours < 12;
    format!("t{}", (hours + if late { 12 } else { 0 }) * 60 + minutes)
}

/// What is counted: the next word that is not a filler, without its plural.
fn unit(after: &[String]) -> Option<String> {
    let word = after.iter().take(2).find(|word| !FILLERS.contains(&word.as_str()))?;
    let is_word = word.chars().all(|c| c.is_alphabetic() || c == '-') && word.len() > 2;
    let counts = is_word && !LINKS.contains(&word.as_str());
    counts.then(|| word.strip_suffix('s').unwrap_or(word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_figures(text: &str, expected: &str) {
        let found: Vec<String> = figures(text)
            .into_iter()
            .map(|(measure, values)| {
                let values: Vec<String> = values.into_iter().collect();
                format!("{measure:?} {}", values.join(" "))
            })
            .collect();
        assert_eq!(found.join("; "), expected, "{text:?}");
    }

    #[test]
    fn figures_are_read_with_what_they_measure() {
        check_figures("It costs £1,200.00 or 5 pounds.", "Price 1200 5");
        check_figures("from 9:30 am to 6 pm", "Time t1080 t570");
        check_figures("open at 18:00 and 6pm", "Time t1080");
        check_figures("10 % off, 15%", "Percent 10 15");
        check_figures("within 30 days", "Count(\"day\") 30");
        check_figures("in 3 to 5 working days", "Count(\"day\") 3 5");
        check_figures("thirty days", "Count(\"day\") 30");
        check_figures("from 1 April to 31 October", "");
        check_figures("the X200 with no number", "");
        check_figures("", "");
    }
}
