//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Serves one model over stdin and stdout, or does one short task. Started by Frontdesk, not by
/// people.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "frontdesk-engine",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub(crate) struct CommandLine {
    /// A task that prints what it found and ends.
    #[command(subcommand)]
    pub(crate) task: Option<Task>,
    /// Without a task: the model to serve.
    #[command(flatten)]
    pub(crate) serve: Option<Arguments>,
}

/// What is done instead of serving.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Task {
    /// Says which part of the engine suits this processor, and which graphics cards there are.
    Probe,
    /// Writes a few tokens on the processor and on a graphics card, and compares them.
    SelfTest(SelfTest),
    /// Measures how fast a model that writes is on this computer.
    Measure(Measure),
}

/// What a self-test needs.
#[derive(Clone, Debug, Args)]
pub(crate) struct SelfTest {
    /// The model, a GGUF file that writes.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// The graphics card, by the name that `probe` gives it.
    #[arg(long, value_name = "NAME")]
    pub(crate) device: String,
    /// Threads that compute; the physical cores of this machine if not given.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// What to measure.
#[derive(Clone, Debug, Args)]
pub(crate) struct Measure {
    /// The model, a GGUF file that writes.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// The graphics card that computes, by the name that `probe` gives it; the processor if not
    /// given.
    #[arg(long, value_name = "NAME")]
    pub(crate) device: Option<String>,
    /// Most threads that may compute.
    #[arg(long, value_name = "N")]
    pub(crate) threads_most: Option<usize>,
    /// Cores that are faster than the others, tried as a number of threads too.
    #[arg(long, value_name = "N")]
    pub(crate) fast_cores: Option<usize>,
}

/// How one model is served.
#[derive(Clone, Debug, Args)]
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
    /// A graphics card to compute on, by the name that `probe` gives it; the processor if not
    /// given.
    #[arg(long, value_name = "NAME")]
    pub(crate) device: Option<String>,
    /// Layers of the model on that graphics card; all if not given.
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

#[cfg(test)]
mod tests;
