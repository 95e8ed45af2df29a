//! Servers that send something else than an answer: a clear sentence each, and no panic.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine_remote::{Limits, NoLedger, Remote, ServerConfig};
use hostile::{Act, Talker};

use crate::server::*;

/// Asks a server that does this with every question, and looks for a part of the sentence.
fn check_sentence(answer: Vec<Act>, expected: &str) {
    check_sentence_within(limits(), answer, expected);
}

fn check_sentence_within(limits: Limits, answer: Vec<Act>, expected: &str) {
    let talker = answering(move |_, _| answer.clone());
    let began = Instant::now();
    let config = ServerConfig { limits, ..config(&talker) };
    let told = ask(&Remote::new(config, None, None, Arc::new(NoLedger)));
    let sentence = told.end.expect_err(expected).to_string();
    assert!(sentence.contains(expected), "{expected:?} is not in {sentence:?}");
    assert!(sentence.contains("127.0.0.1"), "it names nobody: {sentence:?}");
    assert!(!sentence.contains('<') && !sentence.contains('\n'), "{sentence:?}");
    assert!(began.elapsed() < Duration::from_secs(20), "{expected}: {:?}", began.elapsed());
}

fn send(text: &str) -> Act {
    Act::Send(text.as_bytes().to_vec())
}

#[test]
fn a_stream_that_breaks_off_is_told() {
    check_sentence(vec![stream_head(), piece("We are")], "it ended in the middle");
    check_sentence(
        vec![stream_head(), piece("We are"), send("data: {\"choi")],
        "it ended in the middle",
    );
    check_sentence(vec![stream_head()], "it ended before the first word");
    check_sentence(vec![], "127.0.0.1");
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let broken = Act::Send(b"data: \xff\xfe\xfd\n\n".to_vec());
    check_sentence(vec![stream_head(), broken], "bytes that are no text");
    let length = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n";
    check_sentence(vec![send(length), Act::Send(b"\xff\xfe".to_vec())], "bytes that are no text");
}

#[test]
fn a_web_page_is_no_answer() {
    let page = "<!DOCTYPE html><html><h1>Sign in</h1></html>";
    check_sentence(whole("200 OK", "text/html; charset=utf-8", page), "a web page");
    check_sentence(whole("200 OK", "text/event-stream", page), "a web page");
    check_sentence(whole("502 Bad Gateway", "text/html", page), "failed (status 502)");
    check_sentence(whole("404 Not Found", "text/html", page), "has nothing at this address");
}

#[test]
fn an_answer_in_another_form_is_told() {
    check_sentence(
        whole("200 OK", "application/json", "{\"hello\": 1}"),
        "an answer without a word",
    );
    check_sentence(whole("200 OK", "application/json", "[1,2"), "text in another form");
    check_sentence(vec![stream_head(), send("data: 7\n\n")], "text in another form");
    check_sentence(vec![stream_head(), end(1, 0)], "an answer without a word");
    check_sentence(vec![send("SSH-2.0-OpenSSH_9.2\r\n"), Act::Hang], "127.0.0.1");
}

#[test]
fn a_failure_in_the_middle_is_told_in_the_servers_words() {
    let failure = send("data: {\"error\":{\"message\":\"out of memory\"}}\n\n");
    check_sentence(vec![stream_head(), piece("We"), failure], "out of memory");
    let withheld =
        send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n");
    check_sentence(vec![stream_head(), withheld], "it withholds this answer");
}

/// Of a server that floods: no limit of time may be what ends it, however slow this computer is.
fn check_flood(answer: Vec<Act>, expected: &str) {
    check_sentence_within(Limits::default(), answer, expected);
}

#[test]
fn nothing_is_read_without_an_end() {
    let line = Act::Repeat(vec![b'a'; 64 << 10], Duration::ZERO);
    check_flood(vec![stream_head(), line], "a line without an end");
    let event = Act::Repeat(b"data: aaaaaaaaaaaaaaaa\n".repeat(2_000), Duration::ZERO);
    check_flood(vec![stream_head(), event], "a line without an end");
    let nothing = Act::Repeat(b": ping\n\n".repeat(8_000), Duration::ZERO);
    check_flood(vec![stream_head(), nothing], "more than any answer has");
    let body = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
    let endless = Act::Repeat(vec![b' '; 64 << 10], Duration::ZERO);
    check_flood(vec![send(body), endless], "more than any answer has");
}

#[test]
fn a_head_without_an_end_is_given_up() {
    let fast = Act::Repeat(b"x-more: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(500), Duration::ZERO);
    check_sentence(vec![send("HTTP/1.1 200 OK\r\n"), fast], "127.0.0.1");
    let slow = Act::Repeat(b"x-more: a\r\n".to_vec(), Duration::from_millis(20));
    check_sentence(vec![send("HTTP/1.1 200 OK\r\n"), slow], "said nothing for");
    let line = Act::Repeat(vec![b'a'; 64 << 10], Duration::ZERO);
    check_sentence(vec![send("HTTP/1.1 200 OK\r\nx: "), line], "127.0.0.1");
}

#[test]
fn a_server_that_drips_is_given_up() {
    let byte = Act::Repeat(b":".to_vec(), Duration::from_millis(20));
    check_sentence(vec![stream_head(), byte], "said nothing for");
    let pings = Act::Repeat(b": ping\n\n".to_vec(), Duration::from_millis(20));
    check_sentence(vec![stream_head(), pings], "said nothing for");
    let quiet = vec![stream_head(), piece("We are"), Act::Hang];
    check_sentence(quiet, "said nothing for");
    let empty = Act::Repeat(b"data: {\"choices\":[]}\n\n".to_vec(), Duration::from_millis(50));
    check_sentence(vec![stream_head(), empty], "did not finish within");
    check_sentence(vec![Act::Hang], "said nothing for");
}

#[test]
fn a_redirect_is_never_followed() {
    let elsewhere = answering(|_, _| saying("I am another one."));
    let to = elsewhere.address();
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let head = format!(
            "HTTP/1.1 {status}\r\nlocation: http://{to}/v1/chat/completions\r\ncontent-length: 0\r\n\r\n"
        );
        check_sentence(vec![send(&head)], "leads to another address");
    }
    assert!(elsewhere.heard().is_empty(), "somebody else was asked");
}

#[test]
fn a_server_that_writes_without_end_is_cut_off() {
    let talker = answering(|_, _| {
        let event = b"data: {\"choices\":[{\"delta\":{\"content\":\"again and again \"}}]}\n\n";
        vec![stream_head(), Act::Repeat(event.repeat(50), Duration::from_millis(1))]
    });
    let told = ask(&remote(&talker));
    assert_eq!(told.end.unwrap().reason, engine::StopReason::Length);
    assert!(told.text.len() < 20_000, "{} bytes", told.text.len());
}

#[test]
fn a_list_of_models_that_is_none_is_told() {
    let page = Talker::start(|_, _| whole("200 OK", "text/html", "<html>Welcome</html>"));
    let any = |talker: &Talker| {
        let config = ServerConfig { model: String::new(), ..config(talker) };
        let nobody = Arc::new(NoLedger);
        ask(&Remote::new(config, None, None, nobody)).end.unwrap_err().to_string()
    };
    assert!(any(&page).contains("a web page"), "{}", any(&page));
    let empty = Talker::start(|_, _| whole("200 OK", "application/json", "{\"data\":[]}"));
    assert!(any(&empty).contains("offers no model"), "{}", any(&empty));
}
