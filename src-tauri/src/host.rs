//! What only a window can do for the desk.

use std::path::PathBuf;

use commands::Host;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// Asks in the program's own window.
pub(crate) struct WindowHost {
    app: AppHandle,
}

impl WindowHost {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app }
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

    fn choose_folder(&self) -> Option<Option<PathBuf>> {
        let folder = self.app.dialog().file().blocking_pick_folder();
        Some(folder.and_then(|folder| folder.into_path().ok()))
    }

    fn choose_models(&self) -> Option<Vec<PathBuf>> {
        Some(self.pick("Models", &["gguf"]))
    }
}
