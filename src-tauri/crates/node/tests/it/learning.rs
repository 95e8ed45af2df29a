//! A desk that learns, on the command line.

use crate::desk::Desk;

#[test]
fn a_gap_is_answered_and_closed() {
    let desk = Desk::new();
    let shop = desk.write("a.md", "# Shop\n\n## Hours\n\nThe shop opens at 9 am on Mondays.\n");
    desk.run(&["import", shop.to_str().unwrap()]);
    for question in ["Do you repair umbrellas?", "umbrella repair"] {
        desk.run(&["ask", question]);
    }
    let gaps = desk.run(&["--json", "gaps"]).document();
    let gap = &gaps["gaps"][0];
    assert_eq!((gap["count"].as_i64(), gap["status"].as_str()), (Some(2), Some("open")), "{gaps}");
    assert!(gap["question"].is_string() && gap["last_at"].is_i64(), "{gaps}");
    let id = gap["id"].to_string();
    let text = "Yes, while you wait.";
    let outcome =
        desk.run(&["--json", "gaps", "answer", &id, "--text", text, "--approve"]).document();
    assert_eq!(outcome["clusters"][0]["status"], "answered", "{outcome}");
    let turn = desk.run(&["--json", "ask", "umbrella repair"]).document();
    assert_eq!((turn["route"].as_str(), turn["answer"].as_str()), (Some("faq"), Some(text)));
    let history = desk.run(&["--json", "faq", "history", "1"]).document();
    assert_eq!(history["history"].as_array().unwrap().len(), 2, "{history}");
}

#[test]
fn versions_and_tests_have_their_exit_status() {
    let desk = Desk::new();
    let shop = desk.write("a.md", "# Shop\n\n## Hours\n\nThe shop opens at 9 am on Mondays.\n");
    desk.run(&["import", shop.to_str().unwrap()]);
    let suite = r#"{"id":"a","kind":"k","question":"When does the shop open?","expect":"answer","gold":["9 am"]}"#;
    let suite = desk.write("suite.jsonl", suite);
    assert_eq!(desk.run(&["test", "import", suite.to_str().unwrap()]).status, 0);
    let run = desk.run(&["--json", "test", "run"]);
    assert_eq!((run.status, run.document()["passed"].as_i64()), (0, Some(1)));
    assert_eq!(desk.run(&["versions", "publish", "first"]).status, 0);
    desk.write("a.md", "# Shop\n\n## Hours\n\nThe shop opens at 10 am on Mondays.\n");
    desk.run(&["import", shop.to_str().unwrap()]);
    assert_eq!(desk.run(&["test", "run"]).status, 1);
    assert_eq!(desk.run(&["versions", "publish", "second"]).status, 1, "a test fails");
    let back = desk.run(&["--json", "versions", "rollback", "1"]).document();
    assert_eq!(back["run"]["passed"], 1, "{back}");
    let written = desk.path("out.jsonl");
    desk.run(&["test", "export", written.to_str().unwrap()]);
    assert_eq!(desk.run(&["eval", written.to_str().unwrap()]).status, 0);
    let doctor = desk.run(&["--json", "doctor"]).document();
    assert!(doctor["knowledge"].is_array(), "{doctor}");
    assert_eq!(desk.run(&["versions", "rollback", "99"]).status, 1);
}
