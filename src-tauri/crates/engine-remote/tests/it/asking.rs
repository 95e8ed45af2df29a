//! What is asked, what comes back, and what is asked a second time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{Engine, GenerateRequest, StopReason};
use engine_remote::{NoLedger, Product, Remote, ServerConfig, try_out};
use hostile::{Act, Talker};
use serde_json::Value;

use crate::server::*;

#[test]
fn an_answer_streams_with_its_counts() {
    let talker = answering(|_, _| {
        vec![stream_head(), piece("We are open "), piece("from nine."), end(70, 9)]
    });
    let told = ask(&with_key(&talker, "sk-test"));
    let finish = told.end.unwrap();
    assert_eq!(told.text, "We are open from nine.");
    assert_eq!(told.writer.as_deref(), Some("small@127.0.0.1"));
    assert_eq!(
        (finish.reason, finish.prompt_tokens, finish.generated_tokens),
        (StopReason::Stop, 70, 9)
    );
    let asked = questions(&talker);
    assert_eq!(asked[0].header("authorization"), Some("Bearer sk-test"));
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
    let body: Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!((body["model"].as_str(), body["stream"].as_bool()), (Some("small"), Some(true)));
    assert_eq!(body["messages"][0]["content"], "When are you open?");
}

#[test]
fn an_answer_that_comes_at_once_is_an_answer() {
    let body = r#"{"choices":[{"message":{"content":"From nine."},"finish_reason":"stop"}]}"#;
    let talker = answering(move |_, _| whole("200 OK", "application/json", body));
    let told = ask(&remote(&talker));
    assert_eq!((told.text.as_str(), told.end.is_ok()), ("From nine.", true));
}

#[test]
fn the_first_model_is_asked_where_any_will_do_and_the_list_only_once() {
    let talker = answering(|_, _| saying("Yes."));
    let config = ServerConfig { model: String::new(), ..config(&talker) };
    let remote = Remote::new(config, None, None, Arc::new(NoLedger));
    assert_eq!(ask(&remote).writer.as_deref(), Some("small@127.0.0.1"));
    assert_eq!(ask(&remote).text, "Yes.");
    let lists = talker.heard().iter().filter(|heard| heard.path == "/v1/models").count();
    assert_eq!(lists, 1);
}

#[test]
fn a_server_without_a_list_is_asked_for_the_named_model() {
    let talker = Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => whole("404 Not Found", "application/json", "{}"),
        _ => saying("Yes."),
    });
    assert_eq!(ask(&remote(&talker)).text, "Yes.");
}

/// What a server does the first and the second time, and whether it is asked twice.
fn check_retry(first: Vec<Act>, expected_questions: usize, answers: bool) {
    let shown = format!("{first:?}");
    let talker = answering(move |_, before| match before {
        0 => first.clone(),
        _ => saying("Yes."),
    });
    let told = ask(&remote(&talker));
    assert_eq!(questions(&talker).len(), expected_questions, "{shown}");
    assert_eq!(told.end.is_ok(), answers, "{shown}: {told:?}");
}

#[test]
fn only_what_has_not_begun_is_asked_again() {
    check_retry(vec![], 2, true);
    check_retry(vec![stream_head()], 2, true);
    check_retry(whole("500 Internal Server Error", "text/plain", "oops"), 2, true);
    check_retry(whole("503 Service Unavailable", "application/json", "{}"), 2, true);
    check_retry(vec![stream_head(), piece("We")], 1, false);
    check_retry(whole("400 Bad Request", "application/json", "{}"), 1, false);
    check_retry(whole("401 Unauthorized", "application/json", "{}"), 1, false);
    check_retry(vec![Act::Hang], 1, false);
    check_retry(vec![stream_head(), Act::Send(b"data: nonsense\n\n".to_vec())], 1, false);
}

fn busy(after: &str) -> Vec<Act> {
    let head =
        format!("HTTP/1.1 429 Too Many\r\nretry-after: {after}\r\ncontent-length: 0\r\n\r\n");
    vec![Act::Send(head.into_bytes())]
}

#[test]
fn a_short_wish_to_wait_is_granted_and_a_long_one_hands_the_question_on() {
    check_retry(busy("0"), 2, true);
    check_retry(busy("1"), 2, true);
    check_retry(busy("3600"), 1, false);
    let talker = answering(|_, _| busy("3600"));
    let remote = remote(&talker);
    let first = ask(&remote).end.unwrap_err().to_string();
    assert!(first.contains("has too much to do (status 429)"), "{first}");
    // It is left alone for as long as it wished, within reason.
    let second = ask(&remote).end.unwrap_err().to_string();
    assert!(second.contains("is left alone for 1"), "{second}");
    assert_eq!(questions(&talker).len(), 1);
}

#[test]
fn refusals_are_told_with_the_servers_words_and_without_the_key() {
    let check = |status: &'static str, body: &'static str, expected: &str| {
        let talker = answering(move |_, _| whole(status, "application/json", body));
        let sentence = ask(&with_key(&talker, "sk-secret")).end.unwrap_err().to_string();
        assert!(sentence.contains(expected), "{expected:?} is not in {sentence:?}");
        assert!(!sentence.contains("sk-secret"), "{sentence:?}");
    };
    check(
        "401 Unauthorized",
        r#"{"error":{"message":"Incorrect API key sk-secret"}}"#,
        "does not accept the key",
    );
    check("403 Forbidden", "", "does not accept the key");
    check(
        "400 Bad Request",
        r#"{"error":{"message":"key sk-secret: too long"}}"#,
        ": key …: too long",
    );
    check(
        "404 Not Found",
        r#"{"error":{"message":"The model `small` does not exist"}}"#,
        "offers no model \"small\"; it has small",
    );
    check(
        "402 Payment Required",
        r#"{"error":{"message":"Insufficient credits"}}"#,
        "Insufficient credits",
    );
}

#[test]
fn a_field_that_is_refused_is_left_out_from_then_on() {
    let talker = answering(|heard, _| match heard.body.contains("stream_options") {
        true => whole(
            "400 Bad Request",
            "application/json",
            r#"{"detail":"stream_options: extra inputs are not permitted"}"#,
        ),
        false => saying("Yes."),
    });
    let remote = remote(&talker);
    assert_eq!((ask(&remote).text, ask(&remote).text), ("Yes.".into(), "Yes.".into()));
    assert_eq!(questions(&talker).len(), 3, "once with the field, and twice without");
}

#[test]
fn a_grammar_is_sent_to_who_takes_it_and_kept_here_for_others() {
    let request = || GenerateRequest { grammar: Some("root ::= [a-z]+".into()), ..question("Q?") };
    let has_grammar = |talker: &Talker| questions(talker)[0].body.contains("\"grammar\"");
    let talker = Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => models("llamacpp"),
        _ => saying("one\ntwo"),
    });
    assert_eq!(ask_for(&remote(&talker), request()).text, "one\ntwo");
    assert!(has_grammar(&talker));
    let other = answering(|_, _| saying("<think>\nhm\n</think>\n\none\ntwo"));
    assert_eq!(ask_for(&remote(&other), request()).text, "one");
    assert!(!has_grammar(&other));
}

#[test]
fn whoever_goes_takes_the_connection_along() {
    let talker = answering(|_, _| {
        let event = b"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".to_vec();
        vec![stream_head(), Act::Repeat(event, Duration::from_millis(5))]
    });
    let reply = remote(&talker).generate(question("Q?")).unwrap();
    assert!(reply.next_within(Duration::from_secs(5)).is_some());
    drop(reply);
    let end = Instant::now() + Duration::from_secs(3);
    while talker.gone() == 0 {
        assert!(Instant::now() < end, "the server still writes");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn whoever_goes_before_the_first_word_takes_the_connection_along() {
    let talker = answering(|_, _| vec![Act::Hang]);
    let reply = remote(&talker).generate(question("Q?")).unwrap();
    let end = Instant::now() + Duration::from_secs(3);
    while questions(&talker).is_empty() {
        assert!(Instant::now() < end, "it was never asked");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(reply);
    while talker.gone() == 0 {
        assert!(Instant::now() < end, "the server still waits");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_server_is_tried_out_with_a_question_that_holds_nothing_of_the_shop() {
    let talker = Talker::start(|heard, _| match heard.path.as_str() {
        "/v1/models" => models("vllm"),
        _ => saying("It helps people."),
    });
    let trial = try_out(&remote(&talker)).unwrap();
    assert_eq!((trial.product, trial.product.name()), (Product::Vllm, "vLLM"));
    assert_eq!((trial.said.as_str(), trial.models), ("It helps people.", vec!["small".to_owned()]));
    assert_eq!((trial.read_tokens, trial.written_tokens), (70, 9));
    assert!(questions(&talker)[0].body.contains("help desk"));
    let nobody = answering(|_, _| vec![]);
    let address = nobody.address();
    let gone = remote(&nobody);
    drop(nobody);
    let error = try_out(&gone).unwrap_err();
    assert!(error.to_string().contains("cannot be reached"), "{error} ({address})");
}
