//! The languages in which facts are asked and told.

mod arabic;
mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod spanish;
mod swedish;

use super::lexicon::Sign;

/// One language: its words and its sentences.
#[derive(Debug)]
pub(crate) struct Tongue {
    /// ISO 639-1.
    pub(crate) code: &'static str,
    /// Phrases by what they mean, lower case, between bars.
    pub(crate) words: &'static [(&'static str, Sign)],
    /// Weekdays as written in a date, from Monday.
    pub(crate) days: [&'static str; 7],
    /// Months as written in a date.
    pub(crate) months: [&'static str; 12],
    /// `{d}` of month `{m}`.
    pub(crate) month_day: &'static str,
    /// Weekday `{w}` and day `{d}`.
    pub(crate) date: &'static str,
    /// A time of day, `{}`.
    pub(crate) clock: &'static str,
    pub(crate) today: &'static str,
    pub(crate) tomorrow: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    /// Before spans of time.
    pub(crate) open: &'static str,
    pub(crate) closed: &'static str,
    /// Instead of a span from midnight to midnight.
    pub(crate) all_day: &'static str,
    /// From `{a}` to `{b}`.
    pub(crate) from_to: &'static str,
    /// Between spans, with its blanks.
    pub(crate) and: &'static str,
    pub(crate) open_now: &'static str,
    pub(crate) closed_now: &'static str,
    /// Before the time of closing, and before a last day.
    pub(crate) until: &'static str,
    pub(crate) always: &'static str,
    /// Before the next opening and a colon.
    pub(crate) next_opening: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) email: &'static str,
    pub(crate) address: &'static str,
    /// Titles of citations.
    pub(crate) hours: &'static str,
    pub(crate) contact: &'static str,
    pub(crate) prices: &'static str,
}

/// Every language; English first.
pub(crate) static TONGUES: &[Tongue] = &[
    english::TONGUE,
    arabic::TONGUE,
    german::TONGUE,
    french::TONGUE,
    spanish::TONGUE,
    italian::TONGUE,
    dutch::TONGUE,
    swedish::TONGUE,
];
