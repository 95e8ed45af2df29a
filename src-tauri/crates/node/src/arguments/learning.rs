//! `gaps`, `faq`, `test` and `versions`: what staff do with what the desk learns.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct Gaps {
    #[command(subcommand)]
    pub(crate) command: Option<GapCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GapCommand {
    /// Draft an answer with the visitors' wordings
    Answer {
        /// The cluster's number
        id: i64,
        /// The answer, shown word for word once approved
        #[arg(long)]
        text: String,
        /// Its question [default: the most typical wording]
        #[arg(long)]
        question: Option<String>,
        /// Let visitors see it at once, and ask their questions again
        #[arg(long)]
        approve: bool,
    },
    /// Ask the questions of a cluster again
    Retry {
        /// The cluster's number
        id: i64,
    },
    /// Say that a cluster needs no answer
    Ignore {
        /// The cluster's number
        id: i64,
    },
    /// Open a cluster again
    Reopen {
        /// The cluster's number
        id: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Faq {
    /// List approved answers and drafts
    List {
        /// Only rows that contain this
        #[arg(default_value = "")]
        contains: String,
    },
    /// Add a draft
    Add {
        /// As a visitor would ask it
        question: String,
        /// Shown word for word once approved
        answer: String,
        /// Another way to ask it; may be given several times
        #[arg(long = "also", value_name = "WORDING")]
        alternatives: Vec<String>,
    },
    /// Change a text; visitors get the old one until it is approved
    Edit {
        /// The row's number
        id: i64,
        /// As a visitor would ask it [default: as it is]
        #[arg(long)]
        question: Option<String>,
        /// Shown word for word once approved [default: as it is]
        #[arg(long)]
        answer: Option<String>,
    },
    /// Let visitors see an answer
    Approve {
        /// The row's number
        id: i64,
        /// Who approves
        #[arg(long, default_value = "", value_name = "NAME")]
        by: String,
    },
    /// Take an answer back
    Retire {
        /// The row's number
        id: i64,
    },
    /// Everything an answer ever was
    History {
        /// The row's number
        id: i64,
    },
    /// Give an answer an earlier text again
    Restore {
        /// The revision's number, from `faq history`
        revision: i64,
    },
    /// Set in how many days an answer is to be read again
    Review {
        /// The row's number
        id: i64,
        /// Days from now
        #[arg(long)]
        days: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Test {
    /// Ask every question of the test bench
    Run,
    /// The questions of the test bench, or its newest runs
    List {
        /// Runs instead of questions
        #[arg(long)]
        runs: bool,
    },
    /// Add the questions of a suite
    Import {
        /// One JSON object a line: id, kind, question, expect, gold, must_not
        suite: PathBuf,
    },
    /// Write the test bench as a suite
    Export {
        /// The file
        suite: PathBuf,
    },
    /// Remove a question
    Remove {
        /// Its number
        id: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Versions {
    /// Published versions, newest first
    List,
    /// Run the tests and keep the knowledge as it is under a name
    Publish {
        /// The version's name
        name: String,
        /// Keep it even if a test fails
        #[arg(long)]
        anyway: bool,
    },
    /// Make documents and answers what they were in a version
    Rollback {
        /// The version's number
        id: i64,
    },
}
