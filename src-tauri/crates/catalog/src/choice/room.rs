//! How much memory models may use, and whether one fits.

use hardware::{DeviceKind, Machine};

use super::Place;
use super::words::gigabytes;
use crate::Entry;

/// Of the memory that is free, so much may be used.
const USABLE_PERCENT: u64 = 80;

/// Of the whole memory, so much is always left to the system and to other programs.
const SYSTEM_BYTES: u64 = 2 << 30;

/// Graphics cards up to this size are small.
const SMALL_CARD_BYTES: u64 = 6 << 30;

/// Left free on a card: its driver and the screen take more than they say.
const CARD_MARGIN_BYTES: u64 = 1 << 30;

/// The same on a small card.
const SMALL_CARD_MARGIN_BYTES: u64 = 512 << 20;

/// The memory that models may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// In the computer, beside the embedding model.
    memory_bytes: u64,
    /// On the graphics card with the most.
    card_bytes: u64,
    /// Whether the graphics shares the computer's memory.
    has_integrated: bool,
    /// Whether the computer says how much memory it has.
    is_known: bool,
}

impl Room {
    /// The room on a machine where this embedding model runs as well.
    pub(super) fn of(machine: &Machine, embedding: &Entry) -> Room {
        let is_kind = |kind: DeviceKind| machine.devices.iter().filter(move |d| d.kind == kind);
        Room {
            memory_bytes: usable_memory(machine).saturating_sub(embedding.memory_bytes()),
            card_bytes: is_kind(DeviceKind::Discrete)
                .map(|card| usable_card(card.memory_bytes, card.memory_free_bytes))
                .max()
                .unwrap_or(0),
            has_integrated: is_kind(DeviceKind::Integrated).next().is_some(),
            is_known: machine.memory_bytes > 0,
        }
    }

    /// Where a model would run: on a card if it fits there as a whole, else in memory.
    pub(super) fn place(&self, entry: &Entry) -> Option<Place> {
        let needs = entry.memory();
        if needs.card_bytes <= self.card_bytes && needs.beside_card_bytes <= self.memory_bytes {
            return Some(Place::Card);
        }
        let fits = needs.total_bytes <= self.memory_bytes;
        fits.then_some(if self.has_integrated { Place::Integrated } else { Place::Processor })
    }

    /// The memory that decided about a model.
    pub(super) fn for_chat_bytes(&self, entry: &Entry) -> u64 {
        match self.place(entry) {
            Some(Place::Card) => self.card_bytes,
            _ => self.memory_bytes,
        }
    }

    /// Why a model does not fit, as a sentence.
    pub(super) fn why_too_large(&self, entry: &Entry) -> String {
        let needs = entry.memory();
        if !self.is_known {
            return "This computer does not say how much memory it has.".into();
        }
        if self.card_bytes > self.memory_bytes {
            return format!(
                "It needs {} on the graphics card, and {} may be used there.",
                gigabytes(needs.card_bytes),
                gigabytes(self.card_bytes)
            );
        }
        format!(
            "It needs {} of memory, and {} may be used here.",
            gigabytes(needs.total_bytes),
            gigabytes(self.memory_bytes)
        )
    }
}

/// Memory that models may use in all: a part of what is free, and never what the system needs.
pub(super) fn usable_memory(machine: &Machine) -> u64 {
    let all = machine.memory_bytes;
    // A system that does not say what is free has at most everything.
    let free = match machine.memory_free_bytes {
        0 => all,
        free => free.min(all),
    };
    percent(free).min(all.saturating_sub(SYSTEM_BYTES))
}

/// Memory of a graphics card that models may use.
pub(super) fn usable_card(all: u64, free: u64) -> u64 {
    let free = match free {
        0 => all,
        free => free.min(all),
    };
    let small = all <= SMALL_CARD_BYTES;
    let margin = if small { SMALL_CARD_MARGIN_BYTES } else { CARD_MARGIN_BYTES };
    percent(free).min(free.saturating_sub(margin))
}

fn percent(bytes: u64) -> u64 {
    // The largest machines have less than a hundredth of what fits into the type.
    bytes.saturating_mul(USABLE_PERCENT) / 100
}

#[cfg(test)]
mod tests;
