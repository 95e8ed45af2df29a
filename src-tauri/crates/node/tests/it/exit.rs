//! Exit statuses, each with a message and a hint.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::desk::{Desk, Run, check_error, run};
use crate::http::Server;

/// A run that must fail: the status, the code in JSON, and a word of the message.
fn check_failure(run: &Run, status: i32, code: &str, word: &str) {
    assert_eq!(run.status, status, "{} {}", run.stdout, run.stderr);
    let error = run.error();
    assert_eq!(error["code"], code, "{error}");
    assert!(error["message"].as_str().unwrap().contains(word), "{word:?} in {error}");
}

fn ask_in(desk: &Desk, data: &Path) -> Run {
    let mut command = desk.bare();
    run(command.arg("--data").arg(data).args(["--engine", "scripted", "--json", "ask", "Hello"]))
}

#[test]
fn status_0_is_done() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["ask", "Hello"]).status, 0);
    assert_eq!(desk.run(&["--version"]).status, 0);
    assert_eq!(desk.run(&["doctor"]).status, 0);
}

#[test]
fn status_1_is_a_request_that_failed() {
    let desk = Desk::new();
    check_failure(&desk.run(&["--json", "ask", "   "]), 1, "invalid", "question");
    check_failure(
        &desk.run(&["--json", "ask", "--batch", "nowhere.jsonl"]),
        1,
        "bad_file",
        "nowhere",
    );
    check_failure(&desk.run(&["--json", "eval", "nowhere.jsonl"]), 1, "bad_file", "nowhere.jsonl");
    let suite = desk.write("suite.jsonl", "{}\n");
    let suite = suite.to_str().unwrap();
    check_failure(&desk.run(&["--json", "eval", suite]), 1, "bad_file", "line 1");

    let rejected = run(desk.scripted().args(["--json", "import", "nowhere.md"]));
    assert_eq!(rejected.status, 1, "{}", rejected.stderr);
    let report = rejected.document();
    assert_eq!(
        (&report["state"], &report["path"]),
        (&Value::from("rejected"), &"nowhere.md".into())
    );
    assert!(report["error"]["message"].is_string(), "{report}");

    let told = desk.run(&["ask", " "]);
    assert_eq!((told.status, told.stdout.as_str()), (1, ""));
    assert!(told.stderr.starts_with("frontdesk-node: "), "{}", told.stderr);
    assert_eq!(told.stderr.lines().count(), 2, "a message and a hint: {}", told.stderr);
}

#[test]
fn status_2_is_usage() {
    let desk = Desk::new();
    for arguments in [&["ask"][..], &["sing"], &["import"], &["search", "x", "--top", "many"]] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty());
    }
    let unknown = run(desk.bare().args(["--engine", "steam", "--json", "ask", "Hello"]));
    check_failure(&unknown, 2, "invalid", "steam");
    let open = desk.run(&["--json", "serve", "--listen", "0.0.0.0:0"]);
    check_failure(&open, 2, "invalid", "0.0.0.0");
    assert!(!desk.data().exists(), "usage is checked before anything is made");
}

#[test]
fn status_3_is_a_folder_that_cannot_be_opened() {
    let desk = Desk::new();
    let file = desk.write("a-file", "x");
    check_failure(&ask_in(&desk, &file), 3, "data_folder", "a-file");
    check_failure(&ask_in(&desk, &file.join("below")), 3, "data_folder", "a-file");
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");

    let foreign = desk.path("foreign");
    desk.write(
        "foreign/kb.db",
        "this is no database, and it is longer than a hundred bytes ".repeat(4),
    );
    let before = fs::read(foreign.join("kb.db")).unwrap();
    check_failure(&ask_in(&desk, &foreign), 3, "data_folder", "kb.db");
    assert_eq!(fs::read(foreign.join("kb.db")).unwrap(), before);
}

#[test]
fn status_3_is_a_folder_in_use() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    for arguments in [&["--json", "ask", "Hello"][..], &["--json", "doctor"]] {
        check_failure(&desk.run(arguments), 3, "data_folder", "in use");
    }
    assert_eq!(server.get("/").header("x-content-type-options"), Some("nosniff"), "still there");
}

#[cfg(target_os = "linux")]
#[test]
fn status_3_is_a_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let locked = desk.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // Permissions do not stop root; this file system takes no folders from anybody.
    let may_write_anyway = fs::write(locked.join("probe"), "").is_ok();
    let folder = if may_write_anyway { Path::new("/sys/frontdesk") } else { locked.as_path() };
    let refused = ask_in(&desk, folder);
    if refused.status == 0 {
        crate::desk::skip("this user may write everywhere");
        return;
    }
    check_failure(&refused, 3, "data_folder", "cannot be written to");
}

#[test]
fn status_4_leaves_newer_data_untouched() {
    let desk = Desk::new();
    desk.json(&["ask", "Hello"]);
    let database = desk.data().join("kb.db");
    let mut bytes = fs::read(&database).unwrap();
    // The header of a SQLite file holds the version as four bytes, the highest first.
    bytes[60..64].copy_from_slice(&i32::MAX.to_be_bytes());
    fs::write(&database, &bytes).unwrap();
    let names = || {
        let names = fs::read_dir(desk.data()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    let before = names();
    for arguments in [&["--json", "ask", "Hello"][..], &["--json", "doctor"], &["--json", "gaps"]] {
        check_failure(&desk.run(arguments), 4, "data_newer", "version");
    }
    assert_eq!(fs::read(&database).unwrap(), bytes);
    assert_eq!(names(), before);
}

#[test]
fn status_5_is_a_refused_model() {
    let desk = Desk::new();
    desk.write("models/all-MiniLM-L6-v2.q8_0.gguf", "GGUF, cut short");
    let verify =
        |more: &[&str]| run(desk.llama(&desk.path("models")).args(more).args(["models", "verify"]));
    let refused = verify(&["--json"]);
    assert_eq!(refused.status, 5, "{}", refused.stderr);
    let document = refused.document();
    let problem = &document["problems"][0];
    check_error(problem);
    assert_eq!(problem["code"], "model_refused");
    let models = document["models"].as_array().unwrap();
    let state = |id: &str| models.iter().find(|model| model["id"] == id).unwrap()["state"].clone();
    assert_eq!(state("all-minilm-l6-v2"), "damaged");
    assert_eq!(state("smollm2-135m-instruct"), "missing");
    assert!(verify(&[]).stdout.contains("all-MiniLM-L6-v2.q8_0.gguf has 15 bytes"));

    let ask = run(desk.llama(&desk.path("models")).args(["ask", "Do you service lifejackets?"]));
    assert_eq!(ask.status, 0, "words are searched without a model: {}", ask.stderr);
    assert!(ask.stderr.contains("the model all-minilm-l6-v2 is refused"), "{}", ask.stderr);
    let missing = run(desk.llama(&desk.path("no-models")).args(["models", "verify"]));
    assert_eq!(missing.status, 0, "a model that is not here is not refused");
}
