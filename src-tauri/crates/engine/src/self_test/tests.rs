//! Programs that pass, fail, crash and hang, in the place of the engine.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

const LONG: Duration = Duration::from_secs(20);
const PASSED: &str = r#"{"build":"b1","device":"Vulkan0","passed":true,"reason":null,"processor_prefill_per_second":200.0,"device_prefill_per_second":900.0}"#;
const FAILED: &str = r#"{"build":"b1","passed":false,"reason":"other words"}"#;

/// Runs a script as the program. Another one that is started at this moment may hold the file
/// open for a while, so it is tried until it can be run.
fn run_script(script: &str, within: Duration) -> Option<Verdict> {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("frontdesk-engine");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    for _ in 0..50 {
        match ask_for(&program, &["try".as_ref()], within, &|| false) {
            Err(Trouble::NotStarted(_)) => std::thread::sleep(Duration::from_millis(20)),
            _ => break,
        }
    }
    run(&program, Path::new("model.gguf"), "Vulkan0", within, &|| true)
}

#[test]
fn the_program_is_asked_with_the_model_and_the_card() {
    let script =
        format!("test \"$*\" = 'self-test --model model.gguf --device Vulkan0' && echo '{PASSED}'");
    let verdict = run_script(&script, LONG).unwrap();
    assert!(verdict.passed && verdict.build == "b1" && verdict.gain() == 4.5, "{verdict:?}");
}

fn check_reason(script: &str, within: Duration, expected: &str) {
    let verdict = run_script(script, within).unwrap();
    assert!(!verdict.passed, "{script}");
    assert_eq!(verdict.reason.as_deref(), Some(expected), "{script}");
    assert_eq!(verdict.gain(), 0.0);
}

#[test]
fn a_card_that_fails_says_why() {
    check_reason(&format!("echo '{FAILED}'"), LONG, "other words");
    let crashed = "the graphics driver crashed in a small test";
    check_reason("kill -SEGV $$", LONG, crashed);
    check_reason(&format!("echo '{PASSED}'; kill -ABRT $$"), LONG, crashed);
    let unclear = "the graphics driver gave no clear answer in a small test";
    check_reason("echo hello", LONG, unclear);
    check_reason(r#"echo '{"passed":true,"reason":"no"}'"#, LONG, unclear);
    check_reason("exit 0", LONG, unclear);
    let slow = "the graphics card did not finish a small test in time";
    check_reason("exec sleep 30", Duration::from_millis(200), slow);
}

#[test]
fn what_is_not_the_cards_fault_is_not_held_against_it() {
    assert_eq!(run_script("echo 'no such model' >&2; exit 5", LONG), None);
    let missing = Path::new("/nowhere/frontdesk-engine");
    assert_eq!(run(missing, Path::new("model.gguf"), "Vulkan0", LONG, &|| true), None);
}
