//! The bare model and the vectors: for programs that bring their own instructions.

use std::time::Duration;

use base64::Engine as _;
use engine::Author;
use engine::scripted::{Script, ScriptedEngine};
use serde_json::{Value, json};
use testkit::TestDesk;

use crate::client::{Served, content};

/// An engine that tells what it was asked.
fn parrot() -> ScriptedEngine {
    ScriptedEngine::new(|request| {
        let messages = request.messages.iter().map(|message| {
            let who = match message.author {
                Author::System => "system",
                Author::User => "user",
                Author::Assistant => "assistant",
            };
            format!("{who}: {}; ", message.text)
        });
        let told = format!(
            "tokens {}, heat {}, seed {}, stop {:?}, grammar {}",
            request.max_tokens,
            request.temperature,
            request.seed,
            request.stop,
            request.grammar.is_some()
        );
        Script { pieces: messages.chain([told]).collect(), ..Script::default() }
    })
}

fn raw(fields: Value) -> Value {
    let mut body = json!({"model": "frontdesk-raw", "messages": [
        {"role": "system", "content": "Be short."},
        {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
        {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": "And now?"},
    ]});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[test]
fn the_bare_model_gets_what_was_sent() {
    let served = Served::on(TestDesk::shop_with_engine(parrot()));
    let fields = json!({"max_tokens": 7, "temperature": 0.5, "seed": 3, "stop": "END",
        "response_format": {"type": "json_object"}});
    let answer = served.chat(raw(fields)).json();
    assert_eq!(
        content(&answer),
        "system: Be short.; user: Hello; assistant: Hi.; user: And now?; \
         tokens 7, heat 0.5, seed 3, stop [\"END\"], grammar true"
    );
    assert!(answer.get("citations").is_none() && answer.get("desk").is_none(), "{answer}");
    assert!(answer["usage"]["completion_tokens"].as_u64().unwrap() > 0);
    let greedy = served.chat(raw(json!({"max_tokens": 99_999}))).json();
    assert!(content(&greedy).contains("tokens 1024"), "{greedy}");
}

#[test]
fn the_bare_model_streams() {
    let served = Served::on(TestDesk::shop_with_engine(parrot()));
    let reply = served.chat(raw(json!({"stream": true})));
    let events = reply.events();
    let text: String = events
        .iter()
        .filter_map(|event| event["choices"][0]["delta"]["content"].as_str())
        .collect();
    assert!(text.starts_with("system: Be short.; user: Hello"), "{text}");
    assert_eq!(events.last().unwrap()["choices"][0]["finish_reason"], "stop");
}

#[test]
fn visitors_do_not_get_the_bare_model() {
    let served = Served::on(TestDesk::shop_with_engine(parrot()));
    let body = raw(json!({}));
    served.post("/v1/chat/completions", &served.visitor, &body).check_refused(403, "forbidden");
    let vectors = json!({"model": "frontdesk", "input": "Boots"});
    served.post("/v1/embeddings", &served.visitor, &vectors).check_refused(403, "forbidden");
}

#[test]
fn a_model_that_is_down_is_said_so() {
    let served = Served::shop();
    served.desk.chat.set_down(true);
    served.chat(raw(json!({}))).check_refused(503, "engine_unavailable");
    served.chat(raw(json!({"stream": true}))).check_refused(503, "engine_unavailable");
    served.check_it_answers();
    served.desk.embedder.set_down(true);
    let vectors = json!({"model": "frontdesk", "input": "Boots"});
    let reply = served.post("/v1/embeddings", &served.program, &vectors);
    reply.check_refused(503, "engine_unavailable");
}

#[test]
fn a_model_that_dies_in_the_middle_is_said_so_in_the_stream() {
    let dying = ScriptedEngine::new(|_| Script {
        pieces: vec!["Some ".into(), "words".into()],
        pause: Duration::from_millis(50),
        dies: true,
    });
    let served = Served::on(TestDesk::shop_with_engine(dying));
    served.chat(raw(json!({}))).check_refused(503, "engine_unavailable");
    let reply = served.chat(raw(json!({"stream": true})));
    assert_eq!(reply.status, 200, "the words before were worth something");
    let last = reply.body.trim_end().rsplit("\n\n").next().unwrap().strip_prefix("data: ").unwrap();
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(last["error"]["code"], "engine_unavailable", "{reply:?}");
}

#[test]
fn texts_become_vectors_in_both_forms() {
    let served = Served::shop();
    let vectors = |fields: Value| {
        let mut body = json!({"model": "frontdesk", "input": ["red boots", "opening hours"]});
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        served.post("/v1/embeddings", &served.program, &body)
    };
    let floats = vectors(json!({})).json();
    assert_eq!(floats["object"], "list");
    assert_eq!(floats["data"].as_array().unwrap().len(), 2);
    assert_eq!(floats["data"][1]["index"], 1);
    let first: Vec<f32> = serde_json::from_value(floats["data"][0]["embedding"].clone()).unwrap();
    let length: f32 = first.iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-4, "{length}");
    assert!(floats["usage"]["prompt_tokens"].as_u64().unwrap() >= 4);
    let packed = vectors(json!({"encoding_format": "base64"})).json();
    let packed = packed["data"][0]["embedding"].as_str().unwrap();
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    let unpacked = bytes.chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()));
    assert_eq!(unpacked.collect::<Vec<_>>(), first);
    assert_eq!(vectors(json!({"dimensions": first.len()})).status, 200);
    vectors(json!({"dimensions": 3})).check_refused(400, "invalid_value");
}
