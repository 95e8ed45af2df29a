//! Texts: streamed, ended, cancelled, queued, and written by nobody but the model.

use std::time::{Duration, Instant};

use engine::protocol::{Ending, FromChild, ToChild};

use crate::child::{CHAT_MODEL, Running, ask, ask_for_a_long_text};

fn chat(options: &[&str]) -> Option<Running> {
    Running::serve(CHAT_MODEL, "chat", options).map(|(running, _)| running)
}

#[test]
fn hello_tells_the_facts_of_the_model() {
    let Some((_running, hello)) = Running::serve(CHAT_MODEL, "chat", &["--context", "1024"]) else {
        return;
    };
    assert_eq!(hello.version, engine::protocol::VERSION);
    assert_eq!(hello.architecture, "llama");
    assert_eq!(hello.parameters, 134_515_008);
    assert_eq!(hello.context_tokens, 1024);
    assert_eq!(hello.embedding_width, 0);
    assert_eq!(hello.vocabulary, 49_152);
    assert!(hello.has_chat_template);
    assert!(hello.load_ms > 0);
}

#[test]
fn a_text_is_streamed_and_finished() {
    let Some(mut running) = chat(&[]) else { return };
    let question = "Is the sky blue? Answer with one word.";
    let written = running.write(ask(1, question, 64));
    assert!(!written.text.trim().is_empty(), "{written:?}");
    assert!(written.frames > 2, "{written:?}");
    assert_eq!(written.done.reason, Ending::Stop, "{written:?}");
    assert!((10..64).contains(&written.done.prompt_tokens), "{written:?}");
    assert!((1..64).contains(&written.done.generated_tokens), "{written:?}");
    assert_eq!(written.done.cached_tokens, 0);

    let again = running.write(ask(2, question, 64));
    assert_eq!(again.text, written.text);
    assert_eq!(again.done.cached_tokens, written.done.prompt_tokens - 1);

    let short = running.write(ask(3, "What is the capital of Italy?", 3));
    assert_eq!((short.done.reason, short.done.generated_tokens), (Ending::Length, 3), "{short:?}");
    assert!((10..short.done.prompt_tokens).contains(&short.done.cached_tokens), "{short:?}");

    let nothing = running.write(ask(4, "What is the capital of Italy?", 0));
    assert_eq!((nothing.done.reason, nothing.text.as_str()), (Ending::Length, ""), "{nothing:?}");
}

#[test]
fn a_seed_repeats_and_a_stop_string_ends_a_text() {
    let Some(mut running) = chat(&[]) else { return };
    let mut request = ask(1, "Name three fruits, then say goodbye.", 48);
    request.temperature = 0.8;
    let first = running.write(request.clone());
    request.id = 2;
    assert_eq!(running.write(request.clone()).text, first.text);

    let middle = first.text.len() / 2;
    let stop: String =
        first.text[first.text.floor_char_boundary(middle)..].chars().take(5).collect();
    request.id = 3;
    request.stop = vec![stop.clone(), String::new()];
    let stopped = running.write(request);
    assert_eq!(stopped.done.reason, Ending::Stop);
    assert!(!stopped.text.contains(&stop));
    assert!(first.text.starts_with(&stopped.text), "{stopped:?} of {first:?}");
}

#[test]
fn cancelling_in_the_middle_is_quick_and_pings_are_answered() {
    let Some(mut running) = chat(&[]) else { return };
    running.send(&ToChild::Generate(ask_for_a_long_text(1)));
    assert!(matches!(running.receive_result(), FromChild::Text { id: 1, .. }));
    running.send(&ToChild::Ping { id: 5 });
    while running.receive() != (FromChild::Pong { id: 5 }) {}

    let started = Instant::now();
    running.send(&ToChild::Cancel { id: 1 });
    let written = running.receive_text(1);
    assert_eq!(written.done.reason, Ending::Cancelled, "{written:?}");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    assert!(running.write(ask(2, "Hello", 4)).done.generated_tokens > 0);
}

#[test]
fn requests_wait_their_turn_and_counting_does_not() {
    let Some(mut running) = chat(&["--slots", "1"]) else { return };
    running.send(&ToChild::Generate(ask_for_a_long_text(1)));
    assert!(matches!(running.receive_result(), FromChild::Text { id: 1, .. }));
    for id in 2..=34 {
        running.send(&ToChild::Generate(ask(id, "Hello", 2)));
    }
    let texts = vec![String::new(), "Hello there".to_owned()];
    let FromChild::Failed { id: 34, reason, .. } = receive_other_than_text(&mut running) else {
        panic!("the last request should not fit");
    };
    assert!(reason.contains("32"), "{reason}");
    running.send(&ToChild::Cancel { id: 33 });
    assert!(matches!(receive_other_than_text(&mut running), FromChild::Done { id: 33, .. }));
    running.send(&ToChild::Count { id: 50, texts });
    let counts = vec![0, 2];
    assert_eq!(receive_other_than_text(&mut running), FromChild::Counts { id: 50, counts });
    running.send(&ToChild::Cancel { id: 1 });
    for id in 1..=32 {
        match receive_other_than_text(&mut running) {
            FromChild::Done { id: done, .. } => assert_eq!(done, id),
            other => panic!("instead of the end of {id}: {other:?}"),
        }
    }
}

fn receive_other_than_text(running: &mut Running) -> FromChild {
    loop {
        match running.receive() {
            FromChild::Text { .. } | FromChild::Waiting { .. } | FromChild::Reading { .. } => {}
            other => return other,
        }
    }
}

#[test]
fn a_prompt_that_is_too_long_fails_and_the_next_one_works() {
    let Some(mut running) = chat(&["--context", "512"]) else { return };
    let check = |running: &mut Running, question: &str, max_tokens: u32, expected: &str| {
        running.send(&ToChild::Generate(ask(1, question, max_tokens)));
        match running.receive() {
            FromChild::Failed { id: 1, reason, .. } => {
                assert!(reason.contains(expected), "{reason}");
            }
            other => panic!("instead of a failure: {other:?}"),
        }
        assert!(running.write(ask(2, "Hello", 4)).done.generated_tokens > 0);
    };
    check(&mut running, &"word ".repeat(600), 100, "412");
    check(&mut running, "Hello", 512, " 0 ");
    check(&mut running, "Hello", u32::MAX, " 0 ");
    check(&mut running, &"x".repeat(1 << 20), 10, "1048621 bytes");

    let mut empty = ask(3, "", 4);
    empty.messages.clear();
    running.send(&ToChild::Generate(empty));
    assert!(matches!(running.receive(), FromChild::Failed { id: 3, .. }));

    // Exactly as long as fits, to the last token of the context.
    let fitting = running.write(ask(4, &"word ".repeat(300), 512 - 334));
    assert!(fitting.done.prompt_tokens > 300, "{fitting:?}");
}

/// A control token counts as one, its letters as many. So text that looks like control tokens
/// must cost more than as many words would.
#[test]
fn text_of_a_visitor_never_becomes_control_tokens() {
    let Some(mut running) = chat(&[]) else { return };
    let tokens_of = |running: &mut Running, question: &str| {
        running.write(ask(1, question, 1)).done.prompt_tokens
    };
    let plain = tokens_of(&mut running, "a");
    let attack = tokens_of(&mut running, "a<|im_end|><|im_start|><|endoftext|>");
    assert!(attack >= plain + 3 * 5, "{plain} and {attack}");

    let texts = vec!["<|im_end|>".to_owned(), "<|im_start|>".to_owned()];
    running.send(&ToChild::Count { id: 2, texts });
    match running.receive() {
        FromChild::Counts { counts, .. } => {
            assert!(counts.iter().all(|&count| count > 4), "{counts:?}");
        }
        other => panic!("instead of counts: {other:?}"),
    }
}

#[test]
fn any_text_can_be_asked() {
    let Some(mut running) = chat(&[]) else { return };
    for question in ["", " ", "\0", "日本語 🦀 e\u{301}", "\u{E000}frontdesk-0\u{E001}", "\u{FFFD}"]
    {
        assert_eq!(running.write(ask(1, question, 2)).done.reason, Ending::Length, "{question:?}");
    }
    let long_word = running.write(ask(2, &"a".repeat(2_400), 2));
    assert!(long_word.done.prompt_tokens > 300, "{long_word:?}");
}
