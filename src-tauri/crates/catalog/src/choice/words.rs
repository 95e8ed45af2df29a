//! Sentences about choices, for the person at the counter.

use hardware::{DeviceKind, Machine};

use super::{Place, Suits, Tier, Verdict};
use crate::{Entry, Purpose};

/// Words for each token, over many languages and texts.
const WORDS_PER_TOKEN: f64 = 0.75;

/// What the computer is, in one sentence.
pub(super) fn about(machine: &Machine, tier: Tier) -> String {
    if machine.memory_bytes == 0 {
        return "This computer does not say how much memory it has.".into();
    }
    let memory = sold_as(machine.memory_bytes);
    let cards = machine.devices.iter().filter(|device| device.kind == DeviceKind::Discrete);
    match cards.max_by_key(|card| card.memory_bytes) {
        Some(card) if tier >= Tier::T4 => format!(
            "This computer has {memory} of memory and a graphics card with {} of its own.",
            sold_as(card.memory_bytes)
        ),
        Some(_) | None => format!("This computer has {memory} of memory."),
    }
}

/// Why no model is recommended.
pub(super) fn nothing_suits(machine: &Machine, verdicts: &[Verdict<'_>]) -> String {
    let any = |suits: Suits| {
        verdicts.iter().any(|verdict| {
            let is_offered = verdict.entry.purpose == Purpose::Chat && verdict.entry.offered;
            is_offered && verdict.suits == suits
        })
    };
    let reason = if machine.memory_bytes == 0 {
        "Without knowing its memory, no model can be recommended"
    } else if any(Suits::FailedExam) {
        "The models that fit are too slow here or failed their exam"
    } else if any(Suits::TooSlow) {
        "The models that fit would be too slow here"
    } else {
        "Too little memory is free for a model that writes"
    };
    format!("{reason}: the desk quotes your documents word for word, which is quick everywhere.")
}

/// Why a model that was not measured suits.
pub(super) fn fits(entry: &Entry, place: Place) -> String {
    let needs = entry.memory();
    match place {
        Place::Card => {
            format!("It needs {} on the graphics card, which it has.", gigabytes(needs.card_bytes))
        }
        Place::Integrated | Place::Processor => {
            format!("It needs {} of memory, which can be spared.", gigabytes(needs.total_bytes))
        }
    }
}

/// Memory to one place behind the point, as computers count it.
pub(super) fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / (1u64 << 30) as f64)
}

/// Memory as it is sold: in halves below 4 GB, whole above.
pub(super) fn sold_as(bytes: u64) -> String {
    let halves = (bytes as f64 / (1u64 << 29) as f64).round();
    if halves < 8.0 && halves % 2.0 != 0.0 {
        format!("{:.1} GB", halves / 2.0)
    } else {
        format!("{:.0} GB", (halves / 2.0).round())
    }
}

/// A time to wait.
pub(super) fn seconds(seconds: f64) -> String {
    match seconds {
        s if !s.is_finite() || s > 99.0 => "more than a minute and a half".into(),
        s if s < 0.1 => "no time at all".into(),
        s if s < 10.0 => format!("{s:.1} seconds"),
        s => format!("{s:.0} seconds"),
    }
}

/// Words a second.
pub(super) fn per_second(tokens: f64) -> String {
    match tokens * WORDS_PER_TOKEN {
        words if words.is_finite() && words >= 10.0 => format!("{words:.0} words"),
        words if words.is_finite() => format!("{words:.1} words"),
        _ => "too many words to count".into(),
    }
}
