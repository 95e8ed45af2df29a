//! Which card is the best, and what is missing to know it. Pure.

use engine::probe::{Device, Kind};
use store::DeviceTestRow;

/// What a card needs beside the weights: what the model keeps of the texts, and what the screen
/// and other programs take.
const ROOM_BYTES: u64 = 1 << 30;

/// A card that shares the processor's memory must read so much faster than the processor to be
/// worth its heat and its driver.
const LEAST_GAIN: f64 = 1.5;

/// Of several ways to one card, the earlier is the faster.
const BACKENDS: &[&str] = &["CUDA", "ROCm", "HIP", "Metal", "Vulkan"];

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// The card of this name is proved.
    Use(String),
    /// This card could be it.
    Test(Device),
    /// No card, and why not, where there is one.
    Processor(Option<WhyNot>),
}

/// Why a card is not used.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum WhyNot {
    /// It failed its test, for the reason in words.
    Failed { card: String, reason: String },
    /// It is not faster than the processor, or hardly.
    NotFaster { card: String },
    /// The model does not fit.
    TooSmall { card: String },
}

impl WhyNot {
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Failed { card, reason } => format!("{card}: {reason}; using the processor"),
            Self::NotFaster { card } => {
                format!("{card}: not clearly faster than the processor; using the processor")
            }
            Self::TooSmall { card } => {
                format!("{card}: its free memory is too small for the model; using the processor")
            }
        }
    }

    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Self::Failed { .. })
    }
}

/// Looks at the cards from the best to the worst. A processor that poses as a card is never used.
pub(super) fn next_step(
    cards: &[Device],
    model_bytes: u64,
    known: impl Fn(&Device) -> Option<DeviceTestRow>,
) -> Step {
    let mut first_reason = None;
    for card in best_first(cards) {
        let name = || card.description.clone();
        let why_not = if !fits(card, model_bytes) {
            WhyNot::TooSmall { card: name() }
        } else {
            match known(card) {
                None => return Step::Test(card.clone()),
                Some(row) if !row.passed => WhyNot::Failed { card: name(), reason: row.reason },
                Some(row) if !is_worth_it(card, &row) => WhyNot::NotFaster { card: name() },
                Some(_) => return Step::Use(card.name.clone()),
            }
        };
        first_reason.get_or_insert(why_not);
    }
    Step::Processor(first_reason)
}

fn best_first(cards: &[Device]) -> Vec<&Device> {
    let mut cards: Vec<&Device> = cards.iter().filter(|card| card.kind != Kind::Software).collect();
    let backend =
        |card: &Device| BACKENDS.iter().position(|name| card.backend.eq_ignore_ascii_case(name));
    cards.sort_by_key(|card| {
        let is_integrated = card.kind == Kind::Integrated;
        let rank = backend(card).unwrap_or(BACKENDS.len());
        (is_integrated, rank, std::cmp::Reverse(card.memory_bytes))
    });
    cards
}

/// A card that does not say how much it has is tried.
fn fits(card: &Device, model_bytes: u64) -> bool {
    card.memory_free_bytes == 0 || card.memory_free_bytes >= model_bytes.saturating_add(ROOM_BYTES)
}

fn is_worth_it(card: &Device, row: &DeviceTestRow) -> bool {
    let gain = row.device_prefill_per_second / row.processor_prefill_per_second;
    card.kind == Kind::Discrete || gain >= LEAST_GAIN
}

#[cfg(test)]
mod tests;
