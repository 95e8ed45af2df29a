//! Nothing that is switched off, killed or set wins a try.

use super::*;

/// A real day in the life of a desk, second by second: what is promised is counted in these.
struct Day {
    desk: Desk,
    real: i64,
    verified: usize,
}

impl Day {
    fn begins() -> Self {
        Self { desk: Desk::with_pin().0, real: 0, verified: 0 }
    }

    fn pass(&mut self, seconds: i64) {
        self.real += seconds;
        self.desk.wait(seconds);
    }

    /// The computer is switched off and on again; it is back after some seconds.
    fn reboot(self, seconds: i64) -> Self {
        let Self { desk, real, verified } = self;
        desk.seconds.store(seconds, Ordering::SeqCst);
        Self { desk: desk.restarted(), real: real + seconds, verified }
    }

    /// Tries for as long as tries are looked at.
    fn storm(&mut self) {
        while self.desk.standing().1 == 0 && self.verified < 1_000 {
            assert!(!self.desk.opens("975312"));
            self.verified += 1;
        }
    }
}

const A_DAY: i64 = 24 * 3_600;

#[test]
fn a_day_of_patience_is_33_tries_at_most() {
    let mut day = Day::begins();
    while day.real <= A_DAY {
        day.storm();
        day.pass(60);
    }
    assert_eq!(day.verified, 33);
}

#[test]
fn switching_the_computer_off_and_on_wins_no_try() {
    for pause in [600, 5_000] {
        let mut day = Day::begins();
        while day.real <= A_DAY {
            day.storm();
            day.pass(pause);
            day.storm();
            day = day.reboot(15);
        }
        assert!(day.verified <= 33, "{} tries with pauses of {pause} s", day.verified);
    }
}

#[test]
fn nothing_tried_at_random_beats_33_in_a_day() {
    for seed in 0..6 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut day = Day::begins();
        while day.real <= A_DAY {
            day.storm();
            match random.u8(0..4) {
                0 => day = day.reboot(random.i64(1..90)),
                1 => day.desk = day.desk.restarted(),
                _ => day.pass(random.i64(1..4_000)),
            }
        }
        assert!(day.verified <= 33, "{} tries with seed {seed}", day.verified);
    }
}

#[test]
fn a_wait_goes_on_after_a_restart_and_never_jumps_back() {
    let mut day = Day::begins();
    day.storm();
    day.pass(20);
    assert_eq!(day.desk.standing(), (0, 40));
    day.desk = day.desk.restarted();
    assert_eq!(day.desk.standing(), (0, 40), "the same computer, still on");
    let mut day = day.reboot(10);
    let mut before = day.desk.standing().1;
    assert_eq!(before, 50, "time while it was off does not count");
    while before > 0 {
        day.pass(1);
        let now = day.desk.standing().1;
        assert_eq!(now, before - 1);
        before = now;
    }
    day.storm();
    assert_eq!(day.verified, 6);
}

#[test]
fn a_clock_that_goes_backwards_opens_nothing() {
    let (desk, _) = Desk::with_pin();
    (0..5).for_each(|_| assert!(!desk.opens("975312")));
    for seconds in [999, 500, 30, 1, 0, -1, i64::MIN] {
        desk.seconds.store(seconds, Ordering::SeqCst);
        assert_eq!(desk.standing(), (0, 60), "{seconds}");
        assert!(!desk.opens(PIN));
    }
}

#[test]
fn who_ends_the_program_before_the_answer_has_used_the_try_up() {
    let (mut desk, _) = Desk::with_pin();
    let mut looked_at = 0;
    for _ in 0..300 {
        // The try is on the disk; the program ends before anything is compared.
        if desk.access.count_a_try().unwrap().is_ok() {
            looked_at += 1;
        }
        desk = desk.restarted();
    }
    assert_eq!(looked_at, 5);
    assert!(!desk.opens(PIN));
    assert_eq!(desk.standing(), (0, 60));
}

#[test]
fn a_day_without_a_try_begins_the_count_again() {
    let mut day = Day::begins();
    while day.verified < 12 {
        day.storm();
        day.pass(60);
    }
    day.pass(A_DAY - 120);
    assert_eq!(day.desk.standing().0, 1);
    day.pass(121);
    assert_eq!(day.desk.standing(), (5, 0));
}
