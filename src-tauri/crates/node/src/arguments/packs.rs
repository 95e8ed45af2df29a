//! The command line of several nodes: publish, follow, export, collect.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// A folder that the other nodes can read, on a share or behind a web server
    pub(crate) dir: PathBuf,
    /// Imported orders ride along; who can read the folder can then try proofs at home
    #[arg(long)]
    pub(crate) with_orders: bool,
    /// Publish the knowledge before the newest one again; this desk's own stays as it is
    #[arg(long, conflicts_with = "with_orders")]
    pub(crate) roll_back: bool,
}

/// How a served desk goes together with others.
#[derive(Debug, Args)]
pub(crate) struct FollowOptions {
    /// Take the knowledge from what another desk publishes: a folder, or http(s)://...
    #[arg(long, value_name = "DIR|URL", requires = "publisher")]
    pub(crate) follow: Option<String>,
    /// The key of the desk that publishes, as `frontdesk-node publish` printed it
    #[arg(long, value_name = "KEY", requires = "follow")]
    pub(crate) publisher: Option<String>,
    /// Seconds between two looks at what is published
    #[arg(long, default_value_t = 30.0, value_name = "SECONDS", requires = "follow")]
    pub(crate) follow_every: f64,
    /// Publish to this folder at the start and each time staff publish a version or go back to one
    #[arg(long, value_name = "DIR", conflicts_with = "follow")]
    pub(crate) publish: Option<PathBuf>,
    /// Append what visitors ask to a file of this node in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) export_to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Only turns after this one: `turn` of the last line that was kept
    #[arg(long, default_value_t = 0, value_name = "TURN")]
    pub(crate) since: i64,
    /// Only conversations that have been silent for so many minutes, so that thumbs and wishes for a
    /// person are in them
    #[arg(long, default_value_t = 30, value_name = "MINUTES")]
    pub(crate) silent: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Collect {
    /// Exported files, or folders of them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}
