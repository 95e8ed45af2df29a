//! Measuring with the real program: how it ends, and that nobody else notices. Never how fast it
//! is, because tests run on busy computers.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use engine::EngineError;
use engine::measure::{MeasureConfig, Measured, Progress, run};
use engine::protocol::{Ending, ToChild};

use crate::child::{CHAT_MODEL, EMBEDDING_MODEL, Running, ask, find_model};

/// The time box, and a computer on which everything else runs too.
const LONGEST: Duration = Duration::from_secs(100);

fn config(model: PathBuf) -> MeasureConfig {
    MeasureConfig {
        program: env!("CARGO_BIN_EXE_frontdesk-engine").into(),
        model,
        model_id: "small".into(),
        device: None,
        threads_most: None,
        fast_cores: None,
        limit: LONGEST,
    }
}

fn measure(model: PathBuf) -> (Result<Measured, EngineError>, Vec<Progress>) {
    let mut told = Vec::new();
    let outcome = run(&config(model), &mut |progress| told.push(progress.clone()));
    (outcome, told)
}

#[test]
fn a_measurement_ends_in_time_with_numbers() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let started = Instant::now();
    let (outcome, told) = measure(model);
    let measured = outcome.unwrap();
    assert!(started.elapsed() < LONGEST);
    assert!(told.is_sorted_by(|a, b| a.part <= b.part), "{told:?}");
    assert!(told.iter().all(|progress| (0.0..1.0).contains(&progress.part)), "{told:?}");

    assert!(measured.computes_on.starts_with("cpu"), "{measured:?}");
    let is_amount = |number: f64| number.is_finite() && number > 0.0;
    assert_eq!(measured.prompts.len(), 2, "{measured:?}");
    assert!(measured.prompts.iter().all(|prompt| is_amount(prompt.per_second)), "{measured:?}");
    assert!(is_amount(measured.prefill_per_second()), "{measured:?}");
    assert!(measured.steps.len() >= 2 && measured.steps[0].texts == 1, "{measured:?}");
    assert!(measured.steps.is_sorted_by(|a, b| a.texts < b.texts), "{measured:?}");
    assert!(measured.steps.iter().all(|step| is_amount(step.ms)), "{measured:?}");
    assert!(measured.rounds >= 1 && measured.depth > 0, "{measured:?}");
    assert!(measured.threads >= 1 && measured.threads <= measured.threads_usual, "{measured:?}");
}

#[test]
fn measuring_does_not_disturb_a_running_answer() {
    let Some((mut serving, _)) = Running::serve(CHAT_MODEL, "chat", &[]) else { return };
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let process = serving.process.id();
    serving.send(&ToChild::Generate(ask(1, "Tell me a story about a lighthouse.", 200)));
    let measuring = thread::spawn(move || measure(model).0);
    let written = serving.receive_text(1);
    assert!(matches!(written.done.reason, Ending::Length | Ending::Stop), "{written:?}");
    assert!(written.done.generated_tokens > 0, "{written:?}");
    measuring.join().unwrap().unwrap();
    // The same process goes on as before.
    assert!(serving.process.try_wait().unwrap().is_none());
    assert_eq!(serving.process.id(), process);
    assert!(serving.write(ask(2, "And now?", 4)).done.generated_tokens > 0);
}

#[track_caller]
fn check_refused(model: &Path, expected: &str) {
    let (outcome, _) = measure(model.to_owned());
    match outcome {
        Err(EngineError::Model { model, reason }) => {
            assert_eq!(model, "small");
            assert!(reason.contains(expected), "{reason}");
        }
        other => panic!("instead of a refusal: {other:?}"),
    }
}

#[test]
fn what_cannot_be_measured_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    check_refused(&path, "cannot be read");
    for content in ["", "<!doctype html>"] {
        fs::write(&path, content).unwrap();
        check_refused(&path, "is not a GGUF model");
    }
    fs::write(&path, b"GGUF\x03\0\0\0").unwrap();
    check_refused(&path, "cannot be used");
    let Some(model) = find_model(CHAT_MODEL) else { return };
    fs::write(&path, &fs::read(model).unwrap()[..1_000_000]).unwrap();
    check_refused(&path, "");
    let Some(model) = find_model(EMBEDDING_MODEL) else { return };
    check_refused(&model, "cannot write");
}

#[cfg(unix)]
#[test]
fn a_killed_measurement_is_told_in_words() {
    use std::os::unix::fs::PermissionsExt;
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let folder = tempfile::tempdir().unwrap();
    let wrapper = folder.path().join("engine");
    // The real program, killed while it loads the model.
    let engine = env!("CARGO_BIN_EXE_frontdesk-engine");
    let script = format!("#!/bin/sh\n'{engine}' \"$@\" &\nkill -9 $!\nwait $!\nexit 3\n");
    fs::write(&wrapper, script).unwrap();
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
    let outcome = run(&MeasureConfig { program: wrapper, ..config(model) }, &mut |_| {});
    match outcome {
        Err(EngineError::Lost { reason }) => assert!(reason.contains("exit status: 3"), "{reason}"),
        // Another test that starts a program at this moment may hold the script open for writing.
        Err(EngineError::Start { reason }) => assert!(reason.contains("busy"), "{reason}"),
        other => panic!("instead of an end: {other:?}"),
    }
}
