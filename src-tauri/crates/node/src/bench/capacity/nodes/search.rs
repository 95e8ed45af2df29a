//! Looking for the largest load that nodes behind a balancer serve: quickly, then for long.

use serde_json::{Value, json};

use super::super::figures::{Figures, PROMISED_MS, rounded};
use super::super::load::{Load, play};
use super::super::questions::{Questions, Shares};
use super::group::Group;
use crate::exit::Failure;
use crate::output::Output;

/// Length of a quick point, and what is played before any point is counted.
const QUICK_SECONDS: f64 = 15.0;
const WARM_UP_SECONDS: f64 = 5.0;
const QUICK_POINTS: usize = 6;
/// How much the load changes while only one side of the limit is known.
const STEP: f64 = 1.4;
/// Near enough for the quick points.
const NEAR: f64 = 1.08;
/// A load that was not kept for long is lowered by so much, a few times.
const LOWER: f64 = 0.92;
const LOWERED_AT_MOST: usize = 4;

/// The way to the largest load.
pub(super) struct Search<'a> {
    pub(super) group: &'a Group,
    pub(super) questions: Questions,
    pub(super) shares: &'a Shares,
    pub(super) output: &'a Output,
    pub(super) count: usize,
}

/// What was found.
pub(super) struct Found {
    pub(super) per_minute: f64,
    pub(super) figures: Figures,
    /// Every load that was played on the way.
    pub(super) played: Vec<Value>,
}

impl Found {
    /// Visitors a minute who had their whole answer in the time that is promised.
    pub(super) fn goodput_per_minute(&self) -> f64 {
        self.per_minute * self.figures.share_within(PROMISED_MS)
    }
}

impl Search<'_> {
    /// The largest load that keeps the promise; with a rate that was asked for, that load alone.
    pub(super) fn largest(
        &mut self,
        start: f64,
        seconds: f64,
        rate: Option<u32>,
    ) -> Result<Found, Failure> {
        let mut played = Vec::new();
        if let Some(rate) = rate {
            let per_minute = f64::from(rate);
            let figures = self.play(per_minute, seconds, &mut played)?;
            return Ok(Found { per_minute, figures, played });
        }
        let (mut kept, mut lost): (Option<f64>, Option<f64>) = (None, None);
        let mut next = start;
        for _ in 0..QUICK_POINTS {
            let figures = self.play(next, QUICK_SECONDS, &mut played)?;
            if figures.is_kept() {
                kept = Some(next)
            } else {
                lost = Some(next)
            }
            next = match (kept, lost) {
                (Some(kept), Some(lost)) if lost / kept <= NEAR => break,
                (Some(kept), Some(lost)) => (kept * lost).sqrt(),
                (Some(kept), None) => kept * STEP,
                (None, Some(lost)) => lost / STEP,
                (None, None) => break,
            };
        }
        let mut per_minute = kept.unwrap_or(next);
        for lowered in 0.. {
            let figures = self.play(per_minute, seconds, &mut played)?;
            if figures.is_kept() || lowered == LOWERED_AT_MOST {
                return Ok(Found { per_minute, figures, played });
            }
            per_minute *= LOWER;
        }
        unreachable!("the loop ends after a few tries")
    }

    fn play(
        &mut self,
        per_minute: f64,
        seconds: f64,
        played: &mut Vec<Value>,
    ) -> Result<Figures, Failure> {
        let load = Load { per_minute, seconds, warm_up_s: WARM_UP_SECONDS.min(seconds / 2.0) };
        let name = format!("nodes{}-{}", self.count, played.len());
        self.output.progress(&format!("{} nodes: {per_minute:.0} a minute", self.count));
        let door = self.group.door();
        let figures = Figures::of(play(door, &name, &load, self.shares, &mut self.questions)?);
        self.group.rest()?;
        self.output.progress_done();
        self.output.warn(&format!(
            "{} nodes: {per_minute:.0} a minute for {seconds:.0} s: p50 {:.0} ms, p95 {:.0} ms, {:.1} \
             % in time{}",
            self.count,
            figures.within_ms(0.5),
            figures.within_ms(0.95),
            figures.share_within(PROMISED_MS) * 100.0,
            if figures.is_kept() { "" } else { "; not kept" },
        ));
        let finite =
            |time: f64| if time.is_finite() { json!(rounded(time, 1)) } else { Value::Null };
        played.push(json!({
            "users_per_minute": rounded(per_minute, 1), "seconds": seconds,
            "visitors": figures.count(), "p50_ms": finite(figures.within_ms(0.5)),
            "p95_ms": finite(figures.within_ms(0.95)), "p99_ms": finite(figures.within_ms(0.99)),
            "in_time": rounded(figures.share_within(PROMISED_MS), 4), "kept": figures.is_kept(),
        }));
        Ok(figures)
    }
}
