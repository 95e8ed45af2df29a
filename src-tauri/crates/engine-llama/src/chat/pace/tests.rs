//! Steps are as long as the machine is fast.

use super::*;

fn check_step(tokens: usize, milliseconds: u64, alone: usize, shared: usize) {
    let mut pace = Pace::default();
    pace.note(tokens, Duration::from_millis(milliseconds));
    assert_eq!((pace.step_tokens(false), pace.step_tokens(true)), (alone, shared));
}

#[test]
fn steps_are_as_long_as_the_machine_is_fast() {
    check_step(100, 100, 512, 144);
    check_step(100, 500, 112, 16);
    check_step(100, 5_000, 16, 16);
    check_step(1, 1, 32, 32);
    check_step(100, 0, 32, 32);
}
