//! What balancers and monitors ask.

use std::time::Duration;

use server::Doors;

use crate::http::{Door, loopback, shop};

#[test]
fn ready_means_loaded_and_new_enough_and_never_how_busy() {
    let mut options = loopback(Doors::Visitors);
    let desk = shop(1, Duration::from_millis(200));
    let version = desk.core.load().knowledge_version;
    options.knowledge = version;
    desk.core.hold_waiting(0);
    let door = Door::open(desk, options);
    let check = |path: &str, header: &str, status: u16, says: &str| {
        let reply = door.get_with(path, &format!("Host: {}\r\n{header}", door.address));
        assert_eq!(reply.status, status, "{path} {header}: {}", reply.body);
        assert!(reply.body.contains(says), "{path} {header}: {}", reply.body);
    };
    check("/ready", "", 200, "ready");
    let newer = version + 1;
    check(&format!("/ready?knowledge={version}"), "", 200, "ready");
    check(&format!("/ready?knowledge={newer}"), "", 503, "old knowledge");
    check("/ready", &format!("X-Require-Knowledge: {newer}\r\n"), 503, "old knowledge");
    for wrong in ["x", "-1", "", "99999999999999999999"] {
        check(&format!("/ready?knowledge={wrong}"), "", 400, "whole number");
    }
    // A probe of the old kind names no host.
    assert_eq!(door.raw(b"GET /ready HTTP/1.0\r\n\r\n").status, 200);
    assert_eq!(door.raw(b"GET /kiosk.html HTTP/1.0\r\n\r\n").status, 421);
    std::thread::scope(|scope| {
        scope.spawn(|| door.ask("a", "How long do refunds take for boots?"));
        while door.desk.core.load().fullness.taken == 0 {
            std::thread::sleep(Duration::from_millis(2));
        }
        assert_eq!(door.ask("b", "How long do refunds for walking boots take?").status, 429);
        check("/ready", "", 200, "ready");
        check("/health", "", 200, "\"ok\"");
    });
    door.desk.embedder.set_down(true);
    check("/ready", "", 503, "degraded");
    check("/health", "", 503, "degraded");
    assert!(!door.get("/health").body.contains("switched off"), "no reasons for strangers");
}

#[test]
fn metrics_tell_how_busy_it_is_to_whom_it_concerns() {
    let door = Door::staffed();
    for question in ["Do you sell gift cards?", "How long do refunds take for boots?"] {
        assert_eq!(door.ask("a", question).status, 200);
    }
    assert_eq!(door.get("/metrics").status, 401);
    let with_key = |key: &str| {
        let headers = format!("Host: {}\r\nAuthorization: Bearer {key}\r\n", door.address);
        door.get_with("/metrics", &headers)
    };
    assert_eq!(with_key(&door.visitor).status, 403);
    let page = with_key(&door.staff);
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    for line in [
        "frontdesk_turns_total{route=\"faq\"} 1",
        "frontdesk_turns_total{route=\"documents\"} 1",
        "frontdesk_time_to_first_token_seconds_count 2",
        "frontdesk_end_to_end_seconds_bucket{le=\"+Inf\"} 2",
        "frontdesk_slots 2",
        "frontdesk_requests_deferred 0",
        "frontdesk_waiting_room_size 32",
        "frontdesk_requests_total{route=\"/visit\",outcome=\"ok\"} 2",
        "frontdesk_requests_total{route=\"/metrics\",outcome=\"forbidden\"} 2",
    ] {
        assert!(page.body.lines().any(|found| found == line), "{line} in\n{}", page.body);
    }
    for private in ["gift", "refunds", "127.0.0.1", &door.visitor] {
        assert!(!page.body.contains(private), "{private}");
    }
}
