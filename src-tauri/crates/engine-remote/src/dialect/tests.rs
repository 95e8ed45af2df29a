//! What is asked of whom, and what is left out after a refusal.

use super::*;

fn request() -> GenerateRequest {
    GenerateRequest {
        messages: vec![
            Message { author: Author::System, text: "Be short.".into() },
            Message { author: Author::User, text: "When?".into() },
        ],
        max_tokens: 160,
        grammar: Some("root ::= \"a\"".into()),
        stop: (0..6).map(|n| n.to_string()).collect(),
        ..GenerateRequest::default()
    }
}

fn body(dialect: Dialect) -> Value {
    let request = request();
    dialect.body("m", &request, &request.messages)
}

#[test]
fn a_server_that_nobody_knows_is_asked_for_the_common_fields_only() {
    let expected = json!({
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be short."},
            {"role": "user", "content": "When?"},
        ],
        "stream": true,
        "stream_options": {"include_usage": true},
        "max_tokens": 160,
        "temperature": 0.0,
        "seed": 0,
        "stop": ["0", "1", "2", "3"],
    });
    assert_eq!(body(Dialect::of(Product::Other)), expected);
}

fn check_fields(product: Product, has: &[&str], has_not: &[&str]) {
    let body = body(Dialect::of(product));
    has.iter().for_each(|name| assert!(body.get(name).is_some(), "{product:?} lacks {name}"));
    has_not.iter().for_each(|name| assert!(body.get(name).is_none(), "{product:?} has {name}"));
}

#[test]
fn known_servers_are_asked_for_what_they_take() {
    check_fields(
        Product::LlamaServer,
        &["grammar", "chat_template_kwargs", "seed"],
        &["reasoning_effort"],
    );
    check_fields(Product::Vllm, &["chat_template_kwargs", "max_tokens"], &["grammar"]);
    check_fields(Product::OpenAi, &["max_completion_tokens"], &["max_tokens", "grammar"]);
    check_fields(Product::Gemini, &["reasoning_effort"], &["seed", "grammar"]);
    check_fields(Product::Anthropic, &["max_tokens"], &["seed", "chat_template_kwargs"]);
}

/// What is gone after a refusal; nothing where it does not help.
fn check_after(product: Product, refusal: &str, gone: Option<&str>) {
    let before = Dialect::of(product);
    let Some(after) = before.after(refusal) else {
        assert_eq!(gone, None, "{refusal}");
        return;
    };
    let gone = gone.unwrap_or_else(|| panic!("{refusal} changes nothing"));
    assert!(body(before).get(gone).is_some(), "{gone} was never there");
    assert!(body(after).get(gone).is_none(), "{gone} is still there after {refusal:?}");
}

#[test]
fn a_field_that_is_refused_is_left_out() {
    check_after(
        Product::Other,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        Some("max_tokens"),
    );
    check_after(
        Product::OpenAi,
        "unknown field max_completion_tokens",
        Some("max_completion_tokens"),
    );
    check_after(
        Product::Other,
        "Unsupported value: 'temperature' does not support 0",
        Some("temperature"),
    );
    check_after(
        Product::Other,
        "Extra inputs are not permitted: stream_options",
        Some("stream_options"),
    );
    check_after(Product::Other, "unknown field \"seed\"", Some("seed"));
    check_after(
        Product::Gemini,
        "reasoning_effort none is not supported",
        Some("reasoning_effort"),
    );
    check_after(Product::Vllm, "chat_template_kwargs: unexpected", Some("chat_template_kwargs"));
    check_after(Product::LlamaServer, "failed to parse grammar", Some("grammar"));
    check_after(Product::Other, "the 'stop' field is not supported", Some("stop"));
    check_after(Product::Other, "the prompt has 9000 tokens and 4096 fit", None);
    check_after(Product::Other, "max_tokens is too large", None);
    check_after(Product::Other, "", None);
}

#[test]
fn instructions_move_before_the_question_where_a_model_has_no_place_for_them() {
    let dialect = Dialect::of(Product::Vllm).after("System role not supported").unwrap();
    let messages = body(dialect)["messages"].clone();
    assert_eq!(messages, json!([{"role": "user", "content": "Be short.\n\nWhen?"}]));
}
