//! The computer from outside: descriptions of other ones, the doctor, and the report for somebody
//! who helps.

use std::fs;

use serde_json::json;

use crate::desk::{Desk, check_error, run};

#[test]
fn models_are_chosen_for_the_computer_that_a_file_describes() {
    let desk = Desk::new();
    let described = json!({ "system": "Windows 11", "physical_cores": 6, "power": "battery",
                            "memory_bytes": 34_359_738_368_u64, "disk_free_bytes": 5 });
    let file = desk.write("machine.json", described.to_string());
    let file = file.to_str().unwrap();
    let doctor = run(desk.scripted().args(["--json", "--machine", file, "doctor"]));
    assert_eq!(doctor.status, 1, "the described disk is full: {}", doctor.stderr);
    let doctor = doctor.document();
    let machine = &doctor["machine"];
    assert_eq!((&machine["system"], &machine["logical_cores"]), (&json!("Windows 11"), &json!(6)));
    assert_eq!(machine["memory_free_bytes"], 30_923_764_532_u64);
    assert!(doctor["problems"][0]["message"].as_str().unwrap().contains("on the disk"), "{doctor}");
    check_error(&doctor["problems"][0]);
    let notes = doctor["notes"].to_string();
    assert!(notes.contains("battery") && notes.contains("description"), "{notes}");

    for more in [&["models", "list"][..], &["ask", "Hello"]] {
        let done = run(desk.scripted().args(["--machine", file]).args(more));
        assert_eq!(done.status, 0, "{more:?}: {}", done.stderr);
    }
}

#[test]
fn status_2_is_a_machine_description_that_makes_no_sense() {
    let desk = Desk::new();
    let check = |content: &str, words: &str| {
        let file = desk.write("machine.json", content);
        let machine = ["--machine", file.to_str().unwrap()];
        for more in [&["doctor"][..], &["models", "list"], &["ask", "Hello"]] {
            let refused = run(desk.scripted().arg("--json").args(machine).args(more));
            assert_eq!(refused.status, 2, "{content}: {}", refused.stdout);
            let error = refused.error();
            assert_eq!(error["code"], "invalid");
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("machine.json: ") && message.contains(words), "{message}");
        }
    };
    check(r#"{"physical_cores": 4}"#, "memory_bytes: it is missing; write");
    check(r#"{"physical_cores": 0, "memory_bytes": 17179869184}"#, "physical_cores: 0 cores");
    check(r#"{"physical_cores": 4, "memory_bytes": 16}"#, "memory_bytes: 16 bytes are too few");
    check(r#"{"cores": 4}"#, "wrong at cores: unknown field");
    check("16 GB", "not a JSON object");
    check(&" ".repeat(100_000), "too long");
    assert!(!desk.data().exists(), "usage is checked before anything is made");

    let missing = run(desk.scripted().args(["--machine", "nowhere.json", "doctor"]));
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("nowhere.json: "), "{}", missing.stderr);
}

#[test]
fn the_doctor_speaks_to_people_as_well() {
    let desk = Desk::new();
    let told = desk.run(&["doctor"]);
    assert_eq!(told.status, 0, "{}", told.stdout);
    for label in ["Program ", "Computer ", "Processor ", "Memory ", "Data ", "Class ", "Engine "] {
        assert!(
            told.stdout.lines().any(|line| line.starts_with(label)),
            "{label}: {}",
            told.stdout
        );
    }
    assert!(told.stdout.contains("Everything works."), "{}", told.stdout);
}

#[test]
fn a_report_for_helpers_names_neither_the_person_nor_their_folders() {
    let desk = Desk::new();
    // Everything lies in the home folder of somebody, below folders with names of their own, and
    // one model is damaged, which is told with its path.
    let home = desk.path("home/wilhelmina");
    let models = home.join("Kittiwake Outfitters/models");
    fs::create_dir_all(&models).unwrap();
    fs::write(models.join("all-MiniLM-L6-v2.q8_0.gguf"), "GGUF, cut short").unwrap();
    let program = || {
        let mut command = desk.bare();
        command.env("HOME", &home).env("USER", "wilhelmina").env("FRONTDESK_MODELS", &models);
        command.arg("--data").arg(home.join("Kittiwake Outfitters/desk"));
        command
    };
    let doctor = run(program().args(["--json", "doctor"]));
    assert_eq!(doctor.status, 1, "{}", doctor.stderr);
    let told = doctor.document()["problems"].to_string();
    assert!(told.contains("wilhelmina/Kittiwake Outfitters/models/all-MiniLM"), "{told}");

    let file = home.join("report.txt");
    let written = run(program().args(["doctor", "--report"]).arg(&file));
    assert_eq!((written.status, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let printed = run(program().args(["--json", "doctor", "--report"])).document();
    for text in [fs::read_to_string(&file).unwrap(), printed["report"].as_str().unwrap().into()] {
        for private in
            ["wilhelmina", "Kittiwake", "Outfitters", "/home", desk.data().to_str().unwrap()]
        {
            assert!(!text.to_lowercase().contains(&private.to_lowercase()), "{private} in {text}");
        }
        assert!(
            text.contains("the model all-minilm-l6-v2 is refused: (a path) has 15 bytes"),
            "{text}"
        );
        assert!(text.contains("sha256"), "{text}");
    }
}
