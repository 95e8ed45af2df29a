//! Events as real servers send them.

use super::*;

fn text(text: &str) -> Chunk {
    Chunk { text: text.into(), ..Chunk::default() }
}

fn check_read(data: &str, expected: Result<Chunk, NoChunk>) {
    assert_eq!(read(data), expected, "{data}");
}

#[test]
fn pieces_of_text_are_read_however_they_are_wrapped() {
    check_read(
        r#"{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}"#,
        Ok(text("Hi")),
    );
    check_read(r#"{"choices":[{"delta":{"role":"assistant","content":null}}]}"#, Ok(text("")));
    check_read(
        r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]}"#,
        Ok(text("ab")),
    );
    check_read(r#"{"choices":[{"text":"old"}]}"#, Ok(text("old")));
    check_read(r#"{"choices":[],"object":"x","error":null}"#, Ok(text("")));
    check_read("{}", Ok(text("")));
}

#[test]
fn the_end_and_the_tokens_are_read() {
    let end = |end| Chunk { end: Some(end), ..Chunk::default() };
    check_read(
        r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
        Ok(end(End::Text(StopReason::Stop))),
    );
    check_read(
        r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        Ok(end(End::Text(StopReason::Length))),
    );
    check_read(
        r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#,
        Ok(end(End::Withheld)),
    );
    check_read(r#"{"choices":[{"delta":{},"finish_reason":""}]}"#, Ok(Chunk::default()));
    let usage = Usage { read: 70, cached: 64, written: 9 };
    check_read(
        r#"{"choices":[],"usage":{"prompt_tokens":70,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":64}}}"#,
        Ok(Chunk { usage: Some(usage), ..Chunk::default() }),
    );
    let huge = r#"{"usage":{"prompt_tokens":1e300,"completion_tokens":-5}}"#;
    let read = read(huge).unwrap().usage.unwrap();
    assert_eq!((read.read, read.written), (u32::MAX, 0));
}

#[test]
fn a_whole_answer_is_one_event() {
    let whole = r#"{"choices":[{"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#;
    let chunk = read(whole).unwrap();
    assert_eq!((chunk.text.as_str(), chunk.end), ("Yes.", Some(End::Text(StopReason::Stop))));
    assert_eq!(chunk.usage, Some(Usage { read: 3, cached: 0, written: 2 }));
}

#[test]
fn thoughts_are_told_from_answers() {
    let chunk = read(r#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#).unwrap();
    assert!(chunk.thinks && chunk.text.is_empty());
    assert!(!read(r#"{"choices":[{"delta":{"reasoning":null,"content":"a"}}]}"#).unwrap().thinks);
}

#[test]
fn what_is_no_event_is_told() {
    check_read("{\"choices\":[{\"del", Err(NoChunk::Unreadable));
    check_read("[1, 2]", Err(NoChunk::Unreadable));
    check_read("\"text\"", Err(NoChunk::Unreadable));
    let failure = serde_json::json!({"error": {"message": "out of memory", "code": 500}});
    check_read(&failure.to_string(), Err(NoChunk::Failure(failure.clone())));
}
