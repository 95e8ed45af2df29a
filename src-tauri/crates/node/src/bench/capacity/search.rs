//! Looking for the largest load that keeps the promise: first quickly, then for long and with
//! several draws of visitors.

use serde_json::{Value, json};

use super::Kit;
use super::figures::{Figures, rounded};
use super::load::{Load, play};
use super::program::Program;
use super::questions::{Kind, Questions, Shares};
use crate::exit::Failure;

/// Length of a quick point, and what is played before any point is counted.
const QUICK_SECONDS: f64 = 20.0;
const WARM_UP_SECONDS: f64 = 6.0;
/// Quick points.
const QUICK_POINTS: usize = 5;
/// How much the load changes while only one side of the limit is known.
const STEP: f64 = 1.3;
/// Near enough for the quick points.
const NEAR: f64 = 1.06;
/// Draws of visitors at the last load; the promise must be kept by most of them.
const DRAWS: usize = 3;
/// A load that was not kept for long is lowered by so much, a few times.
const LOWER: f64 = 0.93;
const LOWERED_AT_MOST: usize = 3;
/// Loads above the largest, where the desk may quote instead of writing.
const ABOVE: [f64; 3] = [1.5, 2.0, 3.0];

/// The way to the largest load of one mix.
pub(super) struct Search<'a> {
    pub(super) program: &'a Program,
    pub(super) questions: Questions,
    pub(super) shares: &'a Shares,
    pub(super) kit: &'a Kit<'a>,
    pub(super) name: &'a str,
}

/// What was found.
pub(super) struct Found {
    pub(super) per_minute: f64,
    pub(super) figures: Figures,
    /// Every load that was played on the way.
    pub(super) played: Vec<Value>,
    /// The largest load with quotes where too many wait for the model.
    pub(super) with_quotes: Value,
    /// What each visitor took, by process.
    pub(super) processor_ms_each: Value,
}

impl Search<'_> {
    /// One load, for as long as the last points are.
    pub(super) fn once(&mut self, per_minute: f64) -> Result<Found, Failure> {
        let mut played = Vec::new();
        let seconds = f64::from(self.kit.command.seconds);
        let (figures, used) = self.play(per_minute, seconds, &mut played)?;
        let with_quotes = Value::Null;
        Ok(Found { per_minute, figures, played, with_quotes, processor_ms_each: used })
    }

    /// The largest load that keeps the promise with the open questions written.
    pub(super) fn largest(&mut self, start: f64) -> Result<Found, Failure> {
        let mut played = Vec::new();
        let mut per_minute = self.quickly(start, &mut played)?;
        let seconds = f64::from(self.kit.command.seconds);
        let (mut last, mut used) = (Vec::new(), Value::Null);
        for lowered in 0..=LOWERED_AT_MOST {
            last.clear();
            for _ in 0..DRAWS {
                let (figures, took) = self.play(per_minute, seconds, &mut played)?;
                last.push(figures);
                used = took;
                let kept = last.iter().filter(|figures| figures.is_kept_in_writing()).count();
                if last.len() - kept > DRAWS / 2 {
                    break;
                }
            }
            let kept = last.iter().filter(|figures| figures.is_kept_in_writing()).count();
            if kept > DRAWS / 2 || lowered == LOWERED_AT_MOST {
                break;
            }
            per_minute *= LOWER;
        }
        let figures = Figures::together(&last);
        let with_quotes = self.with_quotes(per_minute, &mut played)?;
        Ok(Found { per_minute, figures, played, with_quotes, processor_ms_each: used })
    }

    /// Narrows the largest load down with short points.
    fn quickly(&mut self, start: f64, played: &mut Vec<Value>) -> Result<f64, Failure> {
        let (mut kept, mut broken): (Option<f64>, Option<f64>) = (None, None);
        let mut next = start;
        for _ in 0..QUICK_POINTS {
            let (figures, _) = self.play(next, QUICK_SECONDS, played)?;
            if figures.is_kept_in_writing() {
                kept = Some(next)
            } else {
                broken = Some(next)
            }
            next = match (kept, broken) {
                (Some(kept), Some(broken)) if broken / kept <= NEAR => break,
                (Some(kept), Some(broken)) => (kept * broken).sqrt(),
                (Some(kept), None) => kept * STEP,
                (None, Some(broken)) => broken / STEP,
                (None, None) => break,
            };
        }
        Ok(kept.unwrap_or(next))
    }

    /// Loads above the largest, as long as the promise is kept by quoting.
    fn with_quotes(&mut self, base: f64, played: &mut Vec<Value>) -> Result<Value, Failure> {
        let mut best = Value::Null;
        for factor in ABOVE {
            let (figures, _) = self.play(base * factor, QUICK_SECONDS, played)?;
            if !figures.is_kept() {
                break;
            }
            let mut document = figures.document();
            document["users_per_minute"] = json!(rounded(base * factor, 1));
            best = document;
        }
        Ok(best)
    }

    /// Plays one load and notes it. Also tells what a visitor took of each process.
    fn play(
        &mut self,
        per_minute: f64,
        seconds: f64,
        played: &mut Vec<Value>,
    ) -> Result<(Figures, Value), Failure> {
        let warm_up_s = WARM_UP_SECONDS.min(seconds / 2.0);
        let load = Load { per_minute, seconds, warm_up_s };
        let name = format!("{}-{}", self.name, played.len());
        self.kit.output.progress(&format!("{}: {per_minute:.0} visitors a minute", self.name));
        let before = self.program.used()?;
        let door = self.program.visitors();
        let visited = play(door, &name, &load, self.shares, &mut self.questions)?;
        let asked = (per_minute / 60.0 * (seconds + warm_up_s)) as usize;
        let used = self.program.used()?.since(before, asked);
        self.program.rest()?;
        let figures = Figures::of(visited);
        self.kit.output.progress_done();
        let used = json!({
            "node": rounded(used.node_s * 1000.0, 2),
            "embedding": rounded(used.embedding_s * 1000.0, 2),
            "chat": rounded(used.chat_s * 1000.0, 2),
            "visitors": rounded(used.visitors_s * 1000.0, 2),
        });
        self.kit.output.warn(&format!(
            "{}: {per_minute:.0} a minute for {seconds:.0} s: p50 {:.0} ms, p95 {:.0} ms, {:.0} % of \
             the open questions written{}",
            self.name,
            figures.within_ms(0.5),
            figures.within_ms(0.95),
            figures.written_share(Kind::Open) * 100.0,
            if figures.is_kept_in_writing() { "" } else { "; not kept" },
        ));
        played.push(json!({
            "users_per_minute": rounded(per_minute, 1), "seconds": seconds,
            "visitors": figures.count(), "p50_ms": finite(figures.within_ms(0.5)),
            "p95_ms": finite(figures.within_ms(0.95)), "processor_ms_each": used,
            "kept": figures.is_kept(), "kept_in_writing": figures.is_kept_in_writing(),
        }));
        Ok((figures, used))
    }
}

fn finite(time: f64) -> Value {
    if time.is_finite() { json!(rounded(time, 1)) } else { Value::Null }
}
