//! Names and types of everything that scripts read.

use std::io::Read;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::desk::{Desk, run};

/// The type of each field, `?` where it may be null.
const TURN: &[(&str, &str)] = &[
    ("id", "text"),
    ("turn_id", "whole"),
    ("conversation", "text"),
    ("question", "text"),
    ("route", "text"),
    ("answer", "text"),
    ("score", "number"),
    ("support", "number"),
    ("citations", "list"),
    ("suggestions", "list"),
    ("hand_over", "text?"),
    ("timing", "object"),
    ("tokens", "object"),
    ("kb_version", "whole"),
    ("model", "text?"),
    ("interrupted", "bool"),
    ("error", "object?"),
];
const CITATION: &[(&str, &str)] = &[
    ("n", "whole"),
    ("source", "text"),
    ("title", "text"),
    ("locator", "text"),
    ("passage", "text"),
    ("score", "number"),
];
const TIMING: &[(&str, &str)] =
    &[("retrieve_ms", "number"), ("first_token_ms", "number"), ("total_ms", "number")];
const TOKENS: &[(&str, &str)] = &[("prompt", "whole"), ("cached", "whole"), ("generated", "whole")];
const HIT: &[(&str, &str)] = &[
    ("source", "text"),
    ("title", "text"),
    ("locator", "text"),
    ("text", "text"),
    ("score", "number"),
    ("cosine", "number"),
    ("bm25", "number"),
];
const REPORT: &[(&str, &str)] = &[
    ("path", "text"),
    ("kind", "text"),
    ("state", "text"),
    ("passages", "whole"),
    ("faqs", "whole"),
    ("orders", "whole"),
    ("warnings", "list"),
    ("error", "object?"),
];
const DOCTOR: &[(&str, &str)] = &[
    ("machine", "object"),
    ("tier", "object"),
    ("models", "list"),
    ("data", "object"),
    ("engine", "object"),
    ("build", "object"),
    ("problems", "list"),
    ("notes", "list"),
];
const TIER: &[(&str, &str)] =
    &[("id", "text"), ("model", "text"), ("answers", "text"), ("why", "list")];
const MACHINE: &[(&str, &str)] = &[
    ("system", "text"),
    ("processor", "text"),
    ("architecture", "text"),
    ("instructions", "list"),
    ("physical_cores", "whole"),
    ("performance_cores", "whole"),
    ("logical_cores", "whole"),
    ("memory_bytes", "whole"),
    ("memory_free_bytes", "whole"),
    ("disk_free_bytes", "whole?"),
    ("power", "text"),
    ("virtualised", "text?"),
    ("devices", "list"),
    ("without_graphics", "text?"),
];
const BUILD: &[(&str, &str)] =
    &[("version", "text"), ("engine", "text"), ("computes_on", "text"), ("clock", "whole")];
const DATA: &[(&str, &str)] = &[
    ("folder", "text"),
    ("sources", "whole"),
    ("passages", "whole"),
    ("embedded", "whole"),
    ("faqs", "whole"),
    ("turns", "whole"),
    ("kb_version", "whole"),
    ("sqlite", "text"),
];
const MODEL: &[(&str, &str)] = &[
    ("id", "text"),
    ("purpose", "text"),
    ("size_bytes", "whole"),
    ("sha256", "text"),
    ("licence", "text"),
    ("state", "text"),
    ("exam", "number?"),
];
const ERROR: &[(&str, &str)] = &[("code", "text"), ("message", "text"), ("hint", "text?")];
const ROUTES: &[&str] = &[
    "smalltalk",
    "faq",
    "documents",
    "quote",
    "cache",
    "order",
    "did_you_mean",
    "refused",
    "handoff",
    "blocked",
];

fn check_fields(value: &Value, fields: &[(&str, &str)]) {
    for (name, kind) in fields {
        let found = value.get(name).unwrap_or_else(|| panic!("no {name} in {value}"));
        let fits = match kind.trim_end_matches('?') {
            "text" => found.is_string(),
            "whole" => found.is_i64() || found.is_u64(),
            "number" => found.is_number(),
            "bool" => found.is_boolean(),
            "list" => found.is_array(),
            "object" => found.is_object(),
            kind => panic!("{kind} is no kind of this table"),
        };
        assert!(fits || (kind.ends_with('?') && found.is_null()), "{name} is {found}, not {kind}");
    }
}

fn check_turn(turn: &Value) {
    check_fields(turn, TURN);
    check_fields(&turn["timing"], TIMING);
    check_fields(&turn["tokens"], TOKENS);
    for (index, citation) in turn["citations"].as_array().unwrap().iter().enumerate() {
        check_fields(citation, CITATION);
        assert_eq!(citation["n"], index + 1, "numbered from 1: {turn}");
    }
    assert!(ROUTES.contains(&turn["route"].as_str().unwrap()), "{}", turn["route"]);
    if !turn["error"].is_null() {
        check_fields(&turn["error"], ERROR);
    }
}

#[test]
fn ask_prints_a_turn() {
    let desk = Desk::new();
    for (question, route) in [
        ("Can I return shoes I have worn outside?", "faq"),
        ("Hello!", "smalltalk"),
        ("I want to talk to a person", "handoff"),
        ("Who won the world cup in 1966?", "refused"),
    ] {
        let turn = desk.json(&["ask", question]);
        check_turn(&turn);
        assert_eq!(turn["route"], route, "{turn}");
        assert_eq!(turn["question"], question);
        assert_eq!(turn["citations"].as_array().unwrap().is_empty(), route != "faq", "{turn}");
    }
    let turn = desk.json(&["ask", "Do you service lifejackets?", "--conversation", "c1"]);
    assert_eq!(turn["conversation"], "c1");
}

#[test]
fn search_prints_hits_best_first() {
    let desk = Desk::new();
    let found = desk.json(&["search", "boots worn outside", "--top", "3"]);
    assert_eq!(found["id"], "q1");
    let hits = found["hits"].as_array().unwrap();
    assert!((1..=3).contains(&hits.len()), "{found}");
    hits.iter().for_each(|hit| check_fields(hit, HIT));
    let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    let faq = hits.iter().find(|hit| hit["source"] == "faq.csv" || hit["source"] == "faq");
    let faq = faq.unwrap_or_else(|| panic!("an approved answer among {found}"));
    assert_eq!(faq["title"], "Can I return shoes I have worn outside?");
    assert!(faq["text"].as_str().unwrap().starts_with("No, shoes and boots"), "{faq}");
}

#[test]
fn import_prints_one_line_a_file() {
    let desk = Desk::new();
    desk.write("shop/a.md", "# Parking\n\nThere are twelve parking places behind the shop.\n");
    desk.write("shop/b.csv", "question,answer\nIs there a lift?,\"Yes, by the tills.\"\n");
    desk.write("shop/c.bin", [0_u8, 1, 2, 3, 0, 255]);
    let reports = desk.import(&desk.path("shop"));
    assert_eq!(reports.len(), 3, "{reports:?}");
    reports.iter().for_each(|report| check_fields(report, REPORT));
    let states: Vec<&Value> = reports.iter().map(|report| &report["state"]).collect();
    assert_eq!(states, ["ready", "ready", "rejected"]);
    assert_eq!(reports[0]["kind"], "markdown");
    assert!(reports[0]["passages"].as_u64().unwrap() >= 1, "{}", reports[0]);
    assert_eq!(reports[1]["kind"], "faq");
    assert_eq!(reports[1]["faqs"], 1);
    assert!(reports[0]["error"].is_null());
    check_fields(&reports[2]["error"], ERROR);
}

#[test]
fn doctor_and_models_print_their_documents() {
    let desk = Desk::new();
    let doctor = desk.json(&["doctor"]);
    check_fields(&doctor, DOCTOR);
    check_fields(&doctor["tier"], TIER);
    check_fields(&doctor["data"], DATA);
    check_fields(&doctor["machine"], MACHINE);
    check_fields(&doctor["build"], BUILD);
    for field in ["physical_cores", "logical_cores", "memory_bytes"] {
        assert!(doctor["machine"][field].as_u64().unwrap() > 0, "{}", doctor["machine"]);
    }
    for name in ["chat", "embedding"] {
        assert!(doctor["engine"][name]["state"].is_string(), "{}", doctor["engine"]);
    }
    assert_eq!(doctor["problems"], json!([]));

    let mut list = desk.llama(&desk.path("no-models"));
    let list = run(list.args(["--json", "models", "list"])).document();
    let models = list["models"].as_array().unwrap();
    assert!(models.len() >= 2, "{list}");
    models.iter().for_each(|model| check_fields(model, MODEL));
    assert!(models.iter().all(|model| model["state"] == "missing"), "{list}");
}

#[test]
fn a_missing_model_is_said_on_stderr() {
    let desk = Desk::new();
    let ask = |more: &[&str]| {
        let mut command = desk.llama(&desk.path("no-models"));
        run(command.args(more).args(["--json", "ask", "Do you service lifejackets?"]))
    };
    let loud = ask(&[]);
    assert_eq!(loud.status, 0, "{}", loud.stderr);
    check_turn(&loud.document());
    let said = "the model all-minilm-l6-v2 is not on this computer; searching by words alone";
    assert!(loud.stderr.contains(said), "{}", loud.stderr);
    assert_eq!(ask(&["--quiet"]).stderr, "");

    let doctor = run(desk.llama(&desk.path("no-models")).args(["--json", "doctor"]));
    assert_eq!(doctor.status, 1);
    let problems = doctor.document()["problems"].clone();
    let problems = problems.as_array().unwrap();
    assert!(!problems.is_empty());
    for problem in problems {
        check_fields(problem, ERROR);
        assert!(problem["hint"].is_string(), "{problem}");
    }
}

#[test]
fn faq_rows_and_gaps_are_listed() {
    let desk = Desk::new();
    desk.write("faq.csv", "question,answer\nIs there a lift?,\"Yes, by the tills.\"\n");
    desk.import(&desk.path("faq.csv"));
    let added = desk.json(&["faq", "add", "Is there a café?", "Yes, on the first floor."]);
    let id = added["id"].as_i64().unwrap();
    assert_eq!(
        desk.json(&["ask", "Is there a café?"])["answer"].as_str().unwrap().find("first floor"),
        None
    );
    let approved = desk.json(&["faq", "approve", &id.to_string()]);
    assert_eq!(approved["status"], "approved");
    let turn = desk.json(&["ask", "Is there a café?"]);
    assert_eq!(
        (&turn["route"], &turn["answer"]),
        (&json!("faq"), &json!("Yes, on the first floor."))
    );
    assert_eq!(desk.json(&["faq", "list"])["faqs"].as_array().unwrap().len(), 2);
    desk.json(&["faq", "retire", &id.to_string()]);
    assert_ne!(desk.json(&["ask", "Is there a café?"])["answer"], "Yes, on the first floor.");
    assert_eq!(desk.run(&["faq", "approve", "4711"]).status, 1);

    desk.json(&[
        "ask",
        "Explain quantum chromodynamics with gauge symmetry and asymptotic freedom",
    ]);
    let gaps = desk.json(&["gaps"]);
    let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| {
        gap["question"]
            == "Explain quantum chromodynamics with gauge symmetry and asymptotic freedom"
            && gap["count"] == 1
    });
    assert!(gap.is_some(), "{gaps}");
}

#[test]
fn a_batch_keeps_order_and_goes_on_after_a_bad_line() {
    let desk = Desk::new();
    let batch = [
        "\u{feff}{\"id\":\"z\",\"question\":\"Do you service lifejackets?\"}",
        "not json",
        "",
        r#"{"id":"empty","question":"  "}"#,
        r#"{"question":"no id"}"#,
        r#"{"id":"a","question":"How much is delivery in the UK?","conversation":"c1"}"#,
    ];
    let mut bytes = batch.join("\r\n").into_bytes();
    bytes.extend(b"\n{\"id\":\"x\",\"question\":\"\xff\"}\n");
    bytes.extend(br#"{"id":"last","question":"Hello"}"#);
    let file = desk.write("batch.jsonl", bytes);
    for command in ["ask", "search"] {
        let run = run(desk.scripted().args(["--json", command, "--batch"]).arg(&file));
        assert_eq!(run.status, 1, "{}", run.stdout);
        let lines = run.documents();
        let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
        let null = Value::Null;
        assert_eq!(
            ids,
            [&json!("z"), &null, &json!("empty"), &null, &json!("a"), &null, &json!("last")],
            "{}",
            run.stdout
        );
        for line in lines.iter().filter(|line| line["id"].is_null()) {
            crate::desk::check_error(&line["error"]);
        }
        assert!(lines[1]["error"]["message"].as_str().unwrap().contains("line 2"), "{}", lines[1]);
        assert_eq!(command == "ask", lines[2]["error"]["code"] == "invalid", "{}", lines[2]);
        if command == "ask" {
            [0, 4, 6].iter().for_each(|&at| check_turn(&lines[at]));
            assert_eq!(lines[4]["conversation"], "c1");
        }
    }
}

#[test]
fn progress_is_on_stderr_and_quiet_is_quiet() {
    let desk = Desk::new();
    let suite = desk.write(
        "suite.jsonl",
        r#"{"id":"a","kind":"answerable","question":"Do you service lifejackets?","expect":"answer","gold":["lifejacket"]}"#,
    );
    let loud = run(desk.scripted().args(["--json", "eval"]).arg(&suite));
    assert!(loud.stderr.contains("1 of 1"), "{}", loud.stderr);
    assert_eq!(loud.document()["kinds"]["answerable"]["asked"], 1);
    let quiet = run(desk.scripted().args(["--json", "--quiet", "eval"]).arg(&suite));
    assert_eq!(quiet.stderr, "");
    assert_eq!(quiet.document()["kinds"]["answerable"]["asked"], 1);
}

#[test]
fn a_benchmark_leaves_the_settings_alone() {
    let desk = Desk::new();
    let line = r#"{"id":"a","kind":"answerable","question":"Do you service lifejackets?","expect":"answer"}"#;
    let suite = desk.write("suite.jsonl", line);
    let suite = suite.to_str().unwrap();
    for figure in ["turns", "retrieval"] {
        let document = desk.json(&["bench", figure, "--suite", suite]);
        assert_eq!(document["settings"]["questions"], 1, "{document}");
        assert!(document["measured"].is_object(), "{document}");
    }
    desk.json(&["bench", "turns", "--generate", "--suite", suite]);
    assert_eq!(desk.json(&["doctor"])["tier"]["answers"], "quote", "nobody switched phrasing on");
}

#[test]
fn a_reader_that_leaves_is_no_panic() {
    let desk = Desk::new();
    let line = r#"{"id":"a","question":"Do you service lifejackets?"}"#;
    let file = desk.write("batch.jsonl", format!("{line}\n").repeat(50));
    let mut command = desk.scripted();
    command.args(["ask", "--batch"]).arg(&file);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let run = crate::desk::finished(child.wait_with_output().unwrap());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));

    let mut command = desk.scripted();
    command.args(["ask", ""]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1), "not 101, which is a panic");
}
