//! Sharing on the local network: what staff switch, and what they see of it.

use std::net::IpAddr;
use std::time::Duration;

use settings::{Network, Settings};

use crate::core::{Core, unix_seconds};
use crate::sharing::{Guest, ShareWish, Shared, Sharing};
use crate::wire::{
    ApiError, Code, GuestView, LocalAddressView, NetworkCommand, NetworkView, SharedPageView,
};

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn network(&self, command: NetworkCommand) -> Result<NetworkView, ApiError> {
        match command {
            NetworkCommand::State => {}
            NetworkCommand::Share { on: true, keep } => {
                let sharing = self.sharing()?;
                if !sharing.now().on {
                    sharing.begin(&self.share_wish())?;
                }
                self.change_settings(|settings| settings.network.keep = keep)?;
            }
            NetworkCommand::Share { on: false, keep: _ } => {
                self.sharing()?.end();
                self.change_settings(|settings| settings.network.keep = false)?;
            }
            NetworkCommand::Listen { address, port } => self.listen_at(&address, port)?,
            NetworkCommand::NewKey => {
                self.sharing()?.change_key(self.store.folder())?;
            }
        }
        Ok(self.network_view())
    }

    /// Shares again where staff wished that it outlives a restart. The host calls it once the desk
    /// is open.
    pub fn share_again(&self) -> Result<(), ApiError> {
        if !self.settings().network.keep {
            return Ok(());
        }
        self.sharing()?.begin(&self.share_wish())
    }

    fn listen_at(&self, address: &str, port: u16) -> Result<(), ApiError> {
        let network = changed(self.settings().network, address, port)?;
        let before = self.settings().network;
        self.change_settings(|settings| settings.network = network)?;
        let moved = match self.host.sharing() {
            Some(sharing) if sharing.now().on => sharing.begin(&self.share_wish()),
            _ => return Ok(()),
        };
        moved.inspect_err(|_| {
            // Where it cannot go, it stays: back to the place that worked.
            let back = self.change_settings(|settings| settings.network = before);
            let again = back.and_then(|_| self.sharing()?.begin(&self.share_wish()));
            if let Err(error) = again {
                tracing::warn!(
                    message = error.message,
                    "the visitors' page is not shared any more"
                );
            }
        })
    }

    fn sharing(&self) -> Result<&dyn Sharing, ApiError> {
        self.host.sharing().ok_or_else(|| ApiError {
            code: Code::Unavailable,
            message: "this program has no window to share from".into(),
            hint: Some(
                "A desk without a window is told where to serve when it starts, with --listen."
                    .into(),
            ),
        })
    }

    fn share_wish(&self) -> ShareWish {
        let Network { keep: _, address, port } = self.settings().network;
        ShareWish { folder: self.store.folder().to_path_buf(), address, port }
    }

    fn network_view(&self) -> NetworkView {
        let sharing = self.host.sharing();
        let shared = sharing.map(Sharing::now).unwrap_or_default();
        view(&self.settings().network, sharing.is_some(), self.served_at(), shared, unix_seconds())
    }
}

/// The settings with another place, checked as saved values are.
fn changed(before: Network, address: &str, port: u16) -> Result<Network, ApiError> {
    let wrong = |message: String, hint: &str| ApiError {
        code: Code::Invalid,
        message,
        hint: Some(hint.into()),
    };
    let mut tried = Settings { network: before, ..Settings::default() };
    tried.set("network.address", address.trim()).map_err(|_| {
        let message = format!("{:?} is not an address of this computer", address.trim());
        wrong(message, "Choose one of the addresses in the list.")
    })?;
    tried.set("network.port", &port.to_string()).map_err(|_| {
        wrong(format!("port {port} belongs to the system"), "Choose a port from 1024 to 65535.")
    })?;
    Ok(tried.network)
}

fn view(
    settings: &Network,
    can_share: bool,
    served_at: String,
    shared: Shared,
    now: i64,
) -> NetworkView {
    let Shared { on, port, found, pages, guests } = shared;
    let interface_of = |address: IpAddr| {
        let one = found.iter().find(|one| one.address == address);
        one.map(|one| one.interface.clone()).unwrap_or_default()
    };
    let pages = pages.into_iter().map(|(address, url)| SharedPageView {
        shown: url.split('#').next().unwrap_or_default().into(),
        interface: interface_of(address),
        url,
    });
    NetworkView {
        can_share,
        served_at,
        on,
        keep: settings.keep,
        address: settings.address.map(|address| address.to_string()).unwrap_or_default(),
        port: settings.port,
        other_port: (on && port != settings.port).then_some(port),
        pages: pages.collect(),
        found: found
            .iter()
            .map(|one| LocalAddressView {
                address: one.address.to_string(),
                interface: one.interface.clone(),
            })
            .collect(),
        guests: guests.iter().map(|guest| guest_view(guest, now)).collect(),
    }
}

fn guest_view(guest: &Guest, now: i64) -> GuestView {
    let before = |time: Duration| now - i64::try_from(time.as_secs()).unwrap_or(now);
    GuestView {
        address: shortened(guest.address),
        since: before(guest.here),
        asked_at: guest.asked.map(before),
    }
}

/// The end of an address: enough to tell two tablets apart, too little to be kept as one.
fn shortened(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [.., third, last] = address.octets();
            format!("…{third}.{last}")
        }
        IpAddr::V6(address) => {
            let [.., last] = address.segments();
            format!("…{last:x}")
        }
    }
}

#[cfg(test)]
mod tests;
