//! `backup`, `verify` and `restore`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// A new file, by custom ending in .fdz, or a folder that gets one
    #[arg(value_name = "FILE|FOLDER")]
    pub(crate) target: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A backup
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A backup
    pub(crate) file: PathBuf,
    /// Keep what is here, and add only answers and documents that are missing
    #[arg(long)]
    pub(crate) merge: bool,
    /// Only say what would change
    #[arg(long)]
    pub(crate) preview: bool,
}
