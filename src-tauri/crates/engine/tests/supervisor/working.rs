//! What a healthy child does: texts, vectors, counts, cancelling, waiting, ending.

use std::time::{Duration, Instant};

use engine::child::{ChildConfig, Purpose};
use engine::{Embedder, EngineError, Event, Health, Side, StopReason};

use crate::Test;
use crate::desk::{Desk, LONG, read, wait_for};

pub(crate) const TESTS: &[Test] = &[
    ("a_text_arrives_piece_by_piece", a_text_arrives_piece_by_piece),
    ("an_idle_child_is_not_started", an_idle_child_is_not_started),
    ("an_eager_child_is_started_at_once", an_eager_child_is_started_at_once),
    ("requests_before_hello_are_answered", requests_before_hello_are_answered),
    ("asking_never_waits_for_the_child", asking_never_waits_for_the_child),
    ("waiting_and_reading_are_told", waiting_and_reading_are_told),
    ("a_dropped_reply_cancels", a_dropped_reply_cancels),
    ("a_cancelled_reply_ends", a_cancelled_reply_ends),
    ("a_reply_dropped_before_hello_is_never_sent", a_reply_dropped_before_hello_is_never_sent),
    ("a_refused_request_leaves_the_child_alone", a_refused_request_leaves_the_child_alone),
    ("a_request_that_is_too_long_is_refused", a_request_that_is_too_long_is_refused),
    ("a_full_queue_is_busy", a_full_queue_is_busy),
    ("the_childs_own_answers_keep_their_kind", the_childs_own_answers_keep_their_kind),
    ("a_deadline_is_kept_from_the_first_moment_on", a_deadline_is_kept),
    #[cfg(target_os = "linux")]
    ("ten_thousand_requests_cost_no_memory", ten_thousand_requests),
    ("vectors_arrive_in_order", vectors_arrive_in_order),
    ("tokens_are_counted", tokens_are_counted),
    ("many_callers_share_one_child", many_callers_share_one_child),
    ("only_a_child_at_work_is_asked_whether_it_is_there", only_a_child_at_work_is_asked),
    #[cfg(target_os = "linux")]
    ("an_idle_supervisor_costs_nothing", an_idle_supervisor_costs_nothing),
    #[cfg(target_os = "linux")]
    ("dropping_ends_the_process", dropping_ends_the_process),
];

fn embedding(config: &mut ChildConfig) {
    config.purpose = Purpose::Embedding;
}

fn a_text_arrives_piece_by_piece() {
    let desk = Desk::new("hello");
    let reply = desk.ask("text a b c").unwrap();
    for piece in ["a", "b", "c"] {
        assert_eq!(reply.next_within(LONG), Some(Ok(Event::Text(piece.into()))));
    }
    let (rest, finish) = read(&reply).unwrap();
    assert_eq!((rest.as_str(), finish.reason), ("", StopReason::Stop));
    assert_eq!((finish.prompt_tokens, finish.cached_tokens, finish.generated_tokens), (11, 3, 3));
    assert_eq!(desk.child.hello().map(|hello| hello.load_ms), Some(7));
    assert!(desk.log().contains("--purpose chat"));
}

fn an_idle_child_is_not_started() {
    let desk = Desk::new("hello");
    assert_eq!(desk.health(), Health::Idle);
    assert_eq!((desk.child.process_id(), desk.child.hello()), (None, None));
    desk.ready();
    assert_eq!(desk.count("start"), 1);
}

fn an_eager_child_is_started_at_once() {
    let desk = Desk::with("wait 100; hello", |config| config.eager = true);
    assert_eq!(desk.health(), Health::Warming);
    wait_for("a ready child", || desk.health() == Health::Ready);
}

fn requests_before_hello_are_answered() {
    let desk = Desk::new("wait 300; hello");
    let replies: Vec<_> = (0..5).map(|n| desk.ask(&format!("text {n}")).unwrap()).collect();
    assert_eq!(desk.health(), Health::Warming);
    for (n, reply) in replies.iter().enumerate() {
        assert_eq!(read(reply).unwrap().0, n.to_string());
    }
    assert_eq!(desk.count("start"), 1);
}

fn asking_never_waits_for_the_child() {
    let desk = Desk::with("exit 3", |config| config.limits.back_off = Duration::from_secs(2));
    desk.answer("text a").unwrap_err();
    desk.answer("text a").unwrap_err();
    desk.failure();
    desk.rewrite("hello");
    let asked = Instant::now();
    let reply = desk.ask("text b").unwrap();
    assert!(asked.elapsed() < Duration::from_secs(1), "asking took {:?}", asked.elapsed());
    assert_eq!(read(&reply).unwrap().0, "b");
}

fn waiting_and_reading_are_told() {
    let desk = Desk::new("hello");
    let reply = desk.ask("waiting 2; reading 5 9; text a").unwrap();
    let events = [
        Event::Waiting { ahead: 2 },
        Event::Reading { read_tokens: 5, prompt_tokens: 9 },
        Event::Text("a".into()),
    ];
    for event in events {
        assert_eq!(reply.next_within(LONG), Some(Ok(event)));
    }
    read(&reply).unwrap();
}

fn a_dropped_reply_cancels() {
    let desk = Desk::new("hello");
    let reply = desk.ask("endless").unwrap();
    assert_eq!(reply.next_within(LONG), Some(Ok(Event::Text("x".into()))));
    drop(reply);
    wait_for("the wish to cancel", || desk.count("cancel") == 1);
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_eq!(desk.count("start"), 1);
}

fn a_cancelled_reply_ends() {
    let desk = Desk::new("hello");
    let reply = desk.ask("endless").unwrap();
    reply.cancel();
    assert_eq!(read(&reply).unwrap().1.reason, StopReason::Cancelled);
}

fn a_reply_dropped_before_hello_is_never_sent() {
    let desk = Desk::new("wait 400; hello");
    drop(desk.ask("endless").unwrap());
    let kept = desk.ask("text b").unwrap();
    assert_eq!(read(&kept).unwrap().0, "b");
    assert_eq!(desk.count("generate"), 1, "{}", desk.log());
}

fn a_refused_request_leaves_the_child_alone() {
    let desk = Desk::new("hello");
    let refused = desk.answer("fail the prompt is too long").unwrap_err();
    assert_eq!(refused, EngineError::Refused { reason: "the prompt is too long".into() });
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_eq!(desk.count("start"), 1);
}

fn a_request_that_is_too_long_is_refused() {
    let desk = Desk::new("hello");
    let process_id = desk.ready();
    let refused = desk.answer(&"x".repeat(9 << 20)).unwrap_err();
    assert!(matches!(refused, EngineError::Refused { .. }), "{refused}");
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    assert_eq!(desk.child.process_id(), Some(process_id));
}

fn a_full_queue_is_busy() {
    let desk = Desk::new("hello");
    let mut replies = Vec::new();
    let refused = loop {
        match desk.ask("endless") {
            Ok(reply) => replies.push(reply),
            Err(error) => break error,
        }
        assert!(replies.len() < 1000, "the queue has no end");
    };
    assert_eq!(refused, EngineError::Busy { waiting: replies.len() });
    wait_for("a busy child", || desk.health() == Health::Busy { waiting: replies.len() - 1 });
    drop(replies);
    wait_for("room", || desk.answer("text b").is_ok_and(|(text, _)| text == "b"));
}

fn the_childs_own_answers_keep_their_kind() {
    let desk = Desk::new("hello");
    assert_eq!(desk.answer("busy 8"), Err(EngineError::Busy { waiting: 8 }));
    assert_eq!(desk.answer("late"), Err(EngineError::Late));
    assert_eq!(desk.answer("text a; end late").unwrap().1.reason, StopReason::Late);
    assert_eq!(desk.answer("text a; end length").unwrap().1.reason, StopReason::Length);
    assert_eq!(desk.count("start"), 1);
}

fn a_deadline_is_kept() {
    let desk = Desk::new("wait 500; hello");
    let minute = Some(Duration::from_secs(60));
    let early = desk.ask_within("text a", Some(Duration::from_millis(100))).unwrap();
    let kept = desk.ask_within("deadline", minute).unwrap();
    assert_eq!(read(&early), Err(EngineError::Late), "the child was not even there");
    let left: u64 = read(&kept).unwrap().0.parse().unwrap();
    assert!((1..=59_600).contains(&left), "{left} ms are left of a minute less the start");
    assert_eq!(read(&desk.ask_within("deadline", minute).unwrap()).unwrap().0, "60000");
    assert_eq!(desk.answer("deadline").unwrap().0, "0");
    // A child that does not keep the time itself is helped.
    let reply = desk.ask_within("endless", Some(Duration::from_millis(50))).unwrap();
    assert_eq!(read(&reply).unwrap().1.reason, StopReason::Late);
    wait_for("the wish to cancel", || desk.count("cancel") == 1);
    assert_eq!(desk.count("generate text a"), 0, "{}", desk.log());
    assert_eq!(desk.count("start"), 1);
}

#[cfg(target_os = "linux")]
fn ten_thousand_requests() {
    /// Far less than ten thousand requests of this size would take.
    const MOST_GROWTH_BYTES: usize = 8 << 20;
    let text = format!("endless {}", "x".repeat(4_000));
    for (script, is_up) in [("hello", true), ("wait 60000; hello", false)] {
        let desk = Desk::new(script);
        desk.child.warm_up();
        if is_up {
            desk.ready();
        }
        let before = crate::desk::resident_bytes();
        let asked = Instant::now();
        let (mut kept, mut busy) = (Vec::new(), 0);
        for _ in 0..10_000 {
            match desk.ask(&text) {
                Ok(reply) => kept.push(reply),
                Err(EngineError::Busy { waiting }) => {
                    assert_eq!(waiting, kept.len());
                    busy += 1;
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert!(asked.elapsed() < LONG, "{script}: {:?}", asked.elapsed());
        assert_eq!((kept.len(), busy), (32, 9_968), "{script}");
        drop(kept);
        // And those who ask and leave at once, again and again.
        for _ in 0..10_000 {
            drop(desk.ask(&text));
        }
        let growth = crate::desk::resident_bytes().saturating_sub(before);
        assert!(growth < MOST_GROWTH_BYTES, "{script}: {growth} bytes");
        if is_up {
            wait_for("an answer", || desk.answer("text b").is_ok_and(|(text, _)| text == "b"));
            assert_eq!(desk.count("start"), 1);
        }
    }
}

fn vectors_arrive_in_order() {
    let desk = Desk::with("hello", embedding);
    let texts: Vec<String> = (0..100).map(|n| format!("text {n}")).collect();
    let vectors = desk.child.embed(&texts, Side::Passage).unwrap();
    let firsts: Vec<usize> = vectors.iter().map(|vector| vector[0] as usize).collect();
    assert_eq!(firsts, (0..100).collect::<Vec<_>>());
    assert!(desk.count("embed") > 1, "{}", desk.log());
    assert_eq!(desk.child.embed(&[], Side::Query).unwrap(), Vec::<Vec<f32>>::new());
    assert!(desk.log().contains("--purpose embedding"));
}

fn tokens_are_counted() {
    let desk = Desk::with("hello", embedding);
    let texts: Vec<String> = (0..1000).map(|n| "word ".repeat(n % 7)).collect();
    let expected: Vec<usize> = (0..1000).map(|n| n % 7).collect();
    assert_eq!(desk.child.count_tokens(&texts).unwrap(), expected);
}

fn many_callers_share_one_child() {
    let desk = Desk::with("wait 100; hello", embedding);
    std::thread::scope(|scope| {
        for caller in 0..8 {
            let child = &desk.child;
            scope.spawn(move || {
                for n in 0..50 {
                    let number = caller * 1000 + n;
                    let vectors = child.embed(&[format!("text {number}")], Side::Query).unwrap();
                    assert_eq!(vectors[0][0] as usize, number);
                }
            });
        }
    });
    assert_eq!(desk.count("start"), 1);
}

fn only_a_child_at_work_is_asked() {
    let desk = Desk::new("hello");
    desk.ready();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(desk.count("ping"), 0, "{}", desk.log());
    // The model computes in silence, and the process answers.
    assert_eq!(desk.answer("pause 800; text a").unwrap().0, "a");
    let pings = desk.count("ping");
    assert!((2..=8).contains(&pings), "{pings} pings in 800 ms");
    assert_eq!(desk.count("start"), 1);
}

#[cfg(target_os = "linux")]
fn an_idle_supervisor_costs_nothing() {
    let desk = Desk::new("hello");
    desk.ready();
    // Threads that sleep on a condition or a pipe are not scheduled at all in the meantime.
    let before = context_switches();
    std::thread::sleep(Duration::from_millis(500));
    let woken: u64 = context_switches() - before;
    assert!(woken < 10, "the supervisor woke {woken} times");
}

/// How often the threads of this program gave up the processor.
#[cfg(target_os = "linux")]
fn context_switches() -> u64 {
    let threads = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let status = threads.filter_map(|it| std::fs::read_to_string(it.path().join("status")).ok());
    let counts = status.filter_map(|status| {
        let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    });
    counts.sum()
}

#[cfg(target_os = "linux")]
fn dropping_ends_the_process() {
    for script in ["hello", "stubborn; hello", "hello; deaf", "wait 60000; hello", "rest"] {
        let desk = Desk::new(script);
        desk.child.warm_up();
        if script.contains("hello") && !script.contains("wait") {
            desk.ready();
        }
        let mut process_id = None;
        wait_for("a process", || {
            process_id = desk.child.process_id();
            process_id.is_some()
        });
        // A deaf child is dropped while a writer waits for room in its stdin.
        let asked = Instant::now();
        let long = if script.contains("deaf") { 60_000 } else { 0 };
        let pushed: Vec<_> =
            (0..10).map(|_| desk.ask(&format!("endless {}", "x".repeat(long)))).collect();
        assert!(asked.elapsed() < Duration::from_secs(1), "{script}: asking waited");
        let dropped = Instant::now();
        drop(desk);
        assert!(dropped.elapsed() < Duration::from_secs(1), "{script}: {:?}", dropped.elapsed());
        assert!(!crate::desk::exists(process_id.unwrap()), "{script}: the process is still there");
        for reply in pushed.into_iter().flatten() {
            assert!(read(&reply).is_err(), "{script}");
        }
    }
}
