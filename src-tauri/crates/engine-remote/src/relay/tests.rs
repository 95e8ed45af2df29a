//! Who is asked, and who is asked instead.

use std::sync::Mutex;
use std::time::Instant;

use engine::scripted::{Script, ScriptedEngine};
use engine::{Finish, StopReason, USUAL_SLOTS};

use super::*;

/// An engine with a name of its own.
struct Named(&'static str, ScriptedEngine);

impl Engine for Named {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        self.1.generate(request)
    }

    fn health(&self) -> Health {
        self.1.health()
    }

    fn model_id(&self) -> &str {
        self.0
    }
}

/// How an engine does: well, down, full, or dying before or after its first word.
fn engine(name: &'static str, how: char) -> Arc<dyn Engine> {
    let pieces: &[&str] = if how == 'b' { &[] } else { &["from ", name] };
    let script = Script {
        pieces: pieces.iter().map(|piece| (*piece).into()).collect(),
        dies: matches!(how, 'a' | 'b'),
        ..Script::default()
    };
    let engine = ScriptedEngine::new(move |_| script.clone());
    engine.set_down(how == 'd');
    engine.set_crowd(if how == 'f' { USUAL_SLOTS } else { 0 });
    Arc::new(Named(name, engine))
}

/// What comes of a question: the text, the writer, and whether it ended well.
fn ask(relay: &Relay) -> (String, Option<String>, Result<Finish, EngineError>) {
    let reply = match relay.generate(GenerateRequest::default()) {
        Ok(reply) => reply,
        Err(error) => return (String::new(), None, Err(error)),
    };
    let mut text = String::new();
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end {
        match reply.next_within(TICK) {
            Some(Ok(Event::Text(more))) => text.push_str(&more),
            Some(Ok(Event::Done(finish))) => {
                return (text, reply.writer().map(String::from), Ok(finish));
            }
            Some(Err(error)) => return (text, reply.writer().map(String::from), Err(error)),
            Some(Ok(_)) | None => {}
        }
    }
    panic!("no end");
}

/// Names and ways of the engines, and who shall have answered.
fn check_answers(engines: &[(&'static str, char)], expected: Option<&str>) {
    let made = engines.iter().map(|(name, how)| engine(name, *how)).collect();
    let (text, writer, end) = ask(&Relay::over(made).unwrap());
    match expected {
        Some(name) => {
            assert_eq!(text, format!("from {name}"), "{engines:?}");
            assert_eq!(writer.as_deref(), Some(name), "{engines:?}");
            assert!(matches!(end, Ok(Finish { reason: StopReason::Stop, .. })), "{engines:?}");
        }
        None => assert!(end.is_err() && text.is_empty(), "{engines:?}: {text:?} {end:?}"),
    }
}

#[test]
fn the_preferred_one_answers_and_the_next_where_it_cannot() {
    check_answers(&[("local", 'w'), ("network", 'w')], Some("local"));
    check_answers(&[("local", 'd'), ("network", 'w')], Some("network"));
    check_answers(&[("local", 'b'), ("network", 'w')], Some("network"));
    check_answers(&[("local", 'd'), ("network", 'b'), ("cloud", 'w')], Some("cloud"));
    check_answers(&[("local", 'f'), ("network", 'w')], Some("network"));
    check_answers(&[("local", 'f'), ("network", 'd')], Some("local"));
    check_answers(&[("local", 'd'), ("network", 'd')], None);
    check_answers(&[("local", 'b'), ("network", 'b')], None);
}

#[test]
fn what_has_begun_is_not_begun_again_elsewhere() {
    let relay = Relay::over(vec![engine("local", 'a'), engine("network", 'w')]).unwrap();
    let (text, writer, end) = ask(&relay);
    assert_eq!((text.as_str(), writer.as_deref()), ("from local", Some("local")));
    assert!(end.is_err());
}

#[test]
fn a_relay_is_as_well_as_the_best_of_its_engines() {
    let relay = |ways: &[char]| {
        Relay::over(ways.iter().map(|how| engine("e", *how)).collect()).unwrap().health()
    };
    assert_eq!(relay(&['d', 'w']), Health::Ready);
    assert_eq!(relay(&['f', 'd']), Health::Busy { waiting: USUAL_SLOTS - 1 });
    assert!(matches!(relay(&['d', 'd']), Health::Failed { .. }));
    assert!(Relay::over(Vec::new()).is_none());
}

/// Begins and never writes; keeps the writing end.
#[derive(Default)]
struct Held(Mutex<Option<ReplySender>>);

impl Engine for Held {
    fn generate(&self, _request: GenerateRequest) -> Result<Reply, EngineError> {
        let (sender, reply) = reply_channel();
        *self.0.lock().unwrap() = Some(sender);
        Ok(reply)
    }

    fn health(&self) -> Health {
        Health::Ready
    }

    fn model_id(&self) -> &str {
        "held"
    }
}

#[test]
fn a_reader_that_goes_stops_the_one_who_writes() {
    let held = Arc::new(Held::default());
    let relay = Relay::over(vec![held.clone(), engine("network", 'w')]).unwrap();
    drop(relay.generate(GenerateRequest::default()).unwrap());
    let end = Instant::now() + Duration::from_secs(5);
    while !held.0.lock().unwrap().as_ref().unwrap().is_cancelled() {
        assert!(Instant::now() < end, "it is still written");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Has two slots, and never writes.
#[derive(Default)]
struct Small(Held);

impl Engine for Small {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        self.0.generate(request)
    }

    fn health(&self) -> Health {
        Health::Ready
    }

    fn model_id(&self) -> &str {
        "small"
    }

    fn slots(&self) -> usize {
        2
    }
}

#[test]
fn who_has_no_free_slot_is_asked_after_those_that_have() {
    let relay = Relay::over(vec![Arc::new(Small::default()), engine("network", 'w')]).unwrap();
    assert_eq!(relay.slots(), 2 + USUAL_SLOTS);
    let first = relay.generate(GenerateRequest::default()).unwrap();
    let second = relay.generate(GenerateRequest::default()).unwrap();
    assert_eq!(ask(&relay).1.as_deref(), Some("network"), "both slots are taken");
    drop((first, second));
    let end = Instant::now() + Duration::from_secs(5);
    while relay.members[0].shape() != Shape::HasRoom {
        assert!(Instant::now() < end, "the slots are never free");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn slots_of_what_does_not_work_are_not_counted() {
    let relay = Relay::over(vec![engine("local", 'd'), engine("network", 'w')]).unwrap();
    assert_eq!(relay.slots(), USUAL_SLOTS);
    assert_eq!(Relay::over(vec![engine("local", 'd')]).unwrap().slots(), 1);
}
