//! What kind of fact a question asks for, and whether a sentence holds one. Pure.
//!
//! "When" wants a time, "how much" a price, "how long" a number with a unit. A sentence that holds
//! the asked kind is preferred among sentences that match the words about as well. The lists are
//! English with the commonest question words of a few neighbours; a question they do not know
//! simply gets no preference.

/// The kind of fact a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A time, a day or a date.
    Time,
    /// A number with a unit of time.
    Duration,
    /// An amount of money, or "free".
    Price,
    /// A place or an address.
    Place,
    /// A telephone number, an e-mail address.
    Contact,
    /// A number.
    Count,
    /// Yes or no.
    YesNo,
    /// Nothing that can be told from the question.
    Anything,
}

/// What can be told from a question about the sentence that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The kind of fact.
    pub(crate) wanted: Wanted,
    /// Numbers it names, such as the 5 of "5 kg".
    pub(crate) numbers: Vec<String>,
}

/// Reads a question.
pub(crate) fn asked(question: &str) -> Asked {
    Asked { wanted: wanted(question), numbers: numbers(question) }
}

/// Whether a sentence holds every number that the question names; without any it holds none.
pub(crate) fn holds_numbers(asked: &Asked, sentence: &str) -> bool {
    let held = numbers(sentence);
    !asked.numbers.is_empty() && asked.numbers.iter().all(|number| held.contains(number))
}

/// Runs of digits with their inner points and colons.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'))
        .map(|number| number.trim_matches(['.', ':']))
        .filter(|number| !number.is_empty())
        .map(String::from)
        .collect()
}

/// The first matching row decides; rows of several words come before their parts.
const QUESTIONS: &[(&[&str], Wanted)] = &[
    (
        &[
            "how much",
            "what does it cost",
            "how expensive",
            "price",
            "prices",
            "cost",
            "costs",
            "fee",
            "charge",
            "charges",
            "deposit",
            "was kostet",
            "cuánto cuesta",
            "combien coûte",
        ],
        Wanted::Price,
    ),
    (
        &[
            "how long",
            "how many days",
            "how many weeks",
            "how many hours",
            "how soon",
            "how quickly",
            "how fast",
            "wie lange",
            "cuánto tiempo",
            "combien de temps",
        ],
        Wanted::Duration,
    ),
    (
        &["phone", "telephone", "ring you", "call you", "email", "e-mail", "contact", "whatsapp"],
        Wanted::Contact,
    ),
    (&["how many", "how often", "how old", "what size", "how big", "wie viele"], Wanted::Count),
    (
        &[
            "when",
            "what time",
            "which day",
            "what day",
            "opening hours",
            "open on",
            "open at",
            "closed on",
            "closing time",
            "until when",
            "what hours",
            "wann",
            "quand",
            "cuándo",
        ],
        Wanted::Time,
    ),
    (
        &["where", "which address", "address", "how do i get to", "wo ist", "où", "dónde"],
        Wanted::Place,
    ),
];

/// Words that open a yes-or-no question.
const YES_NO: &[&str] = &[
    "can", "could", "do", "does", "did", "is", "are", "was", "will", "would", "may", "should",
    "have", "has", "am",
];

/// Tells what kind of fact the question asks for.
fn wanted(question: &str) -> Wanted {
    let lower = format!(" {} ", words(question).join(" "));
    for (phrases, wanted) in QUESTIONS {
        if phrases.iter().any(|phrase| lower.contains(&format!(" {phrase} "))) {
            return *wanted;
        }
    }
    match words(question).first() {
        Some(first) if YES_NO.contains(&first.as_str()) => Wanted::YesNo,
        _ => Wanted::Anything,
    }
}

/// Whether a sentence holds the wanted kind of fact.
pub(crate) fn holds(wanted: Wanted, sentence: &str) -> bool {
    let words = words(sentence);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let has_digit = sentence.chars().any(|c| c.is_ascii_digit());
    let has_number = has_digit || any(NUMBER_WORDS);
    match wanted {
        Wanted::Time => (has_digit && any(CLOCK)) || has_clock_time(sentence) || any(DAYS),
        Wanted::Duration => has_number && any(UNITS_OF_TIME) || any(&["immediately", "overnight"]),
        Wanted::Price => {
            sentence.chars().any(|c| "£$€¥".contains(c)) && has_digit
                || any(&["free", "charge", "cost", "costs"])
        }
        Wanted::Place => any(PLACES),
        Wanted::Contact => sentence.contains('@') || digits_in_a_row(sentence) >= 5,
        Wanted::Count => has_number,
        Wanted::YesNo => any(VERDICTS),
        Wanted::Anything => false,
    }
}

const CLOCK: &[&str] = &["am", "pm", "a.m", "p.m", "o'clock", "uhr", "noon", "midnight"];
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
];
const UNITS_OF_TIME: &[&str] = &[
    "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "season", "seasons", "night", "nights",
];
const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "fourteen", "twenty", "thirty", "sixty", "ninety", "hundred", "once", "twice",
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
];
const VERDICTS: &[&str] = &[
    "yes", "no", "not", "cannot", "can", "may", "must", "never", "always", "only", "welcome",
    "allowed", "do", "are", "is", "will", "unless", "free",
];

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '.' || c == '-'))
        .map(|word| word.trim_matches(['.', '-', '\'']).to_string())
        .filter(|word| !word.is_empty())
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check_wanted(question: &str, expected: Wanted) {
        assert_eq!(wanted(question), expected, "{question:?}");
    }

    fn check_holds(wanted: Wanted, sentence: &str, expected: bool) {
        assert_eq!(holds(wanted, sentence), expected, "{wanted:?} in {sentence:?}");
    }

    #[test]
    fn questions_tell_what_they_want() {
        check_wanted("When do you open on Sundays?", Wanted::Time);
        check_wanted("what time does the cafe close", Wanted::Time);
        check_wanted("How long does a refund take?", Wanted::Duration);
        check_wanted("how much is shipping to Norway", Wanted::Price);
        check_wanted("What's your phone number?", Wanted::Contact);
        check_wanted("How many people fit in a tent?", Wanted::Count);
        check_wanted("Where can I park?", Wanted::Place);
        check_wanted("Can I bring my dog?", Wanted::YesNo);
        check_wanted("Tell me about waxed jackets", Wanted::Anything);
        check_wanted("whenever suits", Wanted::Anything);
    }

    fn check_numbers(question: &str, sentence: &str, expected: bool) {
        assert_eq!(
            holds_numbers(&asked(question), sentence),
            expected,
            "{question:?} {sentence:?}"
        );
    }

    #[test]
    fn named_numbers_are_looked_for_whole() {
        check_numbers("what is a uk 9 shoe", "UK: 9; EU: 43", true);
        check_numbers("what is a uk 9 shoe", "UK: 19; EU: 9.5", false);
        check_numbers("from 2 to 10 kg", "2 kg cost more than 10.", true);
        check_numbers("from 2 to 10 kg", "2 kg.", false);
        check_numbers("which shoe", "UK: 9", false);
    }

    #[test]
    fn sentences_hold_facts() {
        check_holds(Wanted::Time, "We open at 9 am.", true);
        check_holds(Wanted::Time, "The doors open at 9:30.", true);
        check_holds(Wanted::Time, "We are closed on Sundays.", true);
        check_holds(Wanted::Time, "The jacket is warm.", false);
        check_holds(Wanted::Duration, "Refunds take five working days.", true);
        check_holds(Wanted::Duration, "Refunds go back to your card.", false);
        check_holds(Wanted::Price, "Shipping costs £4.95.", true);
        check_holds(Wanted::Price, "Returns are free.", true);
        check_holds(Wanted::Price, "Size 42 is in stock.", false);
        check_holds(Wanted::Contact, "Ring 01632 960 123.", true);
        check_holds(Wanted::Contact, "Ask at the till for 2 forms.", false);
        check_holds(Wanted::Count, "Each tent sleeps four.", true);
    }
}
