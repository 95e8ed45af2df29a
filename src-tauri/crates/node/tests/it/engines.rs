//! Servers that phrase answers: set up on the command line and over HTTP, named at the start, and
//! what is said of their keys, which is nothing.

use std::path::Path;

use hostile::{Act, Heard, Talker};
use serde_json::{Value, json};

use crate::desk::{Desk, Run, check_error, run};
use crate::http::Server;

const KEY: &str = "sk-canary-4711-never-seen";
/// Answered from a document of the sample shop.
const QUESTION: &str = "What does creased leather mean for my boots?";

/// A server whose model repeats the first passage it is shown.
fn good_server() -> Talker {
    Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => whole("200 OK", &json!({ "data": [{ "id": "big", "owned_by": "vllm" }] })),
        _ => stream(&first_passage(heard)),
    })
}

/// A server that refuses every question, and repeats the key.
fn rude_server() -> Talker {
    Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => whole("200 OK", &json!({ "data": [{ "id": "small" }] })),
        _ => {
            let key = heard.header("authorization").unwrap_or_default().to_owned();
            whole("400 Bad Request", &json!({ "error": { "message": format!("go away, {key}") } }))
        }
    })
}

fn whole(status: &str, body: &Value) -> Vec<Act> {
    let body = body.to_string();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    vec![Act::Send(head.into_bytes()), Act::Send(body.into_bytes())]
}

fn stream(text: &str) -> Vec<Act> {
    let event = |value: Value| Act::Send(format!("data: {value}\n\n").into_bytes());
    vec![
        Act::Send(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n".to_vec()),
        event(json!({ "choices": [{ "delta": { "content": format!("ANSWER: {text}") } }] })),
        event(json!({ "choices": [{ "delta": {}, "finish_reason": "stop" }] })),
        event(json!({ "choices": [], "usage": { "prompt_tokens": 300, "completion_tokens": 20 } })),
        Act::Send(b"data: [DONE]\n\n".to_vec()),
    ]
}

fn first_passage(heard: &Heard) -> String {
    let body: Value = serde_json::from_str(&heard.body).unwrap_or_default();
    let messages = body["messages"].as_array().cloned().unwrap_or_default();
    let asked = messages.last().and_then(|last| last["content"].as_str()).unwrap_or_default();
    let passage = asked.split_once("[1]").map_or("", |(_, rest)| rest);
    let mut lines = passage.lines().map(str::trim).filter(|line| !line.is_empty());
    // One sentence: a text that is cut short tells no counts.
    let line = lines.nth(1).unwrap_or("UNKNOWN");
    line.split_once(". ").map_or_else(|| line.to_owned(), |(first, _)| format!("{first}."))
}

fn address(talker: &Talker) -> String {
    format!("http://{}/v1", talker.address())
}

fn engines(desk: &Desk, arguments: &[&str]) -> Run {
    run(desk.scripted().args(["--json", "engines"]).args(arguments))
}

fn list(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let run = engines(desk, arguments);
    assert_eq!(run.status, 0, "{arguments:?}: {} {}", run.stdout, run.stderr);
    run.document()["engines"].as_array().unwrap().clone()
}

#[test]
fn servers_are_added_changed_tested_and_removed() {
    let desk = Desk::new();
    let talker = good_server();
    assert!(list(&desk, &["list"]).is_empty());
    let row = list(&desk, &["add", &address(&talker), "--name", "Back office"]).remove(0);
    let id = row["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (&row["place"], &row["on"], &row["name"]),
        (&json!("computer"), &json!(true), &json!("Back office"))
    );
    let cloud = ["add", "https://api.openai.com/v1", "--model", "small", "--month-limit", "20"];
    let rows = list(&desk, &cloud);
    let names: Vec<_> = rows.iter().map(|row| (&row["place"], &row["on"])).collect();
    assert_eq!(names, [(&json!("computer"), &json!(true)), (&json!("cloud"), &json!(false))]);

    let tested = engines(&desk, &["test", &id]);
    assert_eq!(tested.status, 0, "{}", tested.stdout);
    let tested = tested.document();
    assert_eq!((&tested["server"], &tested["model"]), (&json!("vLLM"), &json!("big")));
    assert_eq!((&tested["models"], &tested["tokens_read"]), (&json!(["big"]), &json!(300)));

    let rows = list(&desk, &["change", &id, "--per-minute", "60", "--price-read", "0.5"]);
    assert_eq!(
        (&rows[0]["requests_per_minute"], &rows[0]["price_read"]),
        (&json!(60), &json!(0.5))
    );
    assert_eq!(rows[0]["model"], "big", "the one that was tested");
    assert_eq!(list(&desk, &["off", &id])[0]["standing"], "off");
    assert_eq!(list(&desk, &["on", &id])[0]["standing"], "unproven");
    let last = engines(&desk, &["local", "last"]).document();
    assert_eq!(last["local"], "last");
    assert_eq!(list(&desk, &["remove", &id]).len(), 1);
    let gone = engines(&desk, &["test", &id]);
    assert_eq!((gone.status, &gone.error()["code"]), (1, &json!("not_found")));
}

#[test]
fn a_server_that_does_not_answer_is_status_6() {
    let desk = Desk::new();
    let talker = rude_server();
    let id = list(&desk, &["add", &address(&talker)])[0]["id"].as_str().unwrap().to_owned();
    drop(talker);
    let tested = engines(&desk, &["test", &id]);
    assert_eq!((tested.status, &tested.error()["code"]), (6, &json!("engine_down")));
    for (wrong, status) in [("gpu.local", 1), ("http://8.8.8.8/v1", 1), ("ftp://gpu.local", 1)] {
        let refused = engines(&desk, &["add", wrong]);
        assert_eq!(
            (refused.status, &refused.error()["code"]),
            (status, &json!("invalid")),
            "{wrong}"
        );
    }
}

#[test]
fn a_key_is_in_its_file_and_in_nothing_that_is_said_or_logged() {
    let desk = Desk::new();
    let talker = rude_server();
    let id = list(&desk, &["add", &address(&talker), "--model", "small"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let file = desk.write("key.txt", format!("{KEY}\n"));
    let loudly = |arguments: &[&str]| {
        let mut command = desk.scripted();
        command.env("FRONTDESK_LOG", "trace").args(["--json", "engines"]).args(arguments);
        let run = run(&mut command);
        assert!(
            !run.stdout.contains(KEY) && !run.stderr.contains(KEY),
            "{}{}",
            run.stdout,
            run.stderr
        );
        run
    };
    let kept = loudly(&["key", &id, "--file", file.to_str().unwrap()]);
    assert_eq!((kept.status, &kept.document()["engines"][0]["key"]), (0, &json!("file")));
    let tested = loudly(&["test", &id]);
    assert_eq!(tested.status, 6, "{}", tested.stdout);
    assert!(
        tested.error()["message"].as_str().unwrap().contains("go away, Bearer …"),
        "{}",
        tested.stdout
    );
    assert!(tested.stderr.contains("TRACE"), "the log is on: {}", tested.stderr);
    let bearer = format!("Bearer {KEY}");
    assert_eq!(talker.heard().last().unwrap().header("authorization"), Some(bearer.as_str()));
    assert_eq!(files_with_key(&desk.data()), [format!("{id}.key")]);
    let forgotten = loudly(&["key", &id, "--forget"]);
    assert_eq!(forgotten.document()["engines"][0]["key"], "none");
    assert!(files_with_key(&desk.data()).is_empty());
    assert_eq!(engines(&desk, &["key", &id]).status, 2, "no key came");
}

/// Names of the files below a folder that hold the key.
fn files_with_key(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for item in std::fs::read_dir(next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path)
                .unwrap()
                .windows(KEY.len())
                .any(|part| part == KEY.as_bytes())
            {
                found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[test]
fn the_server_of_the_command_line_answers_with_citations() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["search", "boots"]).status, 0);
    let talker = good_server();
    let mut command = desk.llama(&desk.path("no-models"));
    command.args(["--engine", &address(&talker)]).env("FRONTDESK_ENGINE_KEY", KEY);
    let server = Server::run(command);
    let always = json!({ "do": "change_settings", "generation": "always" });
    assert_eq!(server.post("/manage", &server.staff, &always).status, 200);
    let ask = json!({ "do": "ask", "ask_id": "a", "question": QUESTION });
    let turn = server.post("/visit", &server.visitor, &ask).lines().pop().unwrap()["reply"].clone();
    assert_eq!(
        (&turn["route"], &turn["model"]),
        (&json!("documents"), &json!("big@127.0.0.1")),
        "{turn}"
    );
    assert!(!turn["citations"].as_array().unwrap().is_empty(), "{turn}");
    assert!(turn["tokens"]["generated"].as_u64().unwrap() > 0, "{turn}");
    let bearer = format!("Bearer {KEY}");
    assert!(talker.heard().iter().all(|heard| heard.header("authorization") == Some(&bearer)));
    // What the gate refuses never reaches a server.
    let asked_before = talker.heard().len();
    let other = json!({ "do": "ask", "ask_id": "b",
        "question": "Explain quantum chromodynamics with gauge symmetry and asymptotic freedom" });
    let turn =
        server.post("/visit", &server.visitor, &other).lines().pop().unwrap()["reply"].clone();
    assert!(["refused", "did_you_mean"].contains(&turn["route"].as_str().unwrap()), "{turn}");
    assert_eq!(talker.heard().len(), asked_before);
    drop(talker);
    let ask = json!({ "do": "ask", "ask_id": "c", "question": "And what does a crease in the leather mean?" });
    let turn = server.post("/visit", &server.visitor, &ask).lines().pop().unwrap()["reply"].clone();
    assert!(turn["model"].is_null() && !turn["answer"].as_str().unwrap().is_empty(), "{turn}");
}

#[test]
fn an_address_that_makes_no_sense_is_a_wrong_command_line() {
    let desk = Desk::new();
    for wrong in
        ["ftp://gpu.local/v1", "http://8.8.8.8/v1", "https://me:secret@gpu.example/v1", "gpt"]
    {
        let mut command = desk.llama(&desk.path("no-models"));
        let run = run(command.args(["--json", "--engine", wrong, "ask", "hello"]));
        assert_eq!(run.status, 2, "{wrong}: {}", run.stdout);
        check_error(&run.document()["error"]);
        assert!(!run.stdout.contains("secret"), "{}", run.stdout);
    }
}

#[test]
fn staff_set_servers_up_over_http_too() {
    let desk = Desk::new();
    let talker = good_server();
    let server = Server::start_as_it_is(&desk);
    let manage = |command: Value| {
        let reply = server.post("/manage", &server.staff, &command);
        assert_eq!(reply.status, 200, "{command}: {}", reply.body);
        reply.json()
    };
    let added = manage(
        json!({ "do": "engines", "what": "save", "address": address(&talker), "at_once": 4 }),
    );
    let id = &added["engines"][0]["id"];
    assert_eq!(
        (&added["is"], &added["of"], &added["engines"][0]["at_once"]),
        (&json!("engines"), &json!("state"), &json!(4))
    );
    let keyed = manage(json!({ "do": "engines", "what": "set_key", "id": id, "key": KEY }));
    assert_eq!(keyed["engines"][0]["key"], "file");
    assert!(!keyed.to_string().contains(KEY));
    assert_eq!(manage(json!({ "do": "engines", "what": "test", "id": id }))["of"], "tested");
    let gone = manage(json!({ "do": "engines", "what": "remove", "id": id }));
    assert_eq!(gone["engines"], json!([]));
    let command = json!({ "do": "engines", "what": "state" });
    assert_eq!(server.post("/manage", &server.visitor, &command).status, 403);
}
