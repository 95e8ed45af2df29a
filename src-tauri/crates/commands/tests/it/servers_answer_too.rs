//! Servers phrase answers where this computer cannot, in the order that staff chose, and their keys
//! stay where they were put.

use std::path::Path;
use std::time::{Duration, Instant};

use commands::wire::{
    Code, EngineChange, EnginePlace, EngineStanding, EngineView, EnginesCommand, EnginesReply,
    EnginesView, Generation, KeyPlace, LocalPlace, Route, StaffCommand, StaffReply,
};
use hostile::{Act, Heard, Talker};
use serde_json::{Value, json};
use testkit::TestDesk;

const KEY: &str = "sk-canary-4711-never-seen";
const QUESTION: &str = "What does a kayak cost for half a day?";

/// A server whose model repeats the first passage it is shown.
fn good_server() -> Talker {
    Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => whole("200 OK", &json!({"data": [{"id": "big", "owned_by": "vllm"}]})),
        _ => stream(&first_passage(heard)),
    })
}

/// A server that refuses everybody.
fn bad_server() -> Talker {
    Talker::start(|_, _| whole("500 Internal Server Error", &json!({"error": "out of order"})))
}

fn whole(status: &str, body: &Value) -> Vec<Act> {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    vec![Act::Send(head.into_bytes()), Act::Send(body.into_bytes())]
}

fn stream(text: &str) -> Vec<Act> {
    let event = |value: Value| Act::Send(format!("data: {value}\n\n").into_bytes());
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    vec![
        Act::Send(head.into()),
        event(json!({"choices": [{"delta": {"content": format!("ANSWER: {text}")}}]})),
        event(json!({"choices": [{"delta": {}, "finish_reason": "stop"}]})),
        event(json!({"choices": [], "usage": {"prompt_tokens": 300, "completion_tokens": 20}})),
        Act::Send(b"data: [DONE]\n\n".to_vec()),
    ]
}

fn first_passage(heard: &Heard) -> String {
    let body: Value = serde_json::from_str(&heard.body).unwrap_or_default();
    let messages = body["messages"].as_array().cloned().unwrap_or_default();
    let asked = messages.last().and_then(|last| last["content"].as_str()).unwrap_or_default();
    let passage = asked.split_once("[1]").map_or("", |(_, rest)| rest);
    let mut lines = passage.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.nth(1).unwrap_or("UNKNOWN").to_owned()
}

fn engines(desk: &TestDesk, command: EnginesCommand) -> EnginesReply {
    match desk.manage(StaffCommand::Engines(command)).unwrap() {
        StaffReply::Engines(reply) => *reply,
        other => panic!("{other:?}"),
    }
}

fn view(desk: &TestDesk, command: EnginesCommand) -> EnginesView {
    match engines(desk, command) {
        EnginesReply::State(view) => view,
        other => panic!("{other:?}"),
    }
}

/// Adds a server and hands back its row.
fn add(desk: &TestDesk, name: &str, talker: &Talker) -> EngineView {
    let change = EngineChange {
        name: Some(name.into()),
        address: Some(format!("http://{}", talker.address())),
        ..EngineChange::default()
    };
    let view = view(desk, EnginesCommand::Save(change));
    view.engines.into_iter().find(|engine| engine.name == name).unwrap()
}

fn standing(desk: &TestDesk, id: &str) -> EngineStanding {
    let view = view(desk, EnginesCommand::State);
    view.engines.iter().find(|engine| engine.id == id).unwrap().standing
}

#[test]
fn a_server_answers_where_this_computer_cannot() {
    let desk = TestDesk::shop();
    let talker = good_server();
    let server = add(&desk, "Back office", &talker);
    assert_eq!((server.place, server.on, server.redacts), (EnginePlace::Computer, true, false));
    desk.set_generation(Generation::Always);
    let local = desk.ask(QUESTION);
    assert_eq!((local.route, local.model.as_deref()), (Route::Documents, Some("scripted")));
    assert!(talker.heard().is_empty(), "nobody was asked");
    desk.chat.set_down(true);
    let turn = desk.ask("How much is a kayak for half a day?");
    assert_eq!((turn.route, turn.model.as_deref()), (Route::Documents, Some("big@127.0.0.1")));
    assert!(turn.answer.contains("25 pounds"), "{turn:?}");
    assert_eq!(turn.citations[0].source, "rules.md");
    assert!(turn.error.is_none());
}

#[test]
fn what_no_server_answers_is_quoted() {
    let desk = TestDesk::shop();
    let talker = bad_server();
    add(&desk, "Broken", &talker);
    desk.set_generation(Generation::Always);
    desk.chat.set_down(true);
    let turn = desk.ask(QUESTION);
    assert_eq!((turn.route, turn.model), (Route::Quote, None));
    assert!(turn.answer.contains("25 pounds"), "{}", turn.answer);
    assert!(!talker.heard().is_empty());
    let error = turn.error.unwrap();
    assert_eq!(error.code, Code::EngineDown);
    assert!(error.message.contains("127.0.0.1 failed (status 500): out of order"), "{error:?}");
}

#[test]
fn the_order_is_nearest_first_and_this_computer_where_staff_want_it() {
    let desk = TestDesk::shop();
    let (talker, broken) = (good_server(), bad_server());
    let server = add(&desk, "Good", &talker);
    desk.set_generation(Generation::Always);
    let state = view(&desk, EnginesCommand::State);
    assert_eq!((state.local, state.next, state.local_may_speak), (LocalPlace::First, None, true));
    let last = view(&desk, EnginesCommand::SetLocal { place: LocalPlace::Last });
    assert_eq!((last.local, last.next), (LocalPlace::Last, Some(server.id)));
    assert_eq!(desk.ask(QUESTION).model.as_deref(), Some("big@127.0.0.1"));
    drop(talker);
    add(&desk, "Broken", &broken);
    let turn = desk.ask("How much is a kayak for half a day?");
    assert_eq!(turn.model.as_deref(), Some("scripted"), "this computer comes last: {turn:?}");
    assert!(!broken.heard().is_empty());
}

#[test]
fn a_server_speaks_once_its_model_has_passed_the_exam() {
    let desk = TestDesk::shop();
    let talker = good_server();
    let server = add(&desk, "Good", &talker);
    assert_eq!(standing(&desk, &server.id), EngineStanding::Unproven);
    assert_eq!(desk.ask(QUESTION).route, Route::Quote);
    assert!(talker.heard().is_empty());
    let exam = match engines(&desk, EnginesCommand::SitExam { id: server.id.clone() }) {
        EnginesReply::Exam(exam) => exam,
        other => panic!("{other:?}"),
    };
    assert_eq!((exam.model.as_str(), exam.passed), ("big", false), "it only repeats");
    let state = view(&desk, EnginesCommand::State);
    assert_eq!(state.engines[0].model, "big", "the mark belongs to a model");
    assert_eq!(state.engines[0].mark, Some(exam.mark));
    assert_eq!(desk.ask("How much is a kayak for half a day?").route, Route::Quote);
}

#[test]
fn a_cloud_is_off_until_somebody_switches_it_on() {
    let desk = TestDesk::empty();
    let cloud = EngineChange {
        address: Some("https://api.openai.com/v1".into()),
        model: Some("small".into()),
        ..EngineChange::default()
    };
    let row = view(&desk, EnginesCommand::Save(cloud)).engines.remove(0);
    assert_eq!((row.place, row.on, row.redacts), (EnginePlace::Cloud, false, true));
    assert_eq!((row.standing, row.host.as_str()), (EngineStanding::Off, "api.openai.com"));
    desk.set_generation(Generation::Always);
    assert_eq!(view(&desk, EnginesCommand::State).next, None);
    let near = EngineChange {
        address: Some("http://192.168.77.20:8080/v1".into()),
        ..EngineChange::default()
    };
    let near = view(&desk, EnginesCommand::Save(near)).engines.remove(0);
    assert!(near.on && near.place == EnginePlace::Network);
    // What was switched on in the house is not thereby switched on in a cloud.
    let moved = EngineChange {
        id: near.id.clone(),
        address: Some("https://gpu.shop.example/v1".into()),
        place: Some(EnginePlace::Cloud),
        ..EngineChange::default()
    };
    let moved = view(&desk, EnginesCommand::Save(moved));
    assert!(!moved.engines.iter().find(|engine| engine.id == near.id).unwrap().on);
}

#[test]
fn a_row_that_makes_no_sense_is_refused_in_words_and_changes_nothing() {
    let desk = TestDesk::empty();
    let check = |change: EngineChange, expected: &str| {
        let error = desk.manage(StaffCommand::Engines(EnginesCommand::Save(change))).unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{error:?}");
        assert!(error.message.contains(expected), "{expected:?} is not in {error:?}");
        assert!(error.hint.is_some());
    };
    let address =
        |text: &str| EngineChange { address: Some(text.into()), ..EngineChange::default() };
    check(EngineChange::default(), "a server needs an address");
    check(address("gpu.local"), "must begin with https://");
    check(
        address("http://8.8.8.8/v1"),
        "plain http is for this computer and the local network only",
    );
    check(address("https://user:secret@gpu.example/v1"), "leave name and password out");
    let private =
        EngineChange { place: Some(EnginePlace::Private), ..address("https://api.openai.com/v1") };
    check(private, "its place is the cloud");
    let near = || address("http://127.0.0.1:9/v1");
    check(EngineChange { at_once: Some(0), ..near() }, "makes no sense");
    check(EngineChange { price_read: Some(-1.0), ..near() }, "makes no sense");
    check(EngineChange { month_limit: Some(f64::NAN), ..near() }, "makes no sense");
    check(EngineChange { name: Some("a\nb".into()), ..near() }, "makes no sense");
    assert!(view(&desk, EnginesCommand::State).engines.is_empty());
    for command in [
        EnginesCommand::Remove { id: "nowhere".into() },
        EnginesCommand::Test { id: "nowhere".into() },
        EnginesCommand::SetKey { id: "nowhere".into(), key: KEY.into() },
        EnginesCommand::Save(EngineChange { id: "nowhere".into(), ..EngineChange::default() }),
    ] {
        let error = desk.manage(StaffCommand::Engines(command)).unwrap_err();
        assert_eq!(error.code, Code::NotFound, "{error:?}");
    }
}

#[test]
fn a_key_is_in_its_file_and_nowhere_else() {
    let desk = TestDesk::shop();
    let talker = good_server();
    let server = add(&desk, "Good", &talker);
    let set = EnginesCommand::SetKey { id: server.id.clone(), key: KEY.into() };
    assert!(!format!("{set:?}").contains(KEY));
    let state = view(&desk, set);
    assert_eq!((state.engines[0].key, state.has_keychain), (KeyPlace::File, false));
    assert!(!serde_json::to_string(&state).unwrap().contains(KEY));
    desk.set_generation(Generation::Always);
    desk.chat.set_down(true);
    assert_eq!(desk.ask(QUESTION).model.as_deref(), Some("big@127.0.0.1"));
    let asked = talker.heard();
    let bearer = format!("Bearer {KEY}");
    assert!(asked.iter().all(|heard| heard.header("authorization") == Some(&bearer)));
    assert_eq!(files_with(&desk.data(), KEY), [format!("engine-keys/{}.key", server.id)]);
    let StaffReply::Doctor(doctor) = desk.manage(StaffCommand::Doctor).unwrap() else { panic!() };
    assert!(!serde_json::to_string(&doctor).unwrap().contains(KEY));
    // After a restart it is found again, and with the server it goes.
    let desk = desk.reopened();
    desk.chat.set_down(true);
    assert_eq!(
        desk.ask("How much is a kayak for half a day?").model.as_deref(),
        Some("big@127.0.0.1")
    );
    assert_eq!(talker.heard().last().unwrap().header("authorization"), Some(bearer.as_str()));
    assert!(view(&desk, EnginesCommand::Remove { id: server.id }).engines.is_empty());
    assert!(files_with(&desk.data(), KEY).is_empty());
    assert_eq!(desk.ask("Can I get a kayak for half a day?").model, None);
}

/// Files below a folder that hold these bytes.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for item in std::fs::read_dir(next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path)
                .unwrap()
                .windows(text.len())
                .any(|w| w == text.as_bytes())
            {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found
}

#[test]
fn a_test_says_what_a_server_is_and_how_fast_it_writes() {
    let desk = TestDesk::empty();
    let (talker, broken) = (good_server(), bad_server());
    let server = add(&desk, "Good", &talker);
    let EnginesReply::Tested(test) = engines(&desk, EnginesCommand::Test { id: server.id }) else {
        panic!("no test")
    };
    assert_eq!((test.server.as_str(), test.model.as_str()), ("vLLM", "big"));
    assert_eq!((test.tokens_read, test.tokens_written), (300, 20));
    assert!(test.first_word_ms > 0.0 && test.models == ["big"]);
    let server = add(&desk, "Broken", &broken);
    let command = StaffCommand::Engines(EnginesCommand::Test { id: server.id });
    let error = desk.manage(command).unwrap_err();
    assert_eq!(error.code, Code::EngineDown);
    assert!(error.message.contains("127.0.0.1 failed (status 500): out of order"), "{error:?}");
}

#[test]
fn what_a_server_cost_is_shown_and_ends_at_the_limit() {
    let desk = TestDesk::shop();
    let talker = good_server();
    let server = add(&desk, "Good", &talker);
    // 300 tokens read and 20 written cost 3.2 at these prices; one more question might cost more
    // than what is left.
    let prices = EngineChange {
        id: server.id.clone(),
        price_read: Some(10_000.0),
        price_written: Some(10_000.0),
        month_limit: Some(12.0),
        ..EngineChange::default()
    };
    view(&desk, EnginesCommand::Save(prices));
    desk.set_generation(Generation::Always);
    desk.chat.set_down(true);
    assert_eq!(desk.ask(QUESTION).model.as_deref(), Some("big@127.0.0.1"));
    let end = Instant::now() + Duration::from_secs(5);
    let row = loop {
        let row = view(&desk, EnginesCommand::State).engines.remove(0);
        if row.asked == 1 {
            break row;
        }
        assert!(Instant::now() < end, "it is never written down: {row:?}");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(row.spent > 1.0, "{row:?}");
    let tight = EngineChange { id: server.id, month_limit: Some(1.0), ..EngineChange::default() };
    let row = view(&desk, EnginesCommand::Save(tight)).engines.remove(0);
    assert_eq!(row.standing, EngineStanding::Spent);
    assert_eq!(row.note, "127.0.0.1 may cost 1.00 a month, and that is spent");
    let turn = desk.ask("How much is a kayak for half a day?");
    assert_eq!(turn.route, Route::Quote);
}
