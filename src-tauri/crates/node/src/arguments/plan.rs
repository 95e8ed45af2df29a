//! `plan`: how many people this computer serves, and what more would take.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// Questions a minute to plan for
    #[arg(long, value_name = "N")]
    pub(crate) users: Option<f64>,
    /// Seconds within which 95 of 100 must have their whole answer [default: 5]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) within: Option<f64>,
    /// Shares of the routes, as in `faq=60,order=25,cache=0,generated=15` [default: this desk's own]
    #[arg(long, value_name = "ROUTE=SHARE,...", value_delimiter = ',')]
    pub(crate) mix: Vec<String>,
    /// New tokens of a prompt, on average
    #[arg(long, value_name = "TOKENS")]
    pub(crate) prompt_tokens: Option<f64>,
    /// Tokens of an answer, on average
    #[arg(long, value_name = "TOKENS")]
    pub(crate) answer_tokens: Option<f64>,
    /// Write the plan as a page to print
    #[arg(long, value_name = "FILE.html")]
    pub(crate) page: Option<PathBuf>,
    /// Write the files for several nodes into this folder: load balancers, units, containers
    #[arg(long, value_name = "DIR")]
    pub(crate) deploy: Option<PathBuf>,
    /// For so many nodes [default: what the plan for --users comes to]
    #[arg(long, value_name = "N", requires = "deploy", conflicts_with = "node")]
    pub(crate) nodes: Option<usize>,
    /// A node's address and port; give one for each node
    #[arg(long, value_name = "ADDRESS", requires = "deploy")]
    pub(crate) node: Vec<String>,
    /// The name under which visitors reach the desk
    #[arg(long, value_name = "NAME", requires = "deploy")]
    pub(crate) site: Option<String>,
}
