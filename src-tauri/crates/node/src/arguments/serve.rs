//! The arguments of `serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Args;

/// People who may wait for the model at most.
const LARGEST_ROOM: u16 = commands::LARGEST_ROOM as u16;

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8317", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// Serve visitors and programs alone, from other computers too: no staff routes, and the staff
    /// key opens nothing
    #[arg(long)]
    pub(crate) share: bool,
    /// With --share: where staff are let in, an address of this computer alone
    #[arg(long, value_name = "ADDRESS", requires = "share")]
    pub(crate) staff_listen: Option<SocketAddr>,
    /// With --share: a name under which the desk is asked, such as desk.example or
    /// desk.example:8443; give it once for each name
    #[arg(long = "host", value_name = "NAME", requires = "share")]
    pub(crate) hosts: Vec<String>,
    /// With --share: a proxy or load balancer that is believed when it says for whom it asks; give it
    /// once for each
    #[arg(long = "trust-proxy", value_name = "ADDRESS", requires = "share")]
    pub(crate) proxies: Vec<IpAddr>,
    /// Questions that may wait for the model; beyond them the desk answers 429
    #[arg(
        long,
        default_value_t = commands::USUAL_ROOM as u16,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u16).range(..=i64::from(LARGEST_ROOM))
    )]
    pub(crate) waiting_room: u16,
    /// Version of the knowledge from which on /ready says yes
    #[arg(
        long,
        default_value_t = 0,
        value_name = "VERSION",
        value_parser = clap::value_parser!(i64).range(0..)
    )]
    pub(crate) require_knowledge: i64,
    /// Seconds during which /ready says no before nobody is let in any more, once the program is
    /// asked to end: longer than the balancer takes to notice
    #[arg(
        long,
        default_value_t = 0,
        value_name = "SECONDS",
        value_parser = clap::value_parser!(u16).range(..=600)
    )]
    pub(crate) drain: u16,
    /// File with the keys; it is made when it is not there
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) nodes: super::FollowOptions,
}
