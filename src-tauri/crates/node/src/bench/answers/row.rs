//! One line of the result: a mean over many questions, how sure it is, and what was promised. Pure.

use serde::Serialize;
use serde_json::Value;

use super::kit::Dice;
use crate::exit::Failure;

/// Samples drawn for an interval.
const BOOTSTRAPS: usize = 1_000;

/// What a figure promises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Told for comparison.
    Nothing,
}

/// A figure as it was measured.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    figure: String,
    /// The questions it was measured on.
    set: String,
    ours: Option<f64>,
    /// 95 of 100 samples drawn from the same questions lie between these two.
    interval: Option<[f64; 2]>,
    /// Questions.
    n: usize,
    target: Option<f64>,
    rule: &'static str,
    /// `None` where nothing is promised or the figure was not measured.
    met: Option<bool>,
    details: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Row {
    /// The mean of one value a question, with its bootstrap interval.
    pub(super) fn mean(figure: &str, set: &str, values: &[f64], target: Target) -> Self {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let interval = (!values.is_empty()).then(|| bootstrap(values, &mean));
        Self { interval, n: values.len(), ..Self::value(figure, set, mean(values), target) }
    }

    /// One number that is not a mean, such as a percentile or a count.
    pub(super) fn value(figure: &str, set: &str, ours: f64, target: Target) -> Self {
        let (limit, rule, met) = match target {
            Target::AtLeast(limit) => (Some(limit), ">=", Some(ours >= limit)),
            Target::AtMost(limit) => (Some(limit), "<=", Some(ours <= limit)),
            Target::Nothing => (None, "", None),
        };
        Self {
            figure: figure.into(),
            set: set.into(),
            ours: Some(rounded(ours)),
            interval: None,
            n: 0,
            target: limit,
            rule,
            met,
            details: Value::Null,
            skipped: None,
            error: None,
        }
    }

    /// A figure whose question set is not here.
    pub(super) fn skipped(figure: &str, why: &str) -> Self {
        Self { skipped: Some(why.into()), ..Self::unmeasured(figure) }
    }

    /// A figure that could not be measured.
    pub(super) fn failed(figure: &str, failure: &Failure) -> Self {
        let error = failure.error.as_ref().map_or("it failed", |error| error.message.as_str());
        Self { error: Some(error.into()), ..Self::unmeasured(figure) }
    }

    fn unmeasured(figure: &str) -> Self {
        Self { ours: None, met: None, ..Self::value(figure, "", 0.0, Target::Nothing) }
    }

    /// What else is worth knowing.
    pub(super) fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }

    /// How many questions a number that is not a mean comes from.
    pub(super) fn of(self, n: usize) -> Self {
        Self { n, ..self }
    }

    /// The row for a person.
    pub(super) fn line(&self) -> String {
        let name = &self.figure;
        if let Some(why) = self.skipped.as_ref().or(self.error.as_ref()) {
            return format!("{name:<32} not measured: {why}");
        }
        let ours = self.ours.unwrap_or_default();
        let between =
            self.interval.map_or(String::new(), |[low, high]| format!("({low} to {high})"));
        let target = self.target.map_or(String::new(), |target| format!("{} {target}", self.rule));
        let judged = match self.met {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        format!(
            "{name:<32} {ours:>7} {between:<18} {target:>9} {judged:<8} n={} {}",
            self.n, self.set
        )
    }
}

/// Where 95 of 100 samples of the same size, drawn with putting back, lie (Efron 1979).
pub(super) fn bootstrap<T: Copy>(values: &[T], of: &dyn Fn(&[T]) -> f64) -> [f64; 2] {
    let mut dice = Dice(values.len() as u64);
    let mut drawn = Vec::with_capacity(values.len());
    let mut found: Vec<f64> = (0..BOOTSTRAPS)
        .map(|_| {
            drawn.clear();
            drawn.extend((0..values.len()).map(|_| values[dice.below(values.len())]));
            of(&drawn)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    [rounded(found[BOOTSTRAPS / 40]), rounded(found[BOOTSTRAPS - 1 - BOOTSTRAPS / 40])]
}

/// Four digits behind the point.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
