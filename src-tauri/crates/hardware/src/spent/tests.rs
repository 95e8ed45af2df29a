//! The processor time of this very program.

use super::processor_seconds;

#[test]
fn work_of_any_thread_counts_and_waiting_does_not() {
    let this = std::process::id();
    let Some(before) = processor_seconds(this) else { return };
    let worker = std::thread::spawn(move || {
        // Until a tenth of a second was really used, however busy the computer is.
        let mut rounds = 0u64;
        while processor_seconds(this).is_some_and(|now| now < before + 0.1) {
            for _ in 0..100_000 {
                rounds = std::hint::black_box(rounds + 1);
            }
        }
    });
    worker.join().unwrap();
    let after = processor_seconds(this).unwrap();
    assert!(after >= before + 0.1, "{before} and {after}");
}

#[test]
fn a_program_that_does_not_run_has_no_time() {
    assert_eq!(processor_seconds(u32::MAX - 1), None);
}
