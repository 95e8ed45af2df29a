//! `serve --share`: visitors from other computers, staff from this one alone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::http::Server;

/// A server that ends with the test, and what it printed at its start.
struct Shared {
    child: Child,
    started: Value,
}

impl Shared {
    fn start(desk: &Desk, arguments: &[&str]) -> Self {
        assert_eq!(desk.run(&["search", "boots"]).status, 0);
        let mut command = desk.scripted();
        command.args(["serve", "--share"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { child, started: serde_json::from_str(&line).unwrap() }
    }

    fn address(&self, field: &str) -> String {
        self.started[field].as_str().unwrap().strip_prefix("http://").unwrap().to_owned()
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The status of a POST with a key, as the host that is named.
fn post(address: &str, host: &str, path: &str, key: &str, body: &Value) -> u16 {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.post(format!("http://{address}{path}")).header("host", host);
    let request = request.header("authorization", format!("Bearer {key}"));
    let body = body.to_string();
    request.content_type("application/json").send(&body).unwrap().status().as_u16()
}

#[test]
fn visitors_are_served_on_the_network_and_staff_on_this_computer() {
    let desk = Desk::new();
    let shared = Shared::start(
        &desk,
        &["--listen", "0.0.0.0:0", "--host", "Desk.Example", "--staff-listen", "127.0.0.1:0"],
    );
    let public = shared.address("listening").replace("0.0.0.0", "127.0.0.1");
    let private = shared.address("staff_listening");
    let visitor_url = shared.started["visitor_url"].as_str().unwrap();
    assert!(visitor_url.starts_with("http://desk.example/kiosk.html#key="), "{visitor_url}");
    let key = |field: &str| {
        let url = shared.started[field].as_str().unwrap();
        url.split_once("#key=").unwrap().1.to_owned()
    };
    let (staff, visitor) = (key("staff_url"), key("visitor_url"));
    let (greet, health) = (json!({ "do": "greet" }), json!({ "do": "health" }));
    assert_eq!(post(&public, &public, "/visit", &visitor, &greet), 200);
    assert_eq!(post(&public, "desk.example", "/visit", &visitor, &greet), 200);
    assert_eq!(post(&public, "evil.example", "/visit", &visitor, &greet), 421);
    assert_eq!(post(&public, &public, "/visit", &staff, &greet), 401);
    assert_eq!(post(&public, &public, "/manage", &staff, &health), 401);
    assert_eq!(post(&private, &private, "/manage", &staff, &health), 200);
    assert_eq!(post(&private, "desk.example", "/manage", &staff, &health), 421);
}

#[test]
fn a_shared_desk_without_a_door_for_staff_names_no_staff_key() {
    let desk = Desk::new();
    let shared = Shared::start(&desk, &["--listen", "127.0.0.1:0"]);
    assert!(shared.started["staff_url"].is_null(), "{}", shared.started);
    let keys = std::fs::read_to_string(desk.data().join("keys")).unwrap();
    let staff = keys.lines().find_map(|line| line.strip_prefix("staff ")).unwrap();
    assert!(!shared.started.to_string().contains(staff));
}

#[test]
fn wrong_wishes_are_refused_with_what_to_do() {
    let desk = Desk::new();
    for (arguments, says) in [
        (&["--listen", "0.0.0.0:0"][..], "--share"),
        (&["--share", "--listen", "127.0.0.1:0", "--host", "*"], "\\\"*\\\" is no name"),
        (&["--share", "--listen", "127.0.0.1:0", "--staff-listen", "0.0.0.0:0"], "0.0.0.0:0"),
    ] {
        let run = desk.run(&[&["--json", "serve"], arguments].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stdout);
        assert!(run.stdout.contains(says), "{says}: {}", run.stdout);
    }
    for arguments in [
        &["--host", "desk.example"][..],
        &["--trust-proxy", "10.0.0.1"],
        &["--share", "--trust-proxy", "everybody"],
        &["--waiting-room", "513"],
        &["--waiting-room", "-1"],
        &["--require-knowledge", "new"],
        &["--drain", "3600"],
    ] {
        let run = desk.run(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stdout);
    }
}

#[test]
fn a_node_waits_for_its_knowledge() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let ready = server.get("/ready");
    assert_eq!((ready.status, ready.json()["status"].as_str()), (200, Some("ready")));
    let far = server.get("/ready?knowledge=1000000000");
    assert_eq!((far.status, far.json()["status"].as_str()), (503, Some("old knowledge")));
}
