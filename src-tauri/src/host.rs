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

impl Host for WindowHost {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        let chosen = self
            .app
            .dialog()
            .file()
            .add_filter("Documents and tables", &commands::readable_endings())
            .blocking_pick_files()
            .unwrap_or_default();
        Some(chosen.into_iter().filter_map(|file| file.into_path().ok()).collect())
    }
}
