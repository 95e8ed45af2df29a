//! The publisher's keys: one that signs and never leaves its computer, one that others are given.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::str::FromStr;

use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::PackError;
use crate::files::hex;

/// Bytes of a public key.
const KEY_BYTES: usize = 32;
/// A key's file has fewer than 100 bytes.
const MOST_FILE_BYTES: u64 = 4 << 10;

/// Signs manifests.
pub struct SigningKey {
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// Reads the key in this file, or makes one that only its owner can read.
    pub fn read_or_make(path: &Path) -> Result<Self, PackError> {
        let failed = |error: std::io::Error| PackError::file(path, &error);
        let bytes = match fs::metadata(path) {
            Ok(found) if found.len() > MOST_FILE_BYTES => {
                return Err(PackError::NoKey { reason: "the file is too long".into() });
            }
            Ok(_) => fs::read(path).map_err(failed)?,
            Err(error) if error.kind() == ErrorKind::NotFound => make(path)?,
            Err(error) => return Err(failed(error)),
        };
        let pair = Ed25519KeyPair::from_pkcs8(&bytes)
            .map_err(|reason| PackError::NoKey { reason: reason.to_string() })?;
        Ok(Self { pair })
    }

    /// What others know the publisher by.
    pub fn public(&self) -> PublicKey {
        let mut key = [0; KEY_BYTES];
        key.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey(key)
    }

    pub(crate) fn sign(&self, text: &str) -> String {
        hex(self.pair.sign(text.as_bytes()).as_ref())
    }
}

fn make(path: &Path) -> Result<Vec<u8>, PackError> {
    let failed = |error: std::io::Error| PackError::file(path, &error);
    let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
        .map_err(|_| PackError::NoKey { reason: "the system gives no random numbers".into() })?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(made.as_ref()).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(made.as_ref().to_vec())
}

/// Checks signatures. People pass it on as 64 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; KEY_BYTES]);

impl PublicKey {
    pub(crate) fn fits(&self, text: &str, signature: &str) -> bool {
        let Some(signature) = from_hex(signature) else { return false };
        UnparsedPublicKey::new(&ED25519, &self.0).verify(text.as_bytes(), &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = PackError;

    fn from_str(text: &str) -> Result<Self, PackError> {
        let bytes = from_hex(text.trim()).unwrap_or_default();
        let key = <[u8; KEY_BYTES]>::try_from(bytes.as_slice());
        key.map(Self).map_err(|_| PackError::NoKey {
            reason: "a publisher's key has 64 digits, 0 to 9 and a to f".into(),
        })
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_key(text: &str, fits: bool) {
        assert_eq!(text.parse::<PublicKey>().is_ok(), fits, "{text:?}");
    }

    #[test]
    fn a_public_key_is_64_hex_digits() {
        check_key(&"0a".repeat(32), true);
        check_key(&format!(" {}\n", "0A".repeat(32)), true);
        check_key(&"0a".repeat(31), false);
        check_key(&"0g".repeat(32), false);
        check_key(&"é".repeat(32), false);
        check_key("", false);
    }

    #[test]
    fn a_key_is_made_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let public = SigningKey::read_or_make(&path).unwrap().public();
        let again = SigningKey::read_or_make(&path).unwrap();
        assert_eq!(again.public(), public);
        assert_eq!(public.to_string().parse::<PublicKey>().unwrap(), public);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let signature = again.sign("text");
        assert!(public.fits("text", &signature));
        assert!(!public.fits("test", &signature));
        assert!(!public.fits("text", &signature[2..]));
        assert!(!public.fits("text", "no signature"));
        fs::write(&path, b"something else").unwrap();
        assert!(SigningKey::read_or_make(&path).is_err());
    }
}
