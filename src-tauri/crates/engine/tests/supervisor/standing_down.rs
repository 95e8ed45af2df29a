//! What happens when starting again does not help: the child stands down, and a suspected graphics
//! card is left alone before.

use std::time::{Duration, Instant};

use engine::child::{ChildConfig, Purpose};
use engine::{Embedder, EngineError, Health, Side};

use crate::Test;
use crate::desk::{Desk, wait_for};

pub(crate) const TESTS: &[Test] = &[
    ("three_failures_and_the_child_stands_down", three_failures),
    ("a_child_that_stands_down_comes_back_when_asked_for", it_comes_back_when_asked_for),
    ("a_child_that_stands_down_comes_back_after_a_quiet_while", it_comes_back_after_a_while),
    ("an_eager_child_stands_down_too_and_comes_back_by_itself", an_eager_child_stands_down),
    ("a_program_that_never_starts_stands_down", a_program_that_never_starts),
    ("two_failures_on_a_graphics_card_and_it_is_left_alone", two_failures_on_a_card),
    ("a_processor_is_never_blamed_on_a_graphics_card", a_processor_is_never_blamed),
    ("a_graphics_card_that_is_refused_is_left_alone_at_once", a_card_that_is_refused),
    ("a_model_that_the_processor_refuses_too_is_refused", a_model_that_is_refused),
    ("a_child_moves_to_another_device_when_it_has_time", it_moves_to_another_device),
];

fn strict(config: &mut ChildConfig) {
    config.limits.most_failures = 3;
    config.limits.back_off = Duration::from_millis(20);
}

/// Fails until it is left alone.
fn wear_out(desk: &Desk) {
    for _ in 0..3 {
        let lost = desk.answer("die 134 GGML_ASSERT failed");
        assert!(matches!(lost, Err(EngineError::Lost { .. })), "{lost:?}");
    }
    assert!(desk.child.stands_down());
}

fn three_failures() {
    let desk = Desk::with("hello", strict);
    wear_out(&desk);
    let asked = Instant::now();
    for _ in 0..100 {
        let Err(EngineError::StoodDown { reason }) = desk.answer("text a") else {
            panic!("it was asked although it stands down");
        };
        assert!(reason.contains("it failed 3 times"), "{reason}");
    }
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    let reason = desk.failure();
    for part in ["search goes on without it", "tried again after a minute", "GGML_ASSERT failed"] {
        assert!(reason.contains(part), "{reason}");
    }
    assert_eq!((desk.count("start"), desk.child.process_id()), (3, None));
}

fn it_comes_back_when_asked_for() {
    let desk = Desk::with("hello", strict);
    wear_out(&desk);
    desk.ready();
    assert!(!desk.child.stands_down());
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    // The old failures are forgotten: it takes three more.
    wear_out(&desk);
    assert_eq!(desk.count("start"), 6);
}

fn it_comes_back_after_a_while() {
    let desk = Desk::with("hello", |config| {
        strict(config);
        config.limits.stand_down = Duration::from_millis(300);
    });
    wear_out(&desk);
    wait_for("the end of the pause", || desk.health() == Health::Idle);
    assert_eq!(desk.count("start"), 3, "nobody asked");
    assert_eq!(desk.answer("text b").unwrap().0, "b");
}

fn an_eager_child_stands_down() {
    let desk = Desk::with("exit 3 out of memory", |config| {
        strict(config);
        config.eager = true;
        config.purpose = Purpose::Embedding;
        config.limits.stand_down = Duration::from_millis(600);
    });
    wait_for("a child that stands down", || desk.child.stands_down());
    assert_eq!(desk.count("start"), 3);
    let refused = desk.child.embed(&["a 1".into()], Side::Query);
    assert!(matches!(refused, Err(EngineError::StoodDown { .. })), "{refused:?}");
    assert!(matches!(desk.child.count_tokens(&["a".into()]), Err(EngineError::StoodDown { .. })));
    desk.rewrite("hello");
    wait_for("a ready child", || desk.health() == Health::Ready);
    assert_eq!(desk.child.embed(&["a 1".into()], Side::Query).unwrap()[0][0], 1.0);
    assert_eq!(desk.count("start"), 4);
}

fn a_program_that_never_starts() {
    let desk = Desk::with("hello", |config| {
        strict(config);
        config.eager = true;
        config.program = "/nowhere/frontdesk-engine".into();
    });
    wait_for("a child that stands down", || desk.child.stands_down());
    assert!(desk.failure().contains("/nowhere/"), "{}", desk.failure());
}

fn two_failures_on_a_card() {
    let desk = Desk::with("hello on Radeon", on_a_card);
    desk.answer("die 139").unwrap_err();
    assert_eq!(desk.answer("text a").unwrap().0, "a");
    assert_eq!(desk.child.without_graphics(), None);
    desk.answer("die 139").unwrap_err();
    let why = "it failed 2 times on Radeon and goes on without it";
    assert_eq!(desk.child.without_graphics().as_deref(), Some(why));
    assert!(desk.failure().contains(why), "{}", desk.failure());
    desk.rewrite("hello on cpu:");
    assert_eq!(desk.answer("text b").unwrap().0, "b");
    let log = desk.log();
    let starts: Vec<&str> = log.lines().filter(|line| line.starts_with("start")).collect();
    let on_card: Vec<bool> = starts.iter().map(|it| it.contains("--device Vulkan0")).collect();
    assert_eq!(on_card, [true, true, false]);
    desk.answer("die 139").unwrap_err();
    assert!(desk.child.stands_down(), "the processor gets no three lives of its own");
}

fn a_processor_is_never_blamed() {
    let desk = Desk::with("hello on cpu:", strict);
    wear_out(&desk);
    assert_eq!(desk.child.without_graphics(), None);
    assert!(!desk.log().contains("--device"));
}

fn on_a_card(config: &mut ChildConfig) {
    strict(config);
    config.tuning.device = Some("Vulkan0".into());
}

/// The fake's script cannot tell its starts apart, so it is rewritten while the first one waits.
fn a_card_that_is_refused() {
    let desk = Desk::with("wait 200; reject there is no graphics card Vulkan0", on_a_card);
    let reply = desk.ask("text a").unwrap();
    wait_for("the first start", || desk.count("start") == 1);
    desk.rewrite("hello on cpu:");
    assert_eq!(crate::desk::read(&reply).unwrap().0, "a", "what waited is not lost");
    let why = desk.child.without_graphics().unwrap_or_default();
    assert!(why.contains("there is no graphics card Vulkan0"), "{why}");
    let log = desk.log();
    let starts: Vec<&str> = log.lines().filter(|line| line.starts_with("start")).collect();
    let on_card: Vec<bool> = starts.iter().map(|it| it.contains("--device Vulkan0")).collect();
    assert_eq!(on_card, [true, false]);
}

fn a_model_that_is_refused() {
    let desk = Desk::with("reject it is not a GGUF model", on_a_card);
    let refused = desk.answer("text a");
    assert!(matches!(refused, Err(EngineError::Model { .. })), "{refused:?}");
    assert_eq!(desk.count("start"), 2);
}

fn it_moves_to_another_device() {
    let desk = Desk::with("hello", strict);
    desk.ready();
    let reply = desk.ask("text a;pause 200;text b").unwrap();
    wait_for("the text", || desk.count("generate") == 1);
    desk.child.use_device(Some("Vulkan0".into()));
    assert_eq!(crate::desk::read(&reply).unwrap().0, "ab", "the text under way is written");
    wait_for("the second start", || desk.count("start") == 2);
    assert_eq!(desk.answer("text c").unwrap().0, "c");
    assert!(desk.log().lines().rfind(|it| it.starts_with("start")).unwrap().contains("Vulkan0"));
    desk.child.use_device(None);
    wait_for("the third start", || desk.count("start") == 3);
    assert!(!desk.log().lines().rfind(|it| it.starts_with("start")).unwrap().contains("Vulkan0"));
    desk.child.use_device(None);
    desk.ready();
    assert_eq!(desk.count("start"), 3, "nothing changed");
}
