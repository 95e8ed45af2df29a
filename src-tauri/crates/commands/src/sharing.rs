//! The door to the local network, as this crate knows it: who opens it is the host's business.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hardware::LocalAddress;

use crate::wire::ApiError;

/// Lets devices on the local network use the visitors' page, and nothing else.
pub trait Sharing: Send + Sync {
    /// Listens from now on; where it listens already, it moves.
    ///
    /// Fails when no port can be had. A computer without a network is no failure: listening begins
    /// by itself when there is one.
    fn begin(&self, wish: &ShareWish) -> Result<(), ApiError>;

    /// Listens no more when this returns.
    fn end(&self);

    /// Makes another visitors' key; whoever has the one before is let in no more.
    fn change_key(&self, folder: &Path) -> Result<(), ApiError>;

    /// How it is now.
    fn now(&self) -> Shared;
}

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareWish {
    /// The data folder, where the key lies.
    pub folder: PathBuf,
    /// The only address; without one, every address on a local network.
    pub address: Option<IpAddr>,
    /// The port that is tried first.
    pub port: u16,
}

/// How it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Staff switched it on.
    pub on: bool,
    /// The port that was had; 0 while it is off.
    pub port: u16,
    /// The addresses of this computer on local networks.
    pub found: Vec<LocalAddress>,
    /// The pages that are served, each with its address and the key in it.
    pub pages: Vec<(IpAddr, String)>,
    /// Devices that were here lately, the latest first.
    pub guests: Vec<Guest>,
}

/// A device that uses the visitors' page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Its address.
    pub address: IpAddr,
    /// Since when it is here.
    pub here: Duration,
    /// When something was asked last; `None` when nothing was.
    pub asked: Option<Duration>,
}
