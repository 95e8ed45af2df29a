//! Lines of a stream, and what a server is asked.

use engine::Message;

use super::*;

/// Text, and tokens of the prompt, of these cached, and written.
type Expected<'a> = (&'a str, Option<[u32; 3]>);

fn check_line(line: &str, expected: Result<Option<Expected>, ()>) {
    let read = read(line).map_err(|_| ()).map(|piece| {
        piece.map(|piece| {
            let totals = piece
                .totals
                .map(|all| [all.prompt_tokens, all.cached_tokens, all.generated_tokens]);
            (piece.text, totals)
        })
    });
    let expected = expected.map(|piece| piece.map(|(text, totals)| (text.to_string(), totals)));
    assert_eq!(read, expected, "{line}");
}

#[test]
fn lines_of_a_stream() {
    check_line("", Ok(None));
    check_line(": a comment", Ok(None));
    check_line("data: [DONE]", Ok(None));
    check_line(r#"data: {"choices":[{"delta":{"content":" is"}}]}"#, Ok(Some((" is", None))));
    check_line(
        r#"data: {"choices":[{"delta":{"role":"assistant","content":null}}]}"#,
        Ok(Some(("", None))),
    );
    check_line(
        r#"data: {"choices":[],"timings":{"cache_n":300,"prompt_n":40,"predicted_n":3}}"#,
        Ok(Some(("", Some([340, 300, 3])))),
    );
    check_line(r#"data: {"choices":[],"usage":{"completion_tokens":3}}"#, Ok(Some(("", None))));
    check_line(r#"data: {"error":{"code":500,"message":"full"}}"#, Err(()));
    check_line("error: {}", Err(()));
    check_line("data: half a docum", Err(()));
}

#[test]
fn the_server_is_told_what_ours_is_told() {
    let prompt = Prompt {
        messages: vec![
            Message { author: Author::System, text: "Rules".into() },
            Message { author: Author::User, text: "Question".into() },
        ],
        keep: Vec::new(),
        max_tokens: 64,
        is_fixed_length: true,
    };
    let body = body(&prompt);
    assert_eq!(body["messages"][0], json!({ "role": "system", "content": "Rules" }));
    assert_eq!(body["messages"][1]["role"], "user");
    assert_eq!(body["max_tokens"], 64);
    assert_eq!(body["temperature"], 0);
    assert_eq!(body["ignore_eos"], true);
    assert_eq!(body["cache_prompt"], true);
}
