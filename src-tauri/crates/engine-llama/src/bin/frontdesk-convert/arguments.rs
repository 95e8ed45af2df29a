//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Converts models, and measures what a conversion costs and what a model needs.
#[derive(Clone, Debug, Parser)]
#[command(name = "frontdesk-convert", version)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What this program does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Task {
    /// Writes a model's weights in other types, with llama.cpp's quantizer.
    Quantize(Order),
    /// Perplexity of a model on a text, and the token it finds most likely at every position.
    Score {
        /// The model, a GGUF file.
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
        /// What to score.
        #[command(flatten)]
        held: Held,
    },
    /// How far a model's predictions are from another's, on a text.
    Agree {
        /// The model to measure against.
        #[arg(long, value_name = "FILE")]
        a: PathBuf,
        /// The model to measure.
        #[arg(long, value_name = "FILE")]
        b: PathBuf,
        /// What to score.
        #[command(flatten)]
        held: Held,
    },
    /// The memory that a model would take, by llama.cpp's own accounting, without taking it.
    Account(Account),
}

/// A model and how it would be run.
#[derive(Clone, Debug, Args)]
pub(crate) struct Account {
    /// The model, a GGUF file; its weights may be missing.
    #[arg(value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// Tokens that all texts hold together.
    #[arg(long, value_name = "N", default_value_t = 4096)]
    pub(crate) context: u32,
    /// Texts that are held at once.
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub(crate) slots: u32,
    /// How what texts leave behind is stored.
    #[arg(long, value_enum, default_value = "f16")]
    pub(crate) kv: Cells,
    /// Tokens that are computed at once.
    #[arg(long, value_name = "N", default_value_t = 128)]
    pub(crate) ubatch: u32,
    /// Compute attention at once, with a table of all pairs.
    #[arg(long)]
    pub(crate) without_flash: bool,
    /// Layers that look only at the last tokens keep no more than those, which the desk's engine
    /// never asks for: it goes back to beginnings.
    #[arg(long)]
    pub(crate) short_windows: bool,
}

/// How what texts leave behind is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cells {
    /// 16 bits a number.
    #[value(name = "f16")]
    F16,
    /// 8 bits a number.
    #[value(name = "q8_0")]
    Q8_0,
}

/// What to convert, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    /// The model, a GGUF file.
    #[arg(long, value_name = "FILE")]
    pub(crate) from: PathBuf,
    /// The file to write. It appears whole or not at all.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// The type of the matrices.
    #[arg(long = "type", value_enum)]
    pub(crate) kind: Kind,
    /// Another type for the tensors whose names contain NAME, as NAME=TYPE.
    #[arg(long = "tensor", value_name = "NAME=TYPE", value_parser = read_exception)]
    pub(crate) tensors: Vec<(String, Kind)>,
    /// Searches the best scale of each block, every column of a matrix weighing the same.
    #[arg(long)]
    pub(crate) search: bool,
    /// Threads that compute; all if not given. The result does not depend on it.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: u16,
}

/// Types of weights that this program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Four bits, steps of the same size.
    #[value(name = "q4_0")]
    Q4_0,
    /// Four bits, steps that grow away from zero.
    #[value(name = "iq4_nl")]
    Iq4Nl,
    /// Four bits, with a scale and a minimum for 32 numbers; rows of 256 numbers or multiples.
    #[value(name = "q4_k")]
    Q4K,
    /// Eight bits.
    #[value(name = "q8_0")]
    Q8_0,
}

/// The text that predictions are measured on.
#[derive(Clone, Debug, Args)]
pub(crate) struct Held {
    /// A text file; several are read one after the other.
    #[arg(long = "text", value_name = "FILE", required = true)]
    pub(crate) texts: Vec<PathBuf>,
    /// Tokens to read at most.
    #[arg(long, value_name = "N")]
    pub(crate) tokens: Option<usize>,
    /// Threads that compute.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) threads: u16,
}

fn read_exception(text: &str) -> Result<(String, Kind), String> {
    let (name, kind) = text.split_once('=').ok_or("NAME=TYPE is expected")?;
    // llama.cpp reads the name as a pattern, and ends the process on a wrong one.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err("a name has letters, digits and underscores".into());
    }
    Ok((name.to_owned(), Kind::from_str(kind, false)?))
}
