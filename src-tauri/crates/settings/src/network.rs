//! Whether and where the visitors' page is shared on the local network.

use std::net::IpAddr;

/// The port that is tried first.
const USUAL_PORT: u16 = 8317;
/// Ports below belong to the system; no program of a person may take them.
const LOWEST_PORT: u16 = 1024;

/// Sharing on the local network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Sharing begins again by itself when the program starts.
    pub keep: bool,
    /// The only address that is listened on; without one, every address on a local network.
    pub address: Option<IpAddr>,
    /// The port that is tried first.
    pub port: u16,
}

impl Default for Network {
    fn default() -> Self {
        Self { keep: false, address: None, port: USUAL_PORT }
    }
}

impl Network {
    /// Sets one value by the last part of its saved name; `None` when it has no such value.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "keep" => self.keep = value.parse().ok()?,
            "address" if value.is_empty() => self.address = None,
            "address" => self.address = Some(value.parse().ok()?),
            "port" => self.port = value.parse().ok().filter(|port| *port >= LOWEST_PORT)?,
            _ => return None,
        }
        Some(())
    }

    /// Every value by its saved name.
    pub(crate) fn pairs(&self) -> [(&'static str, String); 3] {
        let address = self.address.map(|address| address.to_string()).unwrap_or_default();
        [
            ("network.keep", self.keep.to_string()),
            ("network.address", address),
            ("network.port", self.port.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    fn check(key: &str, value: &str, fits: bool) {
        assert_eq!(Settings::default().set(key, value).is_ok(), fits, "{key}={value}");
    }

    #[test]
    fn values_are_checked() {
        check("network.keep", "true", true);
        check("network.keep", "yes", false);
        check("network.address", "", true);
        check("network.address", "192.168.1.20", true);
        check("network.address", "fd00::2", true);
        check("network.address", "shop.example", false);
        check("network.port", "8317", true);
        check("network.port", "1023", false);
        check("network.port", "1024", true);
        check("network.port", "65536", false);
        check("network.proxy", "1", false);
    }

    #[test]
    fn nothing_is_shared_by_itself() {
        assert_eq!(Settings::default().network, Network { keep: false, address: None, port: 8317 });
    }

    #[test]
    fn values_come_back_as_they_were_saved() {
        let mut settings = Settings::default();
        settings.set("network.address", "10.0.0.7").unwrap();
        settings.set("network.keep", "true").unwrap();
        let saved: Vec<_> =
            settings.differences().into_iter().map(|(k, v)| (k.into(), v)).collect();
        assert_eq!(Settings::merged(&saved), (settings, vec![]));
    }
}
