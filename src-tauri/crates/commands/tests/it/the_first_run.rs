//! The first run: it is shown once, goes on where it stopped, and a kit's drafts never go live by
//! themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::wire::{
    Code, FaqStatus, FaqView, LearningCommand, Route, SetupCommand, SetupReply, SetupView,
    StaffCommand, StaffReply,
};
use commands::{Core, EngineChoice, Host, OpenOptions, Session};
use testkit::TestDesk;

struct Window;

impl Host for Window {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        Some(Vec::new())
    }

    fn has_window(&self) -> bool {
        true
    }
}

/// A desk as the window opens it.
fn windowed(data: &Path) -> Arc<Core> {
    let core = Core::open(OpenOptions {
        data: data.to_owned(),
        engine: EngineChoice::Given { chat: None, embedder: None },
        sample: true,
        machine: None,
        host: Arc::new(Window),
    });
    core.expect("a new folder can be opened")
}

fn setup(core: &Core, command: SetupCommand) -> SetupView {
    let reply = core.manage(&Session::staff("test"), StaffCommand::Setup(command));
    match reply.expect("this command works") {
        StaffReply::Setup(reply) => {
            let SetupReply::Setup(view) = *reply;
            view
        }
        other => panic!("{other:?}"),
    }
}

fn choose(core: &Core, kit: &str, name: &str) -> SetupView {
    setup(core, SetupCommand::ChooseKit { kit: kit.into(), name: name.into() })
}

fn faqs(core: &Core) -> Vec<FaqView> {
    let all = StaffCommand::Faqs { contains: String::new(), offset: 0, limit: 500 };
    match core.manage(&Session::staff("test"), all).unwrap() {
        StaffReply::Faqs { faqs, .. } => faqs,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_desk_answers_at_once_and_its_first_run_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let core = windowed(folder.path());
    let view = setup(&core, SetupCommand::State);
    assert!(view.due && !view.done && view.step == 0, "{view:?}");
    assert!(view.live > 0, "the sample shop is there: {view:?}");
    assert_eq!(setup(&core, SetupCommand::SaveStep { step: 3 }).step, 3);
    core.settle();
    drop(core);
    let core = windowed(folder.path());
    let view = setup(&core, SetupCommand::State);
    assert!(view.due && view.step == 3, "{view:?}");
    assert_eq!(setup(&core, SetupCommand::SaveStep { step: 99 }).step, 4);
    assert!(!setup(&core, SetupCommand::Finish).due);
    drop(core);
    let core = windowed(folder.path());
    assert!(!setup(&core, SetupCommand::State).due, "it is over for good");
    let again = setup(&core, SetupCommand::Again);
    assert!(again.due && again.step == 0, "{again:?}");
}

#[test]
fn an_existing_desk_and_one_without_a_window_are_not_disturbed() {
    let desk = TestDesk::shop();
    let view = setup(&desk.core, SetupCommand::State);
    assert!(view.done && !view.due, "it had content before: {view:?}");
    let headless = TestDesk::sample();
    let view = setup(&headless.core, SetupCommand::State);
    assert!(!view.due && !view.done, "nobody sits there: {view:?}");
}

#[test]
fn a_kit_takes_the_place_of_the_sample_shop_and_of_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let core = windowed(folder.path());
    core.settle();
    let own = folder.path().join("own.csv");
    std::fs::write(&own, "question,answer\nIs there a piano?,\"Yes, in the hall.\"\n").unwrap();
    core.import(&Session::staff("t"), &[own], true, &mut |_| {}).unwrap();
    let view = choose(&core, "museum", " Tide Museum ");
    assert_eq!((view.kit.as_str(), view.live, view.drafts), ("museum", 1, 17));
    let orders = core.manage(&Session::staff("t"), StaffCommand::OrderSources).unwrap();
    let StaffReply::OrderSources { sources } = orders else { panic!("{orders:?}") };
    assert!(sources.is_empty(), "{sources:?}");
    let facts = core.manage(&Session::staff("t"), StaffCommand::Facts).unwrap();
    let StaffReply::Facts(facts) = facts else { panic!("{facts:?}") };
    assert!(facts.places.is_empty(), "the sample's hours are nobody's: {facts:?}");
    assert!(faqs(&core).iter().any(|faq| faq.question == "Is there a piano?"));
    drop(core);

    // The sample shop stays away, and another kit takes the place of this one.
    let core = windowed(folder.path());
    assert_eq!(setup(&core, SetupCommand::State).drafts, 17);
    let view = choose(&core, "shop", "Rosa’s");
    assert_eq!((view.live, view.drafts), (1, 16));
    let view = choose(&core, "shop", "Rosa & Son");
    assert_eq!((view.live, view.drafts), (1, 16), "the same kit twice is one kit");
    assert!(choose(&core, "sample", "").live > 20, "and the sample shop can come back");
}

#[test]
fn a_desk_speaks_as_its_kit_in_its_own_language_and_welcomes_in_the_others() {
    let desk = TestDesk::sample();
    let change =
        commands::wire::SettingsChange { language: Some("de".into()), ..Default::default() };
    desk.manage(StaffCommand::ChangeSettings(change)).unwrap();
    choose(&desk.core, "library", "Stadtbücherei");
    let refused = desk.ask("Was kostet ein Kamel?");
    assert_eq!(refused.route, Route::Refused);
    assert!(refused.answer.contains("Stadtbücherei helfen"), "{}", refused.answer);
    let StaffReply::Look(reply) =
        desk.manage(StaffCommand::Look(commands::wire::LookCommand::State)).unwrap()
    else {
        panic!()
    };
    let commands::wire::LookReply::Look(look) = *reply;
    assert_eq!(look.welcome, "Willkommen bei Stadtbücherei! Was suchen Sie?");
    let languages: Vec<_> = look.welcomes.iter().map(|one| one.language.as_str()).collect();
    assert_eq!(languages, ["ar", "en"]);
}

#[test]
fn a_blank_never_goes_live_until_somebody_fills_it() {
    let desk = TestDesk::sample();
    for kit in ["shop", "museum", "clinic", "hotel", "library"] {
        let view = choose(&desk.core, kit, "");
        assert!((12..=18).contains(&view.drafts) && view.live == 0, "{kit}: {view:?}");
        for faq in faqs(&desk.core) {
            let asked = desk.ask(&faq.question);
            assert!(!asked.answer.contains("[your"), "{kit}: {}", asked.answer);
        }
    }
    let hours =
        faqs(&desk.core).into_iter().find(|faq| faq.question.starts_with("When is")).unwrap();
    let approve = || StaffCommand::SetFaqStatus { id: hours.id, status: FaqStatus::Approved };
    let error = desk.manage(approve()).unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.contains("[your opening days]"), "{}", error.message);
    let by_learning = LearningCommand::ApproveFaq { id: hours.id, by: "Ada".into() };
    assert!(desk.manage(StaffCommand::Learning(by_learning)).is_err());

    // Also not by way of a file that says it is approved.
    let table = "question,answer,status\nMay I smoke?,\"Only [your place to smoke].\",approved\n";
    let report = desk.import_text("smoke.csv", table);
    assert!(report.warnings.iter().any(|one| one.contains("kept as draft")), "{report:?}");
    assert!(!desk.ask("May I smoke?").answer.contains("[your"));
}

#[test]
fn a_finished_first_run_suggests_what_the_desk_can_answer() {
    let desk = TestDesk::sample();
    choose(&desk.core, "hotel", "Sea View");
    let rows: Vec<String> =
        (1..=10).map(|n| format!("What is rule number {n}?,Rule {n} is to be kind.")).collect();
    desk.import_text("own.csv", &format!("question,answer\n{}\n", rows.join("\n")));
    let view = setup(&desk.core, SetupCommand::Finish);
    assert_eq!((view.live, view.done), (10, true));
    let asked = desk.ask("What is rule number 1?");
    assert_eq!((asked.route, asked.answer.as_str()), (Route::Faq, "Rule 1 is to be kind."));
    let state = commands::wire::LookCommand::State;
    let StaffReply::Look(reply) = desk.manage(StaffCommand::Look(state)).unwrap() else { panic!() };
    let commands::wire::LookReply::Look(look) = *reply;
    assert_eq!(look.suggestions[0], "What is rule number 1?");
    assert_eq!(look.suggestions.len(), 4);
}

#[test]
fn an_unknown_kit_changes_nothing() {
    let desk = TestDesk::sample();
    let before = setup(&desk.core, SetupCommand::State);
    let casino = SetupCommand::ChooseKit { kit: "casino".into(), name: "X".into() };
    let error = desk.manage(StaffCommand::Setup(casino)).unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(setup(&desk.core, SetupCommand::State), before);
}
