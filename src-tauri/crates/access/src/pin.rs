//! What can be a PIN: digits, not too few, and not those that everybody tries first.

use crate::AccessError;

/// Digits of the shortest PIN.
pub const SHORTEST_PIN: usize = 6;
/// Digits of the longest PIN.
pub const LONGEST_PIN: usize = 12;

/// The digits of a new PIN, as it is kept.
///
/// Fails on anything but 6 to 12 digits, on one digit or a few digits again and again, and on
/// digits in a row.
pub(crate) fn new_pin(typed: &str) -> Result<String, AccessError> {
    let digits = digits(typed).filter(|digits| digits.len() >= SHORTEST_PIN);
    let digits = digits.ok_or(AccessError::NotDigits)?;
    if is_simple(digits.as_bytes()) {
        return Err(AccessError::TooSimple);
    }
    Ok(digits)
}

/// The digits that were typed, in the spelling of a PIN; `None` when it cannot be one.
pub(crate) fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.trim().chars().map(digit).collect::<Option<_>>()?;
    (1..=LONGEST_PIN).contains(&digits.len()).then_some(digits)
}

/// Arabic, Persian and full-width keyboards type digits of their own.
fn digit(character: char) -> Option<char> {
    let zero = match character {
        '0'..='9' => return Some(character),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(character) - zero, 10)
}

fn is_simple(digits: &[u8]) -> bool {
    let repeats = |period: usize| digits.iter().zip(&digits[period..]).all(|(a, b)| a == b);
    let steps = |by: u8| {
        // 890123 goes on after 9, as the keys do.
        digits.windows(2).all(|pair| (pair[0] - b'0' + by) % 10 == pair[1] - b'0')
    };
    (1..=digits.len() / 2).any(repeats) || steps(1) || steps(9)
}

#[cfg(test)]
mod tests;
