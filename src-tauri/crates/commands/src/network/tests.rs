//! What staff see of the network, and what they may choose there.

use hardware::LocalAddress;

use super::*;

fn check_shortened(address: &str, expected: &str) {
    assert_eq!(shortened(address.parse().unwrap()), expected);
}

#[test]
fn an_address_is_told_by_its_end() {
    check_shortened("192.168.1.23", "…1.23");
    check_shortened("fd00::1:2f", "…2f");
    check_shortened("127.0.0.1", "…0.1");
}

fn check_place(address: &str, port: u16, expected: Result<&str, &str>) {
    let words = |found: Network| {
        let address = found.address.map(|address| address.to_string()).unwrap_or_default();
        format!("{address}:{}", found.port)
    };
    let found = changed(Network::default(), address, port).map(words);
    let found = found.map_err(|error| error.message);
    assert_eq!(found.as_deref().map_err(String::as_str), expected, "{address} {port}");
}

#[test]
fn a_place_is_checked_before_anything_moves() {
    check_place("", 8317, Ok(":8317"));
    check_place(" 10.0.0.7 ", 9000, Ok("10.0.0.7:9000"));
    check_place("shop.example", 8317, Err("\"shop.example\" is not an address of this computer"));
    check_place("", 80, Err("port 80 belongs to the system"));
}

#[test]
fn staff_see_where_with_whom_and_not_a_word_more() {
    let address: IpAddr = "192.168.1.20".parse().unwrap();
    let shared = Shared {
        on: true,
        port: 8318,
        found: vec![LocalAddress { interface: "wlan0".into(), address }],
        pages: vec![(address, "http://192.168.1.20:8318/kiosk.html#key=secret".into())],
        guests: vec![Guest {
            address: "192.168.1.31".parse().unwrap(),
            here: Duration::from_secs(90),
            asked: Some(Duration::from_secs(30)),
        }],
    };
    let view = view(&Network::default(), true, String::new(), shared, 1_000);
    assert_eq!(view.other_port, Some(8318));
    assert_eq!(view.pages[0].shown, "http://192.168.1.20:8318/kiosk.html");
    assert_eq!(view.pages[0].interface, "wlan0");
    let guest = GuestView { address: "…1.31".into(), since: 910, asked_at: Some(970) };
    assert_eq!(view.guests, [guest]);
}

#[test]
fn a_desk_without_a_window_says_where_it_is_served() {
    let served = "http://127.0.0.1:8317".to_owned();
    let view = view(&Network::default(), false, served.clone(), Shared::default(), 0);
    assert_eq!((view.can_share, view.on, view.served_at), (false, false, served));
    assert_eq!(view.other_port, None);
}
