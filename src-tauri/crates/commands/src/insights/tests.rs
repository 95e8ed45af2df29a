//! A hand-made set of turns, counted.

use jiff::civil::date;
use store::TurnNumbers;

use super::*;
use crate::wire::LaneCounts;

fn tally_of(
    days: usize,
    zone: &str,
    turns: &[(&str, &str, f64, Option<bool>, &str)],
) -> tally::Counted {
    let mut tally = Tally::new(date(2026, 11, 21), days, TimeZone::get(zone).unwrap());
    for (at, route, total_ms, helpful, language) in turns {
        let at = at.parse::<Timestamp>().unwrap().as_second();
        tally.add(TurnNumbers { at, route, total_ms: *total_ms, helpful: *helpful, language });
    }
    tally.finish()
}

#[test]
fn every_lane_is_counted_on_its_day() {
    let counted = tally_of(
        2,
        "UTC",
        &[
            ("2026-11-21T09:10:00Z", "faq", 10.0, Some(true), "en"),
            ("2026-11-21T09:50:00Z", "quote", 30.0, Some(false), "en"),
            ("2026-11-21T10:00:00Z", "refused", 20.0, None, "de"),
            ("2026-11-22T23:59:59Z", "handoff", 5.0, None, ""),
            ("2026-11-22T23:59:59Z", "did_you_mean", 7.0, None, "en"),
        ],
    );
    let lanes = counted.days.iter().map(|day| day.lanes).collect::<Vec<_>>();
    let first =
        LaneCounts { approved: 1, documents: 1, refused: 1, questions: 3, ..Default::default() };
    assert_eq!(lanes[0], first);
    assert_eq!(
        lanes[1],
        LaneCounts { person: 1, asked_back: 1, questions: 2, ..Default::default() }
    );
    assert_eq!(counted.all.questions, 5);
    assert_eq!((counted.days[0].p50_ms, counted.days[0].p95_ms), (Some(20.0), Some(30.0)));
    assert_eq!((counted.thumbs_up, counted.thumbs_down, counted.answers), (1, 1, 1));
    // 21 November 2026 is a Saturday.
    assert_eq!((counted.hours[5][9], counted.hours[5][10], counted.hours[6][23]), (2, 1, 2));
    assert_eq!(
        counted.languages[0],
        crate::wire::LanguageCount { language: "en".into(), count: 3 }
    );
}

#[test]
fn days_end_at_the_midnight_of_the_computer() {
    let turns = [
        ("2026-11-20T22:59:59Z", "faq", 1.0, None, ""),
        ("2026-11-20T23:00:00Z", "faq", 1.0, None, ""),
        ("2026-11-21T22:59:59Z", "faq", 1.0, None, ""),
        ("2026-11-21T23:00:00Z", "faq", 1.0, None, ""),
    ];
    let counted = tally_of(2, "Europe/Berlin", &turns);
    let asked: Vec<u32> = counted.days.iter().map(|day| day.lanes.questions).collect();
    assert_eq!(asked, [2, 1], "one second before the first midnight is no day of ours");
    assert_eq!((counted.hours[5][0], counted.hours[5][23], counted.hours[6][0]), (1, 1, 1));
}

#[test]
fn a_day_of_summer_time_has_its_own_length() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let now = "2026-03-29T12:00:00Z".parse::<Timestamp>().unwrap().as_second();
    let (first, from, until) = period(1, &zone, now).unwrap();
    assert_eq!((first, until - from), (date(2026, 3, 29), 23 * 3_600));
}

#[test]
fn an_empty_desk_has_days_without_numbers() {
    let counted = tally_of(7, "UTC", &[]);
    assert_eq!(counted.days.len(), 7);
    assert_eq!(counted.days[6].day, "2026-11-27");
    assert!(counted.days.iter().all(|day| day.p50_ms.is_none() && day.lanes.questions == 0));
    assert_eq!((counted.p95_ms, counted.answers), (None, 0));
}

#[test]
fn what_cannot_be_counted_is_said() {
    for (days, minutes) in [(0, 3.0), (367, 3.0), (7, -1.0), (7, f64::NAN), (7, 601.0)] {
        assert!(check(days, minutes).is_err(), "{days} {minutes}");
    }
    assert!(check(1, 0.0).is_ok() && check(366, 600.0).is_ok());
}

#[test]
#[ignore = "a measurement: run it with --ignored --nocapture and read what it prints"]
#[expect(clippy::print_stdout, reason = "the number is what it is for")]
fn a_hundred_thousand_turns_are_tallied() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let (first, from, until) = period(90, &zone, 1_795_000_000).unwrap();
    let started = std::time::Instant::now();
    let mut tally = Tally::new(first, 90, zone);
    let step = (until - from) / 100_000;
    for number in 0..100_000_i64 {
        let at = from + number * step;
        let total_ms = (number * 7_919 % 900) as f64;
        tally.add(TurnNumbers { at, route: "faq", total_ms, helpful: None, language: "en" });
    }
    println!("{} turns in {:?}", tally.finish().all.questions, started.elapsed());
}
