//! One line of the result: a figure, what was measured, and whether it is what was promised. Pure.

use serde::Serialize;
use serde_json::Value;

/// What a figure promises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// Ours is at least this many times the reference.
    RatioAtLeast(f64),
    /// Ours is at most this many times the reference.
    RatioAtMost(f64),
    /// Ours is this or less, whatever others do.
    AtMost(f64),
    /// Ours is this share or less away from the reference.
    Within(f64),
    /// Told for comparison.
    Nothing,
}

/// A figure as it was measured.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    figure: String,
    unit: &'static str,
    /// Median over the rounds.
    ours: Option<f64>,
    /// Median over the rounds.
    reference: Option<f64>,
    /// The one divided by the other.
    ratio: Option<f64>,
    target: Option<f64>,
    /// What is compared with the target, and how.
    rule: &'static str,
    /// `None` where nothing is promised or the reference is missing.
    met: Option<bool>,
    rounds: usize,
    spread: Spreads,
    details: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Spreads {
    ours: Option<Spread>,
    reference: Option<Spread>,
}

/// How far the rounds lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Spread {
    min: f64,
    median: f64,
    max: f64,
}

impl Row {
    /// A row from one value a round of each side; no values where a side was not measured.
    pub(super) fn new(
        figure: impl Into<String>,
        unit: &'static str,
        ours: &[f64],
        reference: &[f64],
        target: Target,
    ) -> Self {
        let spread = Spreads { ours: Spread::of(ours), reference: Spread::of(reference) };
        let [ours_median, reference_median] =
            [ours, reference].map(|values| percentile(values, 0.5));
        let ratio = match (ours_median, reference_median) {
            (Some(ours), Some(reference)) if reference > 0.0 => Some(ours / reference),
            _ => None,
        };
        let (limit, rule) = target.words();
        Self {
            figure: figure.into(),
            unit,
            ours: ours_median.map(rounded),
            reference: reference_median.map(rounded),
            ratio: ratio.map(rounded),
            target: limit,
            rule,
            met: target.is_met(ours_median, ratio),
            rounds: ours.len(),
            spread,
            details: Value::Null,
            error: None,
        }
    }

    /// A figure that could not be measured.
    pub(super) fn failed(figure: &str, error: String) -> Self {
        let row = Self::new(figure, "", &[], &[], Target::Nothing);
        Self { error: Some(error), ..row }
    }

    /// What else is worth knowing.
    pub(super) fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }

    /// Also fails the promise unless this holds.
    pub(super) fn only_if(mut self, holds: bool) -> Self {
        self.met = self.met.map(|met| met && holds);
        self
    }

    /// The row for a person.
    pub(super) fn line(&self) -> String {
        let name = &self.figure;
        if let Some(error) = &self.error {
            return format!("{name:<24} not measured: {error}");
        }
        let number = |value: Option<f64>| value.map_or("-".into(), |value| value.to_string());
        let judged = match self.met {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        let target = self.target.map_or(String::new(), |target| format!("{} {target}", self.rule));
        format!(
            "{name:<24} ours {:>8} reference {:>8} {:<8} ratio {:>6}  {target} {judged}",
            number(self.ours),
            number(self.reference),
            self.unit,
            number(self.ratio),
        )
    }
}

impl Target {
    fn words(self) -> (Option<f64>, &'static str) {
        match self {
            Self::RatioAtLeast(limit) => (Some(limit), "ratio >="),
            Self::RatioAtMost(limit) => (Some(limit), "ratio <="),
            Self::AtMost(limit) => (Some(limit), "ours <="),
            Self::Within(share) => (Some(share), "ratio - 1 within"),
            Self::Nothing => (None, ""),
        }
    }

    fn is_met(self, ours: Option<f64>, ratio: Option<f64>) -> Option<bool> {
        match self {
            Self::RatioAtLeast(limit) => ratio.map(|ratio| ratio >= limit),
            Self::RatioAtMost(limit) => ratio.map(|ratio| ratio <= limit),
            Self::AtMost(limit) => ours.map(|ours| ours <= limit),
            Self::Within(share) => ratio.map(|ratio| (ratio - 1.0).abs() <= share),
            Self::Nothing => None,
        }
    }
}

impl Spread {
    fn of(values: &[f64]) -> Option<Self> {
        Some(Self {
            min: rounded(percentile(values, 0.0)?),
            median: rounded(percentile(values, 0.5)?),
            max: rounded(percentile(values, 1.0)?),
        })
    }
}

/// The value that this share of all values does not exceed; between two it is interpolated.
pub(super) fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

/// Four digits that count: more would claim what no clock here can tell.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests;
