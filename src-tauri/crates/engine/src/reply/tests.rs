//! The stream between an engine and its reader.

use super::*;

const AT_ONCE: Duration = Duration::ZERO;

fn text(text: &str) -> Result<Event, EngineError> {
    Ok(Event::Text(text.into()))
}

fn reason(event: Option<Result<Event, EngineError>>) -> Option<StopReason> {
    match event {
        Some(Ok(Event::Done(finish))) => Some(finish.reason),
        _ => None,
    }
}

#[test]
fn events_arrive_in_order() {
    let (sender, reply) = reply_channel();
    assert_eq!(reply.next_within(AT_ONCE), None);
    assert!(sender.send(text("a")));
    assert!(sender.send(text("b")));
    assert_eq!(reply.next_within(AT_ONCE), Some(text("a")));
    assert_eq!(reply.next_within(AT_ONCE), Some(text("b")));
    assert_eq!(reply.next_within(AT_ONCE), None);
}

#[test]
fn an_engine_that_goes_away_is_lost() {
    let (sender, reply) = reply_channel();
    assert!(sender.send(text("a")));
    drop(sender);
    assert_eq!(reply.next_within(AT_ONCE), Some(text("a")));
    let last = reply.next_within(AT_ONCE);
    assert!(matches!(last, Some(Err(EngineError::Lost { .. }))), "{last:?}");
}

#[test]
fn dropping_the_reply_cancels() {
    let (sender, reply) = reply_channel();
    assert!(!sender.is_cancelled());
    drop(reply);
    assert!(sender.is_cancelled());
    assert!(!sender.send(text("a")));
}

#[test]
fn cancelling_stops_the_writer_and_still_delivers() {
    let (sender, reply) = reply_channel();
    assert!(sender.send(text("a")));
    reply.cancel();
    assert!(!sender.send(text("b")));
    assert_eq!(reply.next_within(AT_ONCE), Some(text("a")));
    assert_eq!(reply.next_within(AT_ONCE), Some(text("b")));
    drop(sender);
    assert_eq!(reason(reply.next_within(AT_ONCE)), Some(StopReason::Cancelled));
}

#[test]
fn a_reader_that_falls_behind_counts_as_gone() {
    let (sender, reply) = reply_channel();
    for _ in 0..QUEUE {
        assert!(sender.send(text("a")));
    }
    assert!(!sender.send(text("one too many")));
    assert!(sender.is_cancelled());
    drop(sender);
    for _ in 0..QUEUE {
        assert_eq!(reply.next_within(AT_ONCE), Some(text("a")));
    }
    assert_eq!(reason(reply.next_within(AT_ONCE)), Some(StopReason::Cancelled));
}
