//! Requests that make sense, and those that do not.

use serde_json::{Value, json};

use super::*;

fn asked(fields: Value) -> Result<Wanted, Refusal> {
    let mut body = json!({"model": "frontdesk", "messages": [{"role": "user", "content": "Hi?"}]});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    check(read(body.to_string().as_bytes())?)
}

fn check_refused(fields: Value, status: u16, param: &str) {
    let refusal = asked(fields.clone()).unwrap_err();
    assert_eq!(refusal.status, status, "{fields}");
    assert_eq!(refusal.failed.param.as_deref(), Some(param), "{fields}");
    assert!(refusal.failed.message.ends_with(['.', '!']), "{fields}: {refusal:?}");
}

#[test]
fn what_cannot_be_honoured_is_refused_by_name() {
    check_refused(json!({"model": "gpt-4o"}), 404, "model");
    check_refused(json!({"messages": []}), 400, "messages");
    check_refused(json!({"messages": [{"role": "assistant", "content": "Hi."}]}), 400, "messages");
    check_refused(json!({"messages": [{"role": "user", "content": " "}]}), 400, "messages");
    check_refused(json!({"messages": [{"role": "user", "content": null}]}), 400, "messages");
    check_refused(json!({"n": 2}), 400, "n");
    check_refused(json!({"logprobs": true}), 400, "logprobs");
    check_refused(json!({"tool_choice": "required"}), 400, "tool_choice");
    check_refused(json!({"max_tokens": 0}), 400, "max_tokens");
    check_refused(json!({"max_tokens": -1}), 400, "max_tokens");
    check_refused(json!({"max_completion_tokens": 1.5}), 400, "max_completion_tokens");
    check_refused(json!({"temperature": 2.5}), 400, "temperature");
    check_refused(json!({"top_p": -0.1}), 400, "top_p");
    check_refused(json!({"seed": 1e300}), 400, "seed");
    check_refused(json!({"stop": ["a", "b", "c", "d", "e"]}), 400, "stop");
    check_refused(json!({"stop": ""}), 400, "stop");
    check_refused(json!({"response_format": {"type": "json_object"}}), 400, "response_format");
    let odd = json!({"model": "frontdesk-raw", "response_format": {"type": "yaml"}});
    check_refused(odd, 400, "response_format.type");
    let bare = json!({"model": "frontdesk-raw", "response_format": {"type": "json_schema"}});
    check_refused(bare, 400, "response_format.json_schema.schema");
}

#[test]
fn what_makes_sense_is_taken() {
    let wanted = asked(json!({
        "stream": true, "stream_options": {"include_usage": true}, "max_tokens": 9,
        "max_completion_tokens": 7, "temperature": 0.5, "top_p": 1, "seed": -1, "user": "u",
        "stop": "END", "n": 1, "tools": [{"type": "function"}], "tool_choice": "auto",
        "response_format": {"type": "text"}, "metadata": {"a": "b"},
    }));
    let wanted = wanted.unwrap();
    assert!(wanted.stream && wanted.include_usage);
    assert_eq!((wanted.most_tokens, wanted.seed), (Some(7), u32::MAX));
    assert_eq!(wanted.stop, ["END"]);
    let huge = asked(json!({"max_tokens": 10_000_000})).unwrap();
    assert_eq!(huge.most_tokens, Some(10_000_000));
    let form = json!({"model": "frontdesk-raw", "response_format": {"type": "json_object"}});
    assert!(asked(form).unwrap().grammar.unwrap().starts_with("root ::= object"));
}

#[test]
fn the_language_is_what_the_program_asks_for_first() {
    let check = |value: &str, expected: Option<&str>| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, value.parse().unwrap());
        assert_eq!(language(&headers).as_deref(), expected, "{value:?}");
    };
    check("de", Some("de"));
    check("pt-BR,pt;q=0.9", Some("pt-BR"));
    check("ar;q=0.5", Some("ar"));
    check("*", None);
    check("", None);
    check("../../etc", None);
}

#[test]
fn a_conversation_has_a_name_that_is_hard_to_guess() {
    let check = |value: &str, expected: Result<Option<&str>, u16>| {
        let mut headers = HeaderMap::new();
        headers.insert("x-conversation-id", value.parse().unwrap());
        let found = conversation(&headers).map_err(|refusal| refusal.status.as_u16());
        assert_eq!(
            found.as_ref().map(|name| name.as_deref()).map_err(|s| *s),
            expected,
            "{value:?}"
        );
    };
    check("0123456789abcdef", Ok(Some("0123456789abcdef")));
    check("c1", Err(400));
    check("0123456789abcdef; DROP", Err(400));
    check(&"a".repeat(65), Err(400));
    assert_eq!(conversation(&HeaderMap::new()).unwrap(), None);
}
