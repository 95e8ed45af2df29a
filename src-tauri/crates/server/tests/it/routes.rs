//! Every address of the table: whose key opens it, and what else it refuses.

use serde_json::{Value, json};
use server::{Doors, ROUTES, Who};
use testkit::TestDesk;

use crate::client::{Reply, Served, question_of};

/// A request that each address answers well. A new address without one fails here.
fn sample(method: &str, path: &str) -> Option<Value> {
    let body = match (method, path) {
        ("post", "/visit") => json!({"do": "greet"}),
        ("post", "/manage") => json!({"do": "health"}),
        ("get", "/health" | "/openapi.json" | "/v1/models" | "/models") => Value::Null,
        ("get", "/ready" | "/metrics" | "/v1/models/{model}") => Value::Null,
        ("post", "/v1/chat/completions") => question_of("Do you sell gift cards?"),
        ("post", "/v1/embeddings") => json!({"model": "frontdesk", "input": "Boots"}),
        _ => return None,
    };
    Some(body)
}

/// The address with its varying parts filled in.
fn filled(path: &str) -> String {
    path.replace("{model}", "frontdesk")
}

fn is_openai(path: &str) -> bool {
    path == "/models" || path.starts_with("/v1/")
}

/// A refusal has the shape that its address promises.
fn check_shape(path: &str, reply: &Reply) {
    let error = reply.json();
    let error = if is_openai(path) { &error["error"] } else { &error };
    assert!(error["message"].is_string() && error["code"].is_string(), "{path}: {reply:?}");
}

#[test]
fn a_key_opens_what_it_is_for_and_nothing_else() {
    let served = Served::shop();
    for route in ROUTES {
        let body = sample(route.method, route.path)
            .unwrap_or_else(|| panic!("{} {} has no test", route.method, route.path));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let start = format!("{} {}", route.method.to_uppercase(), filled(route.path));
        let keys = [
            ("", Who::Anyone),
            (served.visitor.as_str(), Who::Visitor),
            (served.program.as_str(), Who::Program),
            (served.staff.as_str(), Who::Staff),
        ];
        for (key, holder) in keys {
            let opens = match route.who {
                Who::Anyone => true,
                Who::Visitor => holder != Who::Anyone,
                Who::Program => matches!(holder, Who::Program | Who::Staff),
                Who::Staff => holder == Who::Staff,
            };
            let reply = served.send(&start, key, &body);
            let expected = match (opens, holder) {
                (true, _) => 200,
                (false, Who::Anyone) => 401,
                (false, _) => 403,
            };
            assert_eq!(reply.status, expected, "{start} as {holder:?}: {reply:?}");
            assert_eq!(reply.header("access-control-allow-origin"), None);
            if !opens {
                check_shape(route.path, &reply);
            }
        }
    }
}

#[test]
fn the_door_of_visitors_has_nothing_of_the_staff() {
    let served = Served::with(TestDesk::shop(), |options| options.doors = Doors::Visitors);
    let described = served.send("GET /openapi.json", "", "").json();
    assert_eq!(described, server::document(Doors::Visitors));
    for route in ROUTES {
        let body = sample(route.method, route.path).unwrap();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let start = format!("{} {}", route.method.to_uppercase(), filled(route.path));
        let is_described = described["paths"][route.path][route.method].is_object();
        assert_eq!(is_described, route.who != Who::Staff, "{start}");
        let staff = served.send(&start, &served.staff, &body).status;
        let program = served.send(&start, &served.program, &body).status;
        match route.who {
            Who::Anyone => assert_eq!((staff, program), (200, 200), "{start}"),
            Who::Visitor | Who::Program => assert_eq!((staff, program), (401, 200), "{start}"),
            // As for any address that is not there.
            Who::Staff => assert_eq!((staff, program), (401, 405), "{start}"),
        }
    }
}

#[test]
fn strangers_and_odd_requests_are_refused_everywhere() {
    let served = Served::shop();
    for route in ROUTES {
        let body = sample(route.method, route.path).unwrap();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let start = format!("{} {}", route.method.to_uppercase(), filled(route.path));
        let right = served.request(&start, &served.staff, &body, &[]);
        let address = served.server.address();
        for host in
            ["evil.example", "127.0.0.1.nip.io:80", "localhost.evil", "localhost:1", "[::1]x", ""]
        {
            let bytes = right.replace(&format!("Host: {address}"), &format!("Host: {host}"));
            let reply = Reply::parse(&served.raw(bytes.as_bytes()));
            assert_eq!(reply.status, 421, "{start} {host:?}");
            check_shape(route.path, &reply);
        }
        for origin in ["https://evil.example", "null"] {
            let bytes =
                served.request(&start, &served.staff, &body, &[&format!("Origin: {origin}")]);
            let reply = Reply::parse(&served.raw(bytes.as_bytes()));
            assert!([403, 421].contains(&reply.status), "{start} {origin}: {reply:?}");
        }
        for wrong in ["DELETE", "PUT", "PATCH", "OPTIONS"] {
            let reply = served.send(&format!("{wrong} {}", filled(route.path)), &served.staff, "");
            assert_eq!(reply.status, 405, "{wrong} {}: {reply:?}", route.path);
            if is_openai(route.path) {
                reply.check_refused(405, "method_not_allowed");
                let keyless = served.send(&format!("{wrong} {}", filled(route.path)), "", "");
                keyless.check_refused(401, "invalid_api_key");
            }
        }
        if !body.is_empty() {
            let text = right.replace("application/json", "text/plain");
            let reply = Reply::parse(&served.raw(text.as_bytes()));
            assert_eq!(reply.status, 415, "{start}: {reply:?}");
            check_shape(route.path, &reply);
        }
        // A key anywhere but in its header opens nothing.
        if route.who != Who::Anyone {
            for (path, header) in [
                (format!("{}?key={}", filled(route.path), served.staff), "X-Nothing: 1".to_owned()),
                (filled(route.path), format!("X-Api-Key: {}", served.staff)),
                (filled(route.path), format!("Cookie: key={}", served.staff)),
                (filled(route.path), format!("Authorization: Basic {}", served.staff)),
            ] {
                let start = format!("{} {path}", route.method.to_uppercase());
                let bytes = served.request(&start, "", &body, &[&header]);
                assert_eq!(
                    Reply::parse(&served.raw(bytes.as_bytes())).status,
                    401,
                    "{start} {header}"
                );
            }
        }
    }
}

#[test]
fn an_address_that_is_not_there_says_so() {
    let served = Served::shop();
    served.send("GET /v1/completions", &served.program, "").check_refused(404, "unknown_url");
    served.send("POST /v1/completions", &served.program, "{}").check_refused(404, "unknown_url");
    served.send("GET /v1/completions", "", "").check_refused(401, "invalid_api_key");
    served.send("GET /v1", &served.program, "").check_refused(404, "unknown_url");
    served.send("GET /v1/models/gpt-4o", &served.program, "").check_refused(404, "model_not_found");
    let traversal = served.send("GET /v1/models/..%2f..%2fkeys", &served.program, "");
    traversal.check_refused(404, "model_not_found");
}

#[test]
fn the_served_description_is_the_one_of_the_table() {
    let served = Served::shop();
    let reply = served.send("GET /openapi.json", "", "");
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.json(), server::document(Doors::Everybody));
    assert_eq!(reply.json()["openapi"], "3.1.0");
}

#[test]
fn models_are_listed_for_who_may_ask_them() {
    let served = Served::shop();
    let ids = |key: &str| {
        let list = served.send("GET /v1/models", key, "").json();
        assert_eq!(list["object"], "list");
        let ids = list["data"].as_array().unwrap().iter().map(|model| model["id"].clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(&served.program), ["frontdesk", "frontdesk-raw"]);
    assert_eq!(ids(&served.visitor), ["frontdesk"]);
    let one = served.send("GET /v1/models/frontdesk-raw", &served.program, "").json();
    assert_eq!(one["object"], "model");
    let hidden = served.send("GET /v1/models/frontdesk-raw", &served.visitor, "");
    hidden.check_refused(404, "model_not_found");
}
