//! A check of facts that is stupid on purpose: what is written must be written in the evidence.

/// The first number, name, date or address of an answer that the evidence does not hold.
pub(super) fn foreign_fact(answer: &str, evidence: &str) -> Option<String> {
    let held_words: Vec<String> = words(evidence);
    let held_digits = digit_runs(evidence);
    let digits = digit_runs(answer).into_iter().find(|run| {
        !held_digits.contains(run) && !spelled(run).is_some_and(|word| held_words.contains(&word))
    });
    let address = answer.split_whitespace().find(|part| {
        (part.contains('@') || part.contains("://") || part.contains("www."))
            && !evidence.contains(part.trim_matches(|c: char| ".,;:!?()".contains(c)))
    });
    digits
        .or_else(|| address.map(str::to_owned))
        .or_else(|| foreign_name(answer, &held_words))
        .or_else(|| foreign_number_word(answer, &held_words, &held_digits))
}

/// Runs of digits, without signs that group them.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    for character in text.chars().chain([' ']) {
        match character {
            _ if character.is_ascii_digit() => run.push(character),
            ',' | '\'' if !run.is_empty() => {}
            _ if !run.is_empty() => runs.push(std::mem::take(&mut run)),
            _ => {}
        }
    }
    runs
}

/// A word with a capital inside a sentence, or at its start where no other word explains it.
fn foreign_name(answer: &str, held: &[String]) -> Option<String> {
    let mut opens = true;
    for word in answer.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let opened = opens;
        opens = word.ends_with(['.', '!', '?', ':']);
        if !bare.starts_with(char::is_uppercase) || bare == "I" {
            continue;
        }
        let parts = words(bare);
        let is_opener = opened && parts.iter().all(|part| OPENERS.contains(&part.as_str()));
        let is_known = is_opener || parts.iter().all(|part| held.contains(part));
        if !is_known {
            return Some(bare.to_owned());
        }
    }
    None
}

fn foreign_number_word(answer: &str, held: &[String], digits: &[String]) -> Option<String> {
    let is_foreign = |word: &String| {
        let number = SPELLED.iter().find(|(_, spelled)| spelled == word);
        let in_digits = number.is_some_and(|(run, _)| digits.iter().any(|own| own == run));
        let counts = number.is_some() || DATES.contains(&word.as_str());
        counts && !in_digits && !held.contains(word) && !held.contains(&format!("{word}s"))
    };
    words(answer).into_iter().find(is_foreign)
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    // Whose it is says nothing about what it is called.
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let words = words.map(|word| word.strip_suffix("'s").unwrap_or(word));
    let parts = words.flat_map(|word| word.split('\''));
    parts.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn spelled(run: &str) -> Option<String> {
    SPELLED.iter().find(|(digits, _)| *digits == run).map(|(_, word)| (*word).to_owned())
}

const SPELLED: &[(&str, &str)] = &[
    ("2", "two"),
    ("3", "three"),
    ("4", "four"),
    ("5", "five"),
    ("6", "six"),
    ("7", "seven"),
    ("8", "eight"),
    ("9", "nine"),
    ("10", "ten"),
    ("11", "eleven"),
    ("12", "twelve"),
    ("14", "fourteen"),
    ("15", "fifteen"),
    ("20", "twenty"),
    ("30", "thirty"),
    ("40", "forty"),
    ("50", "fifty"),
    ("60", "sixty"),
    ("90", "ninety"),
    ("100", "hundred"),
    ("1000", "thousand"),
];

const DATES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words that open a sentence in any answer.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "you",
    "your",
    "we",
    "our",
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "his",
    "her",
    "this",
    "that",
    "these",
    "those",
    "there",
    "yes",
    "no",
    "if",
    "in",
    "on",
    "at",
    "for",
    "from",
    "to",
    "by",
    "with",
    "when",
    "where",
    "while",
    "as",
    "and",
    "but",
    "or",
    "please",
    "all",
    "some",
    "one",
    "not",
    "after",
    "before",
    "also",
    "however",
    "according",
    "because",
    "since",
    "each",
    "every",
    "any",
    "both",
    "most",
    "many",
    "only",
    "is",
    "are",
    "was",
    "were",
    "can",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_is_foreign() {
        let evidence = "Marta Lind opens at 9:30 and takes 1,200 euros within thirty days.";
        let check = |answer: &str, expected: Option<&str>| {
            assert_eq!(foreign_fact(answer, evidence).as_deref(), expected, "{answer}");
        };
        check("Marta opens at 9:30.", None);
        check("It takes 1200 euros within 30 days.", None);
        check("It takes Marta's 30 days, and that is Lind's.", None);
        check("It opens at 9:45.", Some("45"));
        check("Peter opens.", Some("Peter"));
        check("It opens for Peter.", Some("Peter"));
        check("It takes forty days.", Some("forty"));
        check("It opens on sunday.", Some("sunday"));
        check("Write to a@b.example.", Some("a@b.example."));
    }
}
