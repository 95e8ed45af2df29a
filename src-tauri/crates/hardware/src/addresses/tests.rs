//! Which addresses of a computer are those of a local network.

use super::*;

fn check(interface: &str, address: &str, expected: bool) {
    let found = is_of_the_room(interface, address.parse().unwrap());
    assert_eq!(found, expected, "{address} on {interface}");
}

#[test]
fn only_addresses_of_a_local_network_are_shown() {
    check("eth0", "192.168.1.20", true);
    check("wlp3s0", "10.0.0.7", true);
    check("WLAN", "172.16.4.4", true);
    check("eth0", "172.32.0.1", false);
    check("eth0", "169.254.10.1", true);
    check("eth0", "8.8.8.8", false);
    check("eth0", "100.101.102.103", false);
    check("lo", "127.0.0.1", false);
    check("eth0", "fd12:3456::7", true);
    check("eth0", "fe80::1", false);
    check("eth0", "2001:db8::1", false);
    check("lo", "::1", false);
}

#[test]
fn containers_and_tunnels_are_not_the_room() {
    check("docker0", "172.17.0.1", false);
    check("br-4f2a", "172.18.0.1", false);
    check("vEthernet (WSL)", "172.20.0.1", false);
    check("tun0", "10.8.0.2", false);
    check("wg0", "10.9.0.2", false);
}

#[test]
fn what_is_found_here_keeps_the_rules_and_the_order() {
    let found = local_addresses();
    assert!(found.iter().all(|one| is_of_the_room(&one.interface, one.address)), "{found:?}");
    assert!(found.windows(2).all(|two| rank(two[0].address) <= rank(two[1].address)), "{found:?}");
}
