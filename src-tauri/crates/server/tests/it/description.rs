//! What is really answered, held against the description: every status is in it, and every body
//! fits its schema and has nothing that is not described.

use std::collections::BTreeSet;
use std::time::Duration;

use engine::scripted::{Script, ScriptedEngine};
use serde_json::{Value, json};
use server::Doors;
use testkit::TestDesk;

use crate::client::{Reply, Served, question_of};

/// Words of a schema that say nothing about the form of a value.
const SILENT: &[&str] = &["description", "title", "format", "$schema", "default"];

/// The description, and which of its answers were seen.
struct Described {
    document: Value,
    seen: BTreeSet<(String, u16)>,
}

impl Described {
    fn new() -> Self {
        Self { document: server::document(Doors::Everybody), seen: BTreeSet::new() }
    }

    /// Asks, and holds the answer against the description.
    fn ask(
        &mut self,
        served: &Served,
        route: (&str, &str),
        path: &str,
        key: &str,
        body: &str,
    ) -> Reply {
        let (method, described_path) = route;
        let start = format!("{} {path}", method.to_uppercase());
        let reply = served.send(&start, key, body);
        let answers = &self.document["paths"][described_path][method]["responses"];
        let answer = &answers[reply.status.to_string()];
        assert!(answer.is_object(), "{start} is not described: {reply:?}");
        let kind = reply.header("content-type").unwrap();
        let kind = kind.split(';').next().unwrap();
        let schema = &answer["content"][kind]["schema"];
        assert!(schema.is_object(), "{start}: {kind} is not described: {reply:?}");
        let bodies = match kind {
            "application/json" => vec![reply.json()],
            "text/event-stream" => reply.events(),
            "application/x-ndjson" => {
                reply.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
            }
            _ => vec![Value::String(reply.body.clone())],
        };
        for body in &bodies {
            let is_closed = described_path.starts_with("/v1");
            if let Err(why) = self.fits(schema, body, is_closed) {
                panic!("{start} {}: {why}\n{body}", reply.status);
            }
        }
        self.seen.insert((format!("{method} {described_path}"), reply.status));
        reply
    }

    /// Whether a value has the form; where it is closed, it has nothing beside.
    fn fits(&self, schema: &Value, value: &Value, is_closed: bool) -> Result<(), String> {
        let Value::Object(words) = schema else { return Ok(()) };
        for (word, says) in words {
            let fits = match word.as_str() {
                "$ref" => {
                    let pointer = says.as_str().unwrap().strip_prefix('#').unwrap();
                    let target = self.document.pointer(pointer).ok_or(pointer)?;
                    return self.fits(target, value, is_closed);
                }
                "type" => match says {
                    Value::Array(kinds) => kinds.iter().any(|kind| is_a(kind, value)),
                    kind => is_a(kind, value),
                },
                "enum" => says.as_array().unwrap().contains(value),
                "const" => says == value,
                "anyOf" | "oneOf" => says
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|choice| self.fits(choice, value, is_closed).is_ok()),
                "minimum" => value.as_f64().is_none_or(|number| number >= says.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= says.as_f64().unwrap()),
                "required" => says
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|name| value.get(name.as_str().unwrap()).is_some()),
                "properties" => {
                    for (name, field) in value.as_object().into_iter().flatten() {
                        match says.get(name) {
                            Some(form) => self.fits(form, field, is_closed)?,
                            None if is_closed => return Err(format!("{name} is not described")),
                            None => {}
                        }
                    }
                    true
                }
                "items" => {
                    for item in value.as_array().into_iter().flatten() {
                        self.fits(says, item, is_closed)?;
                    }
                    true
                }
                silent if SILENT.contains(&silent) => true,
                other => return Err(format!("this test does not know the word {other}")),
            };
            if !fits {
                return Err(format!("{word} {says} does not fit {value}"));
            }
        }
        Ok(())
    }
}

fn is_a(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("there is no type {other}"),
    }
}

const CHAT: (&str, &str) = ("post", "/v1/chat/completions");
const VECTORS: (&str, &str) = ("post", "/v1/embeddings");
const VISIT: (&str, &str) = ("post", "/visit");

#[test]
fn every_answer_is_described() {
    let served = Served::shop();
    let mut described = Described::new();
    let (staff, program, visitor) = (&served.staff, &served.program, &served.visitor);
    for path in ["/health", "/ready", "/openapi.json", "/metrics", "/models", "/v1/models"] {
        described.ask(&served, ("get", path), path, program, "");
    }
    described.ask(&served, ("get", "/ready"), "/ready?knowledge=x", "", "");
    described.ask(&served, ("get", "/ready"), "/ready?knowledge=999999", "", "");
    described.ask(&served, ("get", "/metrics"), "/metrics", visitor, "");
    described.ask(&served, ("get", "/metrics"), "/metrics", "", "");
    let one = ("get", "/v1/models/{model}");
    for (model, key) in [("frontdesk", "program"), ("gpt-4o", "program"), ("frontdesk", "")] {
        let key = if key.is_empty() { "" } else { program };
        described.ask(&served, one, &format!("/v1/models/{model}"), key, "");
    }
    described.ask(&served, ("get", "/v1/models"), "/v1/models", "", "");

    described.ask(&served, VISIT, VISIT.1, visitor, r#"{"do":"greet"}"#);
    let ask = r#"{"do":"ask","question":"Can I return walking boots?"}"#;
    described.ask(&served, VISIT, VISIT.1, visitor, ask);
    described.ask(&served, VISIT, VISIT.1, "", ask);
    described.ask(&served, VISIT, VISIT.1, visitor, "{");
    described.ask(&served, VISIT, VISIT.1, visitor, r#"{"do":"dance"}"#);
    described.ask(&served, VISIT, VISIT.1, visitor, r#"{"do":"open_source","turn_id":4711,"n":1}"#);
    let manage = ("post", "/manage");
    described.ask(&served, manage, manage.1, staff, r#"{"do":"health"}"#);
    described.ask(&served, manage, manage.1, staff, r#"{"do":"why_turn","turn_id":4711}"#);
    described.ask(&served, manage, manage.1, staff, r#"{"do":"choose_and_import"}"#);
    described.ask(&served, manage, manage.1, visitor, r#"{"do":"health"}"#);
    described.ask(&served, manage, manage.1, "", r#"{"do":"health"}"#);

    for question in ["Can I return walking boots?", "Do you hire out helicopters?", "hello"] {
        let mut body = question_of(question);
        described.ask(&served, CHAT, CHAT.1, program, &body.to_string());
        body["stream"] = json!(true);
        body["stream_options"] = json!({"include_usage": true});
        described.ask(&served, CHAT, CHAT.1, visitor, &body.to_string());
    }
    let mut body = question_of("Hello");
    described.ask(&served, CHAT, CHAT.1, "", &body.to_string());
    described.ask(&served, CHAT, CHAT.1, program, "{");
    described.ask(&served, CHAT, CHAT.1, program, &"x".repeat(300 << 10));
    body["model"] = json!("frontdesk-raw");
    described.ask(&served, CHAT, CHAT.1, program, &body.to_string());
    described.ask(&served, CHAT, CHAT.1, visitor, &body.to_string());
    body["model"] = json!("gpt-4o");
    described.ask(&served, CHAT, CHAT.1, program, &body.to_string());

    for form in ["float", "base64"] {
        let body = json!({"model": "frontdesk", "input": ["a", "b"], "encoding_format": form});
        described.ask(&served, VECTORS, VECTORS.1, program, &body.to_string());
        described.ask(&served, VECTORS, VECTORS.1, visitor, &body.to_string());
    }
    described.ask(&served, VECTORS, VECTORS.1, program, r#"{"model":"frontdesk","input":[]}"#);

    served.desk.chat.set_down(true);
    served.desk.embedder.set_down(true);
    body["model"] = json!("frontdesk-raw");
    described.ask(&served, CHAT, CHAT.1, program, &body.to_string());
    let text = json!({"model": "frontdesk", "input": "a"}).to_string();
    described.ask(&served, VECTORS, VECTORS.1, program, &text);
    described.ask(&served, ("get", "/health"), "/health", "", "");
    described.ask(&served, ("get", "/ready"), "/ready", "", "");

    for route in server::ROUTES {
        let name = format!("{} {}", route.method, route.path);
        assert!(described.seen.contains(&(name.clone(), 200)), "{name} was not asked");
    }
    for status in [400, 403, 404, 413, 503] {
        assert!(described.seen.iter().any(|(_, seen)| *seen == status), "{status} was not seen");
    }
}

#[test]
fn a_full_desk_is_described_too() {
    let engine = ScriptedEngine::new(|_| Script {
        pieces: vec!["Nothing.".into()],
        pause: Duration::from_secs(30),
        ..Script::default()
    });
    engine.set_slots(1);
    let desk = TestDesk::shop_with_engine(engine);
    desk.core.hold_waiting(0);
    let served = Served::on(desk);
    let body = json!({"model": "frontdesk-raw", "messages": [{"role": "user", "content": "Hi"}]});
    let body = body.to_string();
    let first = served.open("POST /v1/chat/completions", &served.program, &body, &[]);
    while served.desk.core.load().fullness.taken == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let reply = Described::new().ask(&served, CHAT, CHAT.1, &served.program, &body);
    assert_eq!(reply.status, 429);
    drop(first);
}
