//! Every route, every way of asking it, every way of asking it wrongly.

use server::{Doors, Options, Running, ServerError};

use crate::http::{Door, loopback, shop};

/// A route, how it is asked, and whether a visitor's key is enough.
struct Route {
    line: &'static str,
    needs_key: bool,
    body: &'static str,
}

const ROUTES: &[Route] = &[
    Route { line: "POST /visit", needs_key: true, body: r#"{"do":"greet"}"# },
    Route { line: "POST /manage", needs_key: true, body: r#"{"do":"health"}"# },
    Route { line: "GET /metrics", needs_key: true, body: "" },
    Route { line: "GET /health", needs_key: false, body: "" },
    Route { line: "GET /ready", needs_key: false, body: "" },
    Route { line: "GET /no/such/page", needs_key: false, body: "" },
];

/// Hosts that are not this server's, wherever it listens.
const STRANGE_HOSTS: &[&str] = &[
    "evil.example",
    "127.0.0.1.nip.io",
    "localhost.evil",
    "x.local",
    "169.254.169.254",
    "",
    "localhost:1",
    "[::1]x",
];

fn send(door: &Door, line: &str, headers: &[String], body: &str) -> u16 {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let request = format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n{body}");
    let reply = door.raw(request.as_bytes());
    assert!(reply.header("access-control-allow-origin").is_none(), "{line}: {}", reply.head);
    assert!(!reply.body.contains(&door.staff) && !reply.body.contains(&door.visitor));
    reply.status
}

/// The headers of a request that is right in all but one way.
fn well_formed(door: &Door, route: &Route, without: &str, instead: &[&str]) -> Vec<String> {
    let mut all = vec![format!("Host: {}", door.address)];
    if route.needs_key {
        all.push(format!("Authorization: Bearer {}", door.staff));
    }
    if route.line.starts_with("POST") {
        all.push("Content-Type: application/json".into());
        all.push(format!("Content-Length: {}", route.body.len()));
    }
    all.retain(|header| !header.starts_with(without) || without.is_empty());
    all.extend(instead.iter().map(|header| header.to_string()));
    all
}

#[test]
fn every_cell_of_route_and_attack_is_refused() {
    let door = Door::staffed();
    let own = door.address.to_string();
    for route in ROUTES {
        let is_post = route.line.starts_with("POST");
        let usual = if route.line.ends_with("page") { 404 } else { 200 };
        let check = |what: &str, without: &str, instead: &[&str], expected: u16| {
            let headers = well_formed(&door, route, without, instead);
            let status = send(&door, route.line, &headers, route.body);
            assert_eq!(status, expected, "{}: {what}", route.line);
        };
        check("nothing is wrong", "", &[], usual);
        check("its own origin", "", &[&format!("Origin: http://{own}")], usual);
        for host in STRANGE_HOSTS {
            check(host, "Host", &[&format!("Host: {host}")], 421);
        }
        check("two hosts", "", &["Host: evil.example"], 421);
        for origin in ["https://evil.example", "null", "http://127.0.0.1:1", "file://"] {
            check(origin, "", &[&format!("Origin: {origin}")], 403);
        }
        let unkeyed = if route.needs_key { 401 } else { usual };
        let staff = &door.staff;
        for (what, instead) in [
            ("no key", String::new()),
            ("an empty key", "Authorization: Bearer ".into()),
            ("another key", format!("Authorization: Bearer {}x", &staff[1..])),
            ("a key by another name", format!("X-Api-Key: {staff}")),
            ("a key as a cookie", format!("Cookie: key={staff}")),
            ("a key as a password", format!("Authorization: Basic {staff}")),
        ] {
            let instead: Vec<&str> =
                Some(instead.as_str()).filter(|i| !i.is_empty()).into_iter().collect();
            check(what, "Authorization", &instead, unkeyed);
        }
        if is_post {
            for kind in [
                "text/plain",
                "application/jsonx",
                "multipart/form-data",
                "application/x-www-form-urlencoded",
            ] {
                check(kind, "Content-Type", &[&format!("Content-Type: {kind}")], 415);
            }
            check("no kind", "Content-Type", &[], 415);
            check(
                "a kind with a charset",
                "Content-Type",
                &["Content-Type: application/json; charset=utf-8"],
                200,
            );
            check("too long by its own word", "Content-Length", &["Content-Length: 10000000"], 413);
            check("a negative length", "Content-Length", &["Content-Length: -1"], 400);
            check("two lengths", "", &["Content-Length: 7"], 400);
        }
        check("a head of 9 KiB", "", &[&format!("X-Long: {}", "x".repeat(9 * 1024))], 431);
        let many: Vec<String> = (0..100).map(|n| format!("X-{n}: y")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check("100 headers", "", &many, 431);
        check("a header with a zero", "", &["X-Zero: a\0b"], 400);
        let path = route.line.split(' ').nth(1).unwrap();
        for method in ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"] {
            let headers = well_formed(&door, route, "Content", &[]);
            let status = send(&door, &format!("{method} {path}"), &headers, "");
            assert_eq!(status, 405, "{method} {path}");
        }
        let preflight = [
            "Origin: https://evil.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Private-Network: true",
        ];
        let headers = well_formed(&door, route, "Content", &preflight);
        assert_eq!(send(&door, &format!("OPTIONS {path}"), &headers, ""), 403, "{path}");
        let key = well_formed(&door, route, "Authorization", &[]);
        let with_query = format!("{}?key={staff}&authorization={staff}", route.line);
        assert_eq!(send(&door, &with_query, &key, route.body), unkeyed, "{with_query}");
    }
    assert_eq!(door.get("/ready").status, 200, "it stands");
}

#[test]
fn a_public_door_has_nothing_for_staff_on_every_kind_of_address() {
    for listen in ["127.0.0.1:0", "0.0.0.0:0", "[::]:0", "[::1]:0"] {
        let mut options = Options::new(listen.parse().unwrap(), Doors::Visitors);
        options.hosts = vec!["desk.example".into()];
        let desk = shop(2, std::time::Duration::ZERO);
        let mut door = Door::open(desk, options);
        if door.address.ip().is_unspecified() {
            let ip = if door.address.is_ipv4() { "127.0.0.1" } else { "::1" };
            door.address = (ip.parse::<std::net::IpAddr>().unwrap(), door.address.port()).into();
        }
        let greet = serde_json::json!({ "do": "greet" });
        assert_eq!(door.post("/visit", &door.visitor, &greet).status, 200, "{listen}");
        assert_eq!(door.post("/visit", &door.staff, &greet).status, 401, "{listen}");
        for (key, refused) in [(door.staff.as_str(), 401), (&door.visitor, 403), ("", 401)] {
            let status = door.post("/manage", key, &serde_json::json!({ "do": "health" })).status;
            assert!([401, 404, 405].contains(&status), "{listen}: {status}");
            let metrics = door.get_with(
                "/metrics",
                &format!("Host: {}\r\nAuthorization: Bearer {key}\r\n", door.address),
            );
            assert_eq!(metrics.status, refused, "{listen}");
        }
        assert_eq!(door.get("/index.html").status, 404, "{listen}");
        for host in STRANGE_HOSTS {
            let status = door.get_with("/kiosk.html", &format!("Host: {host}\r\n")).status;
            assert_eq!(status, 421, "{host} at {listen}");
        }
        let named = door.get_with("/ready", "Host: desk.example\r\n");
        assert_eq!(named.status, 200, "{listen}");
        let from_page = "Host: desk.example\r\nOrigin: https://desk.example\r\n";
        assert_eq!(door.get_with("/ready", from_page).status, 200, "{listen}");
    }
}

#[test]
fn staff_are_let_in_from_this_computer_alone() {
    let desk = shop(2, std::time::Duration::ZERO);
    let keys = server::Keys::read_or_make(&desk.data().join("keys")).unwrap();
    let options = Options::new("0.0.0.0:0".parse().unwrap(), Doors::Everybody);
    let refused = Running::start(desk.core.clone(), keys, options);
    assert!(matches!(refused, Err(ServerError::StaffOnNetwork { .. })));
}

#[test]
fn a_request_in_a_request_is_not_read() {
    let door = Door::staffed();
    let inner = format!("POST /manage HTTP/1.1\r\nHost: {}\r\n\r\n", door.address);
    let head = door.head("POST /visit", &door.visitor, 6).replace("Connection: close\r\n", "");
    let both =
        head.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    let reply = door.raw(format!("{both}0\r\n\r\n{inner}").as_bytes());
    assert!((400..500).contains(&reply.status), "{reply:?}");
    assert_eq!(reply.body.matches("HTTP/1.1").count(), 0, "one request, one reply: {reply:?}");
    for (name, broken) in [
        ("another coding", head.replace("Content-Length: 6", "Transfer-Encoding: identity, gzip")),
        ("a length with a sign", head.replace("Content-Length: 6", "Content-Length: +6")),
        ("a space before the colon", head.replace("Content-Length:", "Content-Length :")),
        ("a folded line", head.replace("Host:", "X-Fold: a\r\n b\r\nHost:")),
    ] {
        let reply = door.raw(format!("{broken}0\r\n\r\n{inner}").as_bytes());
        assert!((400..500).contains(&reply.status), "{name}: {reply:?}");
    }
    let absolute = format!(
        "GET http://evil.example/ready HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        door.address
    );
    assert_eq!(door.raw(absolute.as_bytes()).status, 421);
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let status = door.raw(garbage).status;
        assert!(status == 0 || (400..=505).contains(&status), "{garbage:?}: {status}");
    }
    assert_eq!(door.get("/ready").status, 200, "it stands");
}

#[test]
fn a_body_is_at_most_256_kib_whatever_it_says_of_itself() {
    let door = Door::staffed();
    let head = door.head("POST /visit", &door.visitor, 0);
    let chunked = head.replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let reply = door.raw(format!("{chunked}{}0\r\n\r\n", chunk.repeat(5)).as_bytes());
    // A connection that is closed while it still talks may lose the reply.
    assert!([0, 413].contains(&reply.status), "{reply:?}");
    assert_eq!(door.get("/ready").status, 200, "it stands");
    let fits = serde_json::json!({ "do": "greet", "note": "x".repeat(200_000) });
    assert_eq!(door.post("/visit", &door.visitor, &fits).status, 200, "this much is taken");
}

#[test]
fn a_visitor_cannot_stop_the_answer_of_another_address() {
    let mut options = loopback(Doors::Visitors);
    options.proxies = vec!["127.0.0.1".parse().unwrap()];
    let door = Door::open(shop(2, std::time::Duration::from_millis(40)), options);
    let ask = r#"{"do":"ask","ask_id":"a","question":"How long do refunds take for boots?"}"#;
    let cancel = r#"{"do":"cancel","ask_id":"a"}"#;
    let from = |address: &str, body: &str| {
        let head = door.head("POST /visit", &door.visitor, body.len());
        let head = head.replace("Connection", &format!("X-Forwarded-For: {address}\r\nConnection"));
        format!("{head}{body}")
    };
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| door.raw(from("10.1.1.1", ask).as_bytes()));
        while door.desk.core.load().fullness.taken == 0 {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        assert_eq!(door.raw(from("10.2.2.2", cancel).as_bytes()).status, 200);
        let turn = asked.join().unwrap().turn();
        assert_eq!(turn["interrupted"], false, "{turn}");
    });
}
