//! The window's few arguments.

use std::ffi::OsString;
use std::path::PathBuf;

/// The window of an offline help desk.
#[derive(Debug, clap::Parser)]
#[command(name = "frontdesk", version, about)]
pub(crate) struct Arguments {
    /// Open the visitors' screen, locked, and bring it back whenever it ends
    #[arg(long)]
    pub(crate) kiosk: bool,
    /// Folder that holds everything this desk owns [default: the platform's application data]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// This window is kept on the screen by the program that started it
    #[arg(long, hide = true, requires = "kiosk")]
    pub(crate) guarded: bool,
    /// Wait for the program that started this one to end, then bring the screen back
    #[arg(long, hide = true, conflicts_with = "kiosk")]
    pub(crate) guard: bool,
}

impl Arguments {
    /// The words that say the same about the data folder to a program of our own.
    pub(crate) fn data_words(&self) -> Vec<OsString> {
        match &self.data {
            Some(data) => vec!["--data".into(), data.into()],
            None => Vec::new(),
        }
    }
}
