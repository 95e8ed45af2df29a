//! What the desk is told, and what happens next, when a child dies, hangs, lies or never starts.

use std::time::{Duration, Instant};

use engine::child::{ChildConfig, Purpose};
use engine::{Embedder, EngineError, Event, Health, Side};

use crate::Test;
use crate::desk::{Desk, LONG, read, wait_for};

pub(crate) const TESTS: &[Test] = &[
    ("death_in_a_text_is_told_and_the_next_is_answered", death_in_a_text_is_told),
    ("repeated_deaths_are_put_off_longer_and_longer", repeated_deaths_are_put_off),
    ("a_long_back_off_is_told_at_once", a_long_back_off_is_told_at_once),
    ("a_lazy_child_that_died_is_not_restarted_unasked", a_lazy_child_is_not_restarted),
    ("an_eager_child_comes_back_by_itself", an_eager_child_comes_back_by_itself),
    ("a_hang_is_noticed", a_hang_is_noticed),
    ("a_hang_is_noticed_even_if_every_reader_leaves", a_hang_is_noticed_without_readers),
    ("a_hang_with_a_full_stdin_is_noticed", a_hang_with_a_full_stdin_is_noticed),
    ("a_child_that_never_says_hello_is_given_up", a_child_that_never_says_hello),
    ("a_refused_model_is_never_tried_again", a_refused_model_is_never_tried_again),
    ("a_missing_program_is_told_and_tried_calmly", a_missing_program),
    ("another_version_is_refused", another_version_is_refused),
    ("another_vector_width_is_refused", another_vector_width_is_refused),
    ("vectors_of_another_width_are_an_error", vectors_of_another_width),
    ("garbage_is_a_loss", garbage_is_a_loss),
    ("a_frame_nobody_asked_for_is_a_loss", a_frame_nobody_asked_for),
    ("a_flood_ends_with_its_reader", a_flood_ends_with_its_reader),
    ("long_babble_on_stderr_does_no_harm", long_babble_on_stderr),
    ("every_malformed_frame_is_a_loss", every_malformed_frame_is_a_loss),
    #[cfg(unix)]
    ("a_stopped_child_is_killed", a_stopped_child_is_killed),
];

fn lost(result: Result<(String, engine::Finish), EngineError>) -> String {
    match result {
        Err(EngineError::Lost { reason }) => reason,
        other => panic!("expected a loss, got {other:?}"),
    }
}

fn death_in_a_text_is_told() {
    let desk = Desk::new("hello");
    let first = desk.ready();
    let reply = desk.ask("text a b; die 134 GGML_ASSERT failed").unwrap();
    assert_eq!(reply.next_within(LONG), Some(Ok(Event::Text("a".into()))));
    assert_eq!(reply.next_within(LONG), Some(Ok(Event::Text("b".into()))));
    let reason = lost(read(&reply));
    assert!(reason.contains("GGML_ASSERT failed") && reason.contains("134"), "{reason}");
    let asked = Instant::now();
    let second = desk.ask("text c").unwrap();
    assert_eq!(read(&second).unwrap().0, "c");
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    assert_ne!(desk.child.process_id(), Some(first));
}

fn repeated_deaths_are_put_off() {
    let desk = Desk::with("exit 3 out of memory", |config| {
        config.limits.back_off = Duration::from_millis(100);
    });
    let mut pauses = Vec::new();
    for _ in 0..5 {
        let asked = Instant::now();
        assert!(lost(desk.answer("text a")).contains("out of memory"));
        pauses.push(asked.elapsed());
    }
    assert_eq!(desk.count("start"), 5);
    // None before the second start; 100, 200 and 400 ms before the ones after it.
    for (pause, at_least) in pauses[2..].iter().zip([80, 180, 380]) {
        assert!(*pause >= Duration::from_millis(at_least), "{pauses:?}");
    }
    assert!(desk.failure().contains("out of memory"), "{}", desk.failure());
}

fn a_long_back_off_is_told_at_once() {
    let desk = Desk::with("exit 3 no memory", |config| {
        config.limits.back_off = Duration::from_secs(15);
    });
    lost(desk.answer("text a"));
    lost(desk.answer("text a"));
    let asked = Instant::now();
    assert_eq!(desk.answer("text a"), Err(EngineError::Restarting));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    assert!(desk.failure().contains("no memory"));
    assert_eq!(desk.count("start"), 2);
}

fn a_lazy_child_is_not_restarted() {
    let desk = Desk::new("hello");
    desk.ready();
    assert_eq!(desk.answer("text a").unwrap().0, "a");
    desk.child.warm_up();
    lost(desk.answer("die 1"));
    wait_for("an idle child", || desk.health() == Health::Idle);
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_eq!(desk.count("start"), 2);
}

fn an_eager_child_comes_back_by_itself() {
    let desk = Desk::with("hello", |config| config.eager = true);
    lost(desk.answer("die 1"));
    wait_for("a second start", || desk.count("start") == 2);
    wait_for("a ready child", || desk.health() == Health::Ready);
}

fn short_silence(config: &mut ChildConfig) {
    config.limits.silence = Duration::from_millis(300);
}

fn a_hang_is_noticed() {
    let desk = Desk::with("hello", short_silence);
    let first = desk.ready();
    let asked = Instant::now();
    let reason = lost(desk.answer("text a; hang"));
    assert!(reason.contains("nothing"), "{reason}");
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_ne!(desk.child.process_id(), Some(first));
}

fn a_hang_is_noticed_without_readers() {
    let desk = Desk::with("hello", short_silence);
    let first = desk.ready();
    let deadline = Instant::now() + LONG;
    drop(desk.ask("hang").unwrap());
    while desk.child.process_id() == Some(first) {
        assert!(Instant::now() < deadline, "nobody noticed");
        if let Ok(reply) = desk.ask("text b")
            && reply.next_within(Duration::from_millis(100)).is_none()
        {
            drop(reply);
            // Long enough for the wish to cancel to arrive, too short to count as silence.
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    wait_for("an answer", || desk.answer("text b").is_ok_and(|(text, _)| text == "b"));
}

fn a_hang_with_a_full_stdin_is_noticed() {
    let desk = Desk::with("hello; deaf", short_silence);
    desk.ready();
    // More than a pipe holds, so that a writer waits in the middle of a frame.
    let replies: Vec<_> = (0..8).map(|_| desk.ask(&"x".repeat(60_000)).unwrap()).collect();
    let asked = Instant::now();
    replies.iter().for_each(engine::Reply::cancel);
    for reply in &replies {
        // Cancelled, or lost if the silence was noticed first; in any case told.
        let told = read(reply);
        assert!(!matches!(&told, Ok((text, _)) if !text.is_empty()), "{told:?}");
    }
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    desk.rewrite("hello");
    wait_for("an answer", || desk.answer("text b").is_ok_and(|(text, _)| text == "b"));
}

fn a_child_that_never_says_hello() {
    let desk = Desk::with("wait 60000; hello", |config| {
        config.limits.start = Duration::from_millis(300);
    });
    let reason = lost(desk.answer("text a"));
    assert!(reason.contains("did not start in time"), "{reason}");
    desk.rewrite("hello");
    assert_eq!(desk.answer("text b").unwrap().0, "b");
}

fn a_refused_model_is_never_tried_again() {
    let desk = Desk::with("wait 100; reject the file is damaged", |config| config.eager = true);
    let refused = EngineError::Model { model: "fake".into(), reason: "the file is damaged".into() };
    assert_eq!(desk.answer("text a"), Err(refused.clone()));
    for _ in 0..20 {
        desk.child.warm_up();
        assert_eq!(desk.answer("text a"), Err(refused.clone()));
    }
    assert_eq!(desk.child.count_tokens(&["a".into()]), Err(refused));
    assert!(desk.failure().contains("the file is damaged"));
    assert_eq!(desk.count("start"), 1);
}

fn a_missing_program() {
    let desk = Desk::with("hello", |config| {
        config.program = "/nowhere/frontdesk-engine".into();
        config.limits.back_off = Duration::from_secs(8);
    });
    let refused = desk.answer("text a").unwrap_err();
    assert!(matches!(&refused, EngineError::Start { reason } if reason.contains("/nowhere/")));
    assert!(desk.failure().contains("/nowhere/"));
    assert_eq!(desk.answer("text a"), Err(EngineError::Restarting));
}

fn another_version_is_refused() {
    let desk = Desk::new("stubborn; hello version 9");
    let refused = desk.answer("text a").unwrap_err();
    assert!(refused.to_string().contains("version 9"), "{refused}");
    assert_eq!(desk.answer("text a"), Err(refused));
    assert!(desk.failure().contains("version 9"));
    #[cfg(target_os = "linux")]
    wait_for("the end of the other version", || crate::desk::children().is_empty());
    assert_eq!(desk.count("start"), 1);
}

fn another_vector_width_is_refused() {
    let desk = Desk::with("hello width 3", |config| config.purpose = Purpose::Embedding);
    let refused = desk.child.embed(&["a 1".into()], Side::Query).unwrap_err();
    assert!(matches!(refused, EngineError::Model { .. }), "{refused}");
}

fn vectors_of_another_width() {
    let desk = Desk::with("vectors 3; hello", |config| config.purpose = Purpose::Embedding);
    desk.child.embed(&["a 1".into()], Side::Query).unwrap_err();
    let desk = Desk::with("hello", |config| config.purpose = Purpose::Embedding);
    desk.child.embed(&["a 1".into(), "b NaN".into()], Side::Query).unwrap_err();
}

fn garbage_is_a_loss() {
    for script in ["garbage; hello", "hello; garbage; rest", "half", "hello; half"] {
        let desk = Desk::new(script);
        lost(desk.answer("text a"));
        desk.rewrite("hello");
        assert_eq!(desk.answer("text b").unwrap().0, "b", "{script}");
    }
    let desk = Desk::new("hello");
    lost(desk.answer("text a; garbage; hang"));
    assert_eq!(desk.answer("text b").unwrap().0, "b");
}

fn every_malformed_frame_is_a_loss() {
    let frames = [
        ("a length above the limit", "255 255 255 255 0"),
        ("nothing at all", "0 0 0 0"),
        ("a kind that is not known", "1 0 0 0 99"),
        ("text that is not UTF-8", "5 0 0 0 2 1 2 255 254"),
        ("text that is longer than its frame", "4 0 0 0 2 1 200 65"),
        ("an end of an unknown kind", "9 0 0 0 5 1 77 0 0 0 0 0 0"),
    ];
    for (what, frame) in frames {
        let desk = Desk::new("hello");
        let first = desk.ready();
        let reason = lost(desk.answer(&format!("text a; raw {frame}; hang")));
        assert!(reason.contains("it sent something else"), "{what}: {reason}");
        assert_eq!(desk.answer("text b").unwrap().0, "b", "{what}");
        assert_ne!(desk.child.process_id(), Some(first), "{what}");
    }
}

fn a_frame_nobody_asked_for() {
    let desk = Desk::new("hello");
    lost(desk.answer("unasked; hang"));
    assert_eq!(desk.answer("text b").unwrap().0, "b");
}

fn a_flood_ends_with_its_reader() {
    let desk = Desk::new("hello");
    // Nobody reads: the child is told to stop once the queue is full.
    let reply = desk.ask("many 2000; endless").unwrap();
    wait_for("the wish to cancel", || desk.count("cancel") == 1);
    let (text, finish) = read(&reply).unwrap();
    assert!(text.len() < 2000, "{} pieces were kept", text.len());
    assert_eq!(finish.reason, engine::StopReason::Cancelled);
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_eq!(desk.count("start"), 1);
}

fn long_babble_on_stderr() {
    let desk = Desk::new("babble; exit 3 the last words");
    let reason = lost(desk.answer("text a"));
    assert!(reason.contains("the last words") && reason.len() < 1000, "{}", reason.len());
}

#[cfg(unix)]
fn a_stopped_child_is_killed() {
    let desk = Desk::with("hello", |config| {
        config.limits.heartbeat_silence = Duration::from_millis(400);
    });
    let process_id = desk.ready();
    crate::desk::signal(process_id, "STOP");
    let reason = lost(desk.answer("text a"));
    assert!(reason.contains("does not answer"), "{reason}");
    assert_eq!(desk.answer("text b").unwrap().0, "b");
}
