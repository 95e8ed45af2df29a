//! The desk on real models: the folder is named by `FRONTDESK_MODELS`, and `frontdesk-engine` lies
//! beside the program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::{Desk, run, skip};

/// Of the 25 questions about other things, so many may be answered.
const MOST_WRONG: u64 = 3;

/// The folder with models, or a line that says why the test does nothing.
fn models() -> Option<PathBuf> {
    match std::env::var_os("FRONTDESK_MODELS").filter(|folder| !folder.is_empty()) {
        Some(folder) => Some(folder.into()),
        None => {
            skip("FRONTDESK_MODELS names no folder with models");
            None
        }
    }
}

#[test]
fn a_question_in_other_words_finds_its_answer() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    let question = "Can I bring back shoes I have worn outside?";
    let run = run(desk.llama(&models).args(["--json", "ask", question]));
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let turn = run.document();
    assert!(["faq", "quote"].contains(&turn["route"].as_str().unwrap()), "{turn}");
    assert!(!turn["citations"].as_array().unwrap().is_empty(), "{turn}");
    assert!(turn["answer"].as_str().unwrap().contains("worn outside"), "{turn}");
}

#[test]
fn without_a_network_the_desk_answers() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    // A network namespace of its own without any interface: every connection would fail.
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net"]);
    if !command.arg("true").status().is_ok_and(|status| status.success()) {
        skip("this system lets nobody make a network namespace");
        return;
    }
    let plain = desk.llama(&models);
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net"]).arg(plain.get_program());
    command.args(plain.get_args()).args(["--json", "ask", "Do you service lifejackets?"]);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let run = run(&mut command);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.document()["route"], "faq");
}

#[test]
fn questions_about_other_things_are_not_answered() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/questions.jsonl");
    let run = run(desk.llama(&models).args(["--json", "--quiet", "eval"]).arg(suite));
    assert_eq!(run.status, 0, "{}", run.stderr);
    let report = run.document();
    let off_topic = &report["kinds"]["off_topic"];
    assert_eq!(off_topic["asked"], 25);
    assert!(off_topic["wrong"].as_u64().unwrap() <= MOST_WRONG, "{off_topic}");
}
