//! Reading and saving the facts that staff type.

use assistant::facts::{DAY_MINUTES, Day, Facts, Place, Price, Season, Span, SpecialDay};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::{
    ApiError, Code, FactsView, PlaceView, PriceView, SeasonView, SpanView, SpecialDayView,
};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Core {
    /// The facts as staff typed them; empty where nobody has.
    pub(crate) fn facts(&self) -> Result<FactsView, ApiError> {
        match self.store.facts()? {
            Some(document) => {
                serde_json::from_str(&document).map_err(|error| errors::internal(&error))
            }
            None => Ok(FactsView::default()),
        }
    }

    /// Checks and saves the facts; they are answered from at once.
    pub(crate) fn save_facts(&self, view: &FactsView) -> Result<(), ApiError> {
        let facts = read(view).map_err(|what| ApiError {
            code: Code::Invalid,
            message: what,
            hint: Some("Nothing was saved. Write times as 09:30 and days as 2026-12-24.".into()),
        })?;
        let document = serde_json::to_string(view).map_err(|error| errors::internal(&error))?;
        self.store.save_facts(&document, unix_seconds())?;
        self.assistant.set_facts(facts);
        Ok(())
    }

    /// Hands saved facts to the assistant. Those that cannot be read are left out and told.
    pub(crate) fn load_facts(&self) -> Result<(), ApiError> {
        match read(&self.facts()?) {
            Ok(facts) => self.assistant.set_facts(facts),
            Err(problem) => tracing::warn!(%problem, "the shop's facts are not used"),
        }
        Ok(())
    }
}

/// Turns what was typed into facts; the error names what does not fit.
fn read(view: &FactsView) -> Result<Facts, String> {
    let zone = match view.time_zone.as_str() {
        "" => TimeZone::system(),
        name => TimeZone::get(name).map_err(|_| format!("there is no time zone {name:?}"))?,
    };
    Ok(Facts {
        zone,
        places: view.places.iter().map(place).collect::<Result<_, _>>()?,
        prices: view.prices.iter().map(price).collect::<Result<_, _>>()?,
    })
}

fn place(view: &PlaceView) -> Result<Place, String> {
    Ok(Place {
        names: names(&view.names),
        phone: view.phone.trim().into(),
        email: view.email.trim().into(),
        address: view.address.trim().into(),
        seasons: view.seasons.iter().map(season).collect::<Result<_, _>>()?,
        days: view.special_days.iter().map(special_day).collect::<Result<_, _>>()?,
        known_until: optional_date(&view.known_until)?,
    })
}

fn season(view: &SeasonView) -> Result<Season, String> {
    let between = match (view.from.as_str(), view.to.as_str()) {
        ("", "") => None,
        (from, to) => Some((month_day(from)?, month_day(to)?)),
    };
    let days: Vec<Vec<Span>> =
        view.week.iter().map(|spans| hours(spans)).collect::<Result<_, _>>()?;
    let week: [Vec<Span>; 7] = days
        .try_into()
        .map_err(|days: Vec<_>| format!("a week has seven days, not {}", days.len()))?;
    Ok(Season { between, week })
}

fn special_day(view: &SpecialDayView) -> Result<SpecialDay, String> {
    Ok(SpecialDay { names: names(&view.names), on: day(&view.on)?, hours: hours(&view.hours)? })
}

fn price(view: &PriceView) -> Result<Price, String> {
    let names = names(&view.names);
    if names.is_empty() || view.amount.trim().is_empty() {
        return Err("a price needs a name and an amount".into());
    }
    Ok(Price {
        names,
        amount: view.amount.trim().into(),
        currency: view.currency.trim().into(),
        valid_until: optional_date(&view.valid_until)?,
    })
}

fn names(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Spans in their order; two that overlap are a slip of the keyboard.
fn hours(views: &[SpanView]) -> Result<Vec<Span>, String> {
    let span =
        |view: &SpanView| Ok(Span { opens: minutes(&view.opens)?, closes: minutes(&view.closes)? });
    let mut spans: Vec<Span> = views.iter().map(span).collect::<Result<_, String>>()?;
    spans.sort_by_key(|span| span.opens);
    let overlap = spans
        .windows(2)
        .any(|pair| pair[0].closes <= pair[0].opens || pair[0].closes > pair[1].opens);
    if overlap { Err("two times of one day overlap".into()) } else { Ok(spans) }
}

fn minutes(text: &str) -> Result<u16, String> {
    let read = || {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let time = hours * 60 + minutes;
        (hours <= 24 && minutes < 60 && time <= DAY_MINUTES).then_some(time)
    };
    read().ok_or_else(|| format!("{text:?} is no time of day"))
}

fn optional_date(text: &str) -> Result<Option<Date>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("{text:?} is no date")),
    }
}

fn month_day(text: &str) -> Result<(i8, i8), String> {
    let read = || {
        let (month, day) = text.trim().split_once('-')?;
        let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        // A leap year, so that 29 February is a day.
        Date::new(2028, month, day).ok().map(|_| (month, day))
    };
    read().ok_or_else(|| format!("{text:?} is no day of a year"))
}

fn day(text: &str) -> Result<Day, String> {
    let text = text.trim().to_lowercase();
    if let Some(offset) = text.strip_prefix("easter") {
        let offset = if offset.is_empty() { Ok(0) } else { offset.parse() };
        let offset = offset.ok().filter(|offset| (-100..=100).contains(offset));
        return match offset {
            Some(offset) => Ok(Day::Easter { offset }),
            None => Err(format!("{text:?} is no day by Easter")),
        };
    }
    let parts: Vec<&str> = text.split('-').collect();
    if let [month, nth, name] = parts.as_slice()
        && let Some((_, weekday)) = WEEKDAYS.iter().find(|(short, _)| short == name)
    {
        let nth = if *nth == "last" { Some(-1) } else { nth.parse().ok() };
        let nth = nth.filter(|nth| *nth == -1 || (1..=5).contains(nth));
        let month = month.parse().ok().filter(|month| (1..=12).contains(month));
        return match (month, nth) {
            (Some(month), Some(nth)) => Ok(Day::Nth { month, weekday: *weekday, nth }),
            _ => Err(format!("{text:?} is no weekday of a month")),
        };
    }
    if parts.len() == 2 {
        let (month, day) = month_day(&text)?;
        return Ok(Day::Yearly { month, day });
    }
    text.parse().map(Day::Date).map_err(|_| format!("{text:?} is no day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_day(text: &str, expected: Option<Day>) {
        assert_eq!(day(text).ok(), expected, "{text}");
    }

    #[test]
    fn special_days_are_read_in_every_form() {
        check_day("2026-12-24", Some(Day::Date(Date::constant(2026, 12, 24))));
        check_day("12-24", Some(Day::Yearly { month: 12, day: 24 }));
        check_day("02-29", Some(Day::Yearly { month: 2, day: 29 }));
        check_day("easter", Some(Day::Easter { offset: 0 }));
        check_day("Easter-2", Some(Day::Easter { offset: -2 }));
        let last = Day::Nth { month: 1, weekday: Weekday::Monday, nth: -1 };
        check_day("01-last-mon", Some(last));
        check_day("05-1-mon", Some(Day::Nth { month: 5, weekday: Weekday::Monday, nth: 1 }));
        for wrong in ["", "christmas", "13-01", "02-30", "2026-02-29", "05-6-mon", "easter+x"] {
            check_day(wrong, None);
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let check = |facts: FactsView, word: &str| {
            let error = read(&facts).unwrap_err();
            assert!(error.contains(word), "{error}");
        };
        check(FactsView { time_zone: "Mars/Base".into(), ..FactsView::default() }, "Mars/Base");
        let with = |season: SeasonView| FactsView {
            places: vec![PlaceView { seasons: vec![season], ..PlaceView::default() }],
            ..FactsView::default()
        };
        check(with(SeasonView::default()), "seven days");
        let span =
            |opens: &str, closes: &str| SpanView { opens: opens.into(), closes: closes.into() };
        let monday = |spans: Vec<SpanView>| {
            let mut week = vec![Vec::new(); 7];
            week[0] = spans;
            with(SeasonView { week, ..SeasonView::default() })
        };
        check(monday(vec![span("9", "18:00")]), "no time of day");
        check(monday(vec![span("09:00", "25:00")]), "no time of day");
        check(monday(vec![span("09:00", "13:00"), span("12:00", "18:00")]), "overlap");
        assert!(read(&monday(vec![span("14:00", "18:00"), span("09:00", "13:00")])).is_ok());
    }
}
