//! Which address counts as what.

use super::*;

/// Whether loopback, local, public and anywhere allow it.
fn check_allows(ip: &str, expected: [bool; 4]) {
    let ip: IpAddr = ip.parse().unwrap();
    let reaches = [Reach::Loopback, Reach::Local, Reach::Public, Reach::Anywhere];
    assert_eq!(reaches.map(|reach| reach.allows(ip)), expected, "{ip}");
}

#[test]
fn addresses_are_told_apart() {
    let (house, network, internet) =
        ([true, true, false, true], [false, true, false, true], [false, false, true, true]);
    check_allows("127.0.0.1", house);
    check_allows("127.8.9.1", house);
    check_allows("::1", house);
    check_allows("::ffff:127.0.0.1", house);
    check_allows("10.0.0.1", network);
    check_allows("172.16.0.1", network);
    check_allows("172.31.255.255", network);
    check_allows("192.168.1.20", network);
    check_allows("fd12:3456::1", network);
    check_allows("172.15.255.255", internet);
    check_allows("172.32.0.1", internet);
    check_allows("8.8.8.8", internet);
    check_allows("2606:4700::1111", internet);
    check_allows("2002:0808:0808::1", internet);
}

#[test]
fn what_is_neither_at_home_nor_on_the_internet_is_never_called() {
    for ip in [
        "0.0.0.0",
        "169.254.169.254",
        "fd00:ec2::254",
        "fe80::1",
        "::",
        "::ffff:169.254.169.254",
        "100.64.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "2001:db8::1",
        "ff02::1",
        "2002:7f00:0001::1",
        "64:ff9b::a9fe:a9fe",
    ] {
        check_allows(ip, [false; 4]);
    }
}
