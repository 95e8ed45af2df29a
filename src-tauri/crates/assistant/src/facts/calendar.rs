//! What is open when: pure arithmetic on days and minutes of the shop's own clock.
//!
//! Times are those on the wall. On the day the clocks change, two o'clock may come twice or never;
//! a shop that closes at two closes when the clock on its wall says so.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{DAY_MINUTES, Day, Facts, Place, Season, Span, SpecialDay};

/// Days looked ahead for the next opening.
const AHEAD_DAYS: i32 = 21;
/// Open so many days without a break is open around the clock.
const ALWAYS_DAYS: i32 = 7;

/// How a place stands at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Open, until then; `None` around the clock.
    Open(Option<(Date, u16)>),
    /// Closed, until then; `None` where the next opening is not known.
    Closed(Option<(Date, u16)>),
}

/// The hours of one day; `None` where staff have not said.
pub(crate) fn hours_on(facts: &Facts, place: usize, date: Date) -> Option<Vec<Span>> {
    let own = own_hours(&facts.places[place], date)?;
    // What lies within the shop is closed when the shop is.
    let shop = facts.places.first().filter(|shop| place > 0 && !shop.seasons.is_empty());
    match shop {
        Some(shop) if own_hours(shop, date)?.is_empty() => Some(Vec::new()),
        _ => Some(own),
    }
}

/// The special day that a date is, if it is one. A date of one year wins over rules for all.
pub(crate) fn special(place: &Place, date: Date) -> Option<&SpecialDay> {
    let once = |day: &&SpecialDay| day.on == Day::Date(date);
    let rule = |day: &&SpecialDay| falls_on(day.on, date);
    place.days.iter().find(once).or_else(|| place.days.iter().find(rule))
}

/// The next date of a special day, from `today` on.
pub(crate) fn next_date(day: Day, today: Date) -> Option<Date> {
    if let Day::Date(date) = day {
        return (date >= today).then_some(date);
    }
    let first = [today.year(), today.year() + 1].into_iter();
    let mut dates = first.filter_map(|year| date_in(day, year));
    dates.find(|date| *date >= today)
}

/// How a place stands at a moment; `None` where staff have not said.
pub(crate) fn standing(facts: &Facts, place: usize, at: DateTime) -> Option<Standing> {
    let (date, minute) = (at.date(), minute_of(at));
    match closing(facts, place, date, minute)? {
        Some(end) => Some(Standing::Open(until(facts, place, end))),
        None => Some(Standing::Closed(next_opening(facts, place, at))),
    }
}

/// When a place opens next after a moment.
pub(crate) fn next_opening(facts: &Facts, place: usize, after: DateTime) -> Option<(Date, u16)> {
    let minute = i32::from(minute_of(after));
    for ahead in 0..=AHEAD_DAYS {
        let date = days_after(after.date(), ahead)?;
        let from = if ahead == 0 { minute + 1 } else { 0 };
        let spans = hours_on(facts, place, date)?;
        let opens = spans.iter().map(|span| span.opens).filter(|at| i32::from(*at) >= from).min();
        if let Some(opens) = opens {
            return Some((date, opens));
        }
    }
    None
}

/// The hours of a weekday (0 is Monday) where all seasons agree.
pub(crate) fn every(place: &Place, weekday: usize) -> Option<&[Span]> {
    let first = &place.seasons.first()?.week[weekday];
    let same = place.seasons.iter().all(|season| season.week[weekday] == *first);
    let whole = place.seasons.iter().any(|season| season.between.is_none()) || covers(place);
    (same && whole).then_some(first)
}

/// Whole days after a date.
pub(crate) fn days_after(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// Minutes after midnight.
pub(crate) fn minute_of(at: DateTime) -> u16 {
    u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs())
}

/// Where 0 is Monday.
pub(crate) fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset().unsigned_abs().into()
}

fn own_hours(place: &Place, date: Date) -> Option<Vec<Span>> {
    if place.seasons.is_empty() || place.known_until.is_some_and(|end| date > end) {
        return None;
    }
    if let Some(day) = special(place, date) {
        return Some(day.hours.clone());
    }
    let season = place.seasons.iter().find(|season| holds(season, date))?;
    Some(season.week[weekday(date)].clone())
}

/// Whether the seasons together hold a whole year: each begins where another has ended.
fn covers(place: &Place) -> bool {
    let sample = (0..366).filter_map(|day| days_after(Date::constant(2028, 1, 1), day));
    let mut sample = sample;
    sample.all(|date| place.seasons.iter().any(|season| holds(season, date)))
}

fn holds(season: &Season, date: Date) -> bool {
    let Some((from, to)) = season.between else { return true };
    let day = (date.month(), date.day());
    if from <= to { from <= day && day <= to } else { day >= from || day <= to }
}

fn falls_on(day: Day, date: Date) -> bool {
    match day {
        Day::Date(once) => once == date,
        rule => date_in(rule, date.year()) == Some(date),
    }
}

/// The date of a rule in a year; 29 February is not in every one.
fn date_in(day: Day, year: i16) -> Option<Date> {
    match day {
        Day::Date(once) => (once.year() == year).then_some(once),
        Day::Yearly { month, day } => Date::new(year, month, day).ok(),
        Day::Easter { offset } => days_after(easter(year)?, i32::from(offset)),
        Day::Nth { month, weekday, nth } => {
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let shift = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * shift + 114;
    Date::new(year as i16, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

/// When the span ends that a moment is in: `Some(None)` in no span, `None` where hours are unknown.
fn closing(facts: &Facts, place: usize, date: Date, minute: u16) -> Option<Option<(Date, u16)>> {
    for span in hours_on(facts, place, date)? {
        if span.opens <= minute && (goes_on(span) || minute < span.closes) {
            return Some(Some(end_of(span, date)?));
        }
    }
    // What is not known of yesterday is taken as closed: it can only be a night before facts begin.
    let yesterday = days_after(date, -1)?;
    for span in hours_on(facts, place, yesterday).unwrap_or_default() {
        if goes_on(span) && minute < span.closes {
            return Some(Some((date, span.closes)));
        }
    }
    Some(None)
}

/// Follows spans that meet, over midnight too.
fn until(facts: &Facts, place: usize, end: (Date, u16)) -> Option<(Date, u16)> {
    let first = end.0;
    let mut end = end;
    loop {
        if end.1 == DAY_MINUTES {
            end = (days_after(end.0, 1)?, 0);
        }
        if days_after(first, ALWAYS_DAYS).is_some_and(|limit| end.0 > limit) {
            return None;
        }
        match closing(facts, place, end.0, end.1) {
            Some(Some(next)) if next > end => end = next,
            _ => break,
        }
    }
    // Midnight belongs to the day that ends.
    Some(match end.1 {
        0 => (days_after(end.0, -1)?, DAY_MINUTES),
        _ => end,
    })
}

/// Whether a span ends on the next day.
fn goes_on(span: Span) -> bool {
    span.closes <= span.opens
}

fn end_of(span: Span, date: Date) -> Option<(Date, u16)> {
    match goes_on(span) {
        true => Some((days_after(date, 1)?, span.closes)),
        false => Some((date, span.closes)),
    }
}
