//! The largest load that keeps a promise.

use crate::simulation::simulate_within;
use crate::{Course, Profile, Workload};

/// Questions played at each load.
const QUESTIONS: usize = 2_000;
/// Halvings of the range: 12 find the load to a thousandth of the highest.
const HALVINGS: usize = 12;
/// Of these, so many are too coarse for chance to matter.
const COARSE: usize = 5;
/// The course differs with chance; the promise must hold on the middle one of these.
const SEEDS: [u64; 3] = [1, 2, 3];
/// Above this the desk is not what limits it.
const MOST_PER_SECOND: f64 = 10_000.0;

/// What a computer serves while it keeps a promise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Questions a minute.
    pub users_per_minute: f64,
    /// Seconds of the whole answer at that load, for half of them.
    pub p50_s: f64,
    /// For 95 of 100.
    pub p95_s: f64,
    /// For 99 of 100.
    pub p99_s: f64,
    /// What stops it from serving more.
    pub bound: Bound,
}

/// What stops a computer from serving more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// One answer alone takes longer than promised.
    OneAnswer,
    /// Reading prompts takes the most time.
    Reading,
    /// Writing answers takes the most time.
    Writing,
    /// Everything around the writing does.
    LightWork,
}

/// The most questions a minute with 95 of 100 answered within so many seconds.
pub fn serve_within(profile: &Profile, workload: &Workload, within_s: f64) -> Capacity {
    let play = |per_second: f64, seed: u64| {
        simulate_within(profile, workload, per_second, QUESTIONS, seed, within_s)
    };
    let holds = |per_second: f64, seeds: &[u64]| -> Option<Course> {
        let courses = seeds.iter().filter_map(|seed| play(per_second, *seed));
        let mut courses: Vec<Course> = courses.collect();
        let late = |course: &Course| course.answers_within(0.95);
        courses.sort_by(|one, other| late(one).total_cmp(&late(other)));
        // The middle one tells, of all that were played: those that broke the promise are late.
        let middle = seeds.len() / 2;
        (courses.len() > middle).then(|| courses.swap_remove(middle))
    };
    let (mut low, mut high) = (0.0, highest_per_second(profile, workload));
    let mut best: Option<Course> = None;
    for round in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let seeds = if round < COARSE { &SEEDS[..1] } else { &SEEDS[..] };
        match holds(middle, seeds) {
            Some(course) => (low, best) = (middle, Some(course)),
            None => high = middle,
        }
    }
    let bound = bound(profile, workload, best.is_none());
    let at = |share| best.as_ref().map_or(0.0, |course| course.answers_within(share));
    Capacity {
        users_per_minute: low * 60.0,
        p50_s: at(0.5),
        p95_s: at(0.95),
        p99_s: at(0.99),
        bound,
    }
}

/// Seconds of all cores that one question takes: reading, writing, and everything else.
fn seconds_each(profile: &Profile, workload: &Workload) -> [f64; 3] {
    let mix = workload.mix;
    let slots = profile.slots.max(1) as f64;
    let light = mix.faq * profile.costs.faq_s
        + mix.order * profile.costs.order_s
        + mix.cache * profile.costs.cache_s
        + mix.generated * profile.costs.generated_s;
    [
        mix.generated * workload.prompt.mean / profile.prefill_per_second,
        mix.generated * workload.answer.mean * (profile.step_base_s / slots + profile.step_each_s),
        light / profile.cores,
    ]
}

/// No load above this can be served, however long people wait.
fn highest_per_second(profile: &Profile, workload: &Workload) -> f64 {
    let all: f64 = seconds_each(profile, workload).iter().sum();
    if all > 0.0 { (1.0 / all).min(MOST_PER_SECOND) } else { MOST_PER_SECOND }
}

fn bound(profile: &Profile, workload: &Workload, is_hopeless: bool) -> Bound {
    let [reading, writing, light] = seconds_each(profile, workload);
    if is_hopeless {
        Bound::OneAnswer
    } else if light >= reading && light >= writing {
        Bound::LightWork
    } else if reading >= writing {
        Bound::Reading
    } else {
        Bound::Writing
    }
}

#[cfg(test)]
mod tests;
