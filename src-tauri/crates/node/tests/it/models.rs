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

#[test]
fn measuring_tells_how_fast_a_model_is_and_refuses_what_cannot_be_measured() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    // Other programs disturb a measurement on a busy computer; one of three is quiet enough.
    let mut best_line = 0.0_f64;
    for _ in 0..3 {
        let run = run(desk.llama(&models).args(["--json", "--quiet", "models", "measure"]));
        assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
        let speed = run.document();
        for field in ["prefill_per_second", "first_words_seconds", "words_per_second"] {
            assert!(speed[field].as_f64().is_some_and(|it| it > 0.0), "{field} of {speed}");
        }
        assert!(speed["sentence"].as_str().unwrap().starts_with("First words after "), "{speed}");
        assert!(speed["device"].as_str().unwrap().starts_with("cpu"), "{speed}");
        assert!(speed["threads"].as_u64().unwrap() >= 1, "{speed}");
        best_line = best_line.max(speed["r_squared"].as_f64().unwrap());
        if best_line > 0.8 {
            break;
        }
    }
    assert!(best_line > 0.8, "the steps lie on no line: {best_line}");

    let refused = |id: &str, models: &Path| {
        let run = run(desk.llama(models).args(["--json", "--quiet", "models", "measure", id]));
        (run.status, run.error()["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(refused("no-such-model", &models), (1, "not_found".into()));
    assert_eq!(refused("all-minilm-l6-v2", &models).0, 1);
    // The right name and size, and other bytes.
    let damaged = desk.path("damaged");
    std::fs::create_dir(&damaged).unwrap();
    let file = "SmolLM2-135M-Instruct.IQ4_NL.gguf";
    let bytes = std::fs::metadata(models.join(file)).unwrap().len();
    std::fs::File::create(damaged.join(file)).unwrap().set_len(bytes).unwrap();
    assert_eq!(refused("smollm2-135m-instruct", &damaged), (5, "model_refused".into()));
}
