//! "Share on this network": what staff switch, and what a device on the network gets.

#![expect(clippy::unwrap_used, reason = "a failing test should stop there")]

mod device;
mod shop;

use std::net::TcpListener;
use std::time::{Duration, Instant};

use commands::Session;
use commands::wire::{Code, NetworkCommand, NetworkView};
use device::{Device, key_of};
use shop::{Shop, free_port};

const GREET: &str = r#"{"do":"greet"}"#;
const ASK: &str = r#"{"do":"ask","question":"Do you sell gift cards?","ask_id":"a"}"#;

fn on(keep: bool) -> NetworkCommand {
    NetworkCommand::Share { on: true, keep }
}

const OFF: NetworkCommand = NetworkCommand::Share { on: false, keep: false };

/// Waits for what the thread that follows the addresses does by itself.
fn soon(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < end, "gave up waiting for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn nothing_listens_until_it_is_switched_on_and_nothing_after() {
    let shop = Shop::open();
    let before = shop.network(NetworkCommand::State);
    assert!(before.can_share && !before.on && before.pages.is_empty(), "{before:?}");
    assert!(!Device::at(shop.port).reaches(), "a desk opens no door by itself");

    let shared = shop.network(on(false));
    assert_eq!(shared.pages.len(), 1, "{shared:?}");
    let device = Device::of(&shared);
    assert!(device.reaches());
    assert_eq!(device.post("/visit", GREET).status, 200);

    let after = shop.network(OFF);
    assert!(!after.on && after.pages.is_empty() && after.guests.is_empty(), "{after:?}");
    assert!(!device.reaches(), "off in one step");
}

#[test]
fn a_device_gets_the_visitors_page_and_nothing_of_the_staff() {
    let shop = Shop::open();
    let shared = shop.network(on(false));
    let device = Device::of(&shared);
    let staff = Device { key: shop.key("staff"), ..device.clone() };

    for path in ["/manage", "/health", "/metrics", "/v1/models", "/v1/chat/completions"] {
        for one in [&device, &staff] {
            let (posted, got) = (one.post(path, r#"{"do":"doctor"}"#).status, one.get(path).status);
            assert!([401, 404, 405].contains(&posted), "{path}: {posted}");
            assert!([401, 404].contains(&got), "{path}: {got}");
        }
    }
    assert_eq!(device.get("/index.html").status, 404);
    assert_eq!(device.get("/").body, device.get("/kiosk.html").body);
    assert_eq!(staff.post("/visit", GREET).status, 401, "the staff key opens nothing here");
    assert_eq!(Device { key: String::new(), ..device.clone() }.post("/visit", GREET).status, 401);

    let face = device.post("/visit", GREET);
    assert!(face.body.contains(r#""role":"visitor""#), "{}", face.body);
    let strange = Device { host: "rebound.example.com".into(), ..device.clone() };
    assert_eq!(strange.post("/visit", GREET).status, 421);
    let answer = device.post("/visit", ASK);
    assert!(answer.body.contains("gift cards are sold at the till"), "{}", answer.body);
    let pin = device.post("/visit", r#"{"do":"unlock","pin":"246813"}"#);
    assert_eq!(pin.status, 403, "the PIN is tried at the screen itself: {}", pin.body);
}

#[test]
fn staff_see_who_is_connected_and_no_words() {
    let shop = Shop::open();
    let device = Device::of(&shop.network(on(false)));
    assert_eq!(device.post("/visit", GREET).status, 200);
    let guests = shop.network(NetworkCommand::State).guests;
    assert_eq!((guests.len(), guests[0].asked_at), (1, None), "{guests:?}");
    assert_eq!(guests[0].address, "…0.1");
    device.post("/visit", ASK);
    let told = shop.network(NetworkCommand::State);
    assert!(told.guests[0].asked_at.is_some_and(|at| at >= told.guests[0].since), "{told:?}");
    assert!(!format!("{:?}", told.guests).contains("gift"), "{told:?}");
}

#[test]
fn a_port_that_is_taken_is_said_and_another_one_tried() {
    let shop = Shop::open();
    let _other_program = TcpListener::bind(("127.0.0.1", shop.port)).unwrap();
    let shared = shop.network(on(false));
    let other = shared.other_port.expect("the port is taken");
    assert!(other > shop.port && other < shop.port + 10, "{shared:?}");
    assert!(shared.pages[0].url.contains(&format!(":{other}/kiosk.html#key=")), "{shared:?}");
    assert_eq!(Device::of(&shared).post("/visit", GREET).status, 200);
}

#[test]
fn where_no_port_is_free_a_sentence_says_so_and_nothing_is_shared() {
    let shop = Shop::open();
    let others: Vec<_> =
        (shop.port..shop.port + 10).map(|port| TcpListener::bind(("127.0.0.1", port))).collect();
    let error = shop.try_network(on(true)).unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.message.contains("are used by other programs"), "{}", error.message);
    assert!(error.hint.unwrap().contains("Choose another port"));
    let view = shop.network(NetworkCommand::State);
    assert!(!view.on && !view.keep, "{view:?}");
    drop(others);
}

#[test]
fn it_is_off_after_a_restart_unless_staff_keep_it_on() {
    let shop = Shop::open();
    shop.network(on(false));
    let shop = shop.restarted();
    assert!(!shop.network(NetworkCommand::State).on);
    assert!(!Device::at(shop.port).reaches());

    let before = shop.network(on(true));
    assert!(before.keep);
    let shop = shop.restarted();
    let after = shop.network(NetworkCommand::State);
    assert!(after.on && after.keep, "{after:?}");
    assert_eq!(after.pages, before.pages, "printed addresses go on working");
    assert_eq!(Device::of(&before).post("/visit", GREET).status, 200);

    shop.network(OFF);
    let shop = shop.restarted();
    let view = shop.network(NetworkCommand::State);
    assert!(!view.on && !view.keep, "what is switched off stays off: {view:?}");
}

#[test]
fn keeping_it_on_is_chosen_while_it_is_on_without_a_break() {
    let shop = Shop::open();
    let device = Device::of(&shop.network(on(false)));
    assert_eq!(device.post("/visit", GREET).status, 200);
    let kept = shop.network(on(true));
    assert_eq!((kept.keep, kept.guests.len()), (true, 1), "nobody was sent away: {kept:?}");
    assert!(!shop.network(on(false)).keep);
}

#[test]
fn another_key_sends_away_who_has_the_one_before() {
    let shop = Shop::open();
    let before = Device::of(&shop.network(on(false)));
    let staff = shop.key("staff");
    let after = shop.network(NetworkCommand::NewKey);
    assert_eq!(before.post("/visit", GREET).status, 401);
    let new = Device::of(&after);
    assert_ne!(key_of(&after), before.key);
    assert_eq!(new.address, before.address, "the address stays, only its key is another");
    assert_eq!(new.post("/visit", GREET).status, 200);
    assert_eq!(shop.key("staff"), staff);
}

#[test]
fn while_it_is_off_another_key_waits_for_the_next_time() {
    let shop = Shop::open();
    let first = key_of(&shop.network(on(false)));
    shop.network(OFF);
    let off = shop.network(NetworkCommand::NewKey);
    assert!(!off.on && !Device::at(shop.port).reaches());
    assert_ne!(key_of(&shop.network(on(false))), first);
}

#[test]
fn a_computer_without_a_network_is_shared_as_soon_as_it_has_one() {
    let shop = Shop::open();
    shop.move_to(&[]);
    let waiting = shop.network(on(false));
    assert!(waiting.on && waiting.pages.is_empty() && waiting.found.is_empty(), "{waiting:?}");
    shop.move_to(&["127.0.0.1"]);
    soon("the address", || !shop.network(NetworkCommand::State).pages.is_empty());
    let device = Device::of(&shop.network(NetworkCommand::State));
    assert_eq!(device.post("/visit", GREET).status, 200);
    shop.move_to(&[]);
    soon("the door to close", || !device.reaches());
    assert!(shop.network(NetworkCommand::State).on);
}

#[cfg(target_os = "linux")]
#[test]
fn one_address_of_several_can_be_chosen() {
    let shop = Shop::open();
    shop.move_to(&["127.0.0.1", "127.0.0.2"]);
    let both = shop.network(on(false));
    assert_eq!(both.pages.len(), 2, "{both:?}");
    assert_eq!(both.pages.iter().filter(|page| page.shown.contains("127.0.0.2")).count(), 1);
    let listen =
        |address: &str| NetworkCommand::Listen { address: address.into(), port: shop.port };
    let one = shop.network(listen("127.0.0.2"));
    assert_eq!(one.pages.len(), 1, "{one:?}");
    assert!(one.pages[0].shown.contains("//127.0.0.2:"), "{one:?}");
    assert!(!Device::at(shop.port).reaches(), "127.0.0.1 is closed now");
    assert_eq!(shop.network(listen("")).pages.len(), 2);
}

#[test]
fn a_place_that_cannot_be_had_leaves_the_one_before() {
    let shop = Shop::open();
    let device = Device::of(&shop.network(on(false)));
    let busy = free_port();
    let others: Vec<_> =
        (busy..busy + 10).map(|port| TcpListener::bind(("127.0.0.1", port))).collect();
    let listen = NetworkCommand::Listen { address: String::new(), port: busy };
    assert_eq!(shop.try_network(listen).unwrap_err().code, Code::Unavailable);
    let view = shop.network(NetworkCommand::State);
    assert!(view.on && view.port == shop.port, "{view:?}");
    assert_eq!(device.post("/visit", GREET).status, 200);
    for (address, port) in [("shop.example", shop.port), ("", 80)] {
        let listen = NetworkCommand::Listen { address: address.into(), port };
        assert_eq!(shop.try_network(listen).unwrap_err().code, Code::Invalid);
    }
    drop(others);
}

#[test]
fn visitors_cannot_switch_it() {
    let shop = Shop::open();
    let device = Device::of(&shop.network(on(false)));
    let off = r#"{"do":"network","what":"share","on":false}"#;
    assert_eq!(device.post("/manage", off).status, 405);
    assert!(device.post("/visit", off).status >= 400);
    let command = commands::wire::StaffCommand::Network(OFF);
    let refused = shop.core.manage(&Session::visitor("a tablet"), command).unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    assert!(device.reaches());
}

#[test]
fn keys_that_cannot_be_read_are_named() {
    let shop = Shop::open();
    std::fs::write(shop.data().join("keys"), "staff short\n").unwrap();
    let error = shop.try_network(on(false)).unwrap_err();
    assert_eq!(error.code, Code::BadFile);
    assert!(error.message.contains("keys") && error.hint.is_some(), "{error:?}");
    let view: NetworkView = shop.network(NetworkCommand::State);
    assert!(!view.on);
}
