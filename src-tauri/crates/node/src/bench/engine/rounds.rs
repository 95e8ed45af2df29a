//! Measuring two sides in turns.

use serde_json::{Value, json};

use super::Bench;
use super::speaker::{Prompt, Speaker, Told};
use crate::exit::Failure;

/// The answers of one round.
pub(super) type Round = Vec<Told>;

/// What each side told, round by round; nothing where there is no such side.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    pub(super) ours: Vec<Round>,
    pub(super) reference: Vec<Round>,
}

/// Asks a side what a round asks.
type Play<'a> = &'a dyn Fn(&dyn Speaker, &[Prompt]) -> Result<Round, Failure>;

/// Lets both sides answer the same prompts, in turns and with turns in who begins. The first round
/// is not counted.
pub(super) fn alternate(
    bench: &Bench,
    ours: &dyn Speaker,
    reference: Option<&dyn Speaker>,
    make: &mut dyn FnMut() -> Vec<Prompt>,
    play: Play,
) -> Result<Pairs, Failure> {
    let mut pairs = Pairs::default();
    for round in 0..=bench.command.rounds {
        let prompts = make();
        let mut sides = vec![(ours, &mut pairs.ours)];
        sides.extend(reference.map(|reference| (reference, &mut pairs.reference)));
        if round % 2 == 1 {
            sides.reverse();
        }
        for (speaker, rounds) in sides {
            let told = play(speaker, &prompts)?;
            if round > 0 {
                rounds.push(told);
            }
        }
    }
    Ok(pairs)
}

impl Pairs {
    /// One value a round of each side.
    pub(super) fn values(&self, value: impl Fn(&[Told]) -> f64) -> (Vec<f64>, Vec<f64>) {
        let of = |rounds: &[Round]| rounds.iter().map(|told| value(told)).collect();
        (of(&self.ours), of(&self.reference))
    }

    /// How many tokens the prompts of the last round had, and whether both sides always counted
    /// the same number.
    pub(super) fn tokens(&self, bench: &Bench, figure: &str) -> Value {
        let unequal = count_unequal(&self.ours, &self.reference);
        if unequal > 0 {
            let warning = "prompts were not the same number of tokens for both sides";
            bench.output.warn(&format!("{figure}: {unequal} {warning}"));
        }
        json!({
            "ours": tokens(&self.ours),
            "reference": tokens(&self.reference),
            "unequal_prompts": unequal,
        })
    }
}

/// The last round, at most the last few answers of it.
fn tokens(rounds: &[Round]) -> Value {
    const SHOWN: usize = 3;
    let Some(last) = rounds.last() else { return Value::Null };
    let shown = last.iter().skip(last.len().saturating_sub(SHOWN));
    let counts = shown.map(|told| {
        json!({ "prompt": told.prompt_tokens, "fresh": told.fresh_tokens(),
                "generated": told.generated_tokens })
    });
    Value::Array(counts.collect())
}

fn count_unequal(ours: &[Round], reference: &[Round]) -> usize {
    let pairs = ours.iter().flatten().zip(reference.iter().flatten());
    pairs.filter(|(ours, reference)| ours.prompt_tokens != reference.prompt_tokens).count()
}

#[cfg(test)]
mod tests;
