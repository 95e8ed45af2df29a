//! The local network: the visitors' page on other devices.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum NetworkCommand {
    /// Whether the visitors' page is shared, where, and with whom.
    State,
    /// Shares the visitors' page on the local network, or stops it.
    Share {
        /// On, or off.
        on: bool,
        /// Also after the next start of the program. What is switched off stays off.
        #[serde(default)]
        keep: bool,
    },
    /// Where to listen; what is shared moves there at once.
    Listen {
        /// One of this computer's addresses, or empty for all on local networks.
        #[serde(default)]
        address: String,
        /// The port that is tried first, from 1024 on.
        port: u16,
    },
    /// Makes another key: devices that were connected need the new address.
    NewKey,
}

/// Whether the visitors' page is shared, where, and with whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct NetworkView {
    /// Whether this program can share; one without a window is told where to serve when it starts.
    pub can_share: bool,
    /// Where the desk is served by a program without a window; empty in a window.
    pub served_at: String,
    /// It is shared.
    pub on: bool,
    /// It is shared after the next start too.
    pub keep: bool,
    /// The only address that is listened on; empty for all.
    pub address: String,
    /// The port that is tried first.
    pub port: u16,
    /// The port that was had, where another program has the one that is tried first.
    pub other_port: Option<u16>,
    /// This computer's addresses on local networks.
    pub found: Vec<LocalAddressView>,
    /// The addresses that devices open, the one to give first.
    pub pages: Vec<SharedPageView>,
    /// Devices that are connected, the latest first.
    pub guests: Vec<GuestView>,
}

/// One of this computer's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LocalAddressView {
    /// The address.
    pub address: String,
    /// The system's name of the connection.
    pub interface: String,
}

/// An address that devices open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SharedPageView {
    /// The whole address with its key, for a camera or to be copied.
    pub url: String,
    /// The same without the key, to be read.
    pub shown: String,
    /// The system's name of the connection.
    pub interface: String,
}

/// A device that is connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct GuestView {
    /// The end of its address.
    pub address: String,
    /// Seconds since 1970 from when on it is here.
    #[ts(type = "number")]
    pub since: i64,
    /// Seconds since 1970 of its last question; of its words nothing is told.
    #[ts(type = "number | null")]
    pub asked_at: Option<i64>,
}
