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
    /// Tokens that all requests under way may use together; never more than the model was
    /// trained for. One request may use them all.
    #[arg(long, value_name = "N")]
    pub(crate) context: Option<u32>,
    /// Texts written at the same time.
    #[arg(long, value_name = "N")]
    pub(crate) slots: Option<usize>,
    /// Layers of the model on a graphics card; as many as fit if not given.
    #[arg(long, value_name = "N")]
    pub(crate) gpu_layers: Option<u32>,
    /// Whether tokens are guessed ahead where that is faster.
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) drafts: Drafts,
    /// A folder of this program's own, for states of the model that are asked for again.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) states: Option<PathBuf>,
    /// Bytes that the folder may take.
    #[arg(long, value_name = "N")]
    pub(crate) states_bytes: Option<u64>,
    /// Bytes of memory that this program may ask for, the file of the model not counted.
    #[arg(long, value_name = "N")]
    pub(crate) memory_bytes: Option<u64>,
    /// Locks this program up as for serving the model, tries to get out, and says how that went.
    #[arg(long)]
    pub(crate) self_test_escape: bool,
}

/// Whether tokens are guessed ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drafts {
    /// Where it is faster.
    Auto,
    /// Never.
    Off,
}

/// What a process is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Purpose {
    /// Writing text.
    Chat,
    /// Turning texts into vectors.
    Embedding,
}
