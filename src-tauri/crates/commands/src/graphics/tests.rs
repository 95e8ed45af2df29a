//! A child beside an engine that plays a card: proved, refused, and never tested twice.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Instant;

use engine::child::{ChildConfig, Limits, Purpose, Tuning};
use engine::probe::Kind;
use tempfile::TempDir;

use super::*;

const LONG: Duration = Duration::from_secs(20);
const SAME: &str =
    r#"{"passed":true,"processor_prefill_per_second":1.0,"device_prefill_per_second":5.0}"#;
const OTHER: &str =
    r#"{"passed":false,"reason":"the graphics card gave other words than the processor"}"#;

/// A desk's folder with an engine that writes down what it is asked.
struct Place(TempDir);

impl Place {
    fn new(verdict: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir(place.path("graphics")).unwrap();
        fs::write(place.path("graphics/libggml-vulkan.so"), "").unwrap();
        fs::write(place.path("model.gguf"), "").unwrap();
        let log = place.path("log").display().to_string();
        let script = format!("#!/bin/sh\necho \"$*\" >> {log}\necho '{verdict}'\n");
        fs::write(place.path("frontdesk-engine"), script).unwrap();
        let rights = fs::Permissions::from_mode(0o755);
        fs::set_permissions(place.path("frontdesk-engine"), rights).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn graphics(&self, answer: Option<Probe>) -> Graphics {
        let store = Store::open(&self.path("desk")).unwrap();
        Graphics::new(store, Arc::new(Mutex::new(answer)))
    }

    fn child(&self) -> Arc<Child> {
        Arc::new(Child::new(ChildConfig {
            program: self.path("frontdesk-engine"),
            model: self.path("model.gguf"),
            model_id: "m".into(),
            purpose: Purpose::Chat,
            query_prefix: String::new(),
            passage_prefix: String::new(),
            width: 0,
            identity: "abc||".into(),
            tuning: Tuning::default(),
            eager: false,
            limits: Limits::default(),
        }))
    }

    /// How often a card was tested.
    fn tests(&self) -> usize {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        log.lines().filter(|line| line.starts_with("self-test ")).count()
    }

    /// What the engine was started with, once it was.
    fn start_of(&self, child: &Child) -> String {
        child.warm_up();
        let mut line = None;
        wait_for("a start", || {
            let log = fs::read_to_string(self.path("log")).unwrap_or_default();
            line = log.lines().find(|line| line.starts_with("--model ")).map(ToOwned::to_owned);
            line.is_some()
        });
        line.unwrap()
    }
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what} never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn probe(kind: Kind) -> Option<Probe> {
    let card = Device {
        name: "Vulkan0".into(),
        description: "A card".into(),
        backend: "Vulkan".into(),
        kind,
        ..Device::default()
    };
    Some(Probe { build: "b1".into(), devices: vec![card], ..Probe::default() })
}

fn wait_until_decided(graphics: &Graphics) {
    let is_over = || lock(&graphics.job).as_ref().is_none_or(|job| job.thread.is_finished());
    wait_for("a decision", is_over);
}

#[test]
fn a_card_that_passes_its_test_is_used_and_not_tested_again() {
    let place = Place::new(SAME);
    let graphics = place.graphics(probe(Kind::Discrete));
    let first = place.child();
    graphics.decide_for(&first);
    wait_until_decided(&graphics);
    assert_eq!((graphics.why_not(), place.tests()), (None, 1));

    let child = place.child();
    graphics.decide_for(&child);
    assert!(place.start_of(&child).contains("--device Vulkan0"), "known at once");
    assert_eq!(place.tests(), 1);
}

#[test]
fn a_card_that_writes_other_words_is_not_used_and_the_reason_is_kept() {
    let place = Place::new(OTHER);
    let reason =
        "A card: the graphics card gave other words than the processor; using the processor";
    {
        let graphics = place.graphics(probe(Kind::Discrete));
        let child = place.child();
        graphics.decide_for(&child);
        wait_until_decided(&graphics);
        assert_eq!(graphics.failure().as_deref(), Some(reason));
        assert!(!place.start_of(&child).contains("--device"));
    }
    let graphics = place.graphics(probe(Kind::Discrete));
    graphics.decide_for(&place.child());
    assert_eq!(graphics.why_not().as_deref(), Some(reason), "after a restart of the desk");
    assert_eq!(place.tests(), 1);
}

#[test]
fn another_build_or_model_is_tested_anew() {
    let place = Place::new(SAME);
    let graphics = place.graphics(probe(Kind::Discrete));
    graphics.decide_for(&place.child());
    wait_until_decided(&graphics);
    *lock(&graphics.answer) =
        probe(Kind::Discrete).map(|probe| Probe { build: "b2".into(), ..probe });
    graphics.decide_for(&place.child());
    wait_until_decided(&graphics);
    assert_eq!(place.tests(), 2);
}

#[test]
fn a_processor_that_poses_as_a_card_is_not_even_tested() {
    let place = Place::new(SAME);
    let graphics = place.graphics(probe(Kind::Software));
    let child = place.child();
    graphics.decide_for(&child);
    assert!(!place.start_of(&child).contains("--device"));
    assert_eq!((graphics.why_not(), place.tests()), (None, 0));
}

#[test]
fn a_desk_that_closes_does_not_wait_for_a_probe() {
    let place = Place::new(SAME);
    let graphics = place.graphics(None);
    let child = place.child();
    graphics.decide_for(&child);
    let started = Instant::now();
    drop(graphics);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn a_model_that_is_given_up_is_not_tested_to_the_end() {
    let place = Place::new(SAME);
    let graphics = place.graphics(None);
    let child = place.child();
    graphics.decide_for(&child);
    assert_eq!(Arc::strong_count(&child), 1, "nothing keeps its process");
    drop(child);
    wait_until_decided(&graphics);
    assert_eq!(place.tests(), 0);
}
