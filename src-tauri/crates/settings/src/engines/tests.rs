//! What can be saved of servers, and how it comes back.

use super::*;
use crate::Settings;

fn server() -> Server {
    Server {
        id: "gpu-1".into(),
        name: "Back office".into(),
        address: "http://192.168.1.20:8080/v1".into(),
        place: ServerPlace::Network,
        model: String::new(),
        on: true,
        key: ServerKey::None,
        per_minute: 0,
        at_once: 8,
        price_read_milli: 150,
        price_written_milli: 600,
        month_limit_milli: 5_000,
    }
}

fn check_fits(change: impl FnOnce(&mut Server), expected: bool) {
    let mut server = server();
    change(&mut server);
    assert_eq!(server.fits(), expected, "{server:?}");
}

#[test]
fn rows_are_checked() {
    check_fits(|_| {}, true);
    check_fits(|server| server.id.clear(), false);
    check_fits(|server| server.id = "../key".into(), false);
    check_fits(|server| server.name = "  ".into(), false);
    check_fits(|server| server.name = "a\nb".into(), false);
    check_fits(|server| server.model = "m".repeat(201), false);
    check_fits(|server| server.at_once = 0, false);
    check_fits(|server| server.at_once = 513, false);
    check_fits(|server| server.month_limit_milli = 100_000_000_001, false);
}

#[test]
fn servers_come_back_as_they_were_saved() {
    let mut settings = Settings::default();
    settings.engines.servers = vec![server()];
    settings.engines.local_last = true;
    let saved: Vec<_> =
        settings.differences().into_iter().map(|(key, value)| (key.into(), value)).collect();
    assert_eq!(saved.len(), 2);
    assert_eq!(Settings::merged(&saved), (settings, vec![]));
}

#[test]
fn what_makes_no_sense_leaves_the_servers_as_they_are() {
    for value in ["", "{}", "[{}]", "[7]", &format!("[{}]", "{},".repeat(30))] {
        assert!(Settings::default().set("engines.servers", value).is_err(), "{value}");
    }
    assert!(Settings::default().set("engines.key", "sk-1").is_err());
}

#[test]
fn the_nearest_is_asked_first() {
    let at = |id: &str, place| Server { id: id.into(), place, ..server() };
    let servers = vec![
        at("c", ServerPlace::Cloud),
        at("n1", ServerPlace::Network),
        at("p", ServerPlace::Private),
        at("n2", ServerPlace::Network),
        at("h", ServerPlace::Computer),
    ];
    let engines = Engines { servers, local_last: false };
    let order: Vec<&str> = engines.in_order().iter().map(|server| server.id.as_str()).collect();
    assert_eq!(order, ["h", "n1", "n2", "p", "c"]);
}
