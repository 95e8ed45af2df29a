//! What a load came to: waiting times, shares of the routes, and what went wrong. Pure.

use std::collections::BTreeMap;

use capacity::MOST_SPARED;
use serde_json::{Value, json};

use super::questions::Kind;
use super::visitor::Visited;

/// 95 of 100 must have their whole answer within this time.
pub(super) const PROMISED_MS: f64 = 5_000.0;
/// So many of a hundred may go unserved.
const MOST_FAILED: f64 = 0.01;

/// The figures of one load.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    visited: Vec<Visited>,
    /// Waiting for the whole answer, sorted; endless for those who got none.
    whole_ms: Vec<f64>,
}

impl Figures {
    pub(super) fn of(visited: Vec<Visited>) -> Self {
        let whole_ms = sorted(visited.iter().map(waited));
        Self { visited, whole_ms }
    }

    /// Several loads as one.
    pub(super) fn together(all: &[Self]) -> Self {
        Self::of(all.iter().flat_map(|figures| figures.visited.clone()).collect())
    }

    pub(super) fn count(&self) -> usize {
        self.visited.len()
    }

    /// Milliseconds within which this share had the whole answer.
    pub(super) fn within_ms(&self, share: f64) -> f64 {
        at_share(&self.whole_ms, share)
    }

    /// The share that had the whole answer within so many milliseconds.
    pub(super) fn share_within(&self, limit_ms: f64) -> f64 {
        let in_time = self.whole_ms.iter().filter(|time| **time <= limit_ms).count();
        in_time as f64 / self.whole_ms.len().max(1) as f64
    }

    /// Whether the promise was kept, however the answers were made.
    pub(super) fn is_kept(&self) -> bool {
        self.within_ms(0.95) <= PROMISED_MS && self.failed_share() <= MOST_FAILED
    }

    /// Whether it was kept with the open questions written.
    pub(super) fn is_kept_in_writing(&self) -> bool {
        self.is_kept() && self.spared_share() <= MOST_SPARED
    }

    fn failed_share(&self) -> f64 {
        share(&self.visited, |visited| visited.came.is_err())
    }

    /// Of the open questions, those that were quoted because too many waited.
    pub(super) fn spared_share(&self) -> f64 {
        let open: Vec<Visited> = self.of_kind(Kind::Open).cloned().collect();
        share(&open, |visited| visited.came.as_ref().is_ok_and(|came| came.is_spared))
    }

    /// Of the questions of a kind, those that a model was asked to write.
    pub(super) fn written_share(&self, kind: Kind) -> f64 {
        let asked: Vec<Visited> = self.of_kind(kind).cloned().collect();
        share(&asked, |visited| visited.came.as_ref().is_ok_and(|came| came.is_written))
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Visited> {
        self.visited.iter().filter(move |visited| visited.kind == kind)
    }

    /// Everything for the result.
    pub(super) fn document(&self) -> Value {
        let mut routes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut failures: BTreeMap<&str, usize> = BTreeMap::new();
        for visited in &self.visited {
            match &visited.came {
                Ok(came) => *routes.entry(&came.route).or_default() += 1,
                Err(why) => *failures.entry(why).or_default() += 1,
            }
        }
        let of_all = |count: usize| rounded(count as f64 / self.visited.len().max(1) as f64, 4);
        let routes: BTreeMap<&str, f64> =
            routes.into_iter().map(|(route, count)| (route, of_all(count))).collect();
        let written = share(&self.visited, |v| v.came.as_ref().is_ok_and(|came| came.is_written));
        json!({
            "visitors": self.count(),
            "p50_ms": shown_ms(self.within_ms(0.50)),
            "p95_ms": shown_ms(self.within_ms(0.95)),
            "p99_ms": shown_ms(self.within_ms(0.99)),
            "routes": routes,
            "asked_a_model": rounded(written, 4),
            "open_questions_spared": rounded(self.spared_share(), 4),
            "failed": rounded(self.failed_share(), 4),
            "failures": failures,
            "kinds": {
                "faq": self.kind(Kind::Faq),
                "order": self.kind(Kind::Order),
                "open": self.kind(Kind::Open),
            },
            "by_route": self.by_route(),
        })
    }

    fn kind(&self, kind: Kind) -> Value {
        let own: Vec<&Visited> = self.of_kind(kind).collect();
        let mut document = times(&own);
        document["asked_a_model"] = json!(rounded(self.written_share(kind), 4));
        document
    }

    fn by_route(&self) -> Value {
        let mut by_route: BTreeMap<&str, Vec<&Visited>> = BTreeMap::new();
        for visited in &self.visited {
            if let Ok(came) = &visited.came {
                by_route.entry(&came.route).or_default().push(visited);
            }
        }
        let rows = by_route.into_iter().map(|(route, own)| (route.to_owned(), times(&own)));
        Value::Object(rows.collect())
    }
}

fn times(visited: &[&Visited]) -> Value {
    let whole = sorted(visited.iter().map(|visited| waited(visited)));
    let first = sorted(visited.iter().map(|visited| match visited.came {
        Ok(_) => visited.first_words_ms,
        Err(_) => f64::INFINITY,
    }));
    let three = |times: &[f64]| {
        let at = |share| shown_ms(at_share(times, share));
        json!({ "p50_ms": at(0.50), "p95_ms": at(0.95), "p99_ms": at(0.99) })
    };
    json!({ "visitors": visited.len(), "whole": three(&whole), "first_words": three(&first) })
}

/// Who gets no answer waits for ever, however soon that was said.
fn waited(visited: &Visited) -> f64 {
    if visited.came.is_ok() { visited.whole_ms } else { f64::INFINITY }
}

fn sorted(times: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

/// The value within which this share lies, the nearest one; 0 where there is none.
fn at_share(sorted: &[f64], share: f64) -> f64 {
    match sorted.len() {
        0 => 0.0,
        count => sorted[((count - 1) as f64 * share).round() as usize],
    }
}

fn share(visited: &[Visited], is: impl Fn(&Visited) -> bool) -> f64 {
    visited.iter().filter(|visited| is(visited)).count() as f64 / visited.len().max(1) as f64
}

/// Tenths of a millisecond; nothing where the answer never came.
fn shown_ms(time: f64) -> Value {
    if time.is_finite() { json!(rounded(time, 1)) } else { Value::Null }
}

/// Rounded to so many places.
pub(super) fn rounded(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests;
