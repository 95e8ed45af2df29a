//! The keychain of this computer, if it has one that can be used now.
//!
//! None of them has to run, and none is asked to show a question: a keychain that is locked counts
//! as none.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;

use std::sync::Arc;

use super::Keychain;

/// The keychain, where there is one that answers.
#[cfg(target_os = "linux")]
pub(super) fn of_this_computer() -> Option<Arc<dyn Keychain>> {
    match linux::SecretService::find() {
        Ok(service) => Some(Arc::new(service)),
        Err(error) => {
            tracing::info!(%error, "there is no keychain that can be used");
            None
        }
    }
}

/// The keychain of macOS is always there.
#[cfg(target_os = "macos")]
pub(super) fn of_this_computer() -> Option<Arc<dyn Keychain>> {
    Some(Arc::new(macos::LoginKeychain))
}

/// Elsewhere keys go into files of the user's own folder.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn of_this_computer() -> Option<Arc<dyn Keychain>> {
    None
}
