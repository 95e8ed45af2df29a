//! Texts to vectors, in calls of the size an import makes.

use std::time::Instant;

use engine::Side;
use serde_json::json;

use crate::bench::engine::Bench;
use crate::bench::engine::row::{Row, Target};
use crate::exit::Failure;

/// In all rounds together.
const TEXTS: usize = 1000;
/// A passage.
const TOKENS: usize = 180;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.embedder()?;
    let mut texts = bench.texts(&ours, "embedding")?;
    let each = TEXTS.div_ceil(bench.command.rounds as usize);
    let (mut our_rates, mut server_rates) = (Vec::new(), Vec::new());
    let mut least_alike = 1.0f64;
    for round in 0..=bench.command.rounds {
        let texts = texts.texts(each, TOKENS);
        let mut side = |is_ours: bool| -> Result<Vec<Vec<f32>>, Failure> {
            let started = Instant::now();
            let (vectors, rates) = match (is_ours, &bench.embedding) {
                (true, _) => (ours.embedder().embed(&texts, Side::Passage)?, &mut our_rates),
                (false, Some(server)) => {
                    (server.embed(&prefixed(bench, &texts))?, &mut server_rates)
                }
                (false, None) => return Ok(Vec::new()),
            };
            if round > 0 {
                rates.push(each as f64 / started.elapsed().as_secs_f64());
            }
            Ok(vectors)
        };
        let we_begin = round % 2 == 0;
        let (first, second) = (side(we_begin)?, side(!we_begin)?);
        for (one, other) in first.iter().zip(&second) {
            least_alike = least_alike.min(cosine(one, other));
        }
    }
    let target = Target::RatioAtLeast(1.0);
    let row = Row::new("embedding", "texts/s", &our_rates, &server_rates, target);
    let least_alike = bench.embedding.as_ref().map(|_| least_alike);
    Ok(vec![row.with(json!({
        "texts_per_round": each, "tokens_per_text": TOKENS, "least_cosine_of_both": least_alike,
    }))])
}

/// Ours puts the model's prefix on by itself.
fn prefixed(bench: &Bench, texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| format!("{}{text}", bench.kit.passage_prefix())).collect()
}

fn cosine(one: &[f32], other: &[f32]) -> f64 {
    let product = |one: &[f32], other: &[f32]| -> f64 {
        one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    };
    product(one, other) / (product(one, one) * product(other, other)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_does_not_matter() {
        assert!((cosine(&[1.0, 2.0], &[2.0, 4.0]) - 1.0).abs() < 1e-9);
        assert!(cosine(&[1.0, 0.0], &[0.0, 3.0]).abs() < 1e-9);
    }
}
