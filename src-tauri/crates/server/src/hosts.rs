//! Whose server this is: the names and addresses under which it may be asked, and who asks when a
//! proxy stands between.
//!
//! A page on the internet can make a browser ask any address, but not with another Host or Origin
//! than its own. So both are looked at on every address, those of this computer alone included.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, Uri, header};

/// Set by proxies, nearest last.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The two ends of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// The address that was called.
    pub(crate) own: SocketAddr,
    /// Who called it.
    pub(crate) peer: SocketAddr,
}

/// Why a request is not for this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strange {
    /// The Host is missing, doubled, or another one's.
    Host,
    /// A page from elsewhere sent it.
    Origin,
}

/// Looks at Host, Origin and an address in the first line. `names` are this server's beside the
/// address that was called.
pub(crate) fn check(
    headers: &HeaderMap,
    uri: &Uri,
    own: SocketAddr,
    names: &[String],
) -> Result<(), Strange> {
    let host = only(headers, header::HOST).ok_or(Strange::Host)?;
    if !is_own(host, own, names) {
        return Err(Strange::Host);
    }
    if uri.authority().is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(host)) {
        return Err(Strange::Host);
    }
    if !headers.contains_key(header::ORIGIN) {
        return Ok(());
    }
    let origin = only(headers, header::ORIGIN).and_then(|origin| {
        origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))
    });
    match origin {
        Some(origin) if is_own(origin, own, names) => Ok(()),
        _ => Err(Strange::Origin),
    }
}

/// Who asks: the other end, or whoever a trusted proxy says it asks for. What came before the
/// last proxy that is trusted, anybody can have written.
pub(crate) fn asker(headers: &HeaderMap, peer: IpAddr, proxies: &[IpAddr]) -> IpAddr {
    let mut asker = peer.to_canonical();
    let said = headers.get_all(FORWARDED_FOR);
    let said: Vec<_> = said.iter().filter_map(|value| value.to_str().ok()).collect();
    for address in said.join(",").rsplit(',') {
        if !proxies.contains(&asker) {
            break;
        }
        match address.trim().parse::<IpAddr>() {
            Ok(address) => asker = address.to_canonical(),
            Err(_) => break,
        }
    }
    asker
}

/// A header that is there once and is text.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

fn is_own(host: &str, own: SocketAddr, names: &[String]) -> bool {
    let (ip, port) = (own.ip().to_canonical(), own.port());
    let with_port = |name: &str| host.eq_ignore_ascii_case(&format!("{name}:{port}"));
    let is_address = host.eq_ignore_ascii_case(&SocketAddr::new(ip, port).to_string())
        || (port == 80 && host.trim_matches(['[', ']']).parse() == Ok(ip));
    let is_this_computer = ip.is_loopback() && with_port("localhost");
    let is_named = names.iter().any(|name| host.eq_ignore_ascii_case(name) || with_port(name));
    is_address || is_this_computer || is_named
}

#[cfg(test)]
mod tests;
