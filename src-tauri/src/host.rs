//! What only a window can do for the desk.

use std::path::PathBuf;
use std::sync::Arc;

use commands::wire::ApiError;
use commands::{Host, Sharing};
use server::Share;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

use crate::kiosk;
use crate::startup::defect;

/// Asks in the program's own window.
pub(crate) struct WindowHost {
    app: AppHandle,
    share: Arc<Share>,
}

impl WindowHost {
    pub(crate) fn new(app: AppHandle, share: Arc<Share>) -> Self {
        Self { app, share }
    }
}

impl WindowHost {
    /// Files that the person picks among those with these endings.
    fn pick(&self, what: &str, endings: &[&str]) -> Vec<PathBuf> {
        let dialog = self.app.dialog().file().add_filter(what, endings);
        let chosen = dialog.blocking_pick_files().unwrap_or_default();
        chosen.into_iter().filter_map(|file| file.into_path().ok()).collect()
    }
}

impl Host for WindowHost {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        Some(self.pick("Documents and tables", &commands::readable_endings()))
    }

    fn choose_models(&self) -> Option<Vec<PathBuf>> {
        Some(self.pick("Models", &["gguf"]))
    }

    fn has_window(&self) -> bool {
        true
    }

    fn sharing(&self) -> Option<&dyn Sharing> {
        Some(&*self.share)
    }

    fn choose_picture(&self) -> Option<Vec<PathBuf>> {
        let dialog = self.app.dialog().file().add_filter("Pictures", &["png", "jpg", "jpeg"]);
        let chosen = dialog.blocking_pick_file().and_then(|file| file.into_path().ok());
        Some(chosen.into_iter().collect())
    }

    fn choose_backup(&self) -> Option<Vec<PathBuf>> {
        let dialog = self.app.dialog().file().add_filter("Backups", &["fdz"]);
        let chosen = dialog.blocking_pick_file().and_then(|file| file.into_path().ok());
        Some(chosen.into_iter().collect())
    }

    fn start_kiosk(&self) -> Result<(), ApiError> {
        kiosk::enter(&self.app).map_err(|error| defect(&error))
    }

    fn choose_folder(&self) -> Result<Option<PathBuf>, ApiError> {
        let chosen = self.app.dialog().file().blocking_pick_folder();
        Ok(chosen.and_then(|folder| folder.into_path().ok()))
    }
}
