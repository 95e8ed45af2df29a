//! What staff and visitors hear of an engine that failed too often.

use std::time::{Duration, Instant};

use engine::{GenerateRequest, Health};

use super::*;
use crate::wire::{self, ApiError, Code, StaffCommand, StaffReply};
use crate::{Core, NoHost, OpenOptions, Session};

/// A child whose program does not exist, and that is given up after one try.
fn stood_down() -> Arc<Child> {
    let limits =
        Limits { most_failures: 1, stand_down: Duration::from_secs(600), ..Limits::default() };
    let child = Arc::new(Child::new(ChildConfig {
        program: "/nowhere/frontdesk-engine".into(),
        model: PathBuf::new(),
        model_id: "m".into(),
        purpose: Purpose::Chat,
        query_prefix: String::new(),
        passage_prefix: String::new(),
        width: 0,
        identity: String::new(),
        tuning: Tuning::default(),
        eager: true,
        limits,
    }));
    wait_until_it_stands_down(&child);
    child
}

fn wait_until_it_stands_down(child: &Child) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !child.stands_down() {
        assert!(Instant::now() < deadline, "it never stood down");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn check_sentence(sentence: &str) {
    for part in ["it failed 1 times", "search goes on without it", "after 10 minutes", "/nowhere/"]
    {
        assert!(sentence.contains(part), "{part:?} is not in {sentence:?}");
    }
}

#[test]
fn an_engine_that_stands_down_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let child = stood_down();
    let core = Core::open(OpenOptions {
        data: folder.path().join("desk"),
        engine: EngineChoice::Given { chat: Some(child.clone()), embedder: None },
        sample: false,
        machine: None,
        host: Arc::new(NoHost),
    });
    let core = core.unwrap();
    let wire::Health::Failed { reason } = core.health().chat else {
        panic!("it does not say that it failed");
    };
    check_sentence(&reason);
    let reply = core.manage(&Session::staff("test"), StaffCommand::Doctor).unwrap();
    let StaffReply::Doctor(doctor) = reply else { panic!("{reply:?}") };
    let problem = doctor.problems.iter().find(|problem| problem.message.contains("chat engine"));
    let problem = problem.unwrap();
    assert_eq!(problem.code, Code::EngineDown);
    check_sentence(&problem.message);
    let refused = child.generate(GenerateRequest::default()).unwrap_err();
    let told = ApiError::from(refused);
    assert_eq!(told.code, Code::EngineDown);
    check_sentence(&told.message);
    assert!(told.hint.unwrap().contains("search go on"));
}

#[test]
fn staff_who_ask_get_another_try_and_nobody_else_does() {
    let child = stood_down();
    let chat = Chat { child: Some(child.clone()), ..Chat::given(child.clone()) };
    let children = Children { chat: Seat::new(Some(chat)), embedding: None };
    assert!(child.generate(GenerateRequest::default()).is_err());
    assert!(child.stands_down(), "a visitor's question starts nothing");
    children.try_again();
    assert!(!matches!(Engine::health(&*child), Health::Idle), "it is wanted");
    wait_until_it_stands_down(&child);
    children.warm_up_chat();
    wait_until_it_stands_down(&child);
    assert!(children.notes().is_empty());
    Children::default().try_again();
}
