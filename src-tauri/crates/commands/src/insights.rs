//! What the desk did lately, in numbers.

mod tally;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::{
    ApiError, Code, InsightsCommand, InsightsReply, InsightsView, SavedView, TopAnswerView,
};
use tally::Tally;

/// Days that one page may show.
const MOST_DAYS: u32 = 366;
/// Nobody takes a whole day for one answer.
const MOST_MINUTES: f64 = 600.0;
/// Approved answers in the list.
const TOP_ANSWERS: usize = 10;

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn insights(&self, command: InsightsCommand) -> Result<InsightsReply, ApiError> {
        match command {
            InsightsCommand::State => {
                let mut questions = 0;
                self.store.each_turn_numbers(i64::MIN, i64::MAX, &mut |_| questions += 1)?;
                Ok(InsightsReply::State { questions })
            }
            InsightsCommand::Overview { days, minutes_each } => {
                check(days, minutes_each)?;
                let zone = TimeZone::system();
                let view = self.last_days(days, minutes_each, zone, unix_seconds())?;
                Ok(InsightsReply::Overview(view))
            }
        }
    }

    fn last_days(
        &self,
        days: u32,
        minutes_each: f64,
        zone: TimeZone,
        now: i64,
    ) -> Result<InsightsView, ApiError> {
        let (first, from, until) = period(days, &zone, now).map_err(|e| errors::internal(&e))?;
        let mut tally = Tally::new(first, days as usize, zone);
        self.store.each_turn_numbers(from, until, &mut |numbers| tally.add(numbers))?;
        let counted = tally.finish();
        let top = self.store.faq_uses(from, until, TOP_ANSWERS)?;
        let answers = counted.answers;
        Ok(InsightsView {
            days: counted.days,
            all: counted.all,
            p50_ms: counted.p50_ms,
            p95_ms: counted.p95_ms,
            hours: counted.hours,
            top_answers: top
                .into_iter()
                .map(|row| TopAnswerView {
                    faq_id: row.faq_id,
                    question: row.question,
                    count: row.count as u32,
                })
                .collect(),
            languages: counted.languages,
            thumbs_up: counted.thumbs_up,
            thumbs_down: counted.thumbs_down,
            gaps_open: self.store.count_open_gaps()? as u32,
            saved: SavedView { answers, minutes_each, minutes: f64::from(answers) * minutes_each },
        })
    }
}

/// The first day, and the seconds from its midnight to the midnight that ends today.
fn period(
    days: u32,
    zone: &TimeZone,
    now: i64,
) -> Result<(jiff::civil::Date, i64, i64), jiff::Error> {
    let today = Zoned::new(Timestamp::from_second(now)?, zone.clone()).date();
    let first = today.checked_sub((i64::from(days) - 1).days())?;
    let from = first.to_zoned(zone.clone())?.timestamp().as_second();
    let until = today.tomorrow()?.to_zoned(zone.clone())?.timestamp().as_second();
    Ok((first, from, until))
}

fn check(days: u32, minutes_each: f64) -> Result<(), ApiError> {
    let wrong = if !(1..=MOST_DAYS).contains(&days) {
        format!("{days} days cannot be counted, only 1 to {MOST_DAYS}")
    } else if !(0.0..=MOST_MINUTES).contains(&minutes_each) {
        format!("an answer takes 0 to {MOST_MINUTES} minutes, not {minutes_each}")
    } else {
        return Ok(());
    };
    let hint = Some("Choose one of the values offered.".into());
    Err(ApiError { code: Code::Invalid, message: wrong, hint })
}

#[cfg(test)]
mod tests;
