//! An order number as people type it, and the one form in which it is compared. Pure.

/// Characters of the longest text that is read as an order number.
const LONGEST: usize = 60;
/// Letters and digits of the longest order number.
const LONGEST_KEY: usize = 32;
/// Letters before the digits that people leave out.
const MOST_LETTERS: usize = 6;
/// Signs that people write in a number, besides letters, digits and spaces.
const SIGNS: &str = "-_/#.:°º";
/// A short form needs this many characters, or it would fit too many orders.
const SHORTEST_ALIAS: usize = 4;

/// Where the digits of other scripts begin; each script has its ten in a row.
const ZEROS: &[u32] =
    &[0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66, 0x0CE6, 0x0E50];

/// An order number without anything that people leave out or add.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderKey {
    full: String,
    short: String,
}

impl OrderKey {
    /// Reads what somebody typed; `None` when it cannot be an order number.
    ///
    /// Case, `#`, spaces, dashes and other signs do not count; digits of any script are digits.
    /// Leading zeros stay in the full form.
    pub fn read(text: &str) -> Option<Self> {
        if text.chars().take(LONGEST + 1).count() > LONGEST {
            return None;
        }
        let folded: Vec<char> = text.chars().map(fold).collect();
        let is_usual = |c: &char| c.is_alphanumeric() || c.is_whitespace() || SIGNS.contains(*c);
        if !folded.iter().all(is_usual) {
            return None;
        }
        let letters = folded.into_iter().filter(|c| c.is_alphanumeric());
        let full: String = letters.flat_map(char::to_uppercase).collect();
        let fits = full.chars().count() <= LONGEST_KEY;
        let has_digit = full.chars().any(|c| c.is_ascii_digit());
        (fits && has_digit).then(|| Self { short: shorten(&full), full })
    }

    /// Upper case letters and digits, nothing else.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// Without the leading letters and zeros: what people leave out, and the name that a lock
    /// goes by, so that another spelling of the same order is no fresh try.
    pub fn short(&self) -> &str {
        &self.short
    }
}

fn shorten(full: &str) -> String {
    let letters = full.chars().take_while(|c| !c.is_ascii_digit()).count();
    let short = full.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches('0');
    let is_short = letters <= MOST_LETTERS && short.chars().count() >= SHORTEST_ALIAS;
    if is_short { short.to_owned() } else { full.to_owned() }
}

/// One character as it is compared: full-width forms and digits of other scripts become ASCII.
pub(crate) fn fold(character: char) -> char {
    let code = u32::from(character);
    if let Some(zero) = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)) {
        return char::from_digit(code - zero, 10).unwrap_or(character);
    }
    match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        0x3000 | 0x00A0 | 0x202F => ' ',
        0x2010..=0x2015 | 0x2212 => '-',
        _ => character,
    }
}

#[cfg(test)]
mod tests;
