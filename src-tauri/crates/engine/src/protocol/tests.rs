//! Frames that arrive whole, in pieces, too long, or not at all.

use std::io::{Cursor, ErrorKind};

use super::*;

fn check_round_trip<T>(frame: T)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let mut bytes = Vec::new();
    write_frame(&mut bytes, &frame).unwrap();
    write_frame(&mut bytes, &frame).unwrap();
    let mut from = Drops(Cursor::new(bytes));
    assert_eq!(read_frame(&mut from).unwrap(), Some(frame));
    assert!(read_frame::<T>(&mut from).unwrap().is_some());
    assert!(read_frame::<T>(&mut from).unwrap().is_none());
}

/// Brings one byte at a time, and is interrupted before each.
struct Drops(Cursor<Vec<u8>>);

impl Read for Drops {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let at = self.0.position();
        if at % 1000 < 500 {
            self.0.set_position(at + 500);
            return Err(ErrorKind::Interrupted.into());
        }
        self.0.set_position(at - 500);
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

#[test]
fn frames_survive_the_way() {
    check_round_trip(ToChild::Generate(Generate {
        id: 1,
        messages: vec![("system".into(), "Grüße".into()), ("user".into(), String::new())],
        max_tokens: 220,
        temperature: 0.7,
        seed: 9,
        stop: vec!["\n".into()],
        keep: vec![Keep { message: 0, bytes: 6 }, Keep { message: 1, bytes: 0 }],
        grammar: Some("root ::= \"yes\" | \"no\"".into()),
        logprobs: true,
        deadline_ms: 30_000,
        run_on: true,
    }));
    check_round_trip(ToChild::Generate(Generate::default()));
    check_round_trip(ToChild::Cancel { id: u64::MAX });
    check_round_trip(ToChild::Embed { id: 2, texts: vec!["a".into(); 3] });
    check_round_trip(ToChild::Count { id: 3, texts: Vec::new() });
    check_round_trip(ToChild::Ping { id: 0 });
    check_round_trip(FromChild::Hello(Hello { architecture: "bert".into(), ..Hello::default() }));
    check_round_trip(FromChild::Rejected { reason: "damaged".into() });
    check_round_trip(FromChild::Text { id: 1, text: "é".into() });
    check_round_trip(FromChild::Waiting { id: 1, ahead: 7 });
    check_round_trip(FromChild::Reading { id: 1, read_tokens: 512, prompt_tokens: 700 });
    for reason in [Ending::Stop, Ending::Length, Ending::Cancelled, Ending::Late] {
        let done = Done {
            reason,
            prompt_tokens: 2,
            cached_tokens: 3,
            generated_tokens: 4,
            drafted_tokens: 5,
            accepted_tokens: 6,
            logprobs: vec![-0.25, -8.0],
        };
        check_round_trip(FromChild::Done { id: 1, done });
    }
    check_round_trip(FromChild::Vectors { id: 1, vectors: vec![vec![0.5, -1.0]; 2] });
    check_round_trip(FromChild::Counts { id: 1, counts: vec![0, 70_000] });
    check_round_trip(FromChild::Pong { id: 1 });
    let failures =
        [Failure::Refused, Failure::Busy { waiting: 9 }, Failure::Late, Failure::Compute];
    for failure in failures {
        check_round_trip(FromChild::Failed { id: 1, failure, reason: "too long".into() });
    }
}

fn check_refused(bytes: &[u8], expected: ErrorKind) {
    let read = read_frame::<FromChild>(&mut Cursor::new(bytes));
    assert_eq!(read.unwrap_err().kind(), expected, "{bytes:?}");
}

#[test]
fn a_half_frame_is_an_unexpected_end() {
    let mut bytes = Vec::new();
    write_frame(&mut bytes, &FromChild::Text { id: 1, text: "abc".into() }).unwrap();
    for end in 1..bytes.len() {
        check_refused(&bytes[..end], ErrorKind::UnexpectedEof);
    }
}

#[test]
fn garbage_is_invalid() {
    check_refused(b"llama_model_loader: loaded", ErrorKind::InvalidData);
    check_refused(&[2, 0, 0, 0, 250, 250], ErrorKind::InvalidData);
    check_refused(&[0, 0, 0, 0], ErrorKind::InvalidData);
}

#[test]
fn a_length_is_believed_up_to_the_limit_only() {
    check_refused(&(MAX_FRAME as u32 + 1).to_le_bytes(), ErrorKind::InvalidData);
    check_refused(&u32::MAX.to_le_bytes(), ErrorKind::InvalidData);
    check_refused(&(MAX_FRAME as u32).to_le_bytes(), ErrorKind::UnexpectedEof);
}

#[test]
fn a_frame_that_is_too_long_is_not_begun() {
    let mut bytes = Vec::new();
    let frame = ToChild::Count { id: 1, texts: vec!["x".repeat(MAX_FRAME)] };
    let error = write_frame(&mut bytes, &frame).unwrap_err();
    assert_eq!((error.kind(), bytes.len()), (ErrorKind::InvalidData, 0));
}

#[test]
fn a_hello_with_more_fields_still_tells_its_version() {
    let mut body =
        postcard::to_stdvec(&FromChild::Hello(Hello { version: 9, ..Hello::default() })).unwrap();
    body.extend_from_slice(&[1, 2, 3]);
    let mut bytes = (body.len() as u32).to_le_bytes().to_vec();
    bytes.extend(body);
    let read = read_frame(&mut Cursor::new(bytes)).unwrap();
    assert!(matches!(read, Some(FromChild::Hello(hello)) if hello.version == 9));
}

fn check_id(frame: ToChild, expected: u64) {
    assert_eq!(frame.id(), expected, "{frame:?}");
}

#[test]
fn every_request_has_a_number() {
    check_id(ToChild::Generate(Generate { id: 1, ..Generate::default() }), 1);
    check_id(ToChild::Cancel { id: 2 }, 2);
    check_id(ToChild::Embed { id: 3, texts: Vec::new() }, 3);
    check_id(ToChild::Count { id: 4, texts: Vec::new() }, 4);
    check_id(ToChild::Ping { id: 5 }, 5);
}
