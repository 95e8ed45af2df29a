//! Insights are right on turns made by hand, around midnight, and on an empty desk.

use std::path::Path;
use std::sync::Arc;

use commands::wire::{
    ConversationsCommand, ConversationsReply, InsightsCommand, InsightsReply, InsightsView,
    StaffCommand, StaffReply, TalkFilter,
};
use commands::{Core, EngineChoice, NoHost, OpenOptions, Session};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use store::{CitationRow, Store, TurnRow};

fn open(folder: &Path) -> Arc<Core> {
    let engine = EngineChoice::Given { chat: None, embedder: None };
    let data = folder.to_path_buf();
    let host = Arc::new(NoHost);
    Core::open(OpenOptions { data, engine, sample: false, machine: None, host }).unwrap()
}

fn turn(conversation: &str, route: &str, at: i64, total_ms: f64) -> TurnRow {
    TurnRow {
        conversation: conversation.into(),
        question: "q".into(),
        answer: "a".into(),
        route: route.into(),
        language: "en".into(),
        at,
        total_ms,
        ..TurnRow::default()
    }
}

fn overview(core: &Core, days: u32, minutes_each: f64) -> InsightsView {
    let command = InsightsCommand::Overview { days, minutes_each };
    match core.manage(&Session::staff("t"), StaffCommand::Insights(command)) {
        Ok(StaffReply::Insights(reply)) => match *reply {
            InsightsReply::Overview(view) => view,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Seconds of the midnight with which today began on this computer.
fn midnight() -> i64 {
    let today = Zoned::now().with_time_zone(TimeZone::system()).date();
    today.to_zoned(TimeZone::system()).unwrap().timestamp().as_second()
}

#[test]
fn days_change_at_this_computers_midnight_and_lanes_add_up() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let store = Store::open(folder.path()).unwrap();
    let today = midnight();
    for (route, at, total_ms) in [
        ("faq", today - 1, 10.0),
        ("refused", today, 20.0),
        ("quote", today + 1, 40.0),
        ("documents", today + 2, 900.0),
    ] {
        store.save_turn(&turn("c", route, at, total_ms)).unwrap();
    }
    let down = store.save_turn(&turn("c", "cache", today + 3, 30.0)).unwrap();
    store.rate_turn(down, false).unwrap();
    drop(store);
    let view = overview(&open(folder.path()), 2, 3.0);
    let asked: Vec<u32> = view.days.iter().map(|day| day.lanes.questions).collect();
    assert_eq!(asked, [1, 4]);
    let yesterday = Zoned::now().date().checked_sub(1.day()).unwrap().to_string();
    assert_eq!(view.days[0].day, yesterday);
    assert_eq!((view.days[1].p50_ms, view.days[1].p95_ms), (Some(30.0), Some(900.0)));
    assert_eq!((view.all.approved, view.all.documents, view.all.refused), (1, 3, 1));
    assert_eq!(
        (view.saved.answers, view.saved.minutes),
        (3, 9.0),
        "the unhelpful one saves nothing"
    );
    assert_eq!((view.thumbs_up, view.thumbs_down), (0, 1));
    assert_eq!(view.hours.iter().flatten().sum::<u32>(), 5);
    assert_eq!(view.languages[0].count, 5);
}

#[test]
fn a_visitor_who_left_is_still_counted_and_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let store = Store::open(folder.path()).unwrap();
    let now = Zoned::now().timestamp().as_second();
    let faq = CitationRow { n: 1, source: "faq".into(), faq_id: Some(1), ..CitationRow::default() };
    store.save_turn(&TurnRow { citations: vec![faq], ..turn("c", "faq", now, 5.0) }).unwrap();
    drop(store);
    let core = open(folder.path());
    let add = StaffCommand::AddFaq {
        question: "When do you open?".into(),
        answer: "At nine.".into(),
        alternatives: vec![],
    };
    core.manage(&Session::staff("t"), add).unwrap();
    let before = overview(&core, 1, 2.0);
    assert_eq!((before.all.approved, before.top_answers[0].count), (1, 1));
    assert_eq!(before.top_answers[0].question, "When do you open?");
    let leave = commands::wire::VisitorCommand::StartOver { conversation: "c".into() };
    core.visit(&Session::visitor("v"), leave, &mut |_| {}).unwrap();
    let after = overview(&core, 1, 2.0);
    assert_eq!((after.all, after.top_answers[0].count), (before.all, 1));
    let list = ConversationsCommand::List { filter: TalkFilter::default(), offset: 0, limit: 9 };
    match core.manage(&Session::staff("t"), StaffCommand::Conversations(list)) {
        Ok(StaffReply::Conversations(reply)) => {
            assert!(matches!(*reply, ConversationsReply::Talks { total: 0, .. }), "{reply:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_that_were_erased_by_age_are_shown_as_erased_and_still_count() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let store = Store::open(folder.path()).unwrap();
    let now = Zoned::now().timestamp().as_second();
    let erased =
        TurnRow { question: String::new(), answer: String::new(), ..turn("c", "faq", now, 1.0) };
    store.save_turn(&erased).unwrap();
    drop(store);
    let core = open(folder.path());
    let list = ConversationsCommand::List { filter: TalkFilter::default(), offset: 0, limit: 9 };
    match core.manage(&Session::staff("t"), StaffCommand::Conversations(list)) {
        Ok(StaffReply::Conversations(reply)) => match *reply {
            ConversationsReply::Talks { talks, .. } => {
                assert!(talks[0].erased && talks[0].last_question.is_empty(), "{talks:?}");
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
    assert_eq!(overview(&core, 1, 1.0).all.approved, 1);
}

#[test]
fn an_empty_desk_has_days_and_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    let view = overview(&core, 30, 3.0);
    assert_eq!((view.days.len(), view.all.questions, view.saved.minutes), (30, 0, 0.0));
    assert_eq!((view.p50_ms, view.top_answers.len(), view.languages.len()), (None, 0, 0));
    for (days, minutes_each) in [(0, 3.0), (400, 3.0), (7, -1.0)] {
        let command = StaffCommand::Insights(InsightsCommand::Overview { days, minutes_each });
        assert!(core.manage(&Session::staff("t"), command).is_err());
    }
}
