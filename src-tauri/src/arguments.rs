//! The window's few arguments.

use std::path::PathBuf;

/// The window of an offline help desk.
#[derive(Debug, clap::Parser)]
#[command(name = "frontdesk", version, about)]
pub(crate) struct Arguments {
    /// Open the visitors' window, full screen
    #[arg(long)]
    pub(crate) kiosk: bool,
    /// Folder that holds everything this desk owns [default: the platform's application data]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}
