//! The answer to a question about the facts, in the question's language. Pure.

use jiff::civil::{Date, DateTime};

use super::ask::{Asked, Kind};
use super::calendar::{Standing, days_after, every, hours_on, special, standing, weekday};
use super::tongues::Tongue;
use super::{DAY_MINUTES, Facts, Place, Season, Span};

/// What is said, and which fact it is said from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The answer.
    pub(crate) text: String,
    /// What the facts are about, such as opening hours.
    pub(crate) title: &'static str,
    /// The place, where it is not the shop itself.
    pub(crate) place: String,
    /// The fact as it stands.
    pub(crate) passage: String,
}

/// Answers a question; `None` where staff have not typed what it asks.
pub(crate) fn state(facts: &Facts, asked: &Asked, now: DateTime) -> Option<Stated> {
    let teller = Teller { facts, tongue: asked.tongue, index: asked.place, now };
    let place = facts.places.get(asked.place);
    let name = place.filter(|_| asked.place > 0).and_then(|place| place.names.first());
    let name = name.cloned().unwrap_or_default();
    let tongue = asked.tongue;
    let (title, text, passage) = match asked.kind {
        Kind::Phone => {
            (tongue.contact, contact(tongue.phone, &place?.phone)?, place?.phone.clone())
        }
        Kind::Email => {
            (tongue.contact, contact(tongue.email, &place?.email)?, place?.email.clone())
        }
        Kind::Address => {
            (tongue.contact, contact(tongue.address, &place?.address)?, place?.address.clone())
        }
        Kind::Price(index) => {
            let price = price(facts, index, tongue, now.date())?;
            (tongue.prices, price.clone(), price)
        }
        Kind::Now { .. }
        | Kind::On { .. }
        | Kind::Hours(_)
        | Kind::Weekend(_)
        | Kind::Every(_)
        | Kind::Week => {
            let (text, passage) = teller.hours(asked.kind)?;
            (tongue.hours, text, passage)
        }
    };
    let text = if name.is_empty() { text } else { format!("{name}: {text}") };
    Some(Stated { text, title, place: name, passage })
}

fn contact(label: &str, value: &str) -> Option<String> {
    (!value.is_empty()).then(|| format!("{label}: {value}"))
}

fn price(facts: &Facts, index: usize, tongue: &Tongue, today: Date) -> Option<String> {
    let price = &facts.prices[index];
    if price.valid_until.is_some_and(|end| today > end) || price.amount.is_empty() {
        return None;
    }
    let sign = price.currency.as_str();
    let amount = match sign {
        "£" | "$" => format!("{sign}{}", price.amount),
        _ => format!("{} {sign}", price.amount).trim().to_owned(),
    };
    let name = price.names.first()?;
    let until =
        price.valid_until.map(|end| format!(" ({} {})", tongue.until, date(tongue, end, end)));
    Some(format!("{name}: {amount}{}", until.unwrap_or_default()))
}

struct Teller<'a> {
    facts: &'a Facts,
    tongue: &'static Tongue,
    index: usize,
    now: DateTime,
}

impl Teller<'_> {
    /// The answer and the fact.
    fn hours(&self, kind: Kind) -> Option<(String, String)> {
        let today = self.now.date();
        Some(match kind {
            Kind::Now { closed } => {
                let answer = self.right_now(closed)?;
                (answer, self.day_line(today)?)
            }
            Kind::On { date, time: None, closed } => {
                let line = self.day_line(date)?;
                let open = !hours_on(self.facts, self.index, date)?.is_empty();
                (format!("{} {line}.", self.yes_or_no(open != closed)), line)
            }
            Kind::On { date, time: Some(time), closed } => {
                let line = self.day_line(date)?;
                let open = self.is_open(date, time)?;
                (format!("{} {line}.", self.yes_or_no(open != closed)), line)
            }
            Kind::Hours(Some(date)) => {
                let line = self.day_line(date)?;
                (format!("{line}."), line)
            }
            Kind::Hours(None) => {
                let line = self.day_line(today)?;
                let answer = match standing(self.facts, self.index, self.now)? {
                    // Later today is in the line already.
                    Standing::Closed(Some((date, _))) if date == today => format!("{line}."),
                    Standing::Closed(next) => format!("{line}.{}", self.opens_again(next)),
                    Standing::Open(_) => format!("{line}."),
                };
                (answer, line)
            }
            Kind::Weekend(saturday) => {
                let sunday = days_after(saturday, 1)?;
                let lines = format!("{}; {}", self.day_line(saturday)?, self.day_line(sunday)?);
                (format!("{lines}."), lines)
            }
            Kind::Every(day) => {
                let hours = every(self.place()?, day)?;
                let line = format!("{}: {}", capital(self.tongue.days[day]), self.spans(hours));
                (format!("{line}."), line)
            }
            Kind::Week => {
                let week = self.week()?;
                (week.clone(), week)
            }
            Kind::Phone | Kind::Email | Kind::Address | Kind::Price(_) => return None,
        })
    }

    fn right_now(&self, closed: bool) -> Option<String> {
        let tongue = self.tongue;
        Some(match standing(self.facts, self.index, self.now)? {
            Standing::Open(until) => {
                let until = match until {
                    Some((date, minute)) => {
                        let time = self.time(minute);
                        let next_day = date != self.now.date();
                        let day = if next_day { self.day(date) } else { String::new() };
                        format!(" {} {} {time}", tongue.until, day).replace("  ", " ")
                    }
                    None => format!(" {}", tongue.always),
                };
                format!("{} {}{until}.", self.yes_or_no(!closed), tongue.open_now)
            }
            Standing::Closed(next) => format!(
                "{} {}.{}",
                self.yes_or_no(closed),
                tongue.closed_now,
                self.opens_again(next)
            ),
        })
    }

    fn opens_again(&self, next: Option<(Date, u16)>) -> String {
        let line = |(date, minute)| {
            format!(" {}: {}, {}.", self.tongue.next_opening, self.day(date), self.time(minute))
        };
        next.map(line).unwrap_or_default()
    }

    /// Whether the place is open in the minute that begins at a time.
    fn is_open(&self, date: Date, time: u16) -> Option<bool> {
        let (date, time) = match time {
            DAY_MINUTES => (days_after(date, 1)?, 0),
            _ => (date, time),
        };
        let at = date.at((time / 60) as i8, (time % 60) as i8, 0, 0);
        Some(matches!(standing(self.facts, self.index, at)?, Standing::Open(_)))
    }

    /// "Today, Sunday 22 November: closed".
    fn day_line(&self, date: Date) -> Option<String> {
        let hours = hours_on(self.facts, self.index, date)?;
        let name = special(self.place()?, date).and_then(|day| day.names.first());
        let name = name.map_or(String::new(), |name| format!("{name}, "));
        Some(format!("{}: {}", capital(&format!("{name}{}", self.day(date))), self.spans(&hours)))
    }

    fn day(&self, day: Date) -> String {
        let ahead = days_after(self.now.date(), 1);
        let written = date(self.tongue, day, self.now.date());
        if day == self.now.date() {
            format!("{}, {written}", self.tongue.today)
        } else if Some(day) == ahead {
            format!("{}, {written}", self.tongue.tomorrow)
        } else {
            written
        }
    }

    fn spans(&self, spans: &[Span]) -> String {
        if spans.is_empty() {
            return self.tongue.closed.to_owned();
        }
        if spans == [Span { opens: 0, closes: DAY_MINUTES }] {
            return self.tongue.all_day.to_owned();
        }
        let one = |span: &Span| {
            let (opens, closes) = (self.time(span.opens), self.time(span.closes));
            self.tongue.from_to.replace("{a}", &opens).replace("{b}", &closes)
        };
        let all: Vec<String> = spans.iter().map(one).collect();
        format!("{} {}", self.tongue.open, all.join(self.tongue.and))
    }

    /// "9:30 am" in English, "09:30" elsewhere.
    fn time(&self, minute: u16) -> String {
        let (hour, rest) = (minute / 60, minute % 60);
        if self.tongue.code != "en" {
            let written = format!("{hour:02}:{rest:02}");
            return self.tongue.clock.replace("{}", &written);
        }
        let half = if (12..24).contains(&hour) { "pm" } else { "am" };
        let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
        match (minute % DAY_MINUTES, rest) {
            (0, _) => "midnight".to_owned(),
            (_, 0) => format!("{shown} {half}"),
            _ => format!("{shown}:{rest:02} {half}"),
        }
    }

    /// Every season with its days, equal neighbours together.
    fn week(&self) -> Option<String> {
        let place = self.place()?;
        if place.seasons.is_empty() || place.known_until.is_some_and(|end| self.now.date() > end) {
            return None;
        }
        let seasons: Vec<String> = place.seasons.iter().map(|season| self.season(season)).collect();
        Some(seasons.join("\n"))
    }

    fn season(&self, season: &Season) -> String {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for day in 0..7 {
            match runs.last_mut() {
                Some((_, last)) if season.week[*last] == season.week[day] => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let run = |(first, last): &(usize, usize)| {
            let days = self.tongue.days;
            let days = match last - first {
                0 => capital(days[*first]),
                _ => format!("{} – {}", capital(days[*first]), days[*last]),
            };
            format!("{days}: {}", self.spans(&season.week[*first]))
        };
        let week = runs.iter().map(run).collect::<Vec<_>>().join("; ");
        match season.between {
            None => format!("{week}."),
            Some((from, to)) => {
                format!("{} – {}: {week}.", self.month_day(from), self.month_day(to))
            }
        }
    }

    fn month_day(&self, (month, day): (i8, i8)) -> String {
        let month = self.tongue.months[month.unsigned_abs() as usize - 1];
        self.tongue.month_day.replace("{d}", &day.to_string()).replace("{m}", month)
    }

    fn yes_or_no(&self, yes: bool) -> &'static str {
        if yes { self.tongue.yes } else { self.tongue.no }
    }

    fn place(&self) -> Option<&Place> {
        self.facts.places.get(self.index)
    }
}

/// "Sunday 22 November"; the year where it is not this one.
fn date(tongue: &Tongue, date: Date, today: Date) -> String {
    let month = tongue.months[date.month().unsigned_abs() as usize - 1];
    let day = tongue.month_day.replace("{d}", &date.day().to_string()).replace("{m}", month);
    let written = tongue.date.replace("{w}", tongue.days[weekday(date)]).replace("{d}", &day);
    if date.year() == today.year() { written } else { format!("{written} {}", date.year()) }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}
