//! Graphics cards, on Mesa's software driver: it computes on the processor, and everything else
//! about it is like a card. It is hidden unless `GGML_VK_VISIBLE_DEVICES` names it.
//!
//! Where models are tested the engine's part for cards must be there: `cargo xtask test models`
//! makes it, and so does `cargo xtask engine vulkan`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use engine::protocol::FromChild;
use engine::{Author, Engine, Event, GenerateRequest, Message};
use serde_json::Value;
use tempfile::TempDir;

use crate::child::{CHAT_MODEL, Running, ask, command, find_model};

const ENGINE: &str = env!("CARGO_BIN_EXE_frontdesk-engine");
const PART: &str = "graphics/libggml-vulkan.so";
const VISIBLE: &str = "GGML_VK_VISIBLE_DEVICES";

/// Much longer than the software driver takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// The software driver takes all cores, so whoever computes with it does so alone.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The chat model, where models are tested.
fn model() -> Option<PathBuf> {
    let model = find_model(CHAT_MODEL)?;
    let part = Path::new(ENGINE).with_file_name(PART);
    assert!(part.is_file(), "{} is missing; `cargo xtask engine vulkan` makes it", part.display());
    Some(model)
}

/// Runs a task of a program and reads its line.
fn task(program: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Value {
    let mut command = Command::new(program);
    command.args(arguments).env("GOMP_SPINCOUNT", "1000").env_remove(VISIBLE);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {} {said}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The program installed in a folder of its own, with another part for cards.
fn installed_with(part: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("frontdesk-engine");
    fs::copy(ENGINE, &program).unwrap();
    symlink(Path::new(ENGINE).with_file_name("engine"), folder.path().join("engine")).unwrap();
    fs::create_dir(folder.path().join("graphics")).unwrap();
    fs::write(folder.path().join(PART), part).unwrap();
    (folder, program)
}

/// A part that needs a library which no system has, as Vulkan's own is missing on many.
fn part_without_its_library() -> Vec<u8> {
    let mut part = fs::read(Path::new(ENGINE).with_file_name(PART)).unwrap();
    let name = b"libvulkan.so.1\0";
    let at = part.windows(name.len()).position(|bytes| bytes == name).unwrap();
    part[at + name.len() - 2] = b'9';
    part
}

#[test]
fn a_probe_lists_the_card_and_calls_it_software() {
    if model().is_none() {
        return;
    }
    let line = task(Path::new(ENGINE), &["probe"], &[(VISIBLE, "0")]);
    let card = &line["devices"][0];
    assert_eq!(card["name"], "Vulkan0", "{line}");
    assert_eq!(card["backend"], "Vulkan", "{line}");
    assert_eq!(card["kind"], "software", "{line}");
    assert!(card["description"].as_str().unwrap().contains("llvmpipe"), "{line}");
    assert!(card["memory_bytes"].as_u64().unwrap() > 0, "{line}");
    assert_eq!(line["devices"].as_array().unwrap().len(), 1, "{line}");
    assert_eq!(line["problems"].as_array().unwrap().len(), 0, "{line}");
    assert!(line["build"].as_str().unwrap().contains("llama.cpp"), "{line}");
    assert!(!line["processor_library"].as_str().unwrap().is_empty(), "{line}");
}

#[test]
fn a_processor_that_poses_as_a_card_is_not_offered_unasked() {
    if model().is_none() {
        return;
    }
    let line = task(Path::new(ENGINE), &["probe"], &[]);
    let cards = line["devices"].as_array().unwrap();
    assert!(cards.iter().all(|card| card["kind"] != "software"), "{line}");
}

#[test]
fn the_card_writes_the_same_tokens_as_the_processor() {
    let Some(model) = model() else { return };
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let model = model.to_str().unwrap();
    let arguments = ["self-test", "--model", model, "--device", "Vulkan0", "--threads", "1"];
    let line = task(Path::new(ENGINE), &arguments, &[(VISIBLE, "0")]);
    assert_eq!(line["passed"], true, "{line}");
    assert_eq!(line["tokens"], 16, "{line}");
    assert!(line["reason"].is_null(), "{line}");
    let speed = |side: &str| line[format!("{side}_prefill_per_second")].as_f64().unwrap();
    assert!(speed("device") > 0.0 && speed("processor") > 0.0, "{line}");
}

#[test]
fn a_self_test_of_a_card_that_is_not_there_fails_with_a_reason() {
    let Some(model) = model() else { return };
    let arguments = ["self-test", "--model", model.to_str().unwrap(), "--device", "Vulkan7"];
    let line = task(Path::new(ENGINE), &arguments, &[(VISIBLE, "0")]);
    assert_eq!(line["passed"], false, "{line}");
    let reason = line["reason"].as_str().unwrap();
    assert_eq!(reason, "there is no graphics card Vulkan7: the engine sees Vulkan0");
}

/// What the running program has loaded.
fn loaded(running: &Running) -> String {
    fs::read_to_string(format!("/proc/{}/maps", running.process.id())).unwrap()
}

#[test]
fn a_chat_engine_writes_on_the_card_behind_its_locks() {
    let Some(model) = model() else { return };
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let options = ["--device", "Vulkan0", "--context", "256", "--drafts", "off"];
    let mut command = command(&model, "chat", &options);
    command.env(VISIBLE, "0").env("MESA_SHADER_CACHE_DISABLE", "true");
    let mut running = Running::start(command);
    running.patience = PATIENCE;
    let hello = running.receive_hello();
    assert!(hello.computes_on.starts_with("vulkan: llvmpipe"), "{hello:?}");
    assert!(loaded(&running).contains("libggml-vulkan"));
    let mut request = ask(1, "Hi", 3);
    request.messages[0].1 = "Hi".into();
    let written = running.write(request);
    assert_eq!(written.done.generated_tokens, 3, "{written:?}");
}

#[test]
fn nothing_gets_out_of_an_engine_that_has_a_card() {
    let Some(model) = model() else { return };
    let mut command = command(&model, "chat", &["--device", "Vulkan0", "--self-test-escape"]);
    let output = command.env(VISIBLE, "0").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn an_engine_on_the_processor_loads_no_driver() {
    let Some(model) = model() else { return };
    let mut command = command(&model, "chat", &["--context", "256"]);
    command.env(VISIBLE, "0");
    let mut running = Running::start(command);
    assert!(running.receive_hello().computes_on.starts_with("cpu: "));
    assert!(!loaded(&running).contains("vulkan"));
}

#[test]
fn a_card_that_is_not_there_is_refused_by_its_name() {
    let Some(model) = model() else { return };
    let mut command = command(&model, "chat", &["--device", "Vulkan7"]);
    command.env(VISIBLE, "0");
    let mut running = Running::start(command);
    match running.receive() {
        FromChild::Rejected { reason } => {
            assert_eq!(reason, "there is no graphics card Vulkan7: the engine sees Vulkan0");
        }
        other => panic!("instead of a refusal: {other:?}"),
    }
    assert_eq!(running.wait(PATIENCE).code(), Some(5));
}

/// Whatever is wrong with the part, the processor works, and the reason is told.
fn check_goes_on_without(part: &[u8], expected: &str) {
    let Some(model) = model() else { return };
    let (_folder, program) = installed_with(part);
    let line = task(&program, &["probe"], &[(VISIBLE, "0")]);
    assert_eq!(line["devices"].as_array().unwrap().len(), 0, "{line}");
    assert!(line["problems"][0].as_str().unwrap().contains(expected), "{line}");

    let child = Child::new(ChildConfig {
        program,
        model,
        model_id: "test".into(),
        purpose: Purpose::Chat,
        query_prefix: String::new(),
        passage_prefix: String::new(),
        width: 0,
        identity: String::new(),
        tuning: Tuning {
            threads: Some(1),
            context_tokens: Some(256),
            device: Some("Vulkan0".into()),
            ..Tuning::default()
        },
        eager: false,
        limits: Limits::default(),
    });
    let messages = vec![Message { author: Author::User, text: "Hi".into() }];
    let request = GenerateRequest { messages, max_tokens: 2, ..GenerateRequest::default() };
    let reply = child.generate(request).unwrap();
    loop {
        match reply.next_within(PATIENCE).expect("an event in time").unwrap() {
            Event::Done(finish) => break assert_eq!(finish.generated_tokens, 2),
            Event::Text(_) | Event::Waiting { .. } | Event::Reading { .. } => {}
        }
    }
    assert!(child.hello().unwrap().computes_on.starts_with("cpu: "));
    let why = child.without_graphics().unwrap();
    assert!(why.contains(expected), "{why}");
}

#[test]
fn a_broken_part_leaves_the_processor_working_and_says_why() {
    check_goes_on_without(b"no library at all", "libggml-vulkan.so cannot be loaded: ");
}

#[test]
fn a_system_without_vulkan_leaves_the_processor_working_and_says_why() {
    if model().is_some() {
        check_goes_on_without(&part_without_its_library(), "libvulkan.so.9: cannot open shared");
    }
}

#[test]
fn a_system_without_a_driver_has_no_card_and_no_problem_starting() {
    if model().is_none() {
        return;
    }
    let line = task(Path::new(ENGINE), &["probe"], &[("VK_DRIVER_FILES", "/nowhere.json")]);
    assert_eq!(line["devices"].as_array().unwrap().len(), 0, "{line}");
    assert!(!line["processor_library"].as_str().unwrap().is_empty(), "{line}");
}
