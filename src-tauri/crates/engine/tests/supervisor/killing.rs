//! A hundred violent ends in a row, with visitors asking all the while: the process of the desk is
//! the same afterwards.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use engine::{EngineError, Event, Health, Reply};

use crate::Test;
use crate::desk::{Desk, LONG, children, entries, read, resident_bytes, signal, wait_for};

pub(crate) const TESTS: &[Test] =
    &[("a_hundred_kills_leave_nothing_behind", a_hundred_kills_leave_nothing_behind)];

/// Signals in turn, and what the reader hears of each.
const SIGNALS: &[(&str, &str)] = &[
    ("KILL", "signal: 9"),
    ("SEGV", "signal: 11"),
    ("ABRT", "signal: 6"),
    ("BUS", "signal: 7"),
    ("STOP", "it does not answer any more"),
];

/// Long enough for a child on a busy machine, short enough for twenty hangs.
const HEARTBEAT_SILENCE: Duration = Duration::from_millis(500);

/// How long the reader may wait for the news of a death.
const TOLD_WITHIN: Duration = Duration::from_secs(3);

/// Visitors who ask all the while.
const VISITORS: usize = 3;

/// Growth of memory that is no leak.
const MOST_GROWTH_BYTES: usize = 5 << 20;

fn a_hundred_kills_leave_nothing_behind() {
    let open_files = entries("/proc/self/fd");
    let desk = Desk::with("hello", |config| {
        config.eager = true;
        config.limits.heartbeat = HEARTBEAT_SILENCE / 4;
        config.limits.heartbeat_silence = HEARTBEAT_SILENCE;
        config.limits.back_off = Duration::from_millis(1);
        config.limits.longest_back_off = Duration::from_millis(4);
        config.limits.most_failures = usize::MAX;
    });
    desk.ready();
    let shape = || (std::process::id(), entries("/proc/self/task"), entries("/proc/self/fd"));
    let (before, resident) = (shape(), resident_bytes());
    let (is_over, told) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..VISITORS {
            scope.spawn(|| ask_until(&desk, &is_over, &told));
        }
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            SIGNALS.iter().cycle().take(100).for_each(|signal| kill_once(&desk, signal));
        }));
        is_over.store(true, Ordering::Release);
        killed.unwrap();
    });
    assert!(told.into_inner() >= 100, "the visitors hardly asked");
    wait_for("a ready child", || desk.health() == Health::Ready);
    wait_for("no process but the last", || children() == [desk.child.process_id().unwrap()]);
    wait_for("the threads and files of before", || shape() == before);
    let growth = resident_bytes().saturating_sub(resident);
    assert!(growth < MOST_GROWTH_BYTES, "{growth} bytes");
    assert_eq!(desk.count("start"), 101);
    drop(desk);
    assert_eq!(children(), Vec::<u32>::new());
    wait_for("the end of all threads", || entries("/proc/self/task") == 1);
    wait_for("the end of all pipes", || entries("/proc/self/fd") <= open_files);
}

/// Kills the child in the middle of a text. The reader is told, and the next is answered.
fn kill_once(desk: &Desk, (name, expected): &(&str, &str)) {
    let reply = desk.ask("text a; endless").unwrap();
    while !matches!(reply.next_within(LONG), Some(Ok(Event::Text(_)))) {}
    let process_id = desk.child.process_id().unwrap();
    let killed = Instant::now();
    let reason = kill(process_id, name, &reply);
    assert!(reason.contains(expected), "{name}: {reason}");
    assert!(killed.elapsed() < HEARTBEAT_SILENCE + TOLD_WITHIN, "{name}: {:?}", killed.elapsed());
    assert_eq!(desk.answer("text z").unwrap().0, "z", "after {name}");
    assert_ne!(desk.child.process_id(), Some(process_id));
}

/// Sends the signal until the reader is told. Rust's own handler takes the first SEGV and BUS for
/// a stack overflow to look at.
fn kill(process_id: u32, name: &str, reply: &Reply) -> String {
    let deadline = Instant::now() + LONG;
    loop {
        signal(process_id, name);
        let again = Instant::now() + Duration::from_millis(50);
        while Instant::now() < again {
            match reply.next_within(Duration::from_millis(10)) {
                Some(Err(EngineError::Lost { reason })) => return reason,
                Some(Ok(Event::Done(_)) | Err(_)) => panic!("{name}: it ended another way"),
                None | Some(Ok(_)) => {}
            }
        }
        assert!(Instant::now() < deadline, "{name}: the reader was never told");
    }
}

/// A visitor: asks again and again, and is always told something soon.
fn ask_until(desk: &Desk, is_over: &AtomicBool, told: &AtomicUsize) {
    while !is_over.load(Ordering::Acquire) {
        match desk.ask("text v").and_then(|reply| read(&reply)) {
            Ok((text, _)) => assert_eq!(text, "v"),
            Err(EngineError::Lost { .. }) => {}
            Err(other) => panic!("{other}"),
        }
        told.fetch_add(1, Ordering::AcqRel);
        std::thread::sleep(Duration::from_millis(5));
    }
}
