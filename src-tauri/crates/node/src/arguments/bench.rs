//! The command line of `bench`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// How good answers are, figure by figure, each on a desk of its own below the data folder
    Answers(AnswersBench),
    /// Times of whole turns over the questions of a suite
    Turns(Suite),
    /// Search alone over the questions of a suite
    Retrieval(Suite),
    /// How many visitors a minute the whole program serves, beside what the planner predicts
    Capacity(CapacityBench),
    /// How many visitors a minute one, two and four nodes behind HAProxy serve on the same cores
    Nodes(NodesBench),
    /// The engine alone, beside llama-servers that somebody started
    Engine(Box<EngineBench>),
}

#[derive(Debug, Args)]
pub(crate) struct Suite {
    /// The suite whose questions are asked
    #[arg(long, value_name = "FILE")]
    pub(crate) suite: PathBuf,
    /// Let the chat model phrase answers, whatever its exam says
    #[arg(long)]
    pub(crate) generate: bool,
    /// How many questions
    #[arg(long, default_value_t = 30, value_name = "N")]
    pub(crate) questions: usize,
    /// Where the result goes [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AnswersBench {
    /// Folder with public question sets: squad2, clinc150, banking77, bitext8k
    #[arg(long, value_name = "DIR")]
    pub(crate) sets: Option<PathBuf>,
    /// Folder of the sample shop's questions
    #[arg(long, value_name = "DIR", default_value = "src-tauri/demo")]
    pub(crate) demo: PathBuf,
    /// Only these figures, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) rows: Vec<String>,
    /// Where drawing samples begins
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
    /// Written into the result
    #[arg(long, hide = true, value_name = "NAME")]
    pub(crate) commit: Option<String>,
    /// Where the result goes [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CapacityBench {
    /// Only this mix of questions: `seeds`, `light` or `heavy`
    #[arg(long, value_name = "NAME")]
    pub(crate) mix: Option<String>,
    /// Play this many visitors a minute once, instead of looking for the most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) rate: Option<u32>,
    /// How long each of the last points is played
    #[arg(long, default_value_t = 60, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=600))]
    pub(crate) seconds: u32,
    /// Folder of the sample shop
    #[arg(long, value_name = "DIR", default_value = "src-tauri/demo")]
    pub(crate) demo: PathBuf,
    /// Where drawing questions begins
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
    /// Written into the result
    #[arg(long, hide = true, value_name = "NAME")]
    pub(crate) commit: Option<String>,
    /// Where the result goes [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NodesBench {
    /// Numbers of nodes, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "1,2,4", value_name = "N,...")]
    pub(crate) nodes: Vec<usize>,
    /// The mix of questions: `seeds`, `light` or `heavy`
    #[arg(long, default_value = "seeds", value_name = "NAME")]
    pub(crate) mix: String,
    /// Let a model write the answers to open questions
    #[arg(long)]
    pub(crate) writes: bool,
    /// Play this many visitors a minute once, instead of looking for the most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) rate: Option<u32>,
    /// How long the last points are played
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=600))]
    pub(crate) seconds: u32,
    /// Folder of the sample shop
    #[arg(long, value_name = "DIR", default_value = "src-tauri/demo")]
    pub(crate) demo: PathBuf,
    /// Where drawing questions begins
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
    /// Written into the result
    #[arg(long, hide = true, value_name = "NAME")]
    pub(crate) commit: Option<String>,
    /// Where the result goes [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct EngineBench {
    /// A llama-server with the model file that our engine uses
    #[arg(long, value_name = "URL")]
    pub(crate) against: Option<String>,
    /// A llama-server with the model file as its package brings it
    #[arg(long, value_name = "URL")]
    pub(crate) against_original: Option<String>,
    /// A llama-server with the embedding model
    #[arg(long, value_name = "URL")]
    pub(crate) against_embedding: Option<String>,
    /// The llama-bench program
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) llama_bench: Option<PathBuf>,
    /// How often each side is measured; values are medians
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// Only these figures, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) rows: Vec<String>,
    /// The chat model's file [default: the catalogue's choice for this computer]
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Threads of our engine and of llama-bench [default: each decides]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Layers of the model that our engine and llama-bench put on a graphics card
    #[arg(long, value_name = "N")]
    pub(crate) gpu_layers: Option<u32>,
    /// The suite whose questions are asked with evidence
    #[arg(long, value_name = "FILE", default_value = "src-tauri/demo/questions.jsonl")]
    pub(crate) suite: PathBuf,
    /// How long an idle engine is watched
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    pub(crate) idle_seconds: u64,
    /// Makes the same texts again [default: other texts in every run]
    ///
    /// A server that has seen a run's texts may keep their state, so start it anew to repeat one.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Written into the result
    #[arg(long, hide = true, value_name = "NAME")]
    pub(crate) commit: Option<String>,
    /// Where the result goes [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
