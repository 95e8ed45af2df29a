//! The command line, as the headless contract fixes it.

mod backup;
mod bench;
mod download;
mod engines;
mod learning;
mod packs;
mod plan;
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(crate) use backup::{Backup, Restore, Verify};
pub(crate) use bench::{AnswersBench, Bench, CapacityBench, EngineBench, NodesBench, Suite};
pub(crate) use download::GetModel;
pub(crate) use engines::{EngineKey, EnginePlace, EngineRow, Engines, LocalPlace};
pub(crate) use learning::{Faq, GapCommand, Gaps, Test, Versions};
pub(crate) use packs::{Collect, Export, FollowOptions, Publish};
pub(crate) use plan::Plan;
pub(crate) use serve::Serve;

/// An offline help desk without a window.
#[derive(Debug, Parser)]
#[command(name = "frontdesk-node", version, about)]
pub(crate) struct Arguments {
    /// Folder that holds everything this desk owns [default: the platform's application data]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// What answers: `llama` (models on this computer), `scripted` (stand-ins for tests), or the
    /// address of a server such as `https://host/v1`, with its key in FRONTDESK_ENGINE_KEY
    #[arg(long, global = true, default_value = "llama", value_name = "ENGINE")]
    pub(crate) engine: String,
    /// The model of the server that answers [default: the first it offers]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) engine_model: Option<String>,
    /// File with the key of the server that answers
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) engine_key_file: Option<PathBuf>,
    /// Choose models for the computer that this JSON file describes, and not for this one
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) machine: Option<PathBuf>,
    /// Print one JSON document (or one line per item) on stdout
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// No progress and no warnings on stderr
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read files and folders into the desk
    Import(Import),
    /// Answer a question
    Ask(Ask),
    /// Show the evidence for a question, without an answer
    Search(Search),
    /// Ask the questions of a suite and count right and wrong answers
    Eval(Eval),
    /// From where on the desk answers, and how that was measured
    Calibration,
    /// Look an order up with its number and a proof, as the order form does
    Order(Order),
    /// Questions the desk could not answer
    Gaps(Gaps),
    /// The shop's own questions with what should come of them
    #[command(subcommand)]
    Test(Test),
    /// Published versions of the knowledge
    #[command(subcommand)]
    Versions(Versions),
    /// Publish the knowledge for other nodes to follow
    Publish(Publish),
    /// What visitors asked here, for the desk that learns from it: one JSON object a line
    Export(Export),
    /// Take in what other nodes exported
    Collect(Collect),
    /// Approved answers
    #[command(subcommand)]
    Faq(Faq),
    /// What is here, what is wrong, and what to do
    Doctor(Doctor),
    /// Models on this computer
    #[command(subcommand)]
    Models(Models),
    /// Servers that may phrase answers instead of this computer
    #[command(subcommand)]
    Engines(Engines),
    /// Whether staff have a PIN to leave the visitors' screen with
    Pin(Pin),
    /// How many people this computer serves, and what more would take
    Plan(Plan),
    /// Put the whole desk into one file, and prove it
    Backup(Backup),
    /// Read a backup from end to end and say what it holds
    Verify(Verify),
    /// Bring a backup back; the desk as it is is backed up first
    Restore(Restore),
    /// Measure and write a file
    #[command(subcommand)]
    Bench(Bench),
    /// Serve the pages and both surfaces on this computer
    Serve(Serve),
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files and folders
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The files are tables of questions and answers
    #[arg(long)]
    pub(crate) faq: bool,
    /// The files are tables of orders; a database is written `shop.db#table` or
    /// `postgres://user:password@host/database#table`
    #[arg(long, conflicts_with = "faq")]
    pub(crate) orders: bool,
    /// Which column of the orders holds what: number, email, postcode, phone, last_name, status,
    /// ordered_on, shipped_on, expected_on, delivered_on, carrier, items
    #[arg(long, value_name = "COLUMN=FIELD,...", value_delimiter = ',', requires = "orders")]
    pub(crate) map: Vec<String>,
    /// Hours after which the orders are too old to be shown, 0 for never [default: 72]
    #[arg(long, value_name = "HOURS", requires = "orders")]
    pub(crate) max_age: Option<u32>,
    /// A real order that must be found before the orders go live
    #[arg(long, value_name = "NUMBER=PROOF", requires = "orders")]
    pub(crate) example: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Order {
    /// The order's number
    #[arg(long, required_unless_present_any = ["sources", "remove"])]
    pub(crate) number: Option<String>,
    /// Its e-mail address, postcode, last four digits of the telephone, or last name
    #[arg(long, required_unless_present_any = ["unlock", "sources", "remove"])]
    pub(crate) proof: Option<String>,
    /// Language of the visitor, such as `en` or `ar`
    #[arg(long, value_name = "xx")]
    pub(crate) lang: Option<String>,
    /// Forget the wrong tries of this order instead
    #[arg(long, requires = "number", conflicts_with = "proof")]
    pub(crate) unlock: bool,
    /// List where orders come from instead
    #[arg(long, conflicts_with_all = ["number", "proof", "unlock"])]
    pub(crate) sources: bool,
    /// Forget a source of orders and all of them instead
    #[arg(long, value_name = "ID", conflicts_with_all = ["number", "proof", "unlock", "sources"])]
    pub(crate) remove: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct Pin {
    /// Forget the PIN and its recovery code, for who has neither any more
    #[arg(long)]
    pub(crate) forget: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// The question
    #[arg(required_unless_present = "batch")]
    pub(crate) text: Option<String>,
    /// A file with one JSON object a line: {"id":"q1","question":"...","conversation":"c1"}
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub(crate) batch: Option<PathBuf>,
    /// Questions with the same id may refer to each other
    #[arg(long, value_name = "ID")]
    pub(crate) conversation: Option<String>,
    /// Language of the visitor, such as `en` or `ar`
    #[arg(long, value_name = "xx")]
    pub(crate) lang: Option<String>,
    /// Also print why it was answered so: route, scores, passages, times
    #[arg(long)]
    pub(crate) why: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The question
    #[arg(required_unless_present = "batch")]
    pub(crate) text: Option<String>,
    /// A file with one JSON object a line: {"id":"q1","question":"..."}
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub(crate) batch: Option<PathBuf>,
    /// How many hits
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub(crate) top: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// One JSON object a line: id, kind, question, expect, gold, must_not
    pub(crate) suite: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Print a text without personal data for somebody who helps, or write it to a file
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub(crate) report: Option<Option<PathBuf>>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    /// Every model of the catalogue and whether its file is here
    List,
    /// Check every file against the catalogue
    Verify,
    /// Let the chat model sit its exam on this computer
    Exam,
    /// Measure how fast a chat model is on this computer; takes about 20 seconds
    Measure {
        /// The model's id [default: the one in use]
        id: Option<String>,
    },
    /// Download a model, after showing what it is, how large, and where it comes from
    Get(GetModel),
    /// Bring model files, from a stick or a folder
    Import(ImportModels),
    /// Look for models that other programs keep on this computer
    Find,
    /// Let a model phrase the answers
    Use {
        /// Its id, or a file that is used where it lies
        #[arg(value_name = "ID|FILE")]
        model: String,
    },
    /// Go back to the chat model before
    Rollback,
    /// Delete the file of a model that is not in use
    Delete {
        /// Its id
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ImportModels {
    /// Files and folders
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Use them where they lie, without a copy
    #[arg(long)]
    pub(crate) in_place: bool,
}
