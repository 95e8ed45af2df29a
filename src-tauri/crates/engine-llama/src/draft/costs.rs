//! What a step of the model costs, by how many tokens it computes for one answer.

/// Tokens that one bet may guess. Longer runs are rare, and a wrong start wastes all the rest.
pub(crate) const GUESS_MAX: usize = 8;

/// A guess is computed together with the token before it.
const SIZES: usize = GUESS_MAX + 1;

/// What each further token adds to a step of one token, where nothing was measured.
const FURTHER_TOKEN: f64 = 0.35;

/// The weight of a new measurement.
const NEW_WEIGHT: f64 = 0.2;

/// A step that took longer than this many times the average was disturbed by something else.
const DISTURBED: f64 = 3.0;

/// Seconds of a step by its number of tokens: a fact of the machine and the model, shared by all
/// answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct StepCosts {
    average_seconds: [Option<f64>; SIZES],
}

impl StepCosts {
    /// Takes note of a step. Those of other sizes, which read prompts, are passed over.
    ///
    /// The first measurement of a size counts fully, so a pair measured at the start is a seed.
    pub(crate) fn note_step(&mut self, batch_tokens: usize, seconds: f64) {
        let is_time = seconds.is_finite() && seconds > 0.0;
        let Some(size) = batch_tokens.checked_sub(1).filter(|size| is_time && *size < SIZES) else {
            return;
        };
        let average = self.average_seconds[size].map_or(seconds, |average| {
            average + NEW_WEIGHT * (seconds.min(DISTURBED * average) - average)
        });
        self.average_seconds[size] = Some(average);
    }

    /// Expected seconds of a step of `batch_tokens`, never more than of a larger one.
    ///
    /// Where a larger step was measured faster, the smaller measurement is the older or the
    /// disturbed one. Too low an expectation corrects itself, because it is tried; too high a one
    /// would last.
    pub(super) fn expect(&self, batch_tokens: usize) -> f64 {
        let sizes = batch_tokens.clamp(1, SIZES)..=SIZES;
        sizes.map(|size| self.estimate(size as f64)).fold(f64::INFINITY, f64::min)
    }

    /// The measurement of this size, or the line between its neighbours, or the nearest one
    /// continued as the default grows.
    fn estimate(&self, size: f64) -> f64 {
        let measured = || {
            let averages = self.average_seconds.iter().enumerate();
            averages.filter_map(|(at, seconds)| seconds.map(|seconds| ((at + 1) as f64, seconds)))
        };
        let below = measured().rfind(|(at, _)| *at <= size);
        let above = measured().find(|(at, _)| *at >= size);
        match (below, above) {
            (Some((low, seconds)), Some((high, _))) if low == high => seconds,
            (Some((low, low_seconds)), Some((high, high_seconds))) => {
                low_seconds + (high_seconds - low_seconds) * (size - low) / (high - low)
            }
            (Some((near, seconds)), None) | (None, Some((near, seconds))) => {
                seconds * default_cost(size) / default_cost(near)
            }
            (None, None) => default_cost(size),
        }
    }
}

/// In steps of one token.
fn default_cost(size: f64) -> f64 {
    1.0 + FURTHER_TOKEN * (size - 1.0)
}

#[cfg(test)]
mod tests;
