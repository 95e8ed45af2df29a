//! Reads the checkable things of a text, word by word. Pure.

use super::super::numerals::{is_between_number_and_unit, month, number_word, unit, weekday};
use super::{Mention, Reading};

/// Digits from which a run of them is a telephone number.
const PHONE_DIGITS: usize = 7;

/// Everything checkable, in its order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let plain = plain(text);
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || "()[]{}\"“”„«»–—~;|".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words {
        match address(word) {
            Some(address) => found.push(claim(word, vec![Reading::Word(address)])),
            None => pieces.extend(split(word, &mut found)),
        }
    }
    phones(&mut pieces, &mut found);
    let mut at = 0;
    while at < pieces.len() {
        at += read(&pieces[at..], at.checked_sub(1).map(|before| &pieces[before]), &mut found);
    }
    found
}

/// A part of a word between hyphens and slashes.
#[derive(Clone, Debug)]
struct Piece {
    written: String,
    lower: String,
    /// Part of a telephone number, which is read as a whole.
    in_phone: bool,
    /// A blank or a line stands before it, not a hyphen.
    opens_word: bool,
}

/// Compatible forms made equal, every script's digits as 0 to 9.
fn plain(text: &str) -> String {
    knowledge::text::normalise(text)
        .chars()
        .map(|c| match c {
            '\u{660}'..='\u{669}' => digit(c, 0x660),
            '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
            '\u{966}'..='\u{96f}' => digit(c, 0x966),
            '\u{9e6}'..='\u{9ef}' => digit(c, 0x9e6),
            '\u{e50}'..='\u{e59}' => digit(c, 0xe50),
            '\u{66b}' => '.',
            '\u{66c}' => ',',
            '\u{66a}' => '%',
            '’' | 'ʼ' => '\'',
            _ => c,
        })
        .collect()
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

fn claim(written: &str, readings: Vec<Reading>) -> Mention {
    Mention {
        written: written.trim_matches([',', '.', '!', '?', ':']).into(),
        readings,
        is_claim: true,
    }
}

/// An e-mail address, a web address or a path, without what may be left out of it.
fn address(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let lower = lower.trim_matches(|c: char| ",.!?:'<>*_`".contains(c));
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    let is_path = lower.contains('\\') && letters(lower) > 1
        || lower.starts_with(['/', '~']) && letters(lower) > 1
        || lower.matches('/').count() >= 3 && letters(lower) > 3;
    let host = lower.split(['/', '?']).next().unwrap_or_default();
    let is_domain = host.rsplit_once('.').is_some_and(|(name, end)| {
        letters(name) >= 2
            && end.len() >= 2
            && end.chars().all(char::is_alphabetic)
            && !name.contains("..")
    });
    let is_web = lower.contains("://") || lower.starts_with("www.") || is_domain;
    if lower.contains('@') && letters(lower) > 1 || is_web || is_path {
        let bare = lower.split_once("://").map_or(lower, |(_, rest)| rest);
        let bare = bare.strip_prefix("www.").unwrap_or(bare);
        return Some(bare.trim_end_matches('/').trim_start_matches("mailto:").to_owned());
    }
    None
}

/// The parts of a word between hyphens and slashes; a code is remembered as a whole too.
fn split(word: &str, found: &mut Vec<Mention>) -> Vec<Piece> {
    let date = numeric_date(word);
    let ends = |c: char| "-/‑_=".contains(c) || c == '.' && date.is_some();
    let parts: Vec<&str> = word.split(ends).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        let joined: String = parts.concat().to_lowercase();
        let whole = Reading::Word(joined.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        found.push(Mention { is_claim: false, ..claim(word, vec![whole]) });
    }
    if let Some(date) = &date {
        found.push(Mention { is_claim: false, ..date.clone() });
    }
    let pieces = parts.iter().enumerate().map(|(at, part)| Piece {
        written: (*part).to_owned(),
        lower: part.to_lowercase(),
        in_phone: false,
        opens_word: at == 0,
    });
    pieces.collect()
}

/// 25.12.2026, 25/12, 2026-12-25: the month may be either of the small numbers.
fn numeric_date(word: &str) -> Option<Mention> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() == 3)?;
    let mut readings: Vec<Reading> =
        numbers.iter().filter(|n| (1..=12).contains(*n)).map(|n| Reading::Month(*n)).collect();
    readings.extend(numbers.iter().map(|n| Reading::Number(n.to_string(), None)));
    Some(claim(word, readings))
}

/// Runs of digit groups that together are a telephone number.
fn phones(pieces: &mut [Piece], found: &mut Vec<Mention>) {
    let digits_of = |piece: &Piece| -> Option<String> {
        let bare = piece.lower.trim_matches(|c: char| ",.:+'".contains(c));
        (!bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())).then(|| bare.into())
    };
    let mut start = 0;
    while start < pieces.len() {
        let run: Vec<String> = pieces[start..].iter().map_while(digits_of).collect();
        let digits = run.concat();
        if digits.len() >= PHONE_DIGITS && (run.len() > 1 || digits.len() > 8) {
            let written: Vec<&str> =
                pieces[start..start + run.len()].iter().map(|p| p.written.as_str()).collect();
            let national = digits.trim_start_matches('0');
            let mut readings = vec![Reading::Phone(national.to_owned())];
            // The country's number may be left out or be there.
            readings.extend((1..=3).filter_map(|code| {
                let rest = national.get(code..).map(|rest| rest.trim_start_matches('0'));
                let rest = rest.filter(|rest| rest.len() >= PHONE_DIGITS)?;
                Some(Reading::Phone(rest.to_owned()))
            }));
            found.push(claim(&written.join(" "), readings));
            pieces[start..start + run.len()].iter_mut().for_each(|piece| piece.in_phone = true);
        }
        start += run.len().max(1);
    }
}

/// Reads what begins here and says how many pieces it took.
fn read(pieces: &[Piece], before: Option<&Piece>, found: &mut Vec<Mention>) -> usize {
    let piece = &pieces[0];
    let bare = piece.lower.trim_matches(|c: char| ",.:!?'*".contains(c));
    let is_capital = piece.written.starts_with(char::is_uppercase);
    let near_number = |piece: Option<&Piece>| {
        piece.is_some_and(|piece| piece.lower.bytes().any(|byte| byte.is_ascii_digit()))
    };
    if bare.chars().any(|c| c.is_ascii_digit()) {
        return number(pieces, bare, found);
    }
    if let Some(number) = month(bare) {
        // "may" and "march" are verbs, "mar" and "sun" are nouns.
        let is_claim = near_number(before)
            || near_number(pieces.get(1))
            || is_capital && before.is_some() && bare.chars().count() > 3;
        found.push(Mention { is_claim, ..claim(&piece.written, vec![Reading::Month(number)]) });
        if near_number(before) || near_number(pieces.get(1)) {
            let as_number = vec![Reading::Number(number.to_string(), None)];
            found.push(Mention { is_claim: false, ..claim(&piece.written, as_number) });
        }
        return 1;
    }
    if let Some(day) = weekday(bare) {
        let is_claim = bare.chars().count() > 4;
        found.push(Mention { is_claim, ..claim(&piece.written, vec![Reading::Weekday(day)]) });
        return 1;
    }
    if number_word(bare).is_some() {
        return spelled_number(pieces, found);
    }
    1
}

/// Twenty, twenty-one, two hundred, three thousand five hundred.
fn spelled_number(pieces: &[Piece], found: &mut Vec<Mention>) -> usize {
    let word = |at: usize| -> Option<u32> {
        let piece = pieces.get(at)?;
        number_word(piece.lower.trim_matches(|c: char| ",.:!?".contains(c)))
    };
    let (mut total, mut current, mut taken) = (0u64, 0u64, 0);
    while let Some(value) = word(taken).map(u64::from) {
        let follows = match value {
            100 | 1_000 | 1_000_000 => true,
            1..=9 => taken == 0 || current % 10 == 0 && current > 10 || current == 0,
            _ => taken == 0 || current >= 100 && current % 100 == 0,
        };
        if !follows {
            break;
        }
        match value {
            100 => current = current.max(1) * 100,
            1_000 | 1_000_000 => {
                total += current.max(1) * value;
                current = 0;
            }
            _ => current += value,
        }
        taken += 1;
    }
    let taken = taken.max(1);
    let (unit, with_unit) = unit_after(&pieces[taken.min(pieces.len())..]);
    let value = total + current;
    // "One" alone is a pronoun more often than a number.
    let is_claim = value > 1 || unit.is_some();
    if !is_claim && value == 1 {
        return taken;
    }
    let mut readings = vec![Reading::Number(value.to_string(), unit)];
    if clock_word(pieces.get(taken)).is_some() {
        readings.push(clock(value as u32 * 60, None));
    }
    found.push(Mention { is_claim, ..claim(&pieces[0].written, readings) });
    taken + with_unit
}

/// Digits with what is glued to them and what follows them.
fn number(pieces: &[Piece], bare: &str, found: &mut Vec<Mention>) -> usize {
    if pieces[0].in_phone {
        let alone = vec![Reading::Number(decimal(bare.trim_start_matches('+')), None)];
        found.push(Mention { is_claim: false, ..claim(bare, alone) });
        return 1;
    }
    let start = bare.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let end = bare.rfind(|c: char| c.is_ascii_digit()).map_or(bare.len(), |at| at + 1);
    let (prefix, core, suffix) = (&bare[..start], &bare[start..end], &bare[end..]);
    let suffix = suffix.trim_start_matches(['.', '\'']);
    let prefix_unit = unit(prefix.trim_matches(|c: char| c.is_alphanumeric() || c == '+'));
    // A code is Latin; other scripts write their words against the number.
    let has_letters = |part: &str| part.chars().any(|c| c.is_ascii_alphabetic());
    let is_ordinal = ["st", "nd", "rd", "th", "er", "e", "ème", "º", "ª"].contains(&suffix);
    let half = clock_half(suffix);
    let known_suffix = suffix.is_empty()
        || is_ordinal
        || half.is_some()
        || unit(suffix).is_some()
        || suffix == "h"
        || suffix == "x"
        || suffix == "s"
        || !has_letters(suffix);
    let french_clock = core.split_once('h').filter(|(hours, minutes)| {
        hours.parse::<u32>().is_ok_and(|h| h < 25) && minutes.len() == 2
    });
    if let Some((hours, minutes)) = french_clock {
        let minutes = clock_of(hours, minutes, None).into_iter().collect();
        found.push(claim(bare, minutes));
        return 1;
    }
    if has_letters(prefix) && prefix_unit.is_none() || !known_suffix || has_letters(core) {
        found.push(claim(bare, vec![Reading::Word(bare.replace(['.', '\'', ','], ""))]));
        return 1;
    }
    let (unit_after, mut taken) = match unit(suffix) {
        Some(unit) => (Some(unit), 0),
        None => unit_after(&pieces[1..]),
    };
    let unit = prefix_unit.or(unit_after);
    let half = half.or_else(|| {
        let after = clock_word(pieces.get(1));
        taken += usize::from(after.is_some() && unit.is_none());
        after.filter(|_| unit.is_none()).flatten()
    });
    let is_hours = suffix == "h" || clock_word(pieces.get(1)).is_some() && unit.is_none();
    let mut readings = Vec::new();
    if let Some((hours, minutes)) = core.split_once(':') {
        readings.extend(clock_of(hours, minutes, half));
        if readings.is_empty() {
            let numbers = core.split(':').map(|part| Reading::Number(decimal(part), None));
            readings.extend(numbers);
        }
        // A bare 9 in a sentence may stand for 9:00 here.
        if minutes == "00" {
            readings.push(Reading::Number(decimal(hours), unit));
        }
    } else {
        let values = values(core);
        if half.is_none() || !is_hours {
            readings.extend(values.iter().map(|value| Reading::Number(value.clone(), unit)));
        }
        let hours = core.parse::<u32>().ok().filter(|hours| *hours <= 24);
        match (hours, core.split_once('.')) {
            (Some(hours), _) if half.is_some() || is_hours => {
                readings.extend(clock_of(&hours.to_string(), "00", half));
                if half.is_none() {
                    readings.push(Reading::Number(hours.to_string(), None));
                }
            }
            (None, Some((hours, minutes))) if minutes.len() == 2 && unit.is_none() => {
                readings.extend(clock_of(hours, minutes, half));
            }
            _ => {}
        }
    }
    let written = if taken > 0 && half.is_some() {
        format!("{bare} {}", pieces[1].written)
    } else {
        bare.to_owned()
    };
    // The evidence's 9 of "9 to 5 pm" is an hour; a sentence's 9 is a number.
    if unit.is_none()
        && half.is_none()
        && let Some(hours) = core.parse::<u32>().ok().filter(|hours| *hours <= 24)
    {
        let bare_hour = Mention { is_claim: false, ..claim(bare, vec![clock(hours * 60, None)]) };
        found.push(bare_hour);
    }
    // And the 9 of "9 am" may be said without its half of the day.
    if half.is_some() {
        let number = core.split([':', '.']).next().unwrap_or(core);
        let alone = Reading::Number(decimal(number), None);
        found.push(Mention { is_claim: false, ..claim(bare, vec![alone]) });
    }
    found.push(claim(&written, readings));
    1 + taken
}

/// The unit that follows a number, and how many pieces it takes.
fn unit_after(pieces: &[Piece]) -> (Option<&'static str>, usize) {
    let bare = |at: usize| -> Option<&str> {
        Some(pieces.get(at)?.lower.trim_matches(|c: char| ",.:!?'".contains(c)))
    };
    match bare(0) {
        Some(word) if unit(word).is_some() && word != "p" && word != "m" && word != "an" => {
            (unit(word), 1)
        }
        Some(word) if is_between_number_and_unit(word) => match bare(1).and_then(unit) {
            Some(unit) => (Some(unit), 2),
            None => (None, 0),
        },
        _ => (None, 0),
    }
}

/// Whether a word after a number makes it a time of day, and which half of the day it names.
fn clock_word(piece: Option<&Piece>) -> Option<Option<bool>> {
    let piece = piece.filter(|piece| piece.opens_word)?;
    let word = piece.lower.trim_matches(|c: char| ",:!?".contains(c));
    match word.trim_end_matches('.') {
        "o'clock" | "uhr" | "h" | "heures" => Some(None),
        _ => clock_half(word).map(Some),
    }
}

/// `true` for pm.
fn clock_half(word: &str) -> Option<bool> {
    match word.replace('.', "").as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

fn clock_of(hours: &str, minutes: &str, is_pm: Option<bool>) -> Option<Reading> {
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 24 || minutes > 59 {
        return None;
    }
    Some(clock(hours * 60 + minutes, is_pm))
}

fn clock(minutes: u32, is_pm: Option<bool>) -> Reading {
    let face = minutes % 720;
    let day = match is_pm {
        Some(is_pm) => Some(face + if is_pm { 720 } else { 0 }),
        None if minutes >= 780 || minutes < 60 => Some(minutes % 1440),
        None => None,
    };
    Reading::Clock { face, day }
}

/// The values that digits with points and commas may stand for.
fn values(core: &str) -> Vec<String> {
    let core = core.replace('\'', "");
    let separators: Vec<char> = core.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = core.split(['.', ',']).collect();
    let is_grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    let mut values = Vec::new();
    match separators.as_slice() {
        [] => values.push(decimal(&core)),
        [_] => {
            values.push(decimal(&core.replace(',', ".")));
            if is_grouped {
                values.push(decimal(&groups.concat()));
            }
        }
        // 1.200,50 and 1,200.50: the last sign is the decimal one, if it differs.
        [first, .., last] if first != last => {
            let (whole, rest) = core.rsplit_once(*last).unwrap_or((&core, ""));
            values.push(decimal(&format!("{}.{rest}", whole.replace(['.', ','], ""))));
        }
        _ if is_grouped => values.push(decimal(&groups.concat())),
        // A date, a version: each number by itself.
        _ => values.extend(groups.iter().map(|group| decimal(group))),
    }
    values
}

/// The shortest form: no leading zeros, no zeros behind the point.
fn decimal(number: &str) -> String {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match rest.trim_end_matches('0') {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    }
}
