//! Facts with a clock: opening hours, special days, prices and ways to reach the shop, typed by
//! staff, answered without any model.
//!
//! A question is answered only when every word of it is understood and it is about the shop as a
//! whole or about a place that staff named; everything else goes on to the search. "Is the café
//! open" is no question about the shop.

mod ask;
mod calendar;
mod lexicon;
mod numbers;
mod reply;
mod tongues;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

pub(crate) use ask::{Clock, read};
pub(crate) use reply::{Stated, state};

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// Everything typed about one shop.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Where the shop's clock stands.
    pub zone: TimeZone,
    /// The shop itself first; then places within it that have hours or a number of their own.
    pub places: Vec<Place>,
    /// What things cost.
    pub prices: Vec<Price>,
}

impl Default for Facts {
    fn default() -> Self {
        Self { zone: TimeZone::UTC, places: Vec::new(), prices: Vec::new() }
    }
}

/// The shop, or a place within it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// What visitors call it; the first is shown. May be empty for the shop itself.
    pub names: Vec<String>,
    /// Telephone number as shown.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Postal address.
    pub address: String,
    /// The weeks of the year; the first that holds a day counts.
    pub seasons: Vec<Season>,
    /// Days that are not as their weekday.
    pub days: Vec<SpecialDay>,
    /// The last day for which staff know all special days; later days are not answered.
    pub known_until: Option<Date>,
}

/// A usual week in a part of the year.
#[derive(Clone, Debug, Default)]
pub struct Season {
    /// First and last day as month and day, the same every year; `None` for the whole year.
    pub between: Option<((i8, i8), (i8, i8))>,
    /// Hours from Monday to Sunday; empty is closed.
    pub week: [Vec<Span>; 7],
}

/// From one minute of a day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Minutes after midnight.
    pub opens: u16,
    /// Minutes after midnight, at most [`DAY_MINUTES`]; at or before `opens` it is on the next day.
    pub closes: u16,
}

/// A day, or the same day of every year, with hours of its own.
#[derive(Clone, Debug)]
pub struct SpecialDay {
    /// What people call it, such as Christmas Eve; may be empty.
    pub names: Vec<String>,
    /// When it is.
    pub on: Day,
    /// Its hours; empty is closed.
    pub hours: Vec<Span>,
}

/// When a special day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Once.
    Date(Date),
    /// Every year.
    Yearly {
        /// From 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// Every year, so many days after Easter Sunday.
    Easter {
        /// Negative before Easter.
        offset: i16,
    },
    /// Every year: the first, second or last such weekday of a month.
    Nth {
        /// From 1.
        month: i8,
        /// The weekday.
        weekday: Weekday,
        /// From 1; -1 is the last.
        nth: i8,
    },
}

/// What something costs.
#[derive(Clone, Debug, Default)]
pub struct Price {
    /// What visitors call it; the first is shown.
    pub names: Vec<String>,
    /// The amount as shown, such as `4.50`.
    pub amount: String,
    /// Currency sign or code, as shown.
    pub currency: String,
    /// The last day on which it is sure.
    pub valid_until: Option<Date>,
}

#[cfg(test)]
mod tests;
