//! Frames in, orders out.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use engine::protocol::{Ending as Reason, Generate, write_frame};

use super::*;
use crate::ending::Ending;
use crate::outbox::Outbox;
use crate::queue::Queue;

/// Collects what the outbox writes.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Feeds frames and then reads what was answered without any model. Stdin stays "open": `take`
/// is called for each frame, so that no ending begins in the test's own process.
fn answers(purpose: Purpose, frames: Vec<ToChild>) -> Vec<FromChild> {
    let wire = Wire::default();
    let ending = Ending::new();
    let outbox = Outbox::new(wire.clone(), ending.clone());
    let desk = Desk { queue: Queue::new(), outbox, ending };
    for frame in frames {
        take(frame, purpose, &desk);
    }
    let written = wire.0.lock().unwrap().clone();
    let mut rest = written.as_slice();
    let mut answers = Vec::new();
    while let Some(frame) = read_frame(&mut rest).unwrap() {
        answers.push(frame);
    }
    answers
}

fn generate(id: u64) -> ToChild {
    let messages = vec![("user".into(), "hello".into())];
    ToChild::Generate(Generate { id, messages, max_tokens: 1, ..Generate::default() })
}

#[test]
fn a_ping_is_answered_at_once() {
    let frames = vec![generate(1), ToChild::Ping { id: 2 }];
    assert_eq!(answers(Purpose::Chat, frames), vec![FromChild::Pong { id: 2 }]);
}

#[test]
fn the_wrong_purpose_fails_the_request() {
    let embed = ToChild::Embed { id: 3, texts: vec!["x".into()] };
    for (purpose, frame) in [(Purpose::Embedding, generate(3)), (Purpose::Chat, embed)] {
        let answers = answers(purpose, vec![frame]);
        assert!(matches!(answers.as_slice(), [FromChild::Failed { id: 3, .. }]), "{answers:?}");
    }
}

#[test]
fn the_request_after_the_last_place_fails() {
    let frames = (0..=WAITING_LIMIT as u64).map(generate).collect();
    let answers = answers(Purpose::Chat, frames);
    assert!(matches!(answers.as_slice(), [FromChild::Failed { id: 32, .. }]), "{answers:?}");
}

#[test]
fn a_cancelled_request_that_waited_is_done() {
    let answers = answers(Purpose::Chat, vec![generate(5), ToChild::Cancel { id: 5 }]);
    assert!(
        matches!(answers.as_slice(), [FromChild::Done { id: 5, done }] if done.reason == Reason::Cancelled),
        "{answers:?}"
    );
}

#[test]
fn too_many_texts_fail() {
    let texts = vec![String::new(); MAX_TEXTS + 1];
    let answers = answers(Purpose::Embedding, vec![ToChild::Embed { id: 6, texts }]);
    assert!(matches!(answers.as_slice(), [FromChild::Failed { id: 6, .. }]), "{answers:?}");
}

#[test]
fn a_frame_survives_the_wire() {
    let mut bytes = Vec::new();
    write_frame(&mut bytes, &generate(7)).unwrap();
    let read: Option<ToChild> = read_frame(&mut bytes.as_slice()).unwrap();
    assert_eq!(read, Some(generate(7)));
}
