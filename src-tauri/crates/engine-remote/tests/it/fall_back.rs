//! Whatever the preferred server does, the next one answers, and nobody reads a key.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::Engine;
use engine_remote::{Relay, Remote};
use hostile::{Act, Heard, Talker};

use crate::server::*;

/// A key that no sentence may hold.
const KEY: &str = "sk-canary-4711-never-seen";

fn send(text: impl Into<Vec<u8>>) -> Act {
    Act::Send(text.into())
}

/// Ways in which a server can fail before its first word.
fn failures() -> Vec<(&'static str, Vec<Act>)> {
    let page = "<!DOCTYPE html><html><h1>Sign in</h1></html>";
    let echo = format!(r#"{{"error":{{"message":"no such key: {KEY}"}}}}"#);
    let redirect = format!(
        "HTTP/1.1 307 Over There\r\nlocation: http://8.8.8.8/v1?key={KEY}\r\ncontent-length: 0\r\n\r\n"
    );
    let spaced = |bytes: &[u8]| Act::Repeat(bytes.to_vec(), Duration::from_millis(20));
    let endless = |bytes: &[u8]| Act::Repeat(bytes.to_vec(), Duration::ZERO);
    vec![
        ("nothing", vec![]),
        ("a stream without a word", vec![stream_head()]),
        ("half an event", vec![stream_head(), send("data: {\"choi")]),
        ("bytes that are no text", vec![stream_head(), send(b"data: \xff\xfe\xfd\n\n")]),
        ("a web page", whole("200 OK", "text/html", page)),
        ("a web page as a stream", whole("200 OK", "text/event-stream", page)),
        ("a failed proxy", whole("502 Bad Gateway", "text/html", page)),
        ("a failure", whole("500 Internal Server Error", "application/json", &echo)),
        ("a refusal", whole("400 Bad Request", "application/json", &echo)),
        ("no such key", whole("401 Unauthorized", "application/json", &echo)),
        ("a failure in the stream", vec![stream_head(), send(format!("data: {echo}\n\n"))]),
        ("another host", vec![send(redirect)]),
        ("a line without an end", vec![stream_head(), endless(&[b'a'; 64 << 10])]),
        ("a stream without an end", vec![stream_head(), endless(&b": ping\n\n".repeat(8_000))]),
        ("a byte now and then", vec![stream_head(), spaced(b":")]),
        (
            "an event without text now and then",
            vec![stream_head(), spaced(b"data: {\"choices\":[]}\n\n")],
        ),
        ("silence", vec![Act::Hang]),
        ("another protocol", vec![send("SSH-2.0-OpenSSH_9.2\r\n"), Act::Hang]),
        ("too much to do", whole("429 Too Many", "application/json", "{}")),
        ("an answer without a word", vec![stream_head(), end(1, 0)]),
        ("an answer in another form", whole("200 OK", "application/json", "{\"hello\": 1}")),
    ]
}

#[test]
fn whatever_a_server_does_before_its_first_word_the_next_one_answers() {
    let good = answering(|_, _| saying("We are open from nine."));
    // Many of them only wait, so they wait together.
    std::thread::scope(|scope| {
        for (what, acts) in failures() {
            scope.spawn(|| check_next_answers(what, acts, &good));
        }
    });
}

/// Asks a server that does this, and after it the good one.
fn check_next_answers(what: &str, acts: Vec<Act>, good: &Talker) {
    let bad = answering(move |_, _| acts.clone());
    let preferred = Arc::new(with_key(&bad, KEY));
    let relay = Relay::over(vec![preferred.clone(), Arc::new(unhurried(good))]).unwrap();
    let began = Instant::now();
    let told = ask(&relay);
    assert!(told.end.is_ok(), "{what}: {told:?}");
    assert_eq!(told.text, "We are open from nine.", "{what}");
    assert_eq!(told.writer.as_deref(), Some("small@127.0.0.1"), "{what}");
    assert!(began.elapsed() < Duration::from_secs(20), "{what}: {:?}", began.elapsed());
    assert!(!questions(&bad).is_empty(), "{what}: it was never asked");
    check_silence(what, &preferred.last_failure());
    check_silence(what, &ask(&*preferred).end.unwrap_err().to_string());
}

fn check_silence(what: &str, sentence: &str) {
    assert!(!sentence.contains(KEY), "{what}: {sentence}");
    assert!(!sentence.contains('\n'), "{what}: {sentence}");
}

#[test]
fn what_has_begun_is_told_as_it_ended() {
    let good = answering(|_, _| saying("We are open from nine."));
    let bad = answering(|_, _| {
        vec![stream_head(), piece("We are"), Act::Rest(Duration::from_millis(50))]
    });
    let relay = Relay::over(vec![Arc::new(remote(&bad)), Arc::new(unhurried(&good))]).unwrap();
    let told = ask(&relay);
    assert_eq!(told.text, "We are");
    assert!(told.end.unwrap_err().to_string().contains("it ended in the middle"));
    assert!(questions(&good).is_empty());
}

#[test]
fn a_server_that_calls_its_models_by_the_key_is_not_believed() {
    let talker = Talker::start(|heard: &Heard, _| match heard.path.as_str() {
        "/v1/models" => {
            let list = format!(r#"{{"data":[{{"id":"{KEY}"}},{{"id":"small"}}]}}"#);
            whole("200 OK", "application/json", &list)
        }
        _ => saying("Yes."),
    });
    let config = engine_remote::ServerConfig { model: String::new(), ..config(&talker) };
    let key = engine_remote::Key::read(KEY).unwrap();
    let remote = Remote::new(config, Some(key), None, Arc::new(engine_remote::NoLedger));
    assert_eq!(ask(&remote).writer.as_deref(), Some("small@127.0.0.1"));
    assert_eq!(remote.model_id(), "127.0.0.1");
}

#[test]
fn many_pieces_at_once_are_one_answer() {
    let talker = answering(|_, _| {
        let event = "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n";
        vec![stream_head(), send(event.repeat(2_000)), end(70, 2_000)]
    });
    let request = engine::GenerateRequest { max_tokens: 4_000, ..question("Q?") };
    let told = ask_for(&unhurried(&talker), request);
    assert_eq!(told.text.len(), 10_000, "{:?}", told.end);
}
