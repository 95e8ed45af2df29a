//! What only the caller's side can do: show windows and dialogs.

use std::path::PathBuf;

use crate::sharing::Sharing;
use crate::wire::{ApiError, Code};

/// What only the caller's side can do.
pub trait Host: Send + Sync {
    /// Lets the person pick files. `None` when there is no window to ask in.
    fn choose_files(&self) -> Option<Vec<PathBuf>>;

    /// Lets the person pick model files. `None` when there is no window to ask in.
    fn choose_models(&self) -> Option<Vec<PathBuf>> {
        self.choose_files()
    }

    /// Lets the person pick a backup. `None` when there is no window to ask in.
    fn choose_backup(&self) -> Option<Vec<PathBuf>> {
        self.choose_files()
    }

    /// Lets the person pick one picture. `None` when there is no window to ask in.
    fn choose_picture(&self) -> Option<Vec<PathBuf>> {
        self.choose_files()
    }

    /// Whether there is a window that can show the visitors' screen.
    fn has_window(&self) -> bool {
        false
    }

    /// Opens the visitors' screen, and closes the staff window once it is there.
    fn start_kiosk(&self) -> Result<(), ApiError> {
        Err(no_window("show the visitors' screen", "Do it at the computer itself."))
    }

    /// What can let the local network in; `None` where nothing can.
    fn sharing(&self) -> Option<&dyn Sharing> {
        None
    }

    /// Lets the person pick a folder; nothing when the person thinks better of it.
    fn choose_folder(&self) -> Result<Option<PathBuf>, ApiError> {
        Err(no_window("choose a folder", "Name the folder by its path instead."))
    }
}

fn no_window(what: &str, hint: &str) -> ApiError {
    let message = format!("there is no window here to {what}");
    ApiError { code: Code::Unavailable, message, hint: Some(hint.into()) }
}

/// The endings of the files that can be imported, for a window to choose by.
pub fn readable_endings() -> Vec<&'static str> {
    documents::extensions().collect()
}

/// A host without a window.
pub struct NoHost;

impl Host for NoHost {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        None
    }
}
