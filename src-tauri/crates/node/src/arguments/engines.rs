//! Arguments of `engines`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Servers that may phrase answers instead of this computer.
#[derive(Debug, Subcommand)]
pub(crate) enum Engines {
    /// Every server, in the order in which they are asked
    List,
    /// Add a server; one in a cloud is off until it is switched on
    Add(AddEngine),
    /// Change a server; what is not named stays
    Change(ChangeEngine),
    /// Ask it from now on
    On {
        /// The server's id
        id: String,
    },
    /// Ask it no more
    Off {
        /// The server's id
        id: String,
    },
    /// Forget a server and its key
    Remove {
        /// The server's id
        id: String,
    },
    /// Keep the key of a server: from a file, or from FRONTDESK_ENGINE_KEY, or typed in
    Key(EngineKey),
    /// Ask a server a fixed question and say how fast it writes
    Test {
        /// The server's id
        id: String,
    },
    /// Let the model of a server sit its exam; it costs what some sixty questions cost
    Exam {
        /// The server's id
        id: String,
    },
    /// Whether this computer's own model is asked before the servers or after them
    Local {
        /// Before or after
        #[arg(value_enum)]
        place: LocalPlace,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddEngine {
    /// Its address, such as http://192.168.1.20:8080/v1
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) row: EngineRow,
}

#[derive(Debug, Args)]
pub(crate) struct ChangeEngine {
    /// The server's id
    pub(crate) id: String,
    /// Its address
    #[arg(long, value_name = "URL")]
    pub(crate) address: Option<String>,
    #[command(flatten)]
    pub(crate) row: EngineRow,
}

#[derive(Debug, Args)]
pub(crate) struct EngineRow {
    /// What people call it
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Where it stands [default: what its address looks like]
    #[arg(long, value_enum)]
    pub(crate) place: Option<EnginePlace>,
    /// The model, as the server calls it [default: the first it offers]
    #[arg(long)]
    pub(crate) model: Option<String>,
    /// Questions a minute at most, 0 for any number
    #[arg(long, value_name = "N")]
    pub(crate) per_minute: Option<u32>,
    /// Questions at once at most
    #[arg(long, value_name = "N")]
    pub(crate) at_once: Option<u32>,
    /// What a million tokens that it reads cost
    #[arg(long, value_name = "SUM")]
    pub(crate) price_read: Option<f64>,
    /// What a million tokens that it writes cost
    #[arg(long, value_name = "SUM")]
    pub(crate) price_written: Option<f64>,
    /// What it may cost in a month, 0 for any sum
    #[arg(long, value_name = "SUM")]
    pub(crate) month_limit: Option<f64>,
}

#[derive(Debug, Args)]
pub(crate) struct EngineKey {
    /// The server's id
    pub(crate) id: String,
    /// Read the key from this file
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Forget the key instead
    #[arg(long, conflicts_with = "file")]
    pub(crate) forget: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EnginePlace {
    /// Another program on this computer
    Computer,
    /// The local network
    Network,
    /// Your own server somewhere else
    Private,
    /// Somebody else's server
    Cloud,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LocalPlace {
    /// Before the servers
    First,
    /// After them
    Last,
}
