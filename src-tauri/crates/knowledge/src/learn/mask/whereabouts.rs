//! Bank accounts and addresses, as words that follow one another.

/// Characters of the shortest and of the longest IBAN.
const IBAN_CHARACTERS: std::ops::RangeInclusive<usize> = 15..=34;
/// An IBAN is written in groups of four.
const IBAN_GROUPS: usize = 9;
/// Words between a house number and the word for a street.
const STREET_WORDS: usize = 4;

/// How many of the first words make one IBAN whose check digits are right.
pub(super) fn iban_words(words: &[&str]) -> usize {
    let mut joined = String::new();
    for (at, word) in words.iter().take(IBAN_GROUPS).enumerate() {
        joined.extend(core(word).chars().map(|c| c.to_ascii_uppercase()));
        if joined.len() > *IBAN_CHARACTERS.end()
            || !joined.chars().all(|c| c.is_ascii_alphanumeric())
        {
            return 0;
        }
        if IBAN_CHARACTERS.contains(&joined.len()) && is_iban(&joined) {
            return at + 1;
        }
    }
    0
}

fn is_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins =
        bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2..4].iter().all(u8::is_ascii_digit);
    let remainder = bytes[4..].iter().chain(&bytes[..4]).fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    begins && remainder == 1
}

/// How many of the first words make a street with its number, or a British postcode.
pub(super) fn address_words(words: &[&str]) -> usize {
    let Some(first) = words.first() else { return 0 };
    if let [outward, inward, ..] = words
        && is_postcode(&format!("{outward}{}", core(inward)))
    {
        return 2;
    }
    if is_postcode(core(first)) && core(first).len() >= 6 {
        return 1;
    }
    // `Lange Straße 12a` and `Hauptstraße 12`: the word for a street, then the number.
    if let Some(number) = words.get(1)
        && ends_as_street(first)
        && is_house_number(number)
    {
        return 2;
    }
    // `12 Long Mill Road`, `12 rue de la Paix`: the number, then names.
    if !is_house_number(first) {
        return 0;
    }
    if words.get(1).is_some_and(|word| begins_as_street(word)) {
        let names = words[2..].iter().take(STREET_WORDS).take_while(|word| is_name(word)).count();
        return if names > 0 { 2 + names } else { 0 };
    }
    let last = words[1..].iter().take(STREET_WORDS).position(|word| is_street_word(word));
    match last {
        Some(at) if at > 0 && words[1..=at].iter().all(|word| is_name(word)) => at + 2,
        _ => 0,
    }
}

fn is_postcode(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '-',
        })
        .collect();
    ["A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA"].contains(&shape.as_str())
}

fn ends_as_street(word: &str) -> bool {
    let word = word.to_lowercase();
    ["straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "straat", "gatan"]
        .iter()
        .any(|street| word.ends_with(street))
}

fn begins_as_street(word: &str) -> bool {
    let streets = ["rue", "avenue", "boulevard", "via", "calle", "ulica", "rua"];
    streets.contains(&word.to_lowercase().as_str())
}

fn is_street_word(word: &str) -> bool {
    let streets = ["street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "close", "way"];
    streets.contains(&core(word).to_lowercase().as_str())
}

fn is_house_number(word: &str) -> bool {
    let word = core(word).trim_end_matches(|c: char| c.is_ascii_lowercase());
    (1..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_digit())
}

/// A name begins with a capital, or joins two that do.
fn is_name(word: &str) -> bool {
    let small = ["de", "la", "le", "du", "des", "di", "del", "della", "da", "do"];
    word.starts_with(char::is_uppercase) || small.contains(&core(word))
}

fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
