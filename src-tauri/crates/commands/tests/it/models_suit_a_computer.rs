//! Which models suit a computer, why, and what of them is here.

use std::sync::Arc;

use commands::wire::{
    ComputerCommand, ComputerReply, ComputerView, ModelChoiceView, ModelVerdict, StaffCommand,
    StaffReply,
};
use commands::{Core, EngineChoice, Llama, NoHost, OpenOptions, Session};
use hardware::{Device, DeviceKind, Machine};

const GB: u64 = 1 << 30;

fn office() -> Machine {
    Machine {
        instructions: vec!["avx2".into()],
        physical_cores: 8,
        performance_cores: 8,
        logical_cores: 16,
        memory_bytes: 16 * GB,
        memory_free_bytes: 11 * GB,
        ..Machine::default()
    }
}

/// A desk on a described computer, with the catalogue and without any file of it.
fn desk(machine: Machine) -> (Arc<Core>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("no-engine");
    let options = OpenOptions {
        data: folder.path().join("data"),
        engine: EngineChoice::Llama(Llama { program, ..Llama::default() }),
        sample: false,
        machine: Some(machine),
        host: Arc::new(NoHost),
    };
    (Core::open(options).unwrap(), folder)
}

fn overview(core: &Core) -> ComputerView {
    let session = Session::staff("test");
    let command = StaffCommand::Computer(ComputerCommand::Overview);
    match core.manage(&session, command).unwrap() {
        StaffReply::Computer(reply) => match *reply {
            ComputerReply::Overview(view) => *view,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn find<'a>(view: &'a ComputerView, id: &str) -> &'a ModelChoiceView {
    view.models.iter().find(|model| model.id == id).unwrap()
}

#[test]
fn the_recommended_model_is_shown_first_with_its_reason() {
    let (core, _folder) = desk(office());
    let view = overview(&core);
    assert_eq!((view.tier.id.as_str(), view.tier.name.as_str()), ("t2", "Good office computer"));
    assert_eq!(view.tier.model, "qwen3-4b-instruct-2507");
    let first = &view.models[0];
    assert_eq!(first.id, "qwen3-4b-instruct-2507");
    assert_eq!(first.verdict, ModelVerdict::Recommended);
    assert!(first.reason.contains("of memory, which can be spared."), "{}", first.reason);
    assert_eq!((first.host.as_str(), first.licence.as_str()), ("huggingface.co", "Apache-2.0"));
    assert!(first.size_exact && first.memory_bytes > first.size_bytes);
    assert!(view.tier.why.iter().any(|why| why.contains("16 GB of memory")), "{:?}", view.tier);
}

#[test]
fn every_model_of_the_catalogue_is_judged() {
    let (core, _folder) = desk(office());
    let view = overview(&core);
    assert!(view.models.len() >= 18, "{}", view.models.len());
    assert_eq!(find(&view, "gemma-4-31b").verdict, ModelVerdict::TooLarge);
    assert_eq!(find(&view, "qwen3-8b").verdict, ModelVerdict::TooSlow);
    assert_eq!(find(&view, "qwen3-1.7b").verdict, ModelVerdict::Fits);
    assert_eq!(find(&view, "all-minilm-l6-v2").verdict, ModelVerdict::Recommended);
    let computed = find(&view, "qwen3-8b");
    assert!(!computed.size_exact);
    assert!(computed.warnings.iter().any(|warning| warning.contains("computed")));
    assert!(!find(&view, "qwen3.5-4b").warnings.is_empty());
    assert!(view.models.iter().all(|model| model.exam.is_none() && model.speed.is_none()));
}

#[test]
fn a_graphics_card_changes_tier_and_choice() {
    let card = Device {
        kind: DeviceKind::Discrete,
        memory_bytes: 24 * GB,
        memory_free_bytes: 23 * GB,
        ..Device::default()
    };
    let (core, _folder) = desk(Machine { devices: vec![card], ..office() });
    let view = overview(&core);
    assert_eq!((view.tier.id.as_str(), view.tier.model.as_str()), ("t6", "gemma-4-26b-a4b"));
}

#[test]
fn a_computer_without_room_quotes_and_says_why() {
    let (core, _folder) = desk(Machine { memory_bytes: 0, memory_free_bytes: 0, ..office() });
    let view = overview(&core);
    assert_eq!((view.tier.id.as_str(), view.tier.model.as_str()), ("t0", ""));
    assert_eq!(view.tier.answers, "quote");
    let why = view.tier.why.join(" ");
    assert!(why.contains("does not say how much memory it has"), "{why}");
    assert!(
        view.models.iter().all(|model| {
            model.purpose == "embedding" || model.verdict == ModelVerdict::TooLarge
        })
    );
}

#[test]
fn the_doctor_tells_the_same_tier() {
    let (core, _folder) = desk(office());
    let session = Session::staff("test");
    let StaffReply::Doctor(doctor) = core.manage(&session, StaffCommand::Doctor).unwrap() else {
        panic!("no doctor");
    };
    assert_eq!(doctor.tier.id, "t2");
    assert_eq!(doctor.tier.model, "qwen3-4b-instruct-2507");
}
