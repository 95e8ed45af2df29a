//! Under which addresses other devices on the local network reach this computer.

use std::net::IpAddr;

use sysinfo::Networks;

/// One address of this computer on a local network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalAddress {
    /// The system's name of the connection, such as `eth0` or `WLAN`.
    pub interface: String,
    /// The address.
    pub address: IpAddr,
}

/// Connections inside this computer (containers, virtual machines) and tunnels to elsewhere: what
/// is reached through them is not the network that the devices in this room are in.
const NOT_THE_ROOM: &[&str] = &[
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "lxc",
    "lxdbr",
    "cni",
    "podman",
    "vethernet",
    "tun",
    "tap",
    "wg",
    "ppp",
    "utun",
    "tailscale",
    "zt",
    "awdl",
    "llw",
];

/// Every address on a local network, those of IPv4 first.
///
/// Addresses that are reached from the whole internet are left out, and so are those that a browser
/// cannot be given. An unplugged computer has none; that is no error.
pub fn local_addresses() -> Vec<LocalAddress> {
    let Ok(networks) = Networks::new_with_refreshed_list() else { return Vec::new() };
    let mut found: Vec<LocalAddress> = Vec::new();
    for (interface, network) in &networks {
        let interface = interface.to_string_lossy().into_owned();
        let addresses = network.ip_networks().iter().map(|network| network.addr);
        let addresses = addresses.filter(|address| is_of_the_room(&interface, *address));
        found.extend(
            addresses.map(|address| LocalAddress { interface: interface.clone(), address }),
        );
    }
    found.sort_by_cached_key(|one| (rank(one.address), one.interface.clone(), one.address));
    found.dedup_by_key(|one| one.address);
    found
}

fn is_of_the_room(interface: &str, address: IpAddr) -> bool {
    let name = interface.to_lowercase();
    if NOT_THE_ROOM.iter().any(|other| name.starts_with(other)) {
        return false;
    }
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        // A link-local address needs the name of the connection, which no browser takes.
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// What people are given first: an address that a router gave, then one that a computer made up for
/// itself, then a long one.
fn rank(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(address) if !address.is_link_local() => 0,
        IpAddr::V4(_) => 1,
        IpAddr::V6(_) => 2,
    }
}

#[cfg(test)]
mod tests;
