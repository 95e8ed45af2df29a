//! How well a sentence holds a kind of fact: 0 not at all, 1 as it should be. Pure.

use super::{Asked, Wanted, numbers_with_places, words};

/// How much of the wanted fact a sentence holds, from 0 to 1.
pub(crate) fn holds(asked: &Asked, sentence: &str) -> f32 {
    let words = words(sentence);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let has_digit = sentence.chars().any(char::is_numeric);
    let has_number = has_digit || any(NUMBER_WORDS);
    let is_price = sentence.chars().any(|c| "£$€¥".contains(c)) && has_digit || any(PRICE_WORDS);
    let yes = match asked.wanted {
        Wanted::Time => {
            (has_digit && any(CLOCK))
                || has_clock_time(sentence)
                || any(DAYS)
                || words.iter().any(|word| is_year(word) || is_ordinal(word))
        }
        Wanted::Duration => has_number && any(UNITS_OF_TIME) || any(&["immediately", "overnight"]),
        Wanted::Price => is_price,
        // "How much" asks for money more often than for any other amount.
        Wanted::Amount if is_price => true,
        Wanted::Amount => return if has_number { OTHER_AMOUNT } else { 0.0 },
        Wanted::Place => any(PLACES),
        Wanted::Name => names(sentence).any(|name| !asked.words.contains(&name)),
        Wanted::Contact => sentence.contains('@') || digits_in_a_row(sentence) >= 5,
        Wanted::Count => has_number,
        Wanted::YesNo => any(VERDICTS),
        Wanted::Anything => false,
    };
    f32::from(u8::from(yes))
}

/// Whether a sentence holds every number that the question names, itself or inside a range such as
/// 97–103; where the question names none, it holds none.
pub(crate) fn holds_numbers(asked: &Asked, sentence: &str) -> bool {
    let held = numbers_with_places(sentence);
    let in_range = |number: &str| {
        let Ok(wanted) = number.parse::<f64>() else { return false };
        held.windows(2).any(|pair| {
            let between = sentence.get(pair[0].1.end..pair[1].1.start).unwrap_or_default();
            let ends = (pair[0].0.parse::<f64>(), pair[1].0.parse::<f64>());
            let is_range = matches!(between.trim(), "-" | "–" | "—" | "to" | "bis" | "à");
            matches!(ends, (Ok(low), Ok(high)) if is_range && low <= wanted && wanted <= high)
        })
    };
    let is_held = |number: &String| held.iter().any(|(own, _)| own == number) || in_range(number);
    !asked.numbers.is_empty() && asked.numbers.iter().all(is_held)
}

/// What a number is worth that is not a price where "how much" was asked.
const OTHER_AMOUNT: f32 = 0.8;

/// Capitalised words that do not open a sentence, in lower case.
fn names(sentence: &str) -> impl Iterator<Item = String> {
    let words = sentence.split_whitespace().skip(1);
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| word.chars().count() > 1 && word.starts_with(char::is_uppercase))
        .map(str::to_lowercase)
}

/// 1066 and 2026, not 12 or 30000.
fn is_year(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    word.len() == 4 && (word.starts_with('1') || word.starts_with("20")) && is_digits(word)
}

/// 2nd, 21st.
fn is_ordinal(word: &str) -> bool {
    let endings = ["st", "nd", "rd", "th"];
    endings.iter().any(|ending| word.strip_suffix(ending).is_some_and(is_digits))
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A time such as 9:30, 17.00 or 9am.
fn has_clock_time(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    (1..bytes.len().saturating_sub(1)).any(|i| {
        let colon =
            bytes[i] == b':' && bytes[i - 1].is_ascii_digit() && bytes[i + 1].is_ascii_digit();
        let glued = bytes[i - 1].is_ascii_digit()
            && matches!(bytes[i], b'a' | b'p')
            && bytes[i + 1] == b'm';
        colon || glued
    })
}

/// The longest run of digits, single spaces and dashes not counted.
fn digits_in_a_row(sentence: &str) -> usize {
    let (mut run, mut longest) = (0, 0);
    for c in sentence.chars() {
        match c {
            _ if c.is_ascii_digit() => run += 1,
            ' ' | '-' => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

const CLOCK: &[&str] =
    &["am", "pm", "a.m", "p.m", "o'clock", "uhr", "noon", "midnight", "heures", "horas", "ore"];
const PRICE_WORDS: &[&str] =
    &["free", "charge", "cost", "costs", "kostenlos", "gratis", "gratuit", "euro", "euros"];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
    "weekend",
    "weekends",
    "weekdays",
    "daily",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "century",
    "centuries",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];
const UNITS_OF_TIME: &[&str] = &[
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "season",
    "seasons",
    "night",
    "nights",
    "decade",
    "decades",
    "century",
    "centuries",
    "tage",
    "tagen",
    "wochen",
    "stunden",
    "minuten",
    "monate",
    "jours",
    "semaines",
    "heures",
    "mois",
    "días",
    "semanas",
    "horas",
    "meses",
];
const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "fourteen", "twenty", "thirty", "sixty", "ninety", "hundred", "thousand", "million",
    "billion", "once", "twice", "half", "third", "quarter", "dozen",
];
const PLACES: &[&str] = &[
    "street",
    "road",
    "quay",
    "floor",
    "entrance",
    "opposite",
    "behind",
    "beside",
    "near",
    "next",
    "corner",
    "upstairs",
    "downstairs",
    "desk",
    "counter",
    "park",
    "station",
    "stop",
    "address",
    "square",
    "lane",
    "harbour",
    "at",
    "straße",
    "rue",
    "calle",
];
const VERDICTS: &[&str] = &[
    "yes", "no", "not", "cannot", "can", "may", "must", "never", "always", "only", "welcome",
    "allowed", "do", "are", "is", "will", "unless", "free",
];
