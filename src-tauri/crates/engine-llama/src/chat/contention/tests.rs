//! When threads are given up and taken back.

use super::*;

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_quiet_machine_keeps_all_threads() {
    let now = Instant::now();
    let mut contention = Contention::new(4);
    for _ in 0..1000 {
        assert_eq!(contention.note(10 * MS, 36 * MS, now), None);
    }
}

fn check_given_up(threads: i32, cores: f64, expected: Option<i32>) {
    let mut contention = Contention::new(threads);
    let found = contention.note(WINDOW, WINDOW.mul_f64(cores), Instant::now());
    assert_eq!(found, expected, "{threads} threads on {cores} cores");
}

#[test]
fn a_busy_machine_takes_threads_away() {
    check_given_up(2, 1.0, Some(1));
    check_given_up(2, 1.05, Some(1));
    check_given_up(2, 1.2, None);
    check_given_up(2, 1.5, None);
    check_given_up(8, 4.3, Some(4));
    check_given_up(8, 5.5, None);
    check_given_up(8, 0.3, Some(1));
    check_given_up(1, 0.3, None);
}

#[test]
fn all_threads_are_tried_again_and_ever_more_rarely() {
    let start = Instant::now();
    let mut contention = Contention::new(2);
    let mut now = start;
    let mut changes = Vec::new();
    while now < start + Duration::from_secs(60) {
        now += WINDOW;
        // Two other programs: one thread gets its core, two get half of each.
        let processor = WINDOW;
        if let Some(threads) = contention.note(WINDOW, processor, now) {
            changes.push((now.duration_since(start).as_secs(), threads));
        }
    }
    let threads: Vec<i32> = changes.iter().map(|(_, threads)| *threads).collect();
    assert_eq!(threads, [1, 2, 1, 2, 1, 2, 1]);
    let (last, before) = (changes[5].0, changes[3].0);
    assert!(last - before >= 15, "{changes:?}");
}

#[test]
fn a_judgement_needs_enough_computing() {
    let mut contention = Contention::new(2);
    assert_eq!(contention.note(WINDOW - MS, MS, Instant::now()), None);
    assert_eq!(contention.note(2 * MS, MS, Instant::now()), Some(1));
}
