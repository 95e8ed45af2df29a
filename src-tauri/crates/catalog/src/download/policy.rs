//! Which addresses may be asked.
//!
//! The catalogue's addresses came with the program, so only they and the stores behind them are
//! asked, over https, at public addresses. A mirror is named by a person: that one place may be
//! anywhere, and may speak plain http only where its words do not leave the house.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use super::DownloadError;

/// The hosts to which the catalogue's host hands over the bytes, with every name below them.
const STORES: &[&str] = &["huggingface.co", "hf.co"];

/// Which addresses may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// For addresses of the catalogue: https, that host and its stores, public addresses.
    Catalogue,
    /// For an address that a person has typed: https, or http to this computer or the local
    /// network; redirects only to the same place, or over https to the catalogue's stores.
    Mirror,
}

/// Which of a name's addresses may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Only public ones: a name on the internet must not lead back into the house.
    Public,
    /// Only those of this computer and the local network.
    Local,
    /// All.
    Any,
}

impl Policy {
    /// Reads the first address, and refuses it where it may not be asked.
    pub(super) fn first(self, address: &str) -> Result<Url, DownloadError> {
        let url = Url::parse(address)
            .map_err(|error| not_allowed(address.to_string(), &format!("no address: {error}")))?;
        let broken = common_rules(&url).or_else(|| match self {
            Policy::Catalogue => rules_of_the_internet(&url),
            Policy::Mirror => match url.scheme() {
                "https" => None,
                _ if ip_of(&url).is_some_and(|ip| !is_local(ip)) => {
                    Some("plain http is for this computer and the local network only")
                }
                _ => None,
            },
        });
        match broken {
            None => Ok(url),
            Some(rule) => Err(not_allowed(host_of(&url), rule)),
        }
    }

    /// Whether `from`, reached from the first address, may lead to `to`.
    pub(super) fn follow(self, first: &Url, from: &Url, to: &Url) -> Result<(), DownloadError> {
        let broken = common_rules(to).or_else(|| match self {
            _ if from.scheme() == "https" && to.scheme() != "https" => {
                Some("https may only lead to https")
            }
            Policy::Catalogue => rules_of_the_internet(to).or_else(|| {
                let is_known = to.host_str() == first.host_str() || is_store(to);
                (!is_known).then_some("it is not one of the catalogue's stores")
            }),
            Policy::Mirror if to.origin() == first.origin() => None,
            Policy::Mirror if from.scheme() == "https" && is_store(to) => rules_of_the_internet(to),
            Policy::Mirror => Some("a mirror may only lead to itself"),
        });
        match broken {
            None => Ok(()),
            Some(rule) => Err(not_allowed(host_of(to), rule)),
        }
    }

    /// Which addresses of a name may be called, on the way that began at `first`.
    ///
    /// A name that no rule allows is never asked for a file; it is the proxy of this network.
    pub(super) fn reach(self, first: &Url, name: &str) -> Reach {
        let is_first = first.host_str().is_some_and(|host| host.eq_ignore_ascii_case(name));
        match self {
            Policy::Catalogue if is_first || is_store_name(name) => Reach::Public,
            Policy::Mirror if is_first && first.scheme() == "http" => Reach::Local,
            Policy::Mirror if !is_first && is_store_name(name) => Reach::Public,
            Policy::Catalogue | Policy::Mirror => Reach::Any,
        }
    }
}

impl Reach {
    pub(super) fn allows(self, ip: IpAddr) -> bool {
        match self {
            Reach::Public => is_public(ip),
            Reach::Local => is_local(ip),
            Reach::Any => true,
        }
    }
}

/// What holds for every address: http or https, a host, nobody's name and password.
fn common_rules(url: &Url) -> Option<&'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        Some("only web addresses are asked")
    } else if url.host_str().is_none_or(str::is_empty) {
        Some("it names no host")
    } else if !url.username().is_empty() || url.password().is_some() {
        Some("leave name and password out of the address")
    } else {
        None
    }
}

fn rules_of_the_internet(url: &Url) -> Option<&'static str> {
    if url.scheme() != "https" {
        Some("only https is asked")
    } else if ip_of(url).is_some() || url.host_str().is_some_and(|host| !host.contains('.')) {
        Some("only names on the internet are asked")
    } else if url.port().is_some() {
        Some("only the usual port is asked")
    } else {
        None
    }
}

fn is_store(url: &Url) -> bool {
    url.host_str().is_some_and(is_store_name)
}

fn is_store_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    STORES.iter().any(|store| {
        name.strip_suffix(store).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// The host, for people.
pub(super) fn host_of(url: &Url) -> String {
    url.host_str().map_or_else(|| url.scheme().to_string(), str::to_string)
}

fn not_allowed(host: String, rule: &str) -> DownloadError {
    DownloadError::NotAllowed { host, reason: rule.into() }
}

fn ip_of(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// An address of this computer or of the network it is in.
fn is_local(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// An address that anybody on the internet could be asked at.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        // Between a provider and its customers, for the protocols themselves, for measurements.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inside = |at: usize| {
        let [high, low] = [parts[at], parts[at + 1]].map(u16::to_be_bytes);
        Ipv4Addr::new(high[0], high[1], low[0], low[1])
    };
    match parts[0] {
        // An older address inside a newer one counts as what it is.
        0x64 if parts[1] == 0xff9b => is_public_v4(inside(6)),
        0x2002 => is_public_v4(inside(1)),
        0x2001 if parts[1] == 0xdb8 || parts[1] == 0 => false,
        // What is in use on the internet begins with these three bits.
        first => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests;
