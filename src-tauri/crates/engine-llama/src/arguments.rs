//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Serves one model over stdin and stdout, or does one short task. Started by Frontdesk, not by
/// people.
#[derive(Clone, Debug, Parser)]
#[command(name = "frontdesk-engine", version)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct CommandLine {
    /// A short task instead of serving.
    #[command(subcommand)]
    pub(crate) task: Option<Task>,
    /// What to serve.
    #[command(flatten)]
    pub(crate) serving: Option<Arguments>,
}

/// What this program does instead of serving.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Task {
    /// Measures how fast a chat model is on this computer, and prints it.
    Measure(Measure),
}

/// What to measure.
#[derive(Clone, Debug, Args)]
pub(crate) struct Measure {
    /// The model, a GGUF file.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// The graphics card that computes; the processor if not given.
    #[arg(long, value_name = "NAME")]
    pub(crate) device: Option<String>,
    /// Most threads that may compute.
    #[arg(long, value_name = "N")]
    pub(crate) threads_most: Option<usize>,
    /// Cores that are faster than the others, tried as a number of threads too.
    #[arg(long, value_name = "N")]
    pub(crate) fast_cores: Option<usize>,
}

impl Measure {
    /// The same as if the model were served: what is allowed to it, and on what it computes.
    pub(crate) fn as_serving(&self) -> Arguments {
        Arguments {
            model: self.model.clone(),
            purpose: Purpose::Chat,
            threads: self.threads_most,
            context: None,
            slots: None,
            gpu_layers: self.device.is_none().then_some(0),
            drafts: Drafts::Off,
            states: None,
            states_bytes: None,
            memory_bytes: None,
            self_test_escape: false,
        }
    }
}

/// What to serve, and how.
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

#[cfg(test)]
mod tests;
