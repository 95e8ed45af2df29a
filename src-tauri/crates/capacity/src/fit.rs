//! A straight line through measured step times: `T(B) = a + b B`.

/// The line, and how well it fits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// Seconds of a step whatever is in it: `a`, never below 0.
    pub base_s: f64,
    /// Seconds more for each text in a step: `b`, never below 0.
    pub each_s: f64,
    /// Share of the differences between the times that the line explains, from 0 to 1.
    pub r_squared: f64,
}

/// The line with the least squares through `(texts in a step, seconds)`.
///
/// Points without texts, and times that are no positive number, are passed over. One number of
/// texts alone says nothing about the base, so all of its time is laid on the texts; nothing at all
/// gives a line of zeros. A slope or a base below 0 cannot be, so it becomes 0 and the other one is
/// fitted again.
pub fn fit_steps(points: &[(usize, f64)]) -> Fit {
    let points: Vec<(f64, f64)> = points
        .iter()
        .filter(|(texts, seconds)| *texts > 0 && seconds.is_finite() && *seconds > 0.0)
        .map(|&(texts, seconds)| (texts as f64, seconds))
        .collect();
    if points.is_empty() {
        return Fit::default();
    }
    let (base_s, each_s) = line(&points);
    Fit { base_s, each_s, r_squared: explained(&points, base_s, each_s) }
}

fn line(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let middle_texts = points.iter().map(|point| point.0).sum::<f64>() / count;
    let middle_seconds = points.iter().map(|point| point.1).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|point| (point.0 - middle_texts).powi(2)).sum();
    if spread == 0.0 {
        return (0.0, middle_seconds / middle_texts);
    }
    let together: f64 =
        points.iter().map(|point| (point.0 - middle_texts) * (point.1 - middle_seconds)).sum();
    let each = together / spread;
    let base = middle_seconds - each * middle_texts;
    if each < 0.0 {
        return (middle_seconds, 0.0);
    }
    if base < 0.0 {
        let products: f64 = points.iter().map(|point| point.0 * point.1).sum();
        let squares: f64 = points.iter().map(|point| point.0 * point.0).sum();
        return (0.0, products / squares);
    }
    (base, each)
}

fn explained(points: &[(f64, f64)], base: f64, each: f64) -> f64 {
    let middle = points.iter().map(|point| point.1).sum::<f64>() / points.len() as f64;
    let all: f64 = points.iter().map(|point| (point.1 - middle).powi(2)).sum();
    let left: f64 = points.iter().map(|point| (point.1 - base - each * point.0).powi(2)).sum();
    // Times that do not differ leave nothing to explain; rounding must not decide about them.
    let rounding = f64::EPSILON * middle * middle * points.len() as f64;
    if all <= rounding {
        return if left <= rounding { 1.0 } else { 0.0 };
    }
    (1.0 - left / all).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
