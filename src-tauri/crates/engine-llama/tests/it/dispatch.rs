//! One build for all processors: on an emulated older one the engine takes the part that it can
//! run, and no instruction is illegal. The emulator knows no locks of Linux; the engine says so
//! and runs, as it does on every system that lacks them.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use engine::protocol::Ending;
use serde_json::Value;

use crate::child::{CHAT_MODEL, Running, ask, command, find_model};

const EMULATOR: &str = "qemu-x86_64";

/// Much longer than an emulated processor takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// The engine on an emulated processor. The emulator is one of the packages that
/// `cargo xtask test` brings; the tests do not pass without it.
fn on(processor: &str, engine: &Command) -> Command {
    let mut emulated = Command::new(EMULATOR);
    emulated.args(["-cpu", processor]).arg(engine.get_program()).args(engine.get_args());
    emulated.env("GOMP_SPINCOUNT", "1000").env_remove("RUST_LOG");
    emulated
}

fn probe(processor: &str) -> Output {
    let mut engine = Command::new(env!("CARGO_BIN_EXE_frontdesk-engine"));
    engine.arg("probe");
    let output = on(processor, &engine).output();
    output.unwrap_or_else(|error| panic!("{EMULATOR} of the package qemu-user is needed: {error}"))
}

fn check_part(processor: &str, expected: &str) {
    let output = probe(processor);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{processor}: {} {said}", output.status);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["processor_library"], expected, "{processor}");
}

#[test]
fn every_processor_gets_its_part() {
    if find_model(CHAT_MODEL).is_none() {
        return;
    }
    check_part("core2duo", "x64");
    check_part("Nehalem", "sse42");
    check_part("SandyBridge", "sandybridge");
    check_part("IvyBridge", "ivybridge");
    check_part("Haswell", "haswell");
}

/// Loads the model and writes a few tokens: every kind of computing runs once.
fn check_writes(model: &Path, processor: &str, part: &str) {
    let mut running = Running::start(on(processor, &command(model, "chat", &["--context", "512"])));
    running.patience = PATIENCE;
    let hello = running.receive_hello();
    assert_eq!(hello.computes_on, format!("cpu: {part}"));
    // Emulated, a token takes a second and more.
    let mut request = ask(1, "Hi", 2);
    request.messages[0].1 = "Hi".into();
    let written = running.write(request);
    assert_eq!(written.done.generated_tokens, 2, "{written:?}");
    assert_eq!(written.done.reason, Ending::Length, "{written:?}");
}

#[test]
fn a_processor_without_avx2_writes_without_an_illegal_instruction() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    check_writes(&model, "SandyBridge", "sandybridge");
}

#[test]
fn a_processor_without_avx_writes_without_an_illegal_instruction() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    check_writes(&model, "Nehalem", "sse42");
}
