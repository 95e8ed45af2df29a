//! From the numbers of turns to days, hours and shares. Pure: the time zone is passed in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::TurnNumbers;

use crate::wire::{DayView, LaneCounts, LanguageCount};

/// Local time changes its day and its hour only with a quarter of an hour.
const QUARTER_SECONDS: i64 = 900;

/// Counts turns one after the other.
pub(super) struct Tally {
    zone: TimeZone,
    first: Date,
    days: Vec<(LaneCounts, Vec<f64>)>,
    hours: Vec<Vec<u32>>,
    languages: BTreeMap<String, u32>,
    thumbs: [u32; 2],
    answers: u32,
    // Turns come in the order of time: most are in the same quarter as the one before.
    last: Option<(i64, Place)>,
}

/// Where a moment belongs.
#[derive(Clone, Copy)]
struct Place {
    day: usize,
    weekday: usize,
    hour: usize,
}

/// What was counted.
pub(super) struct Counted {
    pub(super) days: Vec<DayView>,
    pub(super) all: LaneCounts,
    pub(super) p50_ms: Option<f64>,
    pub(super) p95_ms: Option<f64>,
    pub(super) hours: Vec<Vec<u32>>,
    pub(super) languages: Vec<LanguageCount>,
    pub(super) thumbs_up: u32,
    pub(super) thumbs_down: u32,
    /// Answers given that nobody called unhelpful.
    pub(super) answers: u32,
}

impl Tally {
    pub(super) fn new(first: Date, days: usize, zone: TimeZone) -> Self {
        Self {
            zone,
            first,
            days: vec![(LaneCounts::default(), Vec::new()); days],
            hours: vec![vec![0; 24]; 7],
            languages: BTreeMap::new(),
            thumbs: [0; 2],
            answers: 0,
            last: None,
        }
    }

    pub(super) fn add(&mut self, turn: TurnNumbers<'_>) {
        let Some(place) = self.place(turn.at) else { return };
        let Some((lanes, times)) = self.days.get_mut(place.day) else { return };
        count(lanes, turn.route);
        times.push(turn.total_ms);
        self.hours[place.weekday][place.hour] += 1;
        match self.languages.get_mut(turn.language) {
            Some(count) => *count += 1,
            None => {
                self.languages.insert(turn.language.to_owned(), 1);
            }
        }
        if let Some(helpful) = turn.helpful {
            self.thumbs[usize::from(helpful)] += 1;
        }
        if is_answer(turn.route) && turn.helpful != Some(false) {
            self.answers += 1;
        }
    }

    pub(super) fn finish(self) -> Counted {
        let mut all = LaneCounts::default();
        let mut times = Vec::new();
        let mut days = Vec::with_capacity(self.days.len());
        let mut day = self.first;
        for (lanes, mut of_day) in self.days {
            add(&mut all, &lanes);
            let [p50_ms, p95_ms] = [0.5, 0.95].map(|share| within(&mut of_day, share));
            days.push(DayView { day: day.to_string(), lanes, p50_ms, p95_ms });
            times.append(&mut of_day);
            day = day.tomorrow().unwrap_or(day);
        }
        let languages = self.languages.into_iter();
        let mut languages: Vec<_> =
            languages.map(|(language, count)| LanguageCount { language, count }).collect();
        languages.sort_by_key(|one| std::cmp::Reverse(one.count));
        let [p50_ms, p95_ms] = [0.5, 0.95].map(|share| within(&mut times, share));
        Counted {
            days,
            all,
            p50_ms,
            p95_ms,
            hours: self.hours,
            languages,
            thumbs_up: self.thumbs[1],
            thumbs_down: self.thumbs[0],
            answers: self.answers,
        }
    }

    fn place(&mut self, at: i64) -> Option<Place> {
        let quarter = at.div_euclid(QUARTER_SECONDS);
        if let Some((last, place)) = self.last
            && last == quarter
        {
            return Some(place);
        }
        let local = self.zone.to_datetime(Timestamp::from_second(at).ok()?);
        let place = Place {
            day: usize::try_from(self.first.until(local.date()).ok()?.get_days()).ok()?,
            weekday: local.weekday().to_monday_zero_offset() as usize,
            hour: local.hour() as usize,
        };
        self.last = Some((quarter, place));
        Some(place)
    }
}

fn count(lanes: &mut LaneCounts, route: &str) {
    let lane = match route {
        "faq" => &mut lanes.approved,
        "documents" | "quote" | "cache" => &mut lanes.documents,
        "order" => &mut lanes.orders,
        "did_you_mean" => &mut lanes.asked_back,
        "refused" => &mut lanes.refused,
        "handoff" => &mut lanes.person,
        _ => &mut lanes.other,
    };
    *lane += 1;
    lanes.questions += 1;
}

fn add(all: &mut LaneCounts, lanes: &LaneCounts) {
    all.approved += lanes.approved;
    all.documents += lanes.documents;
    all.orders += lanes.orders;
    all.asked_back += lanes.asked_back;
    all.refused += lanes.refused;
    all.person += lanes.person;
    all.other += lanes.other;
    all.questions += lanes.questions;
}

/// A form for an order, a question back and a greeting save nobody's time for sure.
fn is_answer(route: &str) -> bool {
    matches!(route, "faq" | "documents" | "quote" | "cache")
}

/// The time within which this share of the turns was answered.
fn within(times: &mut [f64], share: f64) -> Option<f64> {
    if times.is_empty() {
        return None;
    }
    let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
    let (_, value, _) = times.select_nth_unstable_by(at, f64::total_cmp);
    Some(*value)
}
