//! The doctor tells what is wrong with the computer and what to do; the report for somebody who
//! helps tells nothing about any person.

use std::path::Path;
use std::sync::Arc;

use commands::wire::{
    ActivateOrders, Caution, ComputerCommand, ComputerReply, Doctor, SettingsChange, StaffCommand,
    StaffReply, VisitorCommand,
};
use commands::{Core, EngineChoice, NoHost, OpenOptions, Session};
use hardware::{Device, DeviceKind, Machine, Power};
use store::{Store, TurnRow};
use testkit::TestDesk;

const GB: u64 = 1 << 30;

fn machine() -> Machine {
    Machine {
        system: "Windows 11".into(),
        processor: "A processor".into(),
        architecture: "x86_64".into(),
        instructions: vec!["avx".into(), "avx2".into()],
        physical_cores: 4,
        performance_cores: 4,
        logical_cores: 8,
        memory_bytes: 8 * GB,
        memory_free_bytes: 5 * GB,
        disk_free_bytes: Some(50 * GB),
        ..Machine::default()
    }
}

fn open(data: &Path, machine: Option<Machine>) -> Arc<Core> {
    let host = Arc::new(NoHost);
    let engine = EngineChoice::Scripted;
    let data = data.to_path_buf();
    Core::open(OpenOptions { data, engine, sample: false, machine, host }).unwrap()
}

fn doctor(core: &Core) -> Doctor {
    match core.manage(&Session::staff("test"), StaffCommand::Doctor).unwrap() {
        StaffReply::Doctor(doctor) => *doctor,
        other => panic!("{other:?}"),
    }
}

fn report(core: &Core) -> String {
    let asked = StaffCommand::Computer(ComputerCommand::Report);
    match core.manage(&Session::staff("test"), asked).unwrap() {
        StaffReply::Computer(reply) => match *reply {
            ComputerReply::Text { text } => text,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_doctor_names_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let poor = Machine {
        instructions: vec!["sse4.2".into()],
        memory_free_bytes: GB / 2,
        disk_free_bytes: Some(GB),
        power: Power::Battery,
        ..machine()
    };
    let doctor = doctor(&open(folder.path(), Some(poor)));
    let is_disk = |message: &str| message.contains("only 1.0 GB are free on the disk");
    let problem = doctor.problems.iter().find(|problem| is_disk(&problem.message));
    let problem = problem.unwrap_or_else(|| panic!("{:?}", doctor.problems));
    assert!(problem.hint.as_deref().is_some_and(|hint| hint.contains("Free some space")));
    let notes: Vec<&str> = doctor.notes.iter().map(|note| note.message.as_str()).collect();
    for words in ["description", "AVX2", "only 512 MB of memory", "battery"] {
        assert!(notes.iter().any(|note| note.contains(words)), "{words} in {notes:?}");
    }
    let lines = doctor.in_words().join("\n");
    for words in ["Windows 11", "power: battery", "8.0 GB, 0.5 GB of it free", "Problem", "Note"] {
        assert!(lines.contains(words), "{words} in {lines}");
    }
}

#[test]
fn a_described_computer_keeps_its_cards_and_its_reason_to_use_none() {
    let folder = tempfile::tempdir().unwrap();
    let card = Device {
        name: "Vulkan0".into(),
        description: "A card".into(),
        backend: "Vulkan".into(),
        kind: DeviceKind::Integrated,
        memory_bytes: 4 * GB,
        memory_free_bytes: 3 * GB,
    };
    let without = "the graphics driver crashed; using the processor";
    let described =
        Machine { devices: vec![card], without_graphics: Some(without.into()), ..machine() };
    let doctor = doctor(&open(folder.path(), Some(described)));
    assert_eq!(doctor.machine.devices[0].kind, "integrated");
    assert_eq!(doctor.machine.without_graphics.as_deref(), Some(without));
    assert_eq!(doctor.machine.memory_free_bytes, 5 * GB, "a description stays what it is");
    let lines = doctor.in_words().join("\n");
    assert!(lines.contains("Vulkan0: A card, integrated, 4.0 GB") && lines.contains(without));
}

#[test]
fn this_computer_is_looked_at_again_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = doctor(&open(folder.path(), None));
    assert!(doctor.machine.disk_free_bytes.is_some());
    assert!(doctor.machine.memory_free_bytes <= doctor.machine.memory_bytes);
    assert!(!doctor.notes.iter().any(|note| note.message.contains("description")));
}

#[test]
fn a_clock_that_went_back_behind_the_last_turn_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), None));
    let clock = |doctor: &Doctor| {
        doctor.problems.iter().filter(|problem| problem.message.contains("the clock")).count()
    };
    let store = Store::open(folder.path()).unwrap();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
    let turn =
        |at| TurnRow { conversation: "c".into(), route: "faq".into(), at, ..TurnRow::default() };
    store.save_turn(&turn(now - 60)).unwrap();
    drop(store);
    assert_eq!(clock(&doctor(&open(folder.path(), None))), 0);

    let store = Store::open(folder.path()).unwrap();
    store.save_turn(&turn(now + 2 * 86_400)).unwrap();
    store.save_turn(&turn(now)).unwrap();
    drop(store);
    let doctor = doctor(&open(folder.path(), None));
    assert_eq!(clock(&doctor), 1, "{:?}", doctor.problems);
}

/// Words that no report may hold, whatever the desk was filled with.
const CANARIES: &[&str] = &[
    "zebrafinch",
    "kookaburra",
    "HO-104106",
    "ursula",
    "webpost",
    "00133",
    "Gullane",
    "nightjar",
    "wryneck",
    "hoatzin",
    "bittern",
    "Harbour",
    "01632",
    "lapwing",
];

fn fill_with_canaries(desk: &TestDesk) {
    let table = "question,answer\nDo you sell zebrafinch food?,\"Yes, by the kookaburra cage.\"\n";
    desk.import_text("nightjar.csv", table);
    desk.import_text("wryneck.md", "# Rules of the hoatzin club\n\nThe hoatzin club meets here.\n");
    desk.import_bytes("bittern.pdf", b"this is no document");
    let orders = "order_number,email,postcode,last_name,status\nHO-104106,ursula@webpost.example.org,00133,Gullane,sent\n";
    let from = desk.write("orders.csv", orders.as_bytes()).display().to_string();
    let activate = ActivateOrders { from, ..ActivateOrders::default() };
    desk.manage(StaffCommand::ActivateOrders(activate)).unwrap();
    let change = SettingsChange {
        caution: Some(Caution::Careful),
        refusal: Some("Ask ursula at the zebrafinch desk.".into()),
        hand_over: Some("Ring the lapwing bell.".into()),
        ..SettingsChange::default()
    };
    desk.manage(StaffCommand::ChangeSettings(change)).unwrap();
    for question in ["Do you sell zebrafinch food?", "Who is ursula Gullane?", "lapwing?"] {
        desk.ask(question);
    }
    let press = VisitorCommand::HandOver {
        conversation: None,
        contact: "ursula@webpost.example.org".into(),
        note: "about the hoatzin".into(),
        language: None,
    };
    desk.core.visit(&Session::visitor("v"), press, &mut |_| {}).unwrap();
}

#[test]
fn a_report_for_helpers_holds_no_personal_data() {
    let desk = TestDesk::sample();
    fill_with_canaries(&desk);
    let told = format!("{:?}", doctor(&desk.core));
    assert!(told.contains(desk.data().to_str().unwrap()), "the doctor names the folder");

    let text = report(&desk.core);
    for canary in CANARIES {
        let found = text.to_lowercase().contains(&canary.to_lowercase());
        assert!(!found, "{canary} in the report:\n{text}");
    }
    assert!(!text.contains(desk.data().to_str().unwrap()), "{text}");
    if let Some(host) = hardware::host_name() {
        assert!(!text.contains(&host), "{host} in the report:\n{text}");
    }
    for words in ["Frontdesk 0.", "SQLite", "Processor", "Memory", "(a path): ", "careful", "clock"]
    {
        assert!(text.contains(words), "{words:?} in the report:\n{text}");
    }
}

#[test]
fn only_staff_get_the_report() {
    let desk = TestDesk::empty();
    let asked = StaffCommand::Computer(ComputerCommand::Report);
    assert!(desk.core.manage(&Session::visitor("v"), asked).is_err());
}
