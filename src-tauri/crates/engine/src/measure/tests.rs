//! The runner, against programs that end, lie, stay silent and are killed.

#![cfg(unix)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::*;
use crate::EngineError;

const MEASURED: &str = r#"{"measured":{"computes_on":"cpu: zen4","load_ms":200,"threads":2,"threads_usual":2,"threads_writing":2,"threads_reading":2,"threads_gain":1.0,"threads_steady":true,"prompts":[{"tokens":128,"per_second":1000.0},{"tokens":512,"per_second":800.0}],"depth":512,"steps":[{"texts":1,"ms":7.0},{"texts":2,"ms":9.0}],"rounds":3,"processor_share":0.97,"slowed":0.01,"cut":[],"took_ms":4000}}"#;

/// A program with this script.
fn program(folder: &Path, script: &str) -> MeasureConfig {
    let program = folder.join("engine");
    // A shell of its own writes it: a file that this process holds open for writing while another
    // test starts a program cannot be run.
    let mut shell = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod 755 \"$0\""])
        .arg(&program)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    shell.stdin.take().unwrap().write_all(format!("#!/bin/sh\n{script}\n").as_bytes()).unwrap();
    assert!(shell.wait().unwrap().success());
    MeasureConfig {
        program,
        model: "model.gguf".into(),
        model_id: "small".into(),
        device: None,
        threads_most: Some(4),
        fast_cores: None,
        limit: Duration::from_secs(20),
    }
}

fn run_script(script: &str, limit: Duration) -> (Result<Measured, EngineError>, Vec<Progress>) {
    let folder = tempfile::tempdir().unwrap();
    let config = MeasureConfig { limit, ..program(folder.path(), script) };
    let mut told = Vec::new();
    // Another test that starts a program at this moment may hold the script open for writing.
    for _ in 0..50 {
        match run(&config, &mut |progress| told.push(progress.clone())) {
            Err(EngineError::Start { reason }) if reason.contains("busy") => {
                std::thread::sleep(Duration::from_millis(20));
            }
            outcome => return (outcome, told),
        }
    }
    panic!("the script stayed busy");
}

#[track_caller]
fn check_fails(script: &str, limit: Duration, expected: &str) {
    let (outcome, _) = run_script(script, limit);
    let error = outcome.expect_err(script).to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_measurement_tells_how_far_it_is_and_what_it_found() {
    let script = format!(
        r#"echo '{{"progress":{{"part":0.5,"doing":"reading"}}}}'
           [ "$*" = "measure --model model.gguf --threads-most 4" ] && echo '{MEASURED}'"#
    );
    let (outcome, told) = run_script(&script, Duration::from_secs(20));
    let measured = outcome.unwrap();
    assert_eq!(told, [Progress { part: 0.5, doing: "reading".into() }]);
    assert_eq!(measured.step_seconds(), [(1, 0.007), (2, 0.009)]);
    let rate = measured.prefill_per_second();
    assert!((rate - 640.0 / (0.128 + 0.64)).abs() < 1e-6, "{rate}");
}

#[test]
fn a_refused_model_says_why() {
    let (outcome, _) =
        run_script(r#"echo '{"refused":"it has no weights"}'; exit 5"#, Duration::from_secs(20));
    let expected = EngineError::Model { model: "small".into(), reason: "it has no weights".into() };
    assert_eq!(outcome, Err(expected));
}

#[test]
fn a_program_that_is_killed_or_fails_is_told_in_words() {
    let long = Duration::from_secs(20);
    check_fails("kill -9 $$", long, "signal: 9");
    check_fails("echo 'no room' >&2; exit 3", long, "exit status: 3: no room");
    check_fails("exit 0", long, "exit status: 0");
}

#[test]
fn a_program_that_prints_something_else_is_not_believed() {
    let long = Duration::from_secs(20);
    check_fails("echo hello", long, "something else than lines");
    check_fails("head -c 200000 /dev/zero", long, "something else than lines");
    check_fails(
        &format!("echo '{}'", MEASURED.replace("7.0", "-7.0")),
        long,
        "its times are no times",
    );
    check_fails(
        &format!("echo '{}'", MEASURED.replace("\"threads\":2", "\"threads\":4000000000")),
        long,
        "no numbers of threads",
    );
    check_fails(&format!("echo '{}'", MEASURED.replace("0.97", "97")), long, "no shares");
    let nothing = r#"[{"texts":1,"ms":7.0},{"texts":2,"ms":9.0}]"#;
    check_fails(&format!("echo '{}'", MEASURED.replace(nothing, "[]")), long, "measured nothing");
}

#[test]
fn a_program_that_does_not_come_to_an_end_is_stopped() {
    let started = Instant::now();
    let limit = Duration::from_millis(300);
    check_fails("exec sleep 600", limit, "longer than 0 s");
    check_fails("exec >&- sleep 600", Duration::from_secs(20), "closed its stdout");
    assert!(started.elapsed() < Duration::from_secs(15), "it was not stopped");
}

#[test]
fn a_missing_program_cannot_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = program(folder.path(), "");
    config.program = folder.path().join("nothing");
    assert!(matches!(run(&config, &mut |_| {}), Err(EngineError::Start { .. })));
}
