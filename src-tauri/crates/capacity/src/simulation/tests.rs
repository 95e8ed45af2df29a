//! The course of a load: what must hold whatever the chance.

use super::simulate;
use crate::{Costs, Mix, Profile, Tokens, Workload};

const WRITTEN: Mix = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 1.0 };

fn card() -> Profile {
    Profile {
        prefill_per_second: 20_000.0,
        step_base_s: 0.0171,
        step_each_s: 0.00036,
        slots: 64,
        costs: Costs::all(0.0),
        cores: f64::INFINITY,
    }
}

fn fixed(mix: Mix, prompt: f64, answer: f64) -> Workload {
    Workload {
        mix,
        prompt: Tokens { mean: prompt, spread: 0.0 },
        answer: Tokens { mean: answer, spread: 0.0 },
    }
}

#[test]
fn one_visitor_alone_waits_as_long_as_the_arithmetic_says() {
    let profile =
        Profile { prefill_per_second: 100.0, step_base_s: 0.1, step_each_s: 0.05, ..card() };
    let course = simulate(&profile, &fixed(WRITTEN, 200.0, 10.0), 0.001, 50, 7).unwrap();
    // Two seconds of reading bring the first token; nine more steps the rest.
    let (alone_s, reading_s) = (2.1 + 9.0 * 0.15, 2.1);
    assert!((course.answers_within(0.5) - alone_s).abs() < 1e-6, "{course:?}");
    assert!((course.first_words_within(0.5) - reading_s).abs() < 1e-6);
}

#[test]
fn the_same_seed_gives_the_same_course_and_another_one_does_not() {
    let workload = Workload::usual(Mix::USUAL);
    let course = |seed| simulate(&card(), &workload, 5.0, 500, seed).unwrap();
    assert_eq!(course(1), course(1));
    assert_ne!(course(1), course(2));
}

#[test]
fn a_load_above_what_can_be_written_is_mostly_spared_and_never_late() {
    let course = simulate(&card(), &Workload::usual(WRITTEN), 1_000.0, 20_000, 1).unwrap();
    assert!(course.spared_share() > 0.9, "{}", course.spared_share());
    assert!(course.answers_within(0.95) < 5.0);
    let served = simulate(&card(), &Workload::usual(WRITTEN), 2.0, 2_000, 1).unwrap();
    assert_eq!(served.spared, 0);
}

#[test]
fn a_load_of_light_work_that_only_grows_is_told() {
    let profile = Profile { costs: Costs::all(0.1), cores: 1.0, ..card() };
    let light = fixed(Mix { faq: 1.0, generated: 0.0, ..WRITTEN }, 1.0, 1.0);
    assert!(simulate(&profile, &light, 100.0, 20_000, 1).is_none());
}

#[test]
fn waiting_grows_with_the_load() {
    let workload = Workload::usual(WRITTEN);
    let late = |rate| simulate(&card(), &workload, rate, 2_000, 3).unwrap().answers_within(0.95);
    assert!(late(1.0) < late(10.0) && late(10.0) < late(14.0));
}

#[test]
fn every_question_after_the_warm_up_is_counted_once() {
    let course = simulate(&card(), &Workload::usual(Mix::USUAL), 2.0, 1_000, 4).unwrap();
    assert_eq!(course.answers_s.len(), 900);
    let share = course.first_words_s.len() as f64 / 900.0;
    assert!((0.1..0.2).contains(&share), "{share} written where 0.15 are asked for");
}

#[test]
fn light_work_shares_the_processor_with_the_writing() {
    let alone = Profile { cores: 1.0, ..card() };
    let beside = Profile { costs: Costs::all(0.5), ..alone };
    let workload = fixed(Mix { faq: 0.5, generated: 0.5, ..WRITTEN }, 100.0, 40.0);
    let late = |profile: &Profile| simulate(profile, &workload, 0.8, 2_000, 5).unwrap();
    assert!(late(&beside).answers_within(0.95) > late(&alone).answers_within(0.95) + 0.5);
}

/// An M/M/1 queue has a closed form: light work on one core, lengths drawn exponentially, would be
/// one. With fixed lengths it is M/D/1 where it is served in turn; shared evenly, the mean time is
/// the service time over the idle share, whatever the lengths (processor sharing).
#[test]
fn light_work_alone_follows_the_law_of_a_shared_processor() {
    let profile = Profile { costs: Costs::all(0.1), cores: 1.0, ..card() };
    let light = fixed(Mix { faq: 1.0, generated: 0.0, ..WRITTEN }, 1.0, 1.0);
    for load in [0.3, 0.6, 0.8] {
        let course = simulate(&profile, &light, load / 0.1, 60_000, 11).unwrap();
        let mean = course.answers_s.iter().sum::<f64>() / course.answers_s.len() as f64;
        let expected = 0.1 / (1.0 - load);
        assert!((mean / expected - 1.0).abs() < 0.06, "{mean} for {expected} at {load}");
    }
}
