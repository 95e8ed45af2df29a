//! Models brought from files and from other programs, on the command line; those that load one
//! need the folder that `FRONTDESK_MODELS` names.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::{Desk, Run, check_error, run, skip};
use crate::http::Server;

const SMALL: &str = "all-MiniLM-L6-v2.q8_0.gguf";
const CHAT: &str = "SmolLM2-135M-Instruct.IQ4_NL.gguf";
const CHAT_ID: &str = "smollm2-135m-instruct";

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

/// Runs `models` on a desk that finds no model but its own and those of this folder.
fn models_in(desk: &Desk, folder: &Path, arguments: &[&str]) -> Run {
    run(desk.llama(folder).args(["--json", "models"]).args(arguments))
}

fn imported(run: &Run) -> Vec<Value> {
    run.document()["models"].as_array().unwrap().clone()
}

#[test]
fn files_that_are_no_models_are_refused_with_status_5() {
    let desk = Desk::new();
    let none = desk.path("no-models");
    let text = desk.write("stick/letter.gguf", "Dear shop, please find attached.");
    let refused = models_in(&desk, &none, &["import", text.to_str().unwrap()]);
    assert_eq!(refused.status, 5, "{}", refused.stderr);
    let model = &imported(&refused)[0];
    check_error(&model["error"]);
    assert_eq!(model["error"]["code"], "model_refused");
    assert_eq!(models_in(&desk, &none, &["use", text.to_str().unwrap()]).status, 5);

    let missing = models_in(&desk, &none, &["import", "nowhere.gguf"]);
    assert_eq!((missing.status, &imported(&missing)[0]["error"]["code"]), (1, &json!("bad_file")));
    assert_eq!(models_in(&desk, &none, &["use", "nowhere.gguf"]).status, 1);
    assert_eq!(models_in(&desk, &none, &["use", "nothing"]).status, 1);
    assert_eq!(models_in(&desk, &none, &["rollback"]).status, 1);
    assert_eq!(models_in(&desk, &none, &["delete", "nothing"]).status, 1);
    assert_eq!(models_in(&desk, &none, &["import"]).status, 2);
}

#[test]
fn models_of_other_programs_are_found() {
    let desk = Desk::new();
    let none = desk.path("no-models");
    let nothing = models_in(&desk, &none, &["find"]);
    assert_eq!((nothing.status, nothing.document()["models"].clone()), (0, json!([])));
    let hash = "ab".repeat(32);
    let list = format!(
        r#"{{"layers":[{{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:{hash}"}}]}}"#
    );
    desk.write(".ollama/models/manifests/registry.ollama.ai/library/tiny/1b", list);
    desk.write(&format!(".ollama/models/blobs/sha256-{hash}"), "weights");
    desk.write(".lmstudio/models/maker/model/other.gguf", "more weights");
    let found = models_in(&desk, &none, &["find"]).document()["models"].clone();
    assert_eq!((&found[0]["program"], &found[0]["name"]), (&json!("LM Studio"), &json!("other")));
    assert_eq!((&found[1]["program"], &found[1]["name"]), (&json!("Ollama"), &json!("tiny:1b")));
    assert_eq!((&found[1]["size_bytes"], &found[1]["id"]), (&json!(7), &json!(null)));
}

#[test]
fn a_flipped_bit_in_a_catalogued_file_is_status_5() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    let stick = desk.path("stick");
    fs::create_dir(&stick).unwrap();
    let copy = stick.join("renamed.gguf");
    fs::copy(models.join(SMALL), &copy).unwrap();
    let mut bytes = fs::File::options().write(true).open(&copy).unwrap();
    let place = fs::read(&copy).unwrap()[20_000_000];
    bytes.seek(SeekFrom::Start(20_000_000)).unwrap();
    bytes.write_all(&[place ^ 1]).unwrap();
    let none = desk.path("no-models");
    let path = copy.to_str().unwrap();
    for arguments in [&["import", path][..], &["import", "--in-place", path], &["use", path]] {
        let refused = models_in(&desk, &none, arguments);
        assert_eq!(refused.status, 5, "{arguments:?} {}", refused.stderr);
        assert!(refused.stdout.contains("is damaged"), "{}", refused.stdout);
    }
    bytes.seek(SeekFrom::Start(20_000_000)).unwrap();
    bytes.write_all(&[place]).unwrap();
    let good = models_in(&desk, &none, &["import", path]);
    assert_eq!((good.status, &imported(&good)[0]["known"]), (0, &json!(true)), "{}", good.stdout);
    assert!(desk.data().join("models").join(SMALL).exists());
}

/// A chat model that the catalogue does not know: the small one with some bytes behind its end.
fn own_model(desk: &Desk, models: &Path) -> PathBuf {
    let path = desk.path("my-own.gguf");
    fs::copy(models.join(CHAT), &path).unwrap();
    let length = fs::metadata(&path).unwrap().len();
    fs::File::options().write(true).open(&path).unwrap().set_len(length + 4096).unwrap();
    path
}

#[test]
fn an_own_model_is_tried_used_and_rolled_back() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    let own = own_model(&desk, &models);
    let brought = models_in(&desk, &models, &["import", "--in-place", own.to_str().unwrap()]);
    assert_eq!(brought.status, 0, "{} {}", brought.stdout, brought.stderr);
    let model = imported(&brought)[0].clone();
    let id = model["id"].as_str().unwrap().to_string();
    assert_eq!((&model["known"], id.starts_with("my-own-")), (&json!(false), true), "{model}");
    assert!(model["warnings"].to_string().contains("Nobody has checked"), "{model}");
    let used = models_in(&desk, &models, &["use", &id]);
    assert_eq!(used.status, 0, "{}", used.stderr);
    assert_eq!(used.document()["in_use"], json!(id));
    let back = models_in(&desk, &models, &["rollback"]);
    assert_eq!(back.document()["in_use"], json!(CHAT_ID), "{}", back.stderr);
    let gone = models_in(&desk, &models, &["delete", &id]);
    assert_eq!(gone.status, 0, "{}", gone.stderr);
    assert!(own.exists(), "a file used in place is only forgotten");
    let kept = models_in(&desk, &models, &["delete", CHAT_ID]);
    assert_eq!(kept.status, 1, "it is in use");
}

#[test]
fn visitors_are_answered_while_the_model_changes() {
    let Some(models) = models() else { return };
    let desk = Desk::new();
    let own = own_model(&desk, &models);
    let server = Server::run(desk.llama(&models));
    let manage = |command: Value| {
        let reply = server.post("/manage", &server.staff, &command);
        assert_eq!(reply.status, 200, "{command}: {}", reply.body);
        serde_json::from_str::<Value>(&reply.body).unwrap()
    };
    manage(json!({ "do": "change_settings", "generation": "always" }));
    let paths = json!([own]);
    let brought = manage(
        json!({ "do": "computer", "what": "import_models", "paths": paths, "in_place": true }),
    );
    let id = brought["models"][0]["id"].as_str().unwrap_or_else(|| panic!("{brought}")).to_string();
    let ask = |number: usize| {
        let question = format!("How do I look after a waxed jacket? Visitor {number}");
        let ask = json!({ "do": "ask", "ask_id": "q", "question": question });
        let lines = server.post("/visit", &server.visitor, &ask).lines();
        lines.last().unwrap()["reply"].clone()
    };
    let is_changed = std::sync::atomic::AtomicBool::new(false);
    let turns: Vec<Value> = std::thread::scope(|scope| {
        let asker = scope.spawn(|| {
            let mut turns = Vec::new();
            while !is_changed.load(std::sync::atomic::Ordering::Acquire) || turns.len() < 4 {
                turns.push(ask(turns.len()));
            }
            turns
        });
        manage(json!({ "do": "computer", "what": "use_model", "id": id }));
        is_changed.store(true, std::sync::atomic::Ordering::Release);
        asker.join().unwrap()
    });
    for turn in &turns {
        assert!(turn["error"].is_null() && turn["interrupted"] == json!(false), "{turn}");
        assert!(!turn["answer"].as_str().unwrap().is_empty(), "{turn}");
    }
    let now = manage(json!({ "do": "computer", "what": "overview" }));
    let in_use = now.get("in_use").or_else(|| now["reply"].get("in_use"));
    assert_eq!(in_use, Some(&json!(id)), "{now}");
}
