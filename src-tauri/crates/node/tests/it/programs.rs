//! What other programs get of real models; needs the folder that `FRONTDESK_MODELS` names.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desk::{Desk, skip};
use crate::http::Server;

/// A served desk whose models are loaded.
fn served(desk: &Desk) -> Option<Server> {
    let Some(models) = std::env::var_os("FRONTDESK_MODELS").filter(|folder| !folder.is_empty())
    else {
        skip("FRONTDESK_MODELS names no folder with models");
        return None;
    };
    let server = Server::run(desk.llama(Path::new(&models)));
    let always = json!({ "do": "change_settings", "generation": "always" });
    assert_eq!(server.post("/manage", &server.staff, &always).status, 200);
    let began = Instant::now();
    while server.get("/ready").status != 200 {
        assert!(began.elapsed() < Duration::from_secs(120), "the models are not loaded");
        std::thread::sleep(Duration::from_millis(100));
    }
    Some(server)
}

fn chat(server: &Server, mut body: Value) -> Value {
    body["model"] = json!("frontdesk-raw");
    let said = "A glass vase was sent as a parcel. Describe it as JSON.";
    body["messages"] = json!([{"role": "user", "content": said}]);
    let reply = server.post("/v1/chat/completions", &server.staff, &body);
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

#[test]
fn the_bare_model_keeps_to_the_form_it_is_given() {
    let desk = Desk::new();
    let Some(server) = served(&desk) else { return };
    let schema = json!({
        "type": "object",
        "properties": {
            "kind": {"enum": ["letter", "parcel"]},
            "contents": {
                "type": "object",
                "properties": {"fragile": {"type": "boolean"}, "weight": {"type": "null"}},
                "required": ["fragile", "weight"],
                "additionalProperties": false,
            },
            "labels": {"type": "array", "items": {"$ref": "#/$defs/Label"}},
        },
        "required": ["kind", "contents"],
        "$defs": {"Label": {"const": "this side up"}},
    });
    for seed in 0..3 {
        let format = json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema}});
        let mut wanted = json!({"response_format": format, "temperature": 1.0, "seed": seed});
        wanted["max_tokens"] = json!(160);
        let answer = chat(&server, wanted);
        let choice = &answer["choices"][0];
        let text = choice["message"]["content"].as_str().unwrap();
        assert!(answer["usage"]["prompt_tokens"].as_u64().unwrap() > 10, "{answer}");
        assert!(answer["usage"]["completion_tokens"].as_u64().unwrap() > 5, "{answer}");
        if choice["finish_reason"] == "length" {
            // A list may go on; what is there keeps to the form all the same.
            assert!(text.contains("\"this side up\""), "{text}");
            continue;
        }
        let read: Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert!(["letter", "parcel"].contains(&read["kind"].as_str().unwrap()), "{text}");
        assert!(read["contents"]["fragile"].is_boolean(), "{text}");
    }
    let free =
        chat(&server, json!({"response_format": {"type": "json_object"}, "max_tokens": 200}));
    let text = free["choices"][0]["message"]["content"].as_str().unwrap();
    assert!(text.starts_with('{'), "{text}");
    if free["choices"][0]["finish_reason"] == "stop" {
        assert!(serde_json::from_str::<Value>(text).unwrap().is_object(), "{text}");
    }
    let short = chat(&server, json!({"max_completion_tokens": 3}));
    assert_eq!(short["choices"][0]["finish_reason"], "length");
    assert_eq!(short["usage"]["completion_tokens"], 3);
}

#[test]
fn vectors_tell_what_belongs_together() {
    let desk = Desk::new();
    let Some(server) = served(&desk) else { return };
    let texts =
        ["How do I return boots?", "Sending footwear back", "The harbour was built in 1870"];
    let body = json!({"model": "frontdesk", "input": texts});
    let reply = server.post("/v1/embeddings", &server.staff, &body).json();
    let vectors: Vec<Vec<f32>> = (0..3)
        .map(|at| serde_json::from_value(reply["data"][at]["embedding"].clone()).unwrap())
        .collect();
    let likeness = |a: usize, b: usize| -> f32 {
        vectors[a].iter().zip(&vectors[b]).map(|(x, y)| x * y).sum()
    };
    assert!((likeness(0, 0) - 1.0).abs() < 1e-3, "{}", likeness(0, 0));
    assert!(likeness(0, 1) > likeness(0, 2) + 0.1, "{} {}", likeness(0, 1), likeness(0, 2));
    assert!(reply["usage"]["total_tokens"].as_u64().unwrap() > 10, "{}", reply["usage"]);
}
