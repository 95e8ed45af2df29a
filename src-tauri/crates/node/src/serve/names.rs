//! The names that `--host` gives a desk.

use crate::exit::Failure;

/// A host name or address, with or without a port, in small letters.
///
/// Fails on everything else, so that a typing error does not become a desk that answers nobody.
pub(super) fn host(name: &str) -> Result<String, Failure> {
    let wrong = || {
        Failure::usage(
            format!("{name:?} is no name of a desk"),
            "Write it as browsers ask for it, such as desk.example or desk.example:8443.",
        )
    };
    let (host, port) = match name.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => (host, Some(port)),
        _ => (name, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let is_address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match is_address {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(is_label) && host.len() <= 253,
    };
    if is_port && is_host { Ok(name.to_ascii_lowercase()) } else { Err(wrong()) }
}

fn is_label(label: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !label.is_empty() && label.len() <= 63 && label.chars().all(fits)
}

#[cfg(test)]
mod tests;
