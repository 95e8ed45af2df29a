//! Programs wait for the model in the line in which visitors wait, and make room when they leave.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use commands::wire::Generation;
use engine::scripted::{Script, ScriptedEngine};
use serde_json::{Value, json};
use testkit::TestDesk;

use crate::client::{Reply, Served, question_of, read_all};

const CHAT: &str = "POST /v1/chat/completions";

/// A desk whose model has one place, taken for long by whoever has it, and room for so many.
fn narrow(room: usize) -> Served {
    let engine = ScriptedEngine::new(|_| Script {
        pieces: vec!["ANSWER: ".into(), "Nothing.".into()],
        pause: Duration::from_secs(30),
        ..Script::default()
    });
    engine.set_slots(1);
    let desk = TestDesk::shop_with_engine(engine);
    let locker = |n| format!("## Locker {n}\n\nLocker {n} costs {n} pounds for a whole day.\n\n");
    let lockers: String = (101..120).map(locker).collect();
    desk.import_text("lockers.md", &format!("# Lockers\n\n{lockers}"));
    desk.set_generation(Generation::Always);
    desk.core.hold_waiting(room);
    Served::on(desk)
}

/// A question that only a text answers, and nobody else asks.
fn locker(n: u32) -> String {
    format!("How many pounds for a whole day does locker {n} cost?")
}

fn raw(stream: bool) -> Value {
    let messages = json!([{"role": "user", "content": "Write something."}]);
    json!({"model": "frontdesk-raw", "messages": messages, "stream": stream})
}

fn open(served: &Served, body: &Value) -> TcpStream {
    served.open(CHAT, &served.program, &body.to_string(), &[])
}

/// How long it took until so many were written and so many waited.
fn wait_for(served: &Served, taken: usize, waiting: usize) -> Duration {
    let began = Instant::now();
    loop {
        let fullness = served.desk.core.load().fullness;
        if (fullness.taken, fullness.waiting) == (taken, waiting) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{fullness:?} not {taken} {waiting}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn read_until(stream: &mut TcpStream, wanted: &str) {
    let mut text = Vec::new();
    let mut buffer = [0; 512];
    while !String::from_utf8_lossy(&text).contains(wanted) {
        let length = stream.read(&mut buffer).unwrap();
        assert!(length > 0, "{}", String::from_utf8_lossy(&text));
        text.extend(&buffer[..length]);
    }
}

#[test]
fn programs_and_visitors_stand_in_one_line() {
    let served = narrow(2);
    let ask = json!({"do": "ask", "ask_id": "a", "question": locker(101)}).to_string();
    let visitor = served.open("POST /visit", &served.visitor, &ask, &[]);
    wait_for(&served, 1, 0);
    let mut bare = open(&served, &raw(true));
    wait_for(&served, 1, 1);
    read_until(&mut bare, ": waiting, 0 ahead");
    let mut body = question_of(&locker(102));
    body["stream"] = json!(true);
    let mut asked = open(&served, &body);
    wait_for(&served, 1, 2);
    read_until(&mut asked, ": waiting, 1 ahead");

    for stream in [false, true] {
        let mut question = question_of(&locker(103));
        question["stream"] = json!(stream);
        for body in [raw(stream), question] {
            let began = Instant::now();
            let reply = Reply::parse(&read_all(&mut open(&served, &body)));
            reply.check_refused(429, "rate_limit_exceeded");
            let seconds: u32 = reply.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=120).contains(&seconds), "{seconds}");
            assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
        }
    }
    // What needs no text passes a full room.
    served.check_it_answers();

    drop(visitor);
    let took = wait_for(&served, 1, 1);
    read_until(&mut asked, ": waiting, 0 ahead");
    drop(bare);
    let took = took.max(wait_for(&served, 1, 0));
    drop(asked);
    let took = took.max(wait_for(&served, 0, 0));
    println!("a place is free after {took:?} at most");
    assert!(took < Duration::from_secs(1), "{took:?}");
    let counted = served.send("GET /metrics", &served.program, "").body;
    let left = "requests_total{route=\"/v1/chat/completions\",outcome=\"left\"} 2";
    assert!(counted.contains(left), "{counted}");
}

#[test]
fn one_program_does_not_hold_up_everybody_else() {
    let served = narrow(8);
    let first = open(&served, &raw(false));
    wait_for(&served, 1, 0);
    let greedy: Vec<_> = (0..4).map(|_| open(&served, &raw(false))).collect();
    wait_for(&served, 1, 4);
    let ask = json!({"do": "ask", "ask_id": "a", "question": locker(101)}).to_string();
    let mut visitor = served.open("POST /visit", &served.visitor, &ask, &[]);
    // In the line stand one text of the program and then the visitor; its other three come later.
    read_until(&mut visitor, "\"ahead\":1");
    drop((first, greedy, visitor));
    wait_for(&served, 0, 0);
}
