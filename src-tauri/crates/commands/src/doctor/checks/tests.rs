//! Each finding on its threshold and one step beside it.

use super::*;

const GB: u64 = 1 << 30;
const NOW: i64 = EARLIEST + 86_400;

fn machine() -> Machine {
    Machine {
        architecture: "x86_64".into(),
        instructions: vec!["avx".into(), "avx2".into()],
        physical_cores: 4,
        performance_cores: 4,
        logical_cores: 8,
        memory_bytes: 16 * GB,
        memory_free_bytes: 8 * GB,
        disk_free_bytes: Some(100 * GB),
        power: Power::Mains,
        ..Machine::default()
    }
}

fn seen(machine: &Machine) -> Seen<'_> {
    Seen {
        machine,
        machine_is_given: false,
        disk: Disk::default(),
        now: NOW,
        latest_turn_at: Some(NOW - 60),
        graphics_problem: None,
    }
}

/// The messages of problems and notes, which all have hints.
fn messages(seen: &Seen<'_>) -> (Vec<String>, Vec<String>) {
    let checked = check(seen);
    assert!(checked.problems.iter().all(|problem| problem.hint.is_some()));
    assert!(checked.notes.iter().all(|note| !note.hint.is_empty()));
    (
        checked.problems.into_iter().map(|problem| problem.message).collect(),
        checked.notes.into_iter().map(|note| note.message).collect(),
    )
}

#[track_caller]
fn check_problem(seen: &Seen<'_>, words: &str) {
    let (problems, notes) = messages(seen);
    assert!(matches!(&problems[..], [problem] if problem.contains(words)), "{problems:?}");
    assert!(notes.is_empty(), "{notes:?}");
}

#[track_caller]
fn check_note(seen: &Seen<'_>, words: &str) {
    let (problems, notes) = messages(seen);
    assert!(matches!(&notes[..], [note] if note.contains(words)), "{notes:?}");
    assert!(problems.is_empty(), "{problems:?}");
}

#[track_caller]
fn check_nothing(seen: &Seen<'_>) {
    assert_eq!(messages(seen), (vec![], vec![]));
}

#[test]
fn a_usual_computer_has_nothing() {
    check_nothing(&seen(&machine()));
    let unknown = Machine::default();
    check_nothing(&Seen { latest_turn_at: None, ..seen(&unknown) });
}

#[test]
fn little_disk_is_a_problem_under_2_gb() {
    let on = |free| Machine { disk_free_bytes: Some(free), ..machine() };
    check_nothing(&seen(&on(2 * GB)));
    check_problem(&seen(&on(2 * GB - 1)), "only 2.0 GB are free");
    check_problem(&seen(&on(300 << 20)), "only 300 MB are free");
    check_problem(&seen(&on(0)), "only 0 MB");
}

#[test]
fn a_disk_elsewhere_or_locked_is_a_problem() {
    let machine = machine();
    let on = |disk| Seen { disk, ..seen(&machine) };
    check_problem(&on(Disk { is_network: true, ..Disk::default() }), "another computer");
    check_problem(&on(Disk { is_read_only: true, ..Disk::default() }), "cannot be written");
}

#[test]
fn a_clock_that_cannot_be_right_is_a_problem() {
    let machine = machine();
    let at = |now| Seen { now, latest_turn_at: None, ..seen(&machine) };
    check_nothing(&at(EARLIEST));
    check_problem(&at(EARLIEST - 1), "2026-10-31 23:59 UTC, which is in the past");
    check_problem(&at(0), "1970-01-01");
    check_nothing(&at(LATEST));
    check_problem(&at(LATEST + 1), "far in the future");
    check_problem(&at(i64::MAX), "far in the future");
}

#[test]
fn a_clock_that_went_back_is_a_problem() {
    let machine = machine();
    let answered = |at| Seen { latest_turn_at: Some(at), ..seen(&machine) };
    check_nothing(&answered(NOW + SET_BACK_SECONDS));
    check_problem(&answered(NOW + SET_BACK_SECONDS + 1), "the clock went back");
}

#[test]
fn what_is_slow_is_a_note() {
    let without = Machine { instructions: vec!["avx".into()], ..machine() };
    check_note(&seen(&without), "no AVX2");
    check_nothing(&seen(&Machine { architecture: "aarch64".into(), ..without }));

    let free = |free| Machine { memory_free_bytes: free, ..machine() };
    check_nothing(&seen(&free(GB)));
    check_note(&seen(&free(GB - 1)), "only 1023 MB of memory");

    check_note(&seen(&Machine { power: Power::Battery, ..machine() }), "battery");
}

#[test]
fn a_driver_that_failed_and_a_description_are_notes() {
    let machine = machine();
    let hung = "the graphics driver did not answer; using the processor";
    check_note(&Seen { graphics_problem: Some(hung.into()), ..seen(&machine) }, hung);
    check_note(&Seen { machine_is_given: true, ..seen(&machine) }, "description");
}
