//! The recovery code: made by the system's random numbers, read from paper, used once.

use crate::AccessError;

const GROUPS: usize = 4;
const LETTERS_OF_A_GROUP: usize = 5;
/// Without those that look like another one on paper: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
const LETTERS: &[u8] = b"3479ACDEFHJKMNPQRTWXY";

/// A recovery code to be shown once. It opens like the PIN does, and only one time.
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A new one. 20 letters of 21 are some 88 bits: nobody guesses it.
    pub(crate) fn random() -> Result<Self, AccessError> {
        let wanted = GROUPS * LETTERS_OF_A_GROUP;
        // Bytes above the last whole multiple would make the first letters likelier.
        let fair = 256 - 256 % LETTERS.len();
        let mut letters = Vec::with_capacity(wanted);
        while letters.len() < wanted {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes).map_err(|_| AccessError::NoRandomness)?;
            let even = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
            letters.extend(even.map(|byte| char::from(LETTERS[byte % LETTERS.len()])));
        }
        letters.truncate(wanted);
        let groups: Vec<String> =
            letters.chunks(LETTERS_OF_A_GROUP).map(|group| group.iter().collect()).collect();
        Ok(Self(groups.join("-")))
    }

    /// As it is shown: `ACDEF-HJKMN-PQRTW-XY347`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RecoveryCode(hidden)")
    }
}

/// A code in the one spelling that is hashed: capital letters and digits. Empty when far too long.
pub(crate) fn plain(typed: &str) -> String {
    let longest = 3 * GROUPS * LETTERS_OF_A_GROUP;
    if typed.len() > longest {
        return String::new();
    }
    typed.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests;
