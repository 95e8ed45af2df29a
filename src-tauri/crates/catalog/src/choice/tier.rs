//! The class of a computer, for people who compare it with others.

use hardware::{DeviceKind, Machine};

/// A class of computers. It sorts them by memory and graphics card; which model suits is decided
/// for each computer by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Less than 8 GB of memory.
    T0,
    /// 8 GB of memory and more.
    T1,
    /// 16 GB of memory and more.
    T2,
    /// 32 GB of memory and more.
    T3,
    /// A graphics card with 8 GB of its own and more.
    T4,
    /// A graphics card with 12 GB of its own and more.
    T5,
    /// A graphics card with 24 GB of its own and more.
    T6,
}

/// The least memory of a tier. Systems say somewhat less than what was sold.
const BY_MEMORY: &[(Tier, u64)] =
    &[(Tier::T3, 28 << 30), (Tier::T2, 14 << 30), (Tier::T1, 7 << 30), (Tier::T0, 0)];

/// The least memory of a graphics card of a tier.
const BY_CARD: &[(Tier, u64)] = &[(Tier::T6, 21 << 30), (Tier::T5, 11 << 30), (Tier::T4, 7 << 30)];

impl Tier {
    /// The class of a computer. A card with its own memory decides where it is large enough.
    pub fn of(machine: &Machine) -> Tier {
        let cards = machine.devices.iter().filter(|device| device.kind == DeviceKind::Discrete);
        let card = cards.map(|card| card.memory_bytes).max().unwrap_or(0);
        let at_least = |rows: &[(Tier, u64)], bytes: u64| {
            rows.iter().find(|(_, least)| bytes >= *least).map(|(tier, _)| *tier)
        };
        at_least(BY_CARD, card)
            .or_else(|| at_least(BY_MEMORY, machine.memory_bytes))
            .unwrap_or(Tier::T0)
    }

    /// Its name in reports, as in `t2`.
    pub fn id(self) -> &'static str {
        match self {
            Tier::T0 => "t0",
            Tier::T1 => "t1",
            Tier::T2 => "t2",
            Tier::T3 => "t3",
            Tier::T4 => "t4",
            Tier::T5 => "t5",
            Tier::T6 => "t6",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Tier::T0 => "Small or old computer",
            Tier::T1 => "Simple office computer",
            Tier::T2 => "Good office computer",
            Tier::T3 => "Strong computer",
            Tier::T4 => "Computer with a graphics card",
            Tier::T5 => "Computer with a large graphics card",
            Tier::T6 => "Computer with a very large graphics card",
        }
    }
}

#[cfg(test)]
mod tests;
