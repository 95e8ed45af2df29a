//! What is hidden before a line is written: whatever looks like a person's address or number. Pure.

/// So many digits in a row, with the usual signs between them, may be a telephone, an account or an
/// order; years, ports and counts are shorter.
const TELLING_DIGITS: usize = 7;

/// One line that ends with a line break: control characters written out, addresses and long numbers
/// hidden, cut to so many bytes.
pub(crate) fn scrubbed(event: &str, most_bytes: usize) -> String {
    let event = event.strip_suffix('\n').unwrap_or(event);
    // The moment at its beginning is full of digits.
    let (moment, rest) = match event.split_once(' ') {
        Some((moment, rest)) if is_moment(moment) => (moment, rest),
        _ => ("", event),
    };
    let mut line = String::with_capacity(event.len() + 8);
    line.push_str(moment);
    for (place, word) in rest.split(' ').enumerate() {
        if place > 0 || !moment.is_empty() {
            line.push(' ');
        }
        if word.contains('@') {
            line.push_str("<address>");
        } else {
            word.chars().for_each(|letter| push_plain(&mut line, letter));
        }
    }
    let mut line = without_long_numbers(&line, moment.len());
    if line.len() > most_bytes {
        let end = (0..=most_bytes - 4).rev().find(|at| line.is_char_boundary(*at));
        line.truncate(end.unwrap_or(0));
        line.push('…');
    }
    line.push('\n');
    line
}

/// Whether a word is a moment such as `2026-11-22T14:05:00.123456Z`.
fn is_moment(word: &str) -> bool {
    let letters = word.as_bytes();
    letters.len() > 19 && letters[4] == b'-' && letters[10] == b'T' && word.ends_with('Z')
}

fn push_plain(line: &mut String, letter: char) {
    let is_hidden = letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if is_hidden {
        line.extend(letter.escape_unicode());
    } else {
        line.push(letter);
    }
}

/// Runs of digits with single spaces, dots, dashes or slashes between them, from `start` on.
fn without_long_numbers(line: &str, start: usize) -> String {
    let mut out = line[..start].to_owned();
    let mut rest = &line[start..];
    while let Some(begin) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        out.push_str(before);
        let end = number_end(from);
        let digits = from[..end].bytes().filter(u8::is_ascii_digit).count();
        let is_in_a_word = before.ends_with(|letter: char| letter.is_alphanumeric());
        if digits >= TELLING_DIGITS && !is_in_a_word {
            out.push_str("<number>");
        } else {
            out.push_str(&from[..end]);
        }
        rest = &from[end..];
    }
    out.push_str(rest);
    out
}

/// Where a number that begins a text ends.
fn number_end(text: &str) -> usize {
    let letters = text.as_bytes();
    let mut end = 0;
    while end < letters.len() {
        let joins = matches!(letters[end], b' ' | b'.' | b'-' | b'/')
            && letters.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !letters[end].is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests;
