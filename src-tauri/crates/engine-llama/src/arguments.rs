//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Serves one model over stdin and stdout. Started by Frontdesk, not by people.
#[derive(Clone, Debug, Parser)]
#[command(name = "frontdesk-engine", version)]
pub(crate) struct Arguments {
    /// The model, a GGUF file.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// What the model is for.
    #[arg(long, value_enum)]
    pub(crate) purpose: Purpose,
    /// Threads that compute; the physical cores of this machine if not given.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Tokens that one request may use in all; never more than the model was trained for.
    #[arg(long, value_name = "N")]
    pub(crate) context: Option<u32>,
}

/// What a process is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Purpose {
    /// Writing text.
    Chat,
    /// Turning texts into vectors.
    Embedding,
}
