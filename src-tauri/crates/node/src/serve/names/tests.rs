//! Which names a server may be asked by.

use super::*;

fn check_host(name: &str, expected: Option<&str>) {
    assert_eq!(host(name).ok().as_deref(), expected, "{name:?}");
}

#[test]
fn a_name_is_what_browsers_ask_for() {
    check_host("desk.example", Some("desk.example"));
    check_host("Desk.Example:8443", Some("desk.example:8443"));
    check_host("front-desk", Some("front-desk"));
    check_host("192.168.1.4", Some("192.168.1.4"));
    check_host("[fe80::1]", Some("[fe80::1]"));
    check_host("[fe80::1]:8317", Some("[fe80::1]:8317"));
    for wrong in [
        "", "*", "*.example", "https://desk.example", "desk.example/", "desk example", "desk:0",
        "desk:99999", "desk:", ":8317", "desk..example", "[fe80::1", "fe80::1", "desk,shop",
    ] {
        check_host(wrong, None);
    }
}
