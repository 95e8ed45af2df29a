//! What can be checked by value: numbers with their units, clock times, months, weekdays, telephone
//! numbers, addresses, paths and codes. Each is kept in every reading it may have, so that 9 am,
//! 9:00 and 9 o'clock meet, and so do 1,200 and 1.200, thirty and 30.

mod parse;

use parse::mentions;

/// What a text says that can be checked.
#[derive(Debug, Default)]
pub(super) struct Facts {
    mentions: Vec<Mention>,
}

/// One thing as written, in all its readings.
#[derive(Clone, Debug, PartialEq)]
struct Mention {
    written: String,
    readings: Vec<Reading>,
    /// Said in passing, such as the "one" of "one of these": evidence, but no claim.
    is_claim: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Reading {
    /// A number in its shortest decimal form, with its unit if it has one.
    Number(String, Option<&'static str>),
    /// Minutes of the day; `None` is what a clock face alone shows, from 0 to 719.
    Clock {
        face: u32,
        day: Option<u32>,
    },
    Month(u32),
    Weekday(u32),
    /// Digits alone, without a country's or a trunk prefix.
    Phone(String),
    /// An address, a path or a code, in lower case.
    Word(String),
}

impl Facts {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        Self { mentions: mentions(text) }
    }

    /// The first claim.
    pub(super) fn first(&self) -> Option<String> {
        self.claims().next().map(|mention| mention.written.clone())
    }

    /// The first claim that the evidence does not hold in any reading.
    pub(super) fn first_missing_from(&self, evidence: &Self) -> Option<String> {
        let is_held = |claim: &&Mention| {
            let mut readings = claim.readings.iter();
            readings.any(|reading| evidence.hold(reading))
        };
        self.claims().find(|claim| !is_held(claim)).map(|claim| claim.written.clone())
    }

    fn claims(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| mention.is_claim)
    }

    fn hold(&self, claimed: &Reading) -> bool {
        self.mentions.iter().flat_map(|mention| &mention.readings).any(|own| agree(claimed, own))
    }
}

fn agree(claimed: &Reading, held: &Reading) -> bool {
    match (claimed, held) {
        (Reading::Number(a, unit_a), Reading::Number(b, unit_b)) => {
            a == b && (unit_a == unit_b || unit_a.is_none() || unit_b.is_none())
        }
        // 9:30 in the evidence may be either half of the day, 9:30 pm is one.
        (Reading::Clock { face: a, day: day_a }, Reading::Clock { face: b, day: day_b }) => {
            a == b && (day_a == day_b || day_a.is_none() || day_b.is_none())
        }
        (a, b) => a == b,
    }
}
