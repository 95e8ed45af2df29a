//! Importing again, after changes, and after a crash.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::desk::Desk;

/// What the desk knows, without what may differ between two ways to the same knowledge.
fn counts(desk: &Desk) -> [Value; 4] {
    let doctor = desk.json(&["doctor"]);
    assert_eq!(doctor["problems"], json!([]));
    ["sources", "passages", "embedded", "faqs"].map(|field| doctor["data"][field].clone())
}

fn sample_shop(desk: &Desk) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    fs::create_dir(desk.path("shop")).unwrap();
    fs::copy(demo.join("faq.csv"), desk.path("shop/faq.csv")).unwrap();
    for entry in fs::read_dir(demo.join("documents")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, desk.path("shop").join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn the_same_files_again_change_nothing() {
    let desk = Desk::new();
    sample_shop(&desk);
    let first = desk.import(&desk.path("shop"));
    let known = counts(&desk);
    assert_eq!(known[1], known[2], "every passage can be found by meaning");
    let again = desk.import(&desk.path("shop"));
    assert_eq!(first.len(), again.len());
    for (first, again) in first.iter().zip(&again) {
        assert_eq!((&first["state"], &again["state"]), (&json!("ready"), &json!("unchanged")));
        for field in ["path", "kind", "passages", "faqs"] {
            assert_eq!(first[field], again[field], "{field} of {again}");
        }
    }
    assert_eq!(counts(&desk), known);
}

#[test]
fn a_changed_file_replaces_what_it_said() {
    let desk = Desk::new();
    let page = desk.write("parking.md", "# Parking\n\nParking is free for twelve hours.\n");
    desk.write("faq.csv", "question,answer\nIs there a lift?,Yes\n");
    desk.import(&page);
    desk.import(&desk.path("faq.csv"));
    fs::write(&page, "# Parking\n\nParking costs three pounds an hour.\n").unwrap();
    desk.write("faq.csv", "question,answer\nIs there a lift?,\"No, not any more.\"\n");
    assert_eq!(desk.import(&page)[0]["state"], "ready");
    assert_eq!(desk.import(&desk.path("faq.csv"))[0]["state"], "ready");
    let found = desk.json(&["search", "parking", "--top", "50"]).to_string();
    assert!(found.contains("three pounds") && !found.contains("twelve hours"), "{found}");
    assert_eq!(desk.json(&["ask", "Is there a lift?"])["answer"], "No, not any more.");
    assert_eq!(counts(&desk)[0], 2);
    assert_eq!(counts(&desk)[3], 1);
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let desk = Desk::new();
    for name in ["b.md", "a.md", "c/a.md", "c/b.md", "B.md", ".hidden.md"] {
        desk.write(
            &format!("shop/{name}"),
            format!("# {name}\n\nThe page {name} is about ropes.\n"),
        );
    }
    let reports = desk.import(&desk.path("shop"));
    let base = desk.path("shop");
    let names: Vec<String> = reports
        .iter()
        .map(|report| Path::new(report["path"].as_str().unwrap()).strip_prefix(&base).unwrap())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    assert_eq!(names, ["B.md", "a.md", "b.md", "c/a.md", "c/b.md"]);
}

#[test]
fn a_closed_desk_leaves_no_journal() {
    let desk = Desk::new();
    desk.import(&desk.write("parking.md", "# Parking\n\nParking is free for twelve hours.\n"));
    assert!(desk.data().join("kb.db").exists());
    assert!(!desk.data().join("kb.db-wal").exists(), "a copy of kb.db would miss what is in it");
}

/// A shop of many small files.
fn write_shelves(desk: &Desk) {
    for number in 0..120 {
        let text = format!(
            "# Shelf {number}\n\n## Ropes\n\nShelf {number} holds ropes of {number} metres. They are \
             sold by weight.\n\n## Knots\n\nKnot {number} is taught on day {number} of the course.\n"
        );
        desk.write(&format!("shop/{number:03}.md"), &text);
    }
}

/// What the desk finds and answers, as the words of it.
fn content(desk: &Desk) -> Vec<Value> {
    let mut content: Vec<Value> = Vec::new();
    for number in [0, 7, 58, 119] {
        let question = format!("ropes and knots of shelf {number}");
        content.push(desk.json(&["search", &question, "--top", "20"])["hits"].clone());
    }
    content
}

#[test]
fn a_killed_import_can_be_repeated() {
    let (undisturbed, killed) = (Desk::new(), Desk::new());
    write_shelves(&undisturbed);
    write_shelves(&killed);
    undisturbed.import(&undisturbed.path("shop"));

    for after in [1, 40] {
        let mut command = killed.scripted();
        command.args(["--json", "import"]).arg(killed.path("shop"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.take(after).filter(Result::is_ok).count(), after);
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().code(), None, "killed in the middle");
    }
    let reports = killed.import(&killed.path("shop"));
    assert_eq!(reports.len(), 120);
    let states = |state: &str| reports.iter().filter(|report| report["state"] == state).count();
    assert!(states("unchanged") >= 40, "what was saved is kept: {}", states("unchanged"));
    assert_eq!(states("unchanged") + states("ready"), 120);
    assert_eq!(counts(&killed), counts(&undisturbed));
    assert_eq!(content(&killed), content(&undisturbed));
}

#[test]
fn an_import_killed_again_and_again_goes_on_by_itself() {
    let (undisturbed, killed) = (Desk::new(), Desk::new());
    write_shelves(&undisturbed);
    write_shelves(&killed);
    undisturbed.import(&undisturbed.path("shop"));

    // Started once; afterwards the desk goes on with it whenever it is open.
    let mut kills = 0;
    let mut wait = Duration::from_millis(30);
    for round in 0..10 {
        let mut command = killed.scripted();
        match round {
            0 => command.args(["--json", "import"]).arg(killed.path("shop")),
            // A job of its own that must wait for the one before it.
            _ => command.args(["--json", "import", "nowhere.md"]),
        };
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        if round == 0 {
            // The job has to be written down before it can be gone on with: it is when a file is told.
            told.read_line(&mut String::new()).unwrap();
        }
        // Other moments in every run: the clock's last digits say how long.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        wait += Duration::from_millis(u64::from(now.subsec_micros() % 60));
        std::thread::sleep(wait);
        child.kill().unwrap();
        kills += usize::from(child.wait().unwrap().code().is_none());
    }
    assert_eq!(kills, 10);
    // Not again: what is still missing is read by the job that was begun, or there is none.
    let reports = killed.import(&killed.path("shop"));
    assert_eq!(reports.len(), 120);
    assert_eq!(counts(&killed), counts(&undisturbed));
    assert_eq!(content(&killed), content(&undisturbed));
    let sources = killed.json(&["doctor"])["data"]["sources"].clone();
    assert_eq!(sources, 120, "no file twice");
}

#[test]
fn a_relative_path_is_told_as_it_was_given() {
    let desk = Desk::new();
    desk.write("shop/a.md", "# A\n\nRopes.\n");
    let mut command = desk.scripted();
    command.args(["--json", "import", "shop", "nowhere.md"]).current_dir(desk.path(""));
    let run = crate::desk::run(&mut command);
    assert_eq!(run.status, 1);
    let paths: Vec<Value> =
        run.documents().into_iter().map(|report| report["path"].clone()).collect();
    assert_eq!(paths, [json!("shop/a.md"), json!("nowhere.md")]);
}
