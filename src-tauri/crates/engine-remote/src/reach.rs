//! Which addresses of a name may be called: a name is only believed as far as its place goes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which of a name's addresses may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Only this computer.
    Loopback,
    /// Only this computer and the local network.
    Local,
    /// Only public ones: a name on the internet must not lead back into the house.
    Public,
    /// This computer, the local network, and the internet.
    Anywhere,
}

impl Reach {
    pub(crate) fn allows(self, ip: IpAddr) -> bool {
        match self {
            Reach::Loopback => ip.to_canonical().is_loopback(),
            Reach::Local => is_local(ip),
            Reach::Public => is_public(ip),
            Reach::Anywhere => is_local(ip) || is_public(ip),
        }
    }

    /// The rule in words, for a name that leads elsewhere.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Reach::Loopback => "its name leads away from this computer",
            Reach::Local => "its name leads out of the local network",
            Reach::Public => "its name leads into a local network",
            Reach::Anywhere => "its name leads to no usual address",
        }
    }
}

/// An address of this computer or of the network it is in. Those that are handed out where nobody
/// hands any out are not among them: clouds keep secrets of their computers there.
pub(crate) fn is_local(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || (v6.is_unique_local() && !is_metadata(v6)),
    }
}

/// Where one cloud keeps the secrets of its computers.
fn is_metadata(ip: Ipv6Addr) -> bool {
    ip.segments()[..3] == [0xfd00, 0xec2, 0]
}

/// An address that anybody on the internet could be asked at.
pub(crate) fn is_public(ip: IpAddr) -> bool {
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
        || ip.is_documentation()
        || a == 0
        || a >= 224
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
