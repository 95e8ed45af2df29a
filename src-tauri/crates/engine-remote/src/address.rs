//! Where a server is, and how far the words of a question travel to get there.

use std::net::IpAddr;

use reqwest::Url;

use crate::RemoteError;
use crate::reach::{Reach, is_local, is_public};

/// Where a server stands, nearest first: that is also the order in which servers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Another program on this computer.
    Computer,
    /// The local network.
    Network,
    /// The shop's own server somewhere else.
    Private,
    /// Somebody else's.
    Cloud,
}

/// An address that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: Url,
    place: Place,
}

/// Characters of the longest address.
const LONGEST: usize = 300;

/// Names under which clouds can be asked; whoever says that one of them is the shop's own is wrong.
const CLOUDS: &[&str] = &[
    "amazonaws.com",
    "anthropic.com",
    "azure.com",
    "cerebras.ai",
    "cohere.ai",
    "cohere.com",
    "deepseek.com",
    "fireworks.ai",
    "googleapis.com",
    "groq.com",
    "huggingface.co",
    "mistral.ai",
    "nvidia.com",
    "openai.com",
    "openrouter.ai",
    "perplexity.ai",
    "together.ai",
    "together.xyz",
    "x.ai",
];

/// Names that only a local network knows.
const LOCAL_NAMES: &[&str] = &["local", "lan", "internal", "home.arpa", "fritz.box"];

/// What makers write after the part that stays the same.
const ENDINGS: &[&str] = &["/chat/completions", "/completions", "/models", "/embeddings"];

impl Address {
    /// Reads an address for a server that is said to stand there, and refuses what breaks a rule:
    /// plain http beyond the local network, a place that cannot be true.
    pub fn read(text: &str, place: Place) -> Result<Self, RemoteError> {
        let base = read_url(text)?;
        let host = host_of(&base);
        let rule = |reason: &str| {
            Err(RemoteError::NotAllowed { host: host.clone(), reason: reason.into() })
        };
        let ip = ip_of(&base);
        let address = Self { base, place };
        if place == Place::Private && is_cloud(&host) {
            return rule("it is somebody else's, so its place is the cloud");
        }
        if address.base.scheme() == "http" && place >= Place::Private {
            return rule("plain http is for this computer and the local network only");
        }
        if place == Place::Computer && ip.is_none() && !host.eq_ignore_ascii_case("localhost") {
            return rule("this computer is called localhost or 127.0.0.1");
        }
        match ip {
            Some(ip) if !address.reach().allows(ip) => rule(match place {
                Place::Computer => "it is not this computer",
                Place::Network if is_public(ip) && address.base.scheme() == "http" => {
                    "plain http is for this computer and the local network only"
                }
                Place::Network => "it is not in the local network",
                Place::Cloud if is_local(ip) => "it is in the local network and no cloud",
                Place::Private | Place::Cloud => "nothing on the internet has such an address",
            }),
            _ => Ok(address),
        }
    }

    /// Where a server with this address most likely stands. Somebody else's, if in doubt: then it
    /// is off until somebody switches it on, and personal data are replaced.
    pub fn likely_place(text: &str) -> Result<Place, RemoteError> {
        let base = read_url(text)?;
        let host = host_of(&base).to_ascii_lowercase();
        let is_below =
            |ending: &&str| host.strip_suffix(*ending).is_some_and(|rest| rest.ends_with('.'));
        Ok(match ip_of(&base) {
            Some(ip) if ip.to_canonical().is_loopback() => Place::Computer,
            Some(ip) if is_local(ip) => Place::Network,
            Some(_) => Place::Cloud,
            None if host == "localhost" => Place::Computer,
            None if !host.contains('.') || LOCAL_NAMES.iter().any(is_below) => Place::Network,
            // Such a name is only believed as long as it leads into the local network.
            None if base.scheme() == "http" => Place::Network,
            None => Place::Cloud,
        })
    }

    /// Its host, for people.
    pub fn host(&self) -> String {
        host_of(&self.base)
    }

    /// The part that all requests share, without a slash at its end.
    pub fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether what is sent there leaves the house.
    pub fn leaves_the_house(&self) -> bool {
        self.place >= Place::Private
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// The address of one thing that can be asked, such as `/models`.
    pub(crate) fn of(&self, what: &str) -> String {
        format!("{}{what}", self.base())
    }

    /// What its name may lead to.
    pub(crate) fn reach(&self) -> Reach {
        match self.place {
            Place::Computer => Reach::Loopback,
            Place::Network => Reach::Local,
            Place::Private => Reach::Anywhere,
            Place::Cloud => Reach::Public,
        }
    }
}

fn read_url(text: &str) -> Result<Url, RemoteError> {
    let text = text.trim();
    let shown: String = text.chars().take(LONGEST).collect();
    let bad =
        |reason: &str| RemoteError::BadAddress { address: shown.clone(), reason: reason.into() };
    if text.len() > LONGEST {
        return Err(bad("it is too long"));
    }
    let mut url = Url::parse(text).map_err(|_| bad("it must begin with https:// or http://"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("it must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not even in an error may a password be repeated.
        let address = format!("{}://…@{}", url.scheme(), host_of(&url));
        let reason = "leave name and password out; the key has a place of its own".into();
        return Err(RemoteError::BadAddress { address, reason });
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(bad("it names no host"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("leave out what stands behind the question mark"));
    }
    let mut path = url.path().trim_end_matches('/').to_owned();
    if let Some(rest) = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)) {
        path = rest.to_owned();
    }
    url.set_path(if path.is_empty() { "/v1" } else { &path });
    Ok(url)
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn ip_of(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn is_cloud(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    CLOUDS.iter().any(|cloud| {
        host.strip_suffix(cloud).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests;
