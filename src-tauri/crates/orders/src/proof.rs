//! What shows that an order is one's own: an e-mail address, a postcode, the end of a telephone
//! number or a last name. Pure but for the key that hashes it.
//!
//! A visitor types one text and does not say what it is. It is read in every way it can be, and
//! each reading is compared with what the order holds of that kind.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::number::{OrderKey, fold};
use crate::seal::{HASH_BYTES, Hash, Seal, same};

/// Characters of a proof that are read.
const LONGEST: usize = 200;
/// Digits of a telephone number that are compared.
const PHONE_DIGITS: usize = 4;
/// Digits of a postcode that has more behind a dash.
const SHORT_POSTCODE: usize = 5;
/// What an order can hold in all; every comparison goes through this many.
const MOST_PROOFS: usize = 8;

/// The kinds of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProofKind {
    /// An e-mail address.
    Email,
    /// A postcode.
    Postcode,
    /// The last four digits of a telephone number.
    PhoneEnd,
    /// A last name.
    LastName,
}

/// Every kind, with what its hashes are told apart by.
const KINDS: [(ProofKind, u8, &str); 4] = [
    (ProofKind::Email, 1, "email"),
    (ProofKind::Postcode, 2, "postcode"),
    (ProofKind::PhoneEnd, 3, "phone"),
    (ProofKind::LastName, 4, "name"),
];

/// Keyed hashes of what proves one order, each behind its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proofs(Vec<u8>);

impl Proofs {
    /// Hashes the values of one order; a value that is none of its kind is left out.
    pub(crate) fn of(seal: &Seal, key: &OrderKey, values: &[(ProofKind, String)]) -> Self {
        let mut bytes = Vec::new();
        for (kind, value) in values.iter().take(MOST_PROOFS) {
            if let Some(value) = normalise(*kind, value) {
                let (_, mark, name) = entry(*kind);
                bytes.push(mark);
                bytes.extend(hash(seal, key.short(), name, &value));
            }
        }
        Self(bytes)
    }

    /// As it was kept.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// For keeping.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether nothing could prove this order.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a visitor's text proves it. The number of comparisons is the same for every order,
    /// for one that does not exist, and for every text.
    pub(crate) fn hold(&self, seal: &Seal, key: &OrderKey, text: &str) -> bool {
        let typed: Vec<(u8, Hash, bool)> = KINDS
            .iter()
            .map(|(kind, mark, name)| {
                let value = normalise(*kind, text);
                let hash = hash(seal, key.short(), name, value.as_deref().unwrap_or_default());
                (*mark, hash, value.is_some())
            })
            .collect();
        let nothing = [0_u8; HASH_BYTES + 1];
        let mut holds = false;
        for at in 0..MOST_PROOFS {
            let kept = self.0.get(at * (HASH_BYTES + 1)..(at + 1) * (HASH_BYTES + 1));
            let kept = kept.unwrap_or(&nothing);
            for (mark, hash, is_one) in &typed {
                holds |= same(&kept[1..], hash) & (kept[0] == *mark) & is_one;
            }
        }
        holds
    }
}

fn hash(seal: &Seal, key: &str, kind: &str, value: &str) -> Hash {
    seal.hash("order proof", &[key, kind, value])
}

fn entry(kind: ProofKind) -> (ProofKind, u8, &'static str) {
    *KINDS.iter().find(|entry| entry.0 == kind).expect("every kind is in the table")
}

/// A value as it is compared; `None` when it is none of this kind.
pub(crate) fn normalise(kind: ProofKind, text: &str) -> Option<String> {
    if text.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let folded: String = text.nfkc().map(fold).collect();
    let folded = folded.trim();
    let value = match kind {
        ProofKind::Email => {
            let (name, domain) = folded.rsplit_once('@')?;
            if name.is_empty() || !domain.contains('.') || folded.contains(char::is_whitespace) {
                return None;
            }
            folded.to_lowercase()
        }
        ProofKind::Postcode => {
            let code: String = folded
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_uppercase)
                .collect();
            let has_digit = code.chars().any(|c| c.is_ascii_digit());
            if folded.contains('@') || !has_digit || !(3..=10).contains(&code.chars().count()) {
                return None;
            }
            let is_long = code.len() == 9 && code.chars().all(|c| c.is_ascii_digit());
            if is_long { code[..SHORT_POSTCODE].to_owned() } else { code }
        }
        ProofKind::PhoneEnd => {
            let is_phone = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
            let digits: Vec<char> = folded.chars().filter(char::is_ascii_digit).collect();
            if !folded.chars().all(is_phone) || digits.len() < PHONE_DIGITS {
                return None;
            }
            digits[digits.len() - PHONE_DIGITS..].iter().collect()
        }
        ProofKind::LastName => {
            let bare = folded.nfkd().filter(|c| !is_combining_mark(*c));
            let name: String =
                bare.filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
            let is_name = !folded.contains('@') && !folded.chars().any(|c| c.is_ascii_digit());
            if !is_name || name.chars().count() < 2 {
                return None;
            }
            name
        }
    };
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: ProofKind, text: &str, expected: Option<&str>) {
        assert_eq!(normalise(kind, text).as_deref(), expected, "{kind:?} {text:?}");
    }

    #[test]
    fn spelling_does_not_count() {
        check(ProofKind::Email, " Jane.Doe@Example.ORG ", Some("jane.doe@example.org"));
        check(ProofKind::Email, "jane", None);
        check(ProofKind::Email, "@example.org", None);
        check(ProofKind::Postcode, "vj12 4gw", Some("VJ124GW"));
        check(ProofKind::Postcode, "00133", Some("00133"));
        check(ProofKind::Postcode, "12345-6789", Some("12345"));
        check(ProofKind::Postcode, "jane7@example.org", None);
        check(ProofKind::Postcode, "Gullane", None);
        check(ProofKind::PhoneEnd, "+44 (1632) 96-0140", Some("0140"));
        check(ProofKind::PhoneEnd, "٠١٤٠", Some("0140"));
        check(ProofKind::PhoneEnd, "140", None);
        check(ProofKind::LastName, "O'Çelik-Ünal", Some("ocelikunal"));
        check(ProofKind::LastName, "李", None);
        check(ProofKind::LastName, "李明", Some("李明"));
        check(ProofKind::LastName, &"x".repeat(201), None);
    }

    #[test]
    fn only_the_right_value_of_the_right_order_holds() {
        let folder = tempfile::tempdir().unwrap();
        let seal = Seal::of(&Store::open(folder.path()).unwrap()).unwrap();
        let (ours, other) =
            (OrderKey::read("HO-1041").unwrap(), OrderKey::read("HO-1042").unwrap());
        let values =
            [(ProofKind::Email, "a@b.example".into()), (ProofKind::Postcode, "00133".into())];
        let proofs = Proofs::of(&seal, &ours, &values);
        assert!(proofs.hold(&seal, &ours, "A@B.example"));
        assert!(proofs.hold(&seal, &ours, "00133"));
        assert!(!proofs.hold(&seal, &ours, "0133"), "the end of a postcode is no telephone number");
        assert!(!proofs.hold(&seal, &other, "00133"));
        assert!(!proofs.hold(&seal, &ours, ""));
        assert!(!Proofs::default().hold(&seal, &ours, "a@b.example"));
    }

    use store::Store;
}
