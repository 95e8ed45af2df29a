//! Keyed hashes: what the desk keeps instead of numbers, proofs and callers.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use store::Store;
use subtle::ConstantTimeEq;

use crate::OrdersError;

/// Bytes of a hash.
pub(crate) const HASH_BYTES: usize = 32;
const KEY_NAME: &str = "order_hash_key";

/// One keyed hash.
pub(crate) type Hash = [u8; HASH_BYTES];

/// The desk's own key. Never shown and never logged.
#[derive(Clone)]
pub(crate) struct Seal(Vec<u8>);

impl Seal {
    /// The key of this desk; it is made at the first call and kept.
    pub(crate) fn of(store: &Store) -> Result<Self, OrdersError> {
        if let Some(key) = store.meta_get(KEY_NAME)?.and_then(|text| from_hex(&text)) {
            return Ok(Self(key));
        }
        let mut key = vec![0_u8; HASH_BYTES];
        getrandom::fill(&mut key).map_err(|_| OrdersError::NoRandomness)?;
        store.meta_set(
            KEY_NAME,
            &key.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        )?;
        Ok(Self(key))
    }

    /// The hash of some parts; `purpose` keeps hashes of different things apart.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&str]) -> Hash {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.0)
            .expect("a key of any length can be used");
        mac.update(purpose.as_bytes());
        for part in parts {
            // The length keeps "ab", "c" and "a", "bc" apart.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes().chunks(2).map(|pair| {
        std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
    });
    let key: Vec<u8> = bytes.collect::<Option<_>>()?;
    (key.len() == HASH_BYTES).then_some(key)
}
