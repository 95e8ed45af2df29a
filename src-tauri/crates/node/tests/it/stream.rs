//! A question over HTTP: its events, its end, and a visitor who leaves in the middle.

use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::http::Server;

fn ask(id: &str, question: &str) -> Value {
    json!({ "do": "ask", "ask_id": id, "question": question })
}

#[test]
fn a_stream_ends_with_the_turn() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let generation = json!({ "do": "change_settings", "generation": "always" });
    for question in [
        "Can I return shoes I have worn outside?",
        "What does creased leather mean for my boots?",
        "Explain quantum chromodynamics with gauge symmetry and asymptotic freedom",
        "Hello",
    ] {
        let reply = server.post("/visit", &server.visitor, &ask("a", question));
        assert_eq!(reply.header("content-type"), Some("application/x-ndjson"));
        assert_eq!(reply.header("x-accel-buffering"), Some("no"));
        let lines = reply.lines();
        let (last, events) = lines.split_last().unwrap();
        let mut reply = last["reply"].clone();
        assert_eq!(reply.as_object_mut().unwrap().remove("is"), Some(json!("turn")), "{last}");
        let names: Vec<&str> =
            events.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!((names[0], names[names.len() - 1]), ("routed", "done"), "{names:?}");
        assert_eq!(events[events.len() - 1]["turn"], reply);
        assert_eq!(reply["id"], "a");
        // What was shown on the way is what the turn says.
        let mut shown = String::new();
        for event in events {
            match event["event"].as_str().unwrap() {
                "token" => shown.push_str(event["text"].as_str().unwrap()),
                "replaced" => shown = event["text"].as_str().unwrap().into(),
                _ => {}
            }
        }
        assert_eq!(reply["answer"], shown, "{question}");
        assert_eq!(server.post("/manage", &server.staff, &generation).status, 200);
    }
}

#[test]
fn a_question_that_fails_ends_the_stream_with_its_error() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let lines = server.post("/visit", &server.visitor, &ask("a", " ")).lines();
    let [failed, last] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(failed["event"], "failed");
    assert_eq!(failed["error"], last["error"]);
    crate::desk::check_error(&last["error"]);
}

#[test]
fn a_visitor_who_leaves_takes_no_place() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let generation = json!({ "do": "change_settings", "generation": "always" });
    assert_eq!(server.post("/manage", &server.staff, &generation).status, 200);
    for number in 0..12 {
        let question = ask(&format!("left-{number}"), "What does creased leather mean?");
        let body = question.to_string();
        let request = server.request("POST /visit", &server.visitor, &body);
        let mut stream = server.open(&request);
        // Some leave before the first byte, some after it.
        if number % 2 == 0 {
            stream.read_exact(&mut [0]).unwrap();
        }
    }
    let began = Instant::now();
    loop {
        let question = ask("stayed", "Can I return shoes I have worn outside?");
        let lines = server.post("/visit", &server.visitor, &question).lines();
        if lines.last().unwrap()["reply"]["route"] == "faq" {
            break;
        }
        assert_eq!(lines.last().unwrap()["error"]["code"], "busy", "{lines:?}");
        assert!(began.elapsed() < Duration::from_secs(20), "a place is freed");
        std::thread::sleep(Duration::from_millis(20));
    }
}
