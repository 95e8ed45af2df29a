//! The stand-ins behave like engines.

use super::*;
use crate::Message;

const LONG: Duration = Duration::from_secs(10);

fn asking(text: &str) -> GenerateRequest {
    let message = Message { author: Author::User, text: text.into() };
    GenerateRequest { messages: vec![message], ..GenerateRequest::default() }
}

fn read(reply: &Reply) -> Result<(String, Finish), EngineError> {
    let mut text = String::new();
    loop {
        match reply.next_within(LONG).unwrap()? {
            Event::Waiting { .. } | Event::Reading { .. } => {}
            Event::Text(more) => text.push_str(&more),
            Event::Done(finish) => return Ok((text, finish)),
        }
    }
}

#[test]
fn it_says_what_it_was_told_to() {
    let engine = ScriptedEngine::saying("We close at six.");
    let (text, finish) = read(&engine.generate(asking("When do you close?")).unwrap()).unwrap();
    assert_eq!(text, "We close at six.");
    assert_eq!((finish.reason, finish.generated_tokens), (StopReason::Stop, 4));
    assert_eq!(finish.prompt_tokens, 4);
}

fn check_repeated(message: &str, expected: &str) {
    let engine = ScriptedEngine::repeating_the_passage();
    let (text, _) = read(&engine.generate(asking(message)).unwrap()).unwrap();
    assert_eq!(text, expected);
}

#[test]
fn it_repeats_the_first_line_of_the_first_passage() {
    check_repeated("[2] Post\nBy post.\n\n[1] Hours\nOpen till six.\nMore.", "Open till six.");
    check_repeated("no passage at all", "UNKNOWN");
}

#[test]
fn it_dies_when_the_script_says_so() {
    let engine = ScriptedEngine::new(|_| Script {
        pieces: vec!["half".into()],
        dies: true,
        ..Script::default()
    });
    let reply = engine.generate(asking("a")).unwrap();
    assert_eq!(reply.next_within(LONG), Some(Ok(Event::Text("half".into()))));
    assert!(matches!(reply.next_within(LONG), Some(Err(EngineError::Lost { .. }))));
}

#[test]
fn it_stops_when_cancelled() {
    let engine = ScriptedEngine::new(|_| Script {
        pieces: vec!["x".into(); 100_000],
        pause: Duration::from_millis(1),
        ..Script::default()
    });
    let reply = engine.generate(asking("a")).unwrap();
    reply.cancel();
    assert_eq!(read(&reply).unwrap().1.reason, StopReason::Cancelled);
}

#[test]
fn switched_off_it_refuses() {
    let engine = ScriptedEngine::saying("a");
    let embedder = ScriptedEmbedder::new();
    assert_eq!((engine.health(), embedder.health()), (Health::Ready, Health::Ready));
    engine.set_down(true);
    embedder.set_down(true);
    assert!(engine.generate(asking("a")).is_err());
    assert!(embedder.embed(&["a".into()], Side::Query).is_err());
    assert!(embedder.count_tokens(&["a".into()]).is_err());
    assert!(matches!(engine.health(), Health::Failed { .. }));
    assert!(matches!(embedder.health(), Health::Failed { .. }));
    engine.set_down(false);
    assert!(engine.generate(asking("a")).is_ok());
}

fn cosine(left: &str, right: &str) -> f32 {
    let embedder = ScriptedEmbedder::new();
    let vectors = embedder.embed(&[left.into(), right.into()], Side::Passage).unwrap();
    assert!(vectors.iter().all(|vector| vector.len() == embedder.width()));
    vectors[0].iter().zip(&vectors[1]).map(|(a, b)| a * b).sum()
}

fn check_cosine(left: &str, right: &str, expected: f32) {
    let found = cosine(left, right);
    assert!((found - expected).abs() < 0.01, "{left} / {right}: {found}");
}

#[test]
fn vectors_are_close_when_stems_are_shared() {
    check_cosine("return a parcel", "Return a PARCEL", 1.0);
    check_cosine("returning parcels", "returned parcels", 1.0);
    check_cosine("parcel", "battery", 0.0);
    check_cosine("parcel battery", "parcel", 0.5f32.sqrt());
    check_cosine("", "the and of", 1.0);
    check_cosine("", "parcel", 0.0);
}

#[test]
fn tokens_are_about_words() {
    let embedder = ScriptedEmbedder::new();
    let texts = ["", "one two", "internationalisation"].map(String::from);
    assert_eq!(embedder.count_tokens(&texts).unwrap(), [0, 2, 3]);
}
