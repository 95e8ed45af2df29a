//! The servers that may phrase answers, in one saved value. Their keys are kept elsewhere.

use serde::{Deserialize, Serialize};

/// Servers that a desk may have.
const MOST_SERVERS: usize = 20;
/// Characters of a name and of a model's name.
const LONGEST_NAME: usize = 200;
/// Characters of the longest address.
const LONGEST_ADDRESS: usize = 300;
/// Characters of the longest id.
const LONGEST_ID: usize = 60;

/// The servers and when this computer's own model is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    /// In the order in which they were added.
    pub servers: Vec<Server>,
    /// This computer's own model is asked after the servers, and not before.
    pub local_last: bool,
}

/// One server. Prices are in thousandths for a million tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Never changes; also the name of its key and of what it has cost.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Where it stands.
    pub place: ServerPlace,
    /// The model, as it calls it; empty takes the first one it offers.
    #[serde(default)]
    pub model: String,
    /// Whether it is asked.
    pub on: bool,
    /// Where its key is.
    #[serde(default)]
    pub key: ServerKey,
    /// Questions a minute at most; 0 for any number.
    #[serde(default)]
    pub per_minute: u32,
    /// Questions at once at most.
    pub at_once: u32,
    /// What tokens cost that it reads.
    #[serde(default)]
    pub price_read_milli: u64,
    /// What tokens cost that it writes.
    #[serde(default)]
    pub price_written_milli: u64,
    /// What it may cost in a month, in thousandths; 0 for any sum.
    #[serde(default)]
    pub month_limit_milli: u64,
}

/// Where a server stands, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerPlace {
    /// On this computer.
    Computer,
    /// In the local network.
    Network,
    /// The shop's own, somewhere else.
    Private,
    /// Somebody else's.
    Cloud,
}

/// Where the key of a server is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerKey {
    /// It has none.
    #[default]
    None,
    /// In the keychain of this computer.
    Keychain,
    /// In a file of the data folder.
    File,
}

impl Engines {
    /// Sets one value by the last part of its saved name; `None` when it has no such value.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "servers" => {
                let servers: Vec<Server> = serde_json::from_str(value).ok()?;
                if servers.len() > MOST_SERVERS || !servers.iter().all(Server::fits) {
                    return None;
                }
                self.servers = servers;
            }
            "local_last" => self.local_last = value.parse().ok()?,
            _ => return None,
        }
        Some(())
    }

    /// Every value by its saved name.
    pub(crate) fn pairs(&self) -> [(&'static str, String); 2] {
        // A list of plain values can always be written.
        let servers = serde_json::to_string(&self.servers).unwrap_or_else(|_| "[]".into());
        [("engines.servers", servers), ("engines.local_last", self.local_last.to_string())]
    }

    /// Those servers in the order in which they are asked: the nearest first.
    pub fn in_order(&self) -> Vec<&Server> {
        let mut servers: Vec<&Server> = self.servers.iter().collect();
        servers.sort_by_key(|server| server.place);
        servers
    }
}

impl Server {
    /// Whether it can be saved: nothing in it may be empty, endless or more than one line.
    pub fn fits(&self) -> bool {
        let line = |text: &str, most: usize| {
            text.chars().count() <= most && !text.chars().any(char::is_control)
        };
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !self.id.is_empty()
            && self.id.len() <= LONGEST_ID
            && self.id.chars().all(is_id)
            && !self.name.trim().is_empty()
            && line(&self.name, LONGEST_NAME)
            && line(&self.model, LONGEST_NAME)
            && line(&self.address, LONGEST_ADDRESS)
            && (1..=MOST_AT_ONCE).contains(&self.at_once)
            && self.per_minute <= MOST_A_MINUTE
            && [self.price_read_milli, self.price_written_milli, self.month_limit_milli]
                .into_iter()
                .all(|sum| sum <= MOST_MILLI)
    }
}

/// Questions that a server may be asked at once.
const MOST_AT_ONCE: u32 = 512;
/// Questions that a server may be asked in a minute.
const MOST_A_MINUTE: u32 = 100_000;
/// A hundred million: more than anybody types on purpose.
const MOST_MILLI: u64 = 100_000_000_000;

#[cfg(test)]
mod tests;
