//! What is counted, and how times fall into their boxes.

use super::*;

fn check_histogram(milliseconds: &[u64], expected: &[u64]) {
    let histogram = Histogram::new(&[0.01, 0.1, 1.0]);
    milliseconds.iter().for_each(|time| histogram.note(Duration::from_millis(*time)));
    let times = histogram.times();
    let counts: Vec<u64> = times.up_to.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, expected, "{milliseconds:?}");
    assert_eq!(times.count, milliseconds.len() as u64);
    assert!((times.sum - milliseconds.iter().sum::<u64>() as f64 / 1_000.0).abs() < 1e-9);
}

#[test]
fn times_are_counted_up_to_each_end() {
    check_histogram(&[], &[0, 0, 0]);
    check_histogram(&[10], &[1, 1, 1]);
    check_histogram(&[11, 100, 101], &[0, 2, 3]);
    check_histogram(&[1, 2_000], &[1, 1, 1]);
}

#[test]
fn a_turn_is_counted_once_whatever_comes_of_it() {
    let meter = Meter::default();
    let answer = crate::turn::from_events(&[AnswerEvent::Routed(Route::Faq)]);
    let mut heard = Vec::new();
    let told = meter.turn(&mut |event| heard.push(event), |tell| {
        tell(AnswerEvent::Waiting(2));
        tell(AnswerEvent::Text("Yes".into()));
        tell(AnswerEvent::Text(".".into()));
        Ok(answer)
    });
    assert!(told.is_ok() && heard.len() == 3);
    let full = || Err(AssistantError::Full { waiting: 1, retry_seconds: 1 });
    assert!(meter.turn(&mut |_| {}, |_| full()).is_err());
    assert!(meter.turn(&mut |_| {}, |_| Err(AssistantError::EmptyQuestion)).is_err());
    let figures = meter.figures();
    assert_eq!((figures.first_word.count, figures.whole.count), (1, 1));
    assert_eq!((figures.interrupted, figures.busy, figures.failed), (1, 1, 1));
    assert!(figures.turns.contains(&("faq", 1)), "{:?}", figures.turns);
    assert_eq!(figures.turns.iter().map(|(_, count)| count).sum::<u64>(), 1);
}
