//! What a question about the facts asks, in any of the languages. Pure.

use jiff::civil::{Date, DateTime};

use super::calendar::{days_after, next_date, weekday};
use super::lexicon::{Sign, signs};
use super::numbers::Number;
use super::tongues::{TONGUES, Tongue};
use super::{DAY_MINUTES, Facts};

/// A question about the facts.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The language it is asked in.
    pub(crate) tongue: &'static Tongue,
    /// The place it is about.
    pub(crate) place: usize,
    /// What is asked.
    pub(crate) kind: Kind,
    /// How firmly it hangs on the clock.
    pub(crate) clock: Clock,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whether the place is open at this moment, or, if `closed`, whether it is closed.
    Now {
        /// "Are you closed now?"
        closed: bool,
    },
    /// The same of a whole day, or of a time of it.
    On {
        /// The day.
        date: Date,
        /// The time in minutes.
        time: Option<u16>,
        /// "Are you closed on Sunday?"
        closed: bool,
    },
    /// The hours of a day; without a day, of today and the next opening.
    Hours(Option<Date>),
    /// Saturday and Sunday.
    Weekend(Date),
    /// The hours of every such weekday.
    Every(usize),
    /// The whole week.
    Week,
    /// The telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The postal address.
    Address,
    /// What something costs.
    Price(usize),
}

/// How firmly a question hangs on the clock: no fixed text can answer the first kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Now, today, tomorrow.
    Relative,
    /// A date.
    Date,
    /// The whole week, which an answer about a part of the year must not stand for.
    Week,
    /// The same whenever it is asked, or a weekday, which most people mean in general.
    Fixed,
}

/// Numbers that are a year beside a day and a month.
const YEARS: std::ops::Range<i16> = 2000..2100;

/// What has been gathered from a question's words.
#[derive(Default)]
struct Gathered {
    open: bool,
    closed: bool,
    hours: bool,
    when: bool,
    now: bool,
    later: bool,
    this: bool,
    dates: Vec<Date>,
    weekday: Option<u8>,
    weekdays: Option<u8>,
    weekend: bool,
    month: Option<u8>,
    bare: Option<i16>,
    year: Option<i16>,
    time: Option<u16>,
    contact: Vec<Kind>,
    cost: bool,
    price: Option<usize>,
    place: Option<usize>,
    ahead: bool,
}

/// Reads a question: first in the language of the screen, then in the others.
///
/// `now` is the wall clock of the shop. `None` unless every word is understood.
pub(crate) fn read(question: &str, language: &str, facts: &Facts, now: DateTime) -> Option<Asked> {
    if facts.places.is_empty() && facts.prices.is_empty() {
        return None;
    }
    let code = language.split(['-', '_']).next().unwrap_or_default();
    let own = TONGUES.iter().filter(|tongue| tongue.code == code);
    let others = TONGUES.iter().filter(|tongue| tongue.code != code);
    own.chain(others).find_map(|tongue| {
        let gathered = gather(&signs(question, tongue, facts)?, facts, now.date())?;
        let (kind, clock) = gathered.kind(now.date())?;
        Some(Asked { tongue, place: gathered.place.unwrap_or(0), kind, clock })
    })
}

/// Puts the signs together; two that contradict each other are not understood.
fn gather(signs: &[Sign], facts: &Facts, today: Date) -> Option<Gathered> {
    let mut all = Gathered::default();
    for sign in signs {
        match *sign {
            Sign::Noise => {}
            Sign::Open => all.open = true,
            Sign::Closed => all.closed = true,
            Sign::Hours => all.hours = true,
            Sign::When => all.when = true,
            Sign::Now => all.now = true,
            Sign::Later => all.later = true,
            Sign::This => all.this = true,
            Sign::DaysAhead(days) => {
                all.ahead = true;
                all.dates.push(days_after(today, i32::from(days))?);
            }
            Sign::Weekday(day) => once(&mut all.weekday, day)?,
            Sign::Weekdays(day) => once(&mut all.weekdays, day)?,
            Sign::Weekend => all.weekend = true,
            Sign::Month(month) => once(&mut all.month, month)?,
            Sign::Phone => all.contact.push(Kind::Phone),
            Sign::Email => all.contact.push(Kind::Email),
            Sign::Address => all.contact.push(Kind::Address),
            Sign::Cost => all.cost = true,
            Sign::Number(Number::Bare(value)) if YEARS.contains(&value) => {
                once(&mut all.year, value)?;
            }
            Sign::Number(Number::Bare(value)) => once(&mut all.bare, value)?,
            Sign::Number(Number::Time(time)) => once(&mut all.time, time)?,
            Sign::Number(Number::Date { year, month, day }) => {
                all.dates.push(coming(year, month, day, today)?);
            }
            Sign::Place(place) => once(&mut all.place, place)?,
            Sign::Special(place, day) => {
                all.dates.push(next_date(facts.places[place].days[day].on, today)?);
            }
            Sign::Price(price) => once(&mut all.price, price)?,
        }
    }
    if let (Some(month), Some(day)) = (all.month, all.bare) {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        all.dates.push(coming(all.year.take(), month, day, today)?);
        (all.month, all.bare) = (None, None);
    }
    // A month without a day, or a number that belongs to nothing.
    let leftover = all.month.is_some() || all.bare.is_some() || all.year.is_some();
    (!leftover).then_some(all)
}

impl Gathered {
    fn kind(&self, today: Date) -> Option<(Kind, Clock)> {
        let about_hours = self.open || self.closed || self.hours;
        let about_time = self.has_day() || self.now || self.later || self.time.is_some();
        match (self.contact.as_slice(), self.price) {
            ([], None) => {}
            ([kind], None) if !about_hours && !about_time && !self.cost => {
                return Some((*kind, Clock::Fixed));
            }
            ([], Some(price)) if self.cost && !about_hours && !about_time => {
                return Some((Kind::Price(price), Clock::Fixed));
            }
            _ => return None,
        }
        if !about_hours || self.cost || (self.open && self.closed) {
            return None;
        }
        self.hours_kind(today)
    }

    fn hours_kind(&self, today: Date) -> Option<(Kind, Clock)> {
        let asks_hours = self.hours || self.when;
        if let Some(day) = self.weekdays {
            let alone = !self.now && !self.later && self.time.is_none() && !self.has_one_day();
            return alone.then_some((Kind::Every(day.into()), Clock::Fixed));
        }
        if self.weekend {
            let alone = !self.now && !self.later && self.time.is_none() && !self.has_one_day();
            let saturday = days_after(today, (5 - weekday(today) as i32).max(0))?;
            let clock = if self.this { Clock::Relative } else { Clock::Fixed };
            return alone.then_some((Kind::Weekend(saturday), clock));
        }
        let (date, clock) = self.day(today)?;
        if self.now {
            let now = date.is_none() && self.time.is_none() && !self.later && !asks_hours;
            let kind = if now { Kind::Now { closed: self.closed } } else { Kind::Hours(None) };
            return (date.is_none() || date == Some(today)).then_some((kind, Clock::Relative));
        }
        Some(match (date, self.time) {
            (None, None) if self.later => (Kind::Hours(Some(today)), Clock::Relative),
            (None, None) if self.hours => (Kind::Week, Clock::Week),
            (None, None) if self.when => (Kind::Hours(None), Clock::Relative),
            (None, None) => (Kind::Now { closed: self.closed }, Clock::Relative),
            (date, Some(time)) if !asks_hours && !self.later && time <= DAY_MINUTES => {
                let on = date.unwrap_or(today);
                let clock = if date.is_none() { Clock::Relative } else { clock };
                (Kind::On { date: on, time: Some(time), closed: self.closed }, clock)
            }
            (Some(date), None) if !asks_hours && !self.later => {
                (Kind::On { date, time: None, closed: self.closed }, clock)
            }
            (Some(date), None) => (Kind::Hours(Some(date)), clock),
            (_, Some(_)) => return None,
        })
    }

    fn has_one_day(&self) -> bool {
        self.weekday.is_some() || !self.dates.is_empty()
    }

    fn has_day(&self) -> bool {
        self.has_one_day() || self.weekdays.is_some() || self.weekend
    }

    /// The day that is meant; days that contradict each other are not understood.
    fn day(&self, today: Date) -> Option<(Option<Date>, Clock)> {
        let date = match self.dates.as_slice() {
            [] => None,
            [first, rest @ ..] => rest.iter().all(|date| date == first).then_some(Some(*first))?,
        };
        match (date, self.weekday) {
            (Some(date), Some(day)) => {
                (weekday(date) == usize::from(day)).then_some((Some(date), Clock::Date))
            }
            (Some(date), None) => {
                let clock = if self.ahead { Clock::Relative } else { Clock::Date };
                Some((Some(date), clock))
            }
            (None, Some(day)) => {
                let ahead = (i32::from(day) - weekday(today) as i32).rem_euclid(7);
                let clock = if self.this { Clock::Relative } else { Clock::Fixed };
                Some((Some(days_after(today, ahead)?), clock))
            }
            (None, None) => Some((None, Clock::Relative)),
        }
    }
}

/// A date with its year, or the next of its kind.
fn coming(year: Option<i16>, month: i8, day: i8, today: Date) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => next_date(super::Day::Yearly { month, day }, today),
    }
}

/// Notes a part of a question that may be there once.
fn once<T: PartialEq>(slot: &mut Option<T>, value: T) -> Option<()> {
    match slot {
        Some(before) if *before != value => None,
        _ => {
            *slot = Some(value);
            Some(())
        }
    }
}
