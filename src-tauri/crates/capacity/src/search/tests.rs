//! Known machines, as they were simulated before by other means.

use super::{Bound, serve_within};
use crate::{Costs, Mix, Prices, Profile, Tokens, Workload, simulate};

const WRITTEN: Mix = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 1.0 };

fn workload(prompt: f64, answer: f64) -> Workload {
    Workload {
        mix: WRITTEN,
        prompt: Tokens { mean: prompt, spread: 0.5 },
        answer: Tokens { mean: answer, spread: 0.6 },
    }
}

/// Figures of an independent simulation: users a minute with 95 of 100 under 5 seconds.
#[test]
fn known_machines_serve_what_is_known() {
    let prices = Prices::bundled();
    let check = |id: &str, prompt: f64, answer: f64, expected: f64| {
        // That simulation knew neither light work beside the writing nor texts that are spared.
        let alone = prices.machine(id).unwrap().profile(Costs::all(0.0));
        let profile = Profile { cores: f64::INFINITY, ..alone };
        let found = serve_within(&profile, &workload(prompt, answer), 5.0).users_per_minute;
        let is_near = (found - expected).abs() <= (expected * 0.15).max(1.0);
        assert!(is_near, "{id} {prompt}/{answer}: {found}, expected {expected}");
    };
    check("vm4", 300.0, 80.0, 0.0);
    check("vm8", 300.0, 80.0, 0.0);
    check("gpu24", 300.0, 80.0, 570.0);
    check("gpu24", 120.0, 60.0, 1_240.0);
    check("a100", 300.0, 80.0, 755.0);
    check("gpu8", 120.0, 60.0, 176.0);
    check("pc8", 120.0, 60.0, 72.0);
}

/// With every slot full, what comes out is `B / (O (a + b B) + B P / R)`.
#[test]
fn a_full_desk_writes_as_fast_as_the_law_says() {
    let (slots, answer, prompt) = (48_usize, 128.0, 256.0);
    let profile = Profile {
        prefill_per_second: 20_000.0,
        step_base_s: 0.0172,
        step_each_s: 0.000483,
        slots,
        costs: Costs::all(0.0),
        cores: f64::INFINITY,
    };
    let full = slots as f64;
    let by_law = full
        / (answer * (profile.step_base_s + full * profile.step_each_s)
            + full * prompt / profile.prefill_per_second);
    let fixed = Workload {
        mix: WRITTEN,
        prompt: Tokens { mean: prompt, spread: 0.0 },
        answer: Tokens { mean: answer, spread: 0.0 },
    };
    // Half as many again are asked; the desk spares those that the engine cannot write in time.
    let (questions, rate) = (6_000, by_law * 1.5);
    let course = simulate(&profile, &fixed, rate, questions, 1).unwrap();
    let written = course.first_words_s.len() as f64;
    let per_second = written / (written + course.spared as f64) * rate;
    assert!((per_second / by_law - 1.0).abs() < 0.05, "{per_second} for {by_law}");
}

#[test]
fn what_binds_is_named() {
    let machine = |prefill_per_second, each, light_s| Profile {
        prefill_per_second,
        step_base_s: 0.001,
        step_each_s: each,
        slots: 8,
        costs: Costs::all(light_s),
        cores: 2.0,
    };
    let check = |profile: Profile, expected| {
        assert_eq!(serve_within(&profile, &workload(300.0, 80.0), 5.0).bound, expected);
    };
    check(machine(300.0, 0.001, 0.001), Bound::Reading);
    check(machine(9_000.0, 0.01, 0.001), Bound::Writing);
    check(machine(9_000.0, 0.0005, 0.5), Bound::LightWork);
    check(machine(20.0, 0.2, 0.001), Bound::OneAnswer);
}

#[test]
fn the_promise_holds_at_the_load_that_is_told() {
    let profile = Prices::bundled().machine("gpu24").unwrap().profile(Costs::all(0.0));
    let told = serve_within(&profile, &workload(300.0, 80.0), 5.0);
    assert!(told.p50_s <= told.p95_s && told.p95_s <= 5.0 && told.p95_s <= told.p99_s);
}
