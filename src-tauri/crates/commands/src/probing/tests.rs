//! A desk beside an engine that answers, hangs, and is not asked at all.

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;
use crate::engines::Llama;

const ANSWER: &str = r#"{"build":"llama.cpp b1","processor_library":"zen4","devices":[{"name":"Vulkan0","description":"A card","backend":"Vulkan","kind":"integrated","memory_bytes":8000,"memory_free_bytes":7000}]}"#;

/// A folder with an engine that counts how often it is asked, and perhaps a part for cards.
struct Place(TempDir);

impl Place {
    fn new(script: &str, has_module: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self(folder);
        fs::create_dir_all(place.0.path().join("graphics")).unwrap();
        fs::create_dir_all(place.data()).unwrap();
        if has_module {
            fs::write(place.0.path().join("graphics/libggml-vulkan.so"), "").unwrap();
        }
        place.write(script);
        place
    }

    fn write(&self, script: &str) {
        let program = self.program();
        let count = self.0.path().join("count");
        // A new file, so that nothing that still runs holds it.
        if program.exists() {
            fs::remove_file(&program).unwrap();
        }
        let script = format!("#!/bin/sh\necho x >> {}\n{script}\n", count.display());
        crate::scripts::write(&program, &script);
    }

    fn program(&self) -> PathBuf {
        self.0.path().join("frontdesk-engine")
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn start(&self) -> Probing {
        let llama = Llama { program: self.program(), ..Llama::default() };
        Probing::start(&EngineChoice::Llama(llama), &self.data(), false)
    }

    fn asked(&self) -> usize {
        fs::read_to_string(self.0.path().join("count")).unwrap_or_default().lines().count()
    }
}

fn answer() -> String {
    format!("echo '{ANSWER}'")
}

/// Waits for the thread only, as a desk that runs would sooner or later find.
fn wait(probing: &Probing) {
    let thread = probing.asking.lock().unwrap().take();
    thread.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn a_desk_without_a_part_for_cards_starts_no_child() {
    let place = Place::new(&answer(), false);
    let probing = place.start();
    assert!(probing.asking.lock().unwrap().is_none());
    let machine = probing.with_cards(Machine::default());
    assert_eq!(machine, Machine::default());
    drop(probing);
    assert_eq!(place.asked(), 0);
}

#[test]
fn cards_are_known_after_a_while_and_at_once_the_next_time() {
    let place = Place::new(&answer(), true);
    let first = place.start();
    wait(&first);
    let machine = first.with_cards(Machine::default());
    assert_eq!(machine.devices[0].kind, DeviceKind::Integrated, "{:?}", first.problem());
    assert_eq!(first.engine_build(), "llama.cpp b1, zen4");
    drop(first);

    let second = place.start();
    assert_eq!(second.with_cards(Machine::default()).devices, machine.devices);
    wait(&second);
    assert_eq!(place.asked(), 1, "a fresh answer is not asked for again");

    place.write("kill -SEGV $$");
    let third = place.start();
    assert!(third.with_cards(Machine::default()).devices.is_empty(), "it is another engine");
    wait(&third);
    let machine = third.with_cards(Machine::default());
    assert!(machine.without_graphics.unwrap().contains("driver crashed"));
    assert!(!place.data().join("graphics.json").exists(), "a failure is not remembered");
}

#[test]
fn a_driver_that_hangs_keeps_neither_the_start_nor_the_end_waiting() {
    let place = Place::new("exec sleep 60", true);
    let began = Instant::now();
    let probing = place.start();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(probing.with_cards(Machine::default()), Machine::default());
    drop(probing);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn who_waits_is_told_the_build_without_cards_too() {
    let place = Place::new(r#"echo '{"build":"llama.cpp b2","devices":[]}'"#, false);
    let probing = place.start();
    probing.settle();
    assert_eq!((probing.engine_build().as_str(), probing.problem()), ("llama.cpp b2", None));
    assert_eq!(place.asked(), 1);

    let old = Place::new("exit 2", false);
    let probing = old.start();
    probing.settle();
    assert_eq!((probing.engine_build().as_str(), probing.problem()), ("", None));
}

#[test]
fn what_was_kept_and_is_no_answer_is_asked_for_again() {
    let place = Place::new(&answer(), true);
    fs::write(place.data().join("graphics.json"), "{\"engine\": 7").unwrap();
    let probing = place.start();
    wait(&probing);
    assert_eq!(probing.with_cards(Machine::default()).devices.len(), 1, "{:?}", probing.problem());
}
