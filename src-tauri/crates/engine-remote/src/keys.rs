//! Where keys of servers are kept: in the keychain of this computer, and where there is none that
//! works, in files that only this user may read. Callers say which of the two it was, in words.

mod chain;
mod file;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::RemoteError;

/// The key of a server. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

/// Characters of the longest key.
const LONGEST: usize = 4_096;

impl Key {
    /// Reads a key as people paste it: blanks and line ends around it are not part of it.
    pub fn read(text: &str) -> Result<Self, RemoteError> {
        let text = text.trim();
        let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
        let wrong = |reason: &str| Err(RemoteError::KeyPlace { reason: reason.into() });
        if text.is_empty() {
            return wrong("it is empty");
        }
        if text.len() > LONGEST {
            return wrong("it is too long to be a key");
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return wrong("it holds blanks or letters that no key has");
        }
        Ok(Self(text.into()))
    }

    /// The key itself.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key")
    }
}

/// Where a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptIn {
    /// In the keychain of this computer.
    Keychain,
    /// In a file that only this user may read.
    File,
}

/// A keychain: keeps secrets under names, for this user.
pub trait Keychain: Send + Sync {
    /// Keeps a secret in place of the one before.
    fn keep(&self, name: &str, secret: &str) -> Result<(), String>;

    /// The secret of this name, if there is one.
    fn find(&self, name: &str) -> Result<Option<String>, String>;

    /// Forgets it; one that is not there is forgotten already.
    fn forget(&self, name: &str) -> Result<(), String>;
}

/// The keys of one desk.
pub struct Keys {
    folder: PathBuf,
    given: Option<Arc<dyn Keychain>>,
    own: OnceLock<Option<Arc<dyn Keychain>>>,
}

impl Keys {
    /// Keys of the desk in this data folder. The keychain is looked for when it is first needed.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("engine-keys"), given: None, own: OnceLock::new() }
    }

    /// The same with a keychain of the caller's, or with none.
    pub fn with(data: &Path, keychain: Option<Arc<dyn Keychain>>) -> Self {
        let own = OnceLock::from(None);
        Self { folder: data.join("engine-keys"), given: keychain, own }
    }

    /// Whether there is a keychain that answers.
    pub fn has_keychain(&self) -> bool {
        self.keychain().is_some()
    }

    /// Keeps the key of a server in place of the one before, and says where.
    pub fn keep(&self, server: &str, key: &Key) -> Result<KeptIn, RemoteError> {
        if let Some(keychain) = self.keychain() {
            match keychain.keep(server, key.text()) {
                Ok(()) => {
                    // The one before may be in a file; two keys would be one too many.
                    file::forget(&self.folder, server)?;
                    return Ok(KeptIn::Keychain);
                }
                Err(reason) => tracing::warn!(reason, "the keychain did not take a key"),
            }
        }
        file::keep(&self.folder, server, key.text())?;
        Ok(KeptIn::File)
    }

    /// The key of a server, from where it was put.
    pub fn find(&self, server: &str, kept_in: KeptIn) -> Result<Option<Key>, RemoteError> {
        let text = match kept_in {
            KeptIn::File => file::find(&self.folder, server)?,
            KeptIn::Keychain => {
                let locked = || "the keychain of this computer does not answer".to_owned();
                let found = self.keychain().ok_or_else(locked);
                let found = found.and_then(|keychain| keychain.find(server));
                found.map_err(|reason| RemoteError::KeyPlace { reason })?
            }
        };
        text.map(|text| Key::read(&text)).transpose()
    }

    /// Forgets the key of a server, wherever it is.
    pub fn forget(&self, server: &str, kept_in: KeptIn) -> Result<(), RemoteError> {
        file::forget(&self.folder, server)?;
        match (kept_in, self.keychain()) {
            (KeptIn::Keychain, Some(keychain)) => {
                keychain.forget(server).map_err(|reason| RemoteError::KeyPlace { reason })
            }
            (KeptIn::Keychain, None) | (KeptIn::File, _) => Ok(()),
        }
    }

    fn keychain(&self) -> Option<&Arc<dyn Keychain>> {
        self.given.as_ref().or_else(|| self.own.get_or_init(chain::of_this_computer).as_ref())
    }
}

#[cfg(test)]
mod tests;
