//! The formula at its edges, and beside the simulation.

use super::formula;
use crate::{Costs, Mix, Profile, Workload, serve_within};

const WRITTEN: Mix = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 1.0 };

fn profile(prefill_per_second: f64, base: f64, each: f64, slots: usize) -> Profile {
    Profile {
        prefill_per_second,
        step_base_s: base,
        step_each_s: each,
        slots,
        costs: Costs::all(0.0),
        cores: f64::INFINITY,
    }
}

#[test]
fn a_machine_too_slow_for_one_answer_serves_nobody() {
    let slow = profile(22.0, 0.14, 0.04, 4);
    assert_eq!(formula(&slow, &Workload::usual(WRITTEN), 5.0).users_per_minute, 0.0);
}

#[test]
fn light_work_alone_is_bounded_by_the_processor() {
    let light = Mix { faq: 1.0, generated: 0.0, ..WRITTEN };
    let profile = Profile { costs: Costs::all(0.1), cores: 2.0, ..profile(100.0, 0.1, 0.1, 1) };
    let by = formula(&profile, &Workload::usual(light), 5.0).users_per_minute;
    assert!((by - 1_080.0).abs() < 1.0, "{by}");
}

#[test]
fn the_formula_is_near_the_simulation_where_the_promise_is_not_tight() {
    let check = |profile: Profile, mix: Mix| {
        let workload = Workload::usual(mix);
        let by = formula(&profile, &workload, 5.0).users_per_minute;
        let played = serve_within(&profile, &workload, 5.0).users_per_minute;
        assert!((0.6..1.7).contains(&(by / played)), "{by} for {played}");
    };
    check(profile(20_000.0, 0.0171, 0.00036, 64), WRITTEN);
    check(profile(14_000.0, 0.0132, 0.00028, 64), WRITTEN);
    let shared = Profile { costs: Costs::all(0.02), cores: 2.0, ..profile(700.0, 0.004, 0.003, 8) };
    check(shared, Mix::USUAL);
}
