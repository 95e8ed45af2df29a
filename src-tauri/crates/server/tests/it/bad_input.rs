//! Requests nobody should send: each costs itself only, and says what is wrong with it.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use testkit::TestDesk;

use crate::client::{Reply, Served, question_of, read_all};

const CHAT: &str = "POST /v1/chat/completions";

#[test]
fn bodies_that_are_no_request_are_refused_by_name() {
    let served = Served::shop();
    let bodies = [
        ("{", "invalid_json"),
        ("\u{0}\u{1}", "invalid_json"),
        ("[]", "invalid_type"),
        ("null", "invalid_type"),
        ("\"text\"", "invalid_type"),
        ("{\"model\":\"frontdesk\"}", "invalid_type"),
        ("{\"model\":\"frontdesk\",\"messages\":[{}]}", "invalid_type"),
        (
            "{\"model\":\"frontdesk\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}",
            "invalid_json",
        ),
        (
            "{\"model\":\"frontdesk\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":1e999}",
            "invalid_json",
        ),
    ];
    for (body, code) in bodies {
        served.send(CHAT, &served.program, body).check_refused(400, code);
    }
    let deep = "[".repeat(100_000);
    served.send(CHAT, &served.program, &deep).check_refused(400, "invalid_type");
    let deep =
        format!("{{\"model\":\"frontdesk\",\"messages\":[],\"tools\":{}", "[".repeat(100_000));
    served.send(CHAT, &served.program, &deep).check_refused(400, "invalid_json");
    served.check_it_answers();
}

#[test]
fn odd_numbers_and_types_are_refused_by_name() {
    let served = Served::shop();
    let odd = [
        ("max_tokens", json!(-1)),
        ("max_tokens", json!(i64::MIN)),
        ("max_tokens", json!(1e300)),
        ("max_tokens", json!("many")),
        ("max_completion_tokens", json!(0)),
        ("temperature", json!(-0.5)),
        ("temperature", json!(1e308)),
        ("top_p", json!([1])),
        ("seed", json!(1e300)),
        ("n", json!(1_000_000_000_000_u64)),
        ("stop", json!(7)),
        ("stream", json!("maybe")),
        ("response_format", json!("json")),
        ("messages", json!({"role": "user"})),
    ];
    for (field, value) in odd {
        let mut body = question_of("Hi?");
        body[field] = value.clone();
        let reply = served.chat(body);
        assert_eq!(reply.status, 400, "{field} {value}: {reply:?}");
        let param = reply.json()["error"]["param"].as_str().unwrap().to_owned();
        assert!(param.starts_with(field), "{field} {value}: {param}");
    }
    served.check_it_answers();
}

#[test]
fn texts_that_are_no_question_are_refused() {
    let served = Served::shop();
    for text in ["?!?!", &"long ".repeat(1_000)] {
        served.chat(question_of(text)).check_refused(400, "invalid_value");
        let mut body = question_of(text);
        body["stream"] = json!(true);
        served.chat(body).check_refused(400, "invalid_value");
    }
    // What was asked before may be as odd as it likes.
    for before in ["?!", &"long ".repeat(9_000), "\u{202e}\u{7}"] {
        let talk = json!({"model": "frontdesk", "messages": [
            {"role": "user", "content": before},
            {"role": "user", "content": "and gift cards?"},
        ]});
        assert_eq!(served.chat(talk).status, 200);
    }
}

#[test]
fn ten_megabytes_are_refused_and_the_answer_is_read() {
    let served = Served::shop();
    let large = json!({"model": "frontdesk", "messages": [], "user": "x".repeat(10 << 20)});
    served.chat(large.clone()).check_refused(413, "request_too_large");
    // The same without a length, piece by piece.
    let body = large.to_string();
    let head = served.request(
        CHAT,
        &served.program,
        "",
        &["Content-Type: application/json", "Transfer-Encoding: chunked"],
    );
    let mut stream = served.connect();
    stream.write_all(head.as_bytes()).unwrap();
    for piece in body.as_bytes().chunks(64 << 10) {
        let chunk = format!("{:x}\r\n{}\r\n", piece.len(), std::str::from_utf8(piece).unwrap());
        // The server may have had enough before all was sent.
        if stream.write_all(chunk.as_bytes()).is_err() {
            break;
        }
    }
    let answer = read_all(&mut stream);
    if !answer.is_empty() {
        Reply::parse(&answer).check_refused(413, "request_too_large");
    }
    served.check_it_answers();
}

#[test]
fn smuggled_requests_are_one_request_or_none() {
    let served = Served::shop();
    let body = question_of("Do you sell gift cards?").to_string();
    let hidden = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    let key = &served.program;
    let address = served.server.address();
    let start = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    );
    let length = body.len();
    let tricks = [
        // Two lengths.
        format!("{start}Content-Length: {length}\r\nContent-Length: 3\r\n\r\n{body}{hidden}"),
        format!("{start}Content-Length: {length}, 3\r\n\r\n{body}{hidden}"),
        // A length that is none.
        format!("{start}Content-Length: -1\r\n\r\n{body}"),
        format!("{start}Content-Length: +{length}\r\n\r\n{body}"),
        format!("{start}Content-Length: 99999999999999999999999\r\n\r\n{body}"),
        // An encoding nobody knows, or said oddly.
        format!("{start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!("{start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{hidden}"),
        // Chunks that lie.
        format!("{start}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{body}"),
        format!("{start}Transfer-Encoding: chunked\r\n\r\nzz\r\n{body}"),
        // Odd heads.
        format!("{start}X: a\0b\r\nContent-Length: {length}\r\n\r\n{body}"),
        format!("{start}: nameless\r\n\r\n"),
        format!("{start}{}\r\n", "X-Many: 1\r\n".repeat(100_000)),
        format!("{start}X-Long: {}\r\n\r\n", "a".repeat(1 << 20)),
        "GET /v1/models HTTP/9.9\r\n\r\n".into(),
        "\u{16}\u{3}\u{1}\u{2}".into(),
    ];
    for trick in tricks {
        let mut stream = served.connect();
        // A server that has had enough closes before all was sent.
        let _sent = stream.write_all(trick.as_bytes());
        let _done = stream.shutdown(Shutdown::Write);
        let answers = read_all(&mut stream);
        let shown: String = trick.chars().take(300).collect();
        assert!(!answers.contains("HTTP/1.1 200"), "{shown:?}: {answers}");
        assert!(answers.matches("HTTP/1.").count() <= 1, "{shown:?}: {answers}");
    }
    // Both a length and pieces: the pieces count, and what hides behind them is not answered.
    let both = format!(
        "{start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n{hidden}"
    );
    let answers = served.raw(both.as_bytes());
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    served.check_it_answers();
}

#[test]
fn clients_that_stop_in_the_middle_hold_nobody_up() {
    let served = Served::shop();
    let whole = served.request(CHAT, &served.program, &question_of("Hi?").to_string(), &[]);
    let mut stopped = Vec::new();
    for cut in [1, 20, whole.len() / 2, whole.len() - 1] {
        for _ in 0..50 {
            let mut stream = served.connect();
            stream.write_all(&whole.as_bytes()[..cut]).unwrap();
            stopped.push(stream);
        }
    }
    let started = Instant::now();
    served.check_it_answers();
    // Nobody is let go before ten seconds, so it did not wait for that.
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    // Who closes half of a connection in the middle of a request gets no answer, or a refusal.
    for mut stream in stopped.into_iter().step_by(25) {
        stream.shutdown(Shutdown::Write).unwrap();
        let answer = read_all(&mut stream);
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
    }
    served.check_it_answers();
}

#[test]
fn a_client_that_drips_is_let_go_within_good_time() {
    let served =
        Served::with(TestDesk::shop(), |options| options.patience = Duration::from_secs(1));
    let whole = served.request(CHAT, &served.program, &question_of("Hi?").to_string(), &[]);
    let started = Instant::now();
    let dripping = [20, whole.len() - 5].map(|begun| {
        let mut stream = served.connect();
        stream.write_all(&whole.as_bytes()[..begun]).unwrap();
        stream
    });
    let [mut head, mut body] = dripping;
    for stream in [&mut head, &mut body] {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = String::new();
        let _end = stream.read_to_string(&mut answer);
        assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
    }
    served.check_it_answers();
}

#[test]
fn a_reader_that_does_not_read_holds_nobody_up() {
    let served = Served::shop();
    let mut body = question_of("Can I return walking boots?");
    body["stream"] = json!(true);
    let open: Vec<_> =
        (0..20).map(|_| served.open(CHAT, &served.program, &body.to_string(), &[])).collect();
    served.check_it_answers();
    drop(open);
    served.check_it_answers();
}

#[test]
fn the_desk_that_is_full_says_when_to_come_back() {
    let served = Served::shop();
    let refusals = std::thread::scope(|scope| {
        let one = || {
            // One conversation holds four places; the fifth is turned away.
            let body = question_of("Can I return walking boots?").to_string();
            let mut open =
                served.open(CHAT, &served.program, &body, &["X-Conversation-Id: 0123456789abcdef"]);
            Reply::parse(&read_all(&mut open))
        };
        let threads: Vec<_> = (0..24).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    for reply in refusals {
        match reply.status {
            200 => {}
            429 => {
                reply.check_refused(429, "rate_limit_exceeded");
                let seconds: u32 = reply.header("retry-after").unwrap().parse().unwrap();
                assert!(seconds >= 1);
            }
            other => panic!("{other}: {reply:?}"),
        }
    }
    let answer: Value = served.ask("Do you sell gift cards?");
    assert!(answer["choices"][0]["message"]["content"].is_string());
}
