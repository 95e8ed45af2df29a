//! Who computes how much in one step.

use super::Need::{Nothing, Read, Write};
use super::*;

const ONE: Need = Write { guessed: 0 };

fn check(needs: &[Need], for_reading: usize, first: usize, expected: &[usize]) {
    assert_eq!(plan(needs, 100, for_reading, first), expected, "{needs:?}");
}

#[test]
fn writers_come_first() {
    check(&[Read { tokens: 500 }, ONE, Nothing, ONE], 100, 0, &[98, 1, 0, 1]);
    check(&[Write { guessed: 3 }, ONE], 0, 0, &[4, 1]);
    check(&[], 100, 0, &[]);
}

#[test]
fn guesses_never_cost_another_writer_its_token() {
    assert_eq!(plan(&[Write { guessed: 9 }, ONE, ONE], 5, 0, 0), [3, 1, 1]);
    assert_eq!(plan(&[ONE, ONE, ONE], 2, 0, 0), [1, 1, 0]);
}

#[test]
fn readers_share_fairly() {
    check(&[Read { tokens: 400 }, Read { tokens: 400 }], 100, 0, &[50, 50]);
    check(&[Read { tokens: 10 }, Read { tokens: 400 }], 100, 0, &[10, 90]);
    check(&[Read { tokens: 400 }, Read { tokens: 10 }], 80, 0, &[70, 10]);
}

#[test]
fn small_parts_take_turns() {
    let needs = [Read { tokens: 400 }; 4];
    check(&needs, 64, 0, &[32, 32, 0, 0]);
    check(&needs, 64, 2, &[0, 0, 32, 32]);
    check(&needs, 16, 3, &[0, 0, 0, 16]);
}

#[test]
fn nothing_is_planned_beyond_the_step() {
    for readers in 1..8 {
        for step in 1..200 {
            let mut needs = vec![Read { tokens: 77 }; readers];
            needs.push(Write { guessed: 8 });
            let total: usize = plan(&needs, step, 150, 1).iter().sum();
            assert!(total <= step && total > 0, "{readers} {step}");
        }
    }
}
