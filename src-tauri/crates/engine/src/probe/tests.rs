//! Programs that answer, crash, hang and lie, in the place of the engine.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::*;

const ANSWER: &str = r#"{"build":"llama.cpp b1","processor_library":"zen4","devices":[{"name":"Vulkan0","description":"A card","backend":"Vulkan","kind":"discrete","memory_bytes":8000,"memory_free_bytes":7000}]}"#;

/// A program with this script. Another one that is started at this moment may hold the file open
/// for a while, so it is tried until it can be run.
fn program(folder: &Path, script: &str) -> PathBuf {
    let program = folder.join("frontdesk-engine");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

fn probe_script(script: &str, within: Duration) -> Probe {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), script);
    for _ in 0..50 {
        let probe = probe(&program, within);
        if probe.problem.as_deref() != Some(NOT_STARTED) {
            return probe;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the script could not be started");
}

const NOT_STARTED: &str = "the engine's program could not be started; using the processor";

const LONG: Duration = Duration::from_secs(20);

#[test]
fn cards_are_told_as_the_engine_sees_them() {
    let probe = probe_script(&format!("test \"$1\" = probe && echo '{ANSWER}'"), LONG);
    assert_eq!((probe.build.as_str(), probe.problem), ("llama.cpp b1", None));
    assert_eq!(probe.processor_library, "zen4");
    let [card] = &probe.devices[..] else { panic!("{:?}", probe.devices) };
    assert_eq!(
        (card.name.as_str(), card.kind, card.memory_free_bytes),
        ("Vulkan0", Kind::Discrete, 7000)
    );
}

#[test]
fn a_computer_without_cards_is_no_problem() {
    let probe =
        probe_script(r#"echo '{"build":"b","processor_library":"haswell","devices":[]}'"#, LONG);
    assert_eq!((probe.devices.len(), probe.problem), (0, None));
}

/// The program leads to no cards, and to a reason that begins so.
#[track_caller]
fn check_problem(script: &str, reason: &str) {
    let probe = probe_script(script, LONG);
    let problem = probe.problem.unwrap_or_default();
    assert!(problem.starts_with(reason), "{script}: {problem:?}");
    assert!(problem.ends_with("; using the processor"), "{problem}");
    assert_eq!((probe.devices, probe.build.as_str()), (vec![], ""));
}

#[test]
fn a_driver_that_crashes_is_told() {
    check_problem("kill -SEGV $$", "the graphics driver crashed");
    check_problem(&format!("echo '{ANSWER}'; kill -ABRT $$"), "the graphics driver crashed");
}

#[test]
fn a_driver_that_fails_is_told() {
    check_problem("echo 'no such thing' >&2; exit 3", "the graphics driver could not be used");
    check_problem(&format!("echo '{ANSWER}'; exit 1"), "the graphics driver could not be used");
}

#[test]
fn an_answer_that_is_none_is_told() {
    let unclear = "the graphics driver gave no clear answer";
    check_problem("exit 0", unclear);
    check_problem("echo", unclear);
    check_problem("echo I have two cards", unclear);
    check_problem("echo '{\"devices\":[{\"name\":7}]}'", unclear);
    check_problem("echo '{\"devices\":[{\"kind\":\"quantum\"}]}'", unclear);
    check_problem(&format!("echo '{ANSWER}'; echo '{ANSWER}'"), unclear);
    check_problem("head -c 70000 /dev/zero | tr '\\0' x", unclear);
    check_problem("head -c 300 /dev/urandom", unclear);
    // Nobody reads more than is needed: the program ends when its pipe does.
    let flood = probe_script(
        "while :; do echo 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' || exit 0; done",
        LONG,
    );
    assert!(flood.problem.is_some() && flood.devices.is_empty(), "{flood:?}");
}

#[test]
fn a_missing_program_is_told() {
    let probe = probe(Path::new("/nowhere/frontdesk-engine"), LONG);
    assert_eq!(probe.problem.as_deref(), Some(NOT_STARTED));
}

/// Whether a process is there, by the number it wrote down.
#[cfg(target_os = "linux")]
fn is_there(number: &str) -> bool {
    Path::new("/proc").join(number.trim()).exists()
}

#[test]
fn a_driver_that_hangs_is_ended_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("number");
    let script = format!("echo $$ > {}; exec sleep 60", note.display());
    let asked = Instant::now();
    let within = Duration::from_millis(400);
    let probe = probe_script(&script, within);
    assert_eq!(probe.problem.unwrap(), "the graphics driver did not answer; using the processor");
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // Not even a zombie is left.
    #[cfg(target_os = "linux")]
    assert!(!is_there(&fs::read_to_string(note).unwrap()));
    #[cfg(not(target_os = "linux"))]
    assert!(note.exists());
}

#[test]
fn a_program_that_leaves_something_running_is_not_waited_for() {
    let asked = Instant::now();
    let probe = probe_script(&format!("sleep 8 & echo '{ANSWER}'"), LONG);
    assert!(asked.elapsed() < Duration::from_secs(6), "{:?}", asked.elapsed());
    // Its pipe is still open, so it is not known whether that was all.
    assert!(probe.devices.is_empty() && probe.problem.is_some(), "{probe:?}");
}

#[test]
fn a_probe_that_nobody_wants_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), "exec sleep 60");
    let asks = AtomicUsize::new(0);
    let asked = Instant::now();
    let probe = probe_while(&program, LONG, &|| asks.fetch_add(1, Ordering::Relaxed) < 20);
    // Where the script was still held open by another test, it was not even started.
    assert!(probe.is_none_or(|probe| probe.problem.is_some()));
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[test]
fn variables_with_secrets_are_none_of_its_business() {
    let probe =
        probe_script("test -z \"$HOME$CARGO_MANIFEST_DIR\" && echo '{\"build\":\"clean\"}'", LONG);
    assert_eq!(probe.build, "clean", "{:?}", probe.problem);
}

#[test]
fn only_a_program_with_a_part_for_graphics_cards_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("frontdesk-engine");
    let has = |files: &[&str]| {
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        has_module(program.parent().unwrap())
    };
    assert!(!has(&[]));
    assert!(!has(&[
        "engine/libggml-cpu-haswell.so",
        "engine/libggml-base.so.0",
        "libggml-vulkan.so"
    ]));
    assert!(has(&["graphics/libggml-vulkan.so"]));
    for module in ["libggml-vulkan.so", "ggml-cuda.dll", "libggml-hip.so", "ggml-vulkan.dll"] {
        assert!(is_module(module), "{module}");
    }
    for module in ["libggml-cpu-zen4.so", "libvulkan.so.1", "libllama.so.0", "ggml-base.dll"] {
        assert!(!is_module(module), "{module}");
    }
}
