//! A model that reads questions itself, and gives texts the vectors of a sample, turned a little.

use engine::child::Child;
use engine::{Embedder, EngineError, Health, Side};

use super::super::kit::Dice;

/// How far a vector is turned: its cosine with the one it was made from is about .85.
const TURN: f32 = 0.6;
/// Numbers of the noise that are drawn from; a multiple of nothing in a vector.
const NOISE: usize = 4_099;

pub(super) struct Turned {
    model: Child,
    sample: Vec<Vec<f32>>,
    noise: Vec<f32>,
}

impl Turned {
    pub(super) fn of(model: Child, texts: &[String]) -> Result<Self, EngineError> {
        let mut sample = Vec::new();
        for batch in texts.chunks(32) {
            sample.extend(model.embed(batch, Side::Passage)?);
        }
        let mut dice = Dice(1);
        let noise = (0..NOISE).map(|_| dice.below(2_001) as f32 / 1_000.0 - 1.0).collect();
        Ok(Self { model, sample, noise })
    }

    fn turned(&self, text: &str) -> Vec<f32> {
        let seed = text
            .bytes()
            .fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut dice = Dice(seed);
        let base = &self.sample[dice.below(self.sample.len())];
        let start = dice.below(NOISE);
        let scale = TURN * (3.0 / base.len() as f32).sqrt();
        let mut vector: Vec<f32> = base
            .iter()
            .enumerate()
            .map(|(at, number)| number + scale * self.noise[(start + at) % NOISE])
            .collect();
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|number| *number /= length);
        vector
    }
}

impl Embedder for Turned {
    fn embed(&self, texts: &[String], side: Side) -> Result<Vec<Vec<f32>>, EngineError> {
        match side {
            Side::Query => self.model.embed(texts, side),
            Side::Passage => Ok(texts.iter().map(|text| self.turned(text)).collect()),
        }
    }

    /// A third more than the words.
    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError> {
        Ok(texts.iter().map(|text| text.split_whitespace().count() * 4 / 3 + 1).collect())
    }

    fn width(&self) -> usize {
        self.model.width()
    }

    fn identity(&self) -> &str {
        "turned-sample"
    }

    fn health(&self) -> Health {
        Embedder::health(&self.model)
    }
}
