//! A door under patience, restarts and clocks.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;

mod time;

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };
const PIN: &str = "246813";

/// A desk whose computer's seconds the test holds.
struct Desk {
    access: Access,
    seconds: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let seconds = Arc::new(AtomicI64::new(1_000));
        let access = opened(folder.path(), &seconds);
        Self { access, seconds, folder }
    }

    fn with_pin() -> (Self, String) {
        let desk = Self::new();
        let Change::Saved(Some(code)) = desk.access.set_pin(PIN, None).unwrap() else {
            panic!("no recovery code")
        };
        (desk, code.as_str().to_owned())
    }

    /// The program ends, at once, and starts again.
    fn restarted(self) -> Self {
        let Self { access, seconds, folder } = self;
        drop(access);
        Self { access: opened(folder.path(), &seconds), seconds, folder }
    }

    fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    fn standing(&self) -> (i64, i64) {
        let Standing { tries_left, wait_s } = self.access.state().unwrap().standing;
        (tries_left, wait_s)
    }

    fn opens(&self, typed: &str) -> bool {
        self.access.check(typed).unwrap().is_right
    }
}

fn opened(folder: &Path, seconds: &Arc<AtomicI64>) -> Access {
    let seconds = seconds.clone();
    let clock = Box::new(move || seconds.load(Ordering::SeqCst));
    Access::open(Store::open(folder).unwrap(), CHEAP, clock).unwrap()
}

#[test]
fn a_new_desk_has_no_pin_and_nothing_opens_it() {
    let desk = Desk::new();
    let state = desk.access.state().unwrap();
    assert!(!state.has_pin && !state.has_recovery_code && !state.must_set_pin);
    for typed in ["", "000000", "123456", "1234567890"] {
        assert!(matches!(desk.access.check(typed), Err(AccessError::NoPin)), "{typed:?}");
    }
    assert_eq!(desk.standing(), (5, 0), "nothing was counted");
}

#[test]
fn the_pin_opens_and_forgets_the_wrong_tries() {
    let (desk, _) = Desk::with_pin();
    assert!(!desk.opens("246814"));
    assert!(!desk.opens("1"));
    assert_eq!(desk.standing(), (3, 0));
    assert!(desk.opens("٢٤٦٨١٣"));
    assert_eq!(desk.standing(), (5, 0));
}

#[test]
fn everything_that_is_typed_counts() {
    let (desk, _) = Desk::with_pin();
    for typed in ["", "1", "246813246813246813", "\u{0}", "AAAAA-AAAAA-AAAAA-AAAAA"] {
        assert!(!desk.opens(typed), "{typed:?}");
    }
    assert_eq!(desk.standing(), (0, 60));
    assert!(!desk.opens(PIN), "not even the right one while waiting");
    assert_eq!(desk.standing(), (0, 60), "and it does not make the wait longer");
    desk.wait(60);
    assert!(desk.opens(PIN));
}

#[test]
fn the_recovery_code_works_once_and_then_a_new_pin_is_due() {
    let (desk, code) = Desk::with_pin();
    assert!(desk.opens(&code.to_lowercase().replace('-', " ")));
    let state = desk.access.state().unwrap();
    assert!(state.must_set_pin && state.has_pin && !state.has_recovery_code);
    assert!(!desk.opens(&code));
    let desk = desk.restarted();
    assert!(desk.access.state().unwrap().must_set_pin);
    let Change::Saved(Some(next)) = desk.access.set_pin("975312", None).unwrap() else {
        panic!("a new PIN brings a new recovery code")
    };
    assert!(!desk.access.state().unwrap().must_set_pin);
    assert!(!desk.opens(PIN));
    assert!(desk.opens("975312"));
    assert!(desk.opens(next.as_str()));
}

#[test]
fn a_pin_is_changed_by_who_knows_it_or_has_the_code() {
    let (desk, code) = Desk::with_pin();
    assert!(matches!(desk.access.set_pin("975312", None), Err(AccessError::OldNeeded)));
    assert!(matches!(desk.access.set_pin("123456", Some(PIN)), Err(AccessError::TooSimple)));
    assert_eq!(desk.standing(), (5, 0), "neither was a try");
    let refused = desk.access.set_pin("975312", Some("864200")).unwrap();
    assert!(matches!(refused, Change::Refused(Standing { tries_left: 4, wait_s: 0 })));
    assert!(matches!(desk.access.set_pin("975312", Some(PIN)).unwrap(), Change::Saved(None)));
    assert!(desk.opens("975312") && !desk.opens(PIN));
    let again = desk.access.set_pin("864209", Some(&code)).unwrap();
    assert!(matches!(again, Change::Saved(Some(_))), "a used code is replaced");
    assert!(desk.opens("864209") && !desk.opens(&code));
}

#[test]
fn a_new_recovery_code_needs_the_pin_and_ends_the_old_one() {
    let (desk, code) = Desk::with_pin();
    assert!(matches!(desk.access.new_recovery_code("975312").unwrap(), Change::Refused(_)));
    let Change::Saved(Some(next)) = desk.access.new_recovery_code(PIN).unwrap() else {
        panic!("no code")
    };
    assert!(!desk.opens(&code));
    assert!(desk.opens(next.as_str()));
}

#[test]
fn two_windows_at_once_count_one_after_the_other() {
    let (desk, _) = Desk::with_pin();
    let right: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..24)
            .map(|number| {
                let access = &desk.access;
                scope.spawn(move || access.check(&format!("97531{}", number % 10)).unwrap())
            })
            .collect();
        tries.into_iter().map(|one| usize::from(one.join().unwrap().is_right)).sum()
    });
    assert_eq!((right, desk.access.store.access().unwrap().tries), (0, 5));
}

#[test]
fn a_forgotten_pin_is_forgotten_whole() {
    let (desk, code) = Desk::with_pin();
    desk.opens("975312");
    assert!(desk.access.forget().unwrap());
    assert!(!desk.access.forget().unwrap());
    assert!(matches!(desk.access.check(&code), Err(AccessError::NoPin)));
    assert_eq!(desk.standing(), (5, 0));
}
