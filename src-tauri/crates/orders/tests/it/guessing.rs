//! Guessing does not pay: the same words for every failure, and locks that last.

use std::time::{Duration, Instant};

use orders::{Outcome, Rules};

use crate::desk::{Desk, NOW};

const NEXT_DAY: i64 = NOW + 25 * 3600;

#[test]
fn unknown_number_and_wrong_proof_are_the_same_bytes() {
    let desk = Desk::shop();
    let unknown = desk.fresh("HO-999999", "ursula@webpost.example.org");
    for (number, proof) in [
        ("HO-104106", "silas@letters.example.net"),
        ("HO-104106", "00134"),
        ("HO-104106", "0000"),
        ("HO-104106", "Gullan"),
        ("HO-104106", "\u{0}"),
        ("not a number", "00133"),
        ("", ""),
        ("HO-1041060", "00133"),
    ] {
        assert_eq!(desk.fresh(number, proof), unknown, "{number:?} {proof:?}");
    }
    assert_eq!(unknown.outcome, Outcome::Refused);
}

#[test]
fn an_order_opens_by_each_of_its_proofs_in_any_spelling() {
    let desk = Desk::shop();
    for (number, proof) in [
        ("HO-104106", "URSULA@webpost.example.org "),
        ("ho104106", "00133"),
        ("# HO 104106", "0140"),
        ("104106", "gullane"),
        ("ＨＯ-١٠٤١٠٦", "+44 1632 960140"),
    ] {
        let shown = desk.fresh(number, proof);
        let card = shown.card.unwrap_or_else(|| panic!("{number:?} {proof:?}: {}", shown.message));
        assert_eq!(card.status, "Your order was delivered.");
        assert_eq!(card.as_of, NOW);
        assert!(shown.message.contains("2026-11-22 14:05"), "{}", shown.message);
        let all = format!("{card:?}");
        for private in ["ursula", "00133", "Gullane", "960140"] {
            assert!(!all.contains(private), "{private} in {all}");
        }
    }
}

#[test]
fn the_sixth_try_of_a_session_is_locked_even_if_it_is_right() {
    let desk = Desk::shop();
    for _ in 0..5 {
        let wrong = desk.attempt("HO-104106", "nobody@mail.example", "s", "d");
        assert_eq!(wrong.outcome, Outcome::Refused);
    }
    let sixth = desk.attempt("HO-104107", "silas@letters.example.net", "s", "d");
    assert_eq!((sixth.outcome, sixth.card), (Outcome::Locked, None));
    assert!(sixth.offers_person);
    assert_eq!(desk.attempt("HO-104107", "VJ12 4GW", "t", "d").outcome, Outcome::Found);
}

#[test]
fn right_tries_do_not_count() {
    let desk = Desk::shop();
    for _ in 0..30 {
        assert_eq!(desk.attempt("HO-104106", "00133", "s", "d").outcome, Outcome::Found);
    }
}

#[test]
fn new_sessions_do_not_help_a_device() {
    let desk = Desk::shop();
    for number in 0..20 {
        desk.attempt(&format!("HO-2{number:05}"), "00133", &format!("s{number}"), "d");
    }
    assert_eq!(desk.attempt("HO-104106", "00133", "new", "d").outcome, Outcome::Locked);
    assert_eq!(desk.attempt("HO-104106", "00133", "new", "other").outcome, Outcome::Found);
}

#[test]
fn an_order_is_locked_for_everybody_and_across_restarts_and_spellings() {
    let mut desk = Desk::shop();
    for number in 0..10 {
        let spelling = ["HO-104106", "104106", "ho 104106", "XX-0104106"][number % 4];
        let shown = desk.fresh(spelling, &format!("{number:05}"));
        assert_eq!(shown.outcome, Outcome::Refused, "{number}");
        desk = desk.reopened(|| NOW);
    }
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Locked);
    let set_back = desk.reopened(|| NOW - 90 * 24 * 3600);
    assert_eq!(set_back.fresh("HO-104106", "00133").outcome, Outcome::Locked);
    assert!(set_back.orders.unlock("104106").unwrap());
    assert_eq!(set_back.fresh("HO-104106", "00133").outcome, Outcome::Found);
    assert!(!set_back.orders.unlock("HO-999999").unwrap());
}

#[test]
fn a_number_nobody_has_is_locked_like_any_other() {
    let desk = Desk::shop();
    let fresh =
        |number: &str| (0..11).map(|n| desk.fresh(number, &format!("{n:05}"))).collect::<Vec<_>>();
    assert_eq!(fresh("HO-104106"), fresh("HO-999999"));
}

#[test]
fn the_lock_of_a_day_ends_and_thirty_wrong_tries_are_for_good() {
    fn day_one() -> i64 {
        NEXT_DAY
    }
    fn day_two() -> i64 {
        NEXT_DAY + 25 * 3600
    }
    fn day_three() -> i64 {
        NEXT_DAY + 50 * 3600
    }
    let mut desk = Desk::shop();
    for wall in [day_one, day_two, day_three] {
        for number in 0..10 {
            let shown = desk.fresh("HO-104106", &format!("{number:05}"));
            assert_eq!(shown.outcome, Outcome::Refused);
        }
        assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Locked);
        desk = desk.reopened(wall);
    }
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Locked, "thirty are for good");
    desk.orders.unlock("HO-104106").unwrap();
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Found);
}

#[test]
fn the_whole_desk_hands_over_at_three_hundred() {
    let desk = Desk::shop();
    for number in 0..300 {
        desk.fresh(&format!("HO-3{number:05}"), "00133");
    }
    let shown = desk.fresh("HO-104106", "00133");
    assert_eq!((shown.outcome, shown.offers_person), (Outcome::Locked, true));
}

#[test]
fn tries_at_the_same_moment_are_counted_each() {
    let desk = Desk::shop();
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..12)
            .map(|number| {
                let desk = &desk;
                scope.spawn(move || {
                    desk.attempt("HO-104106", &format!("{number:05}"), "s", "d").outcome
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let refused = outcomes.iter().filter(|outcome| **outcome == Outcome::Refused).count();
    assert_eq!(refused, 5);
}

#[test]
fn every_answer_keeps_the_pace() {
    let desk = Desk::with(Rules { pace: Duration::from_millis(60), ..Rules::default() });
    desk.import(crate::desk::ORDERS).unwrap();
    for (number, proof) in [("HO-104106", "00133"), ("HO-104106", "x"), ("HO-999999", "00133")] {
        let began = Instant::now();
        desk.fresh(number, proof);
        assert!(began.elapsed() >= Duration::from_millis(60));
    }
}
