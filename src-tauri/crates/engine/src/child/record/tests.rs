//! When a child is tried again, when without a graphics card, and when not at all.

use super::*;
use crate::child::Purpose;
use crate::child::tests::config;

const CARD: Option<&str> = Some("Vulkan0");

fn restart(pause_ms: u64, reason: &str) -> Verdict {
    Verdict::Restart { pause: Duration::from_millis(pause_ms), reason: reason.into() }
}

fn fail(record: &mut Record, config: &ChildConfig, now: Instant) -> Verdict {
    record.judge(config, Trouble::Run, "it burst", now)
}

/// A child that said what it computes on, and which graphics card it may use.
fn seen_on(computes_on: &str, device: Option<&str>) -> (Record, ChildConfig) {
    let mut record = Record::default();
    record.hear_of(computes_on);
    let mut config = config(Purpose::Chat);
    config.tuning.device = device.map(ToString::to_string);
    (record, config)
}

fn check_back_off(failures: usize, expected_ms: u64) {
    let pause = back_off(&Limits::default(), failures);
    assert_eq!(pause, Duration::from_millis(expected_ms), "{failures} failures");
}

#[test]
fn the_back_off_doubles_after_the_first_restart() {
    check_back_off(1, 0);
    check_back_off(2, 1_000);
    check_back_off(3, 2_000);
    check_back_off(4, 4_000);
    check_back_off(6, 16_000);
    check_back_off(7, 30_000);
    check_back_off(1_000, 30_000);
}

#[test]
fn the_third_failure_in_ten_minutes_is_the_last() {
    let (mut record, config) = seen_on("cpu: haswell", None);
    let now = Instant::now();
    assert_eq!(fail(&mut record, &config, now), restart(0, "it burst"));
    assert_eq!(fail(&mut record, &config, now), restart(1_000, "it burst"));
    let Verdict::StandDown { pause, reason } = fail(&mut record, &config, now) else {
        panic!("it is tried a fourth time");
    };
    assert_eq!(pause, Duration::from_secs(600));
    assert_eq!(
        reason,
        "it failed 3 times within ten minutes, so search goes on without it; it is tried again \
         after 10 minutes, or as soon as staff ask for it; the last time: it burst"
    );
}

fn check_third(seconds_later: u64, expected_stand_down: bool) {
    let (mut record, config) = seen_on("cpu: haswell", None);
    let now = Instant::now();
    fail(&mut record, &config, now);
    fail(&mut record, &config, now);
    let third = fail(&mut record, &config, now + Duration::from_secs(seconds_later));
    assert_eq!(matches!(third, Verdict::StandDown { .. }), expected_stand_down, "{third:?}");
}

#[test]
fn failures_are_forgotten_after_ten_minutes() {
    check_third(0, true);
    check_third(599, true);
    check_third(600, false);
}

#[test]
fn a_program_that_cannot_be_started_is_tried_calmly() {
    let (mut record, config) = seen_on("", None);
    let mut start = || record.judge(&config, Trouble::Start, "no such file", Instant::now());
    assert_eq!(start(), restart(1_000, "no such file"));
    assert_eq!(start(), restart(2_000, "no such file"));
    assert!(matches!(start(), Verdict::StandDown { .. }));
    assert_eq!(record.without_graphics(), None, "a missing program says nothing about a card");
}

fn check_blame(computes_on: &str, device: Option<&str>, expected: Option<&str>) {
    let (mut record, config) = seen_on(computes_on, device);
    fail(&mut record, &config, Instant::now());
    assert_eq!(record.without_graphics(), None, "one failure may be bad luck");
    let second = fail(&mut record, &config, Instant::now());
    assert_eq!(record.without_graphics(), expected, "{computes_on} with {device:?}");
    let told = expected.map_or("it burst".into(), |why| format!("it burst; {why}"));
    assert_eq!(second, restart(1_000, &told));
}

#[test]
fn the_second_failure_on_a_graphics_card_is_the_last_on_it() {
    let blamed = Some("it failed 2 times on Radeon 780M and goes on without it");
    check_blame("Radeon 780M", CARD, blamed);
    check_blame("Radeon 780M", None, None);
    check_blame("cpu: haswell", None, None);
    check_blame("cpu: haswell", CARD, None);
    let unknown = Some(
        "it failed 2 times, and in case the graphics card is the cause, it goes on without one",
    );
    check_blame("", CARD, unknown);
    check_blame("", None, None);
}

#[test]
fn a_blamed_card_stays_blamed_until_somebody_asks() {
    let (mut record, config) = seen_on("Radeon 780M", CARD);
    for _ in 0..3 {
        fail(&mut record, &config, Instant::now());
    }
    record.hear_of("cpu: haswell");
    record.forget_failures();
    assert!(record.without_graphics().is_some());
    assert_eq!(fail(&mut record, &config, Instant::now()), restart(0, "it burst"));
    record.forgive();
    assert_eq!(record.without_graphics(), None);
}
