//! The check before the doors open: what it finds, and that it is kept.

use commands::wire::{
    ActivateOrders, CheckState, CheckView, FaqStatus, Finding, OpeningCommand, OpeningReply,
    OpeningView, StaffCommand, StaffReply, VisitorCommand,
};
use testkit::TestDesk;

fn opening(desk: &TestDesk, command: OpeningCommand) -> OpeningView {
    match desk.manage(StaffCommand::Opening(command)).unwrap() {
        StaffReply::Opening(reply) => match *reply {
            OpeningReply::Opening(view) => view,
        },
        other => panic!("{other:?}"),
    }
}

fn check(desk: &TestDesk) -> CheckView {
    opening(desk, OpeningCommand::Run).check.unwrap()
}

fn state_of(check: &CheckView, finding: Finding) -> Option<CheckState> {
    check.rows.iter().find(|row| row.finding == finding).map(|row| row.state)
}

#[test]
fn a_desk_in_order_is_ready_and_the_check_is_kept() {
    let desk = TestDesk::shop();
    assert_eq!(opening(&desk, OpeningCommand::State).check, None);
    let done = check(&desk);
    assert_eq!(state_of(&done, Finding::QuestionsRight), Some(CheckState::Good), "{done:?}");
    assert_eq!(state_of(&done, Finding::FolderWritable), Some(CheckState::Good));
    let asked = done.rows.iter().find(|row| row.finding == Finding::QuestionsRight).unwrap().n;
    assert_eq!(asked, 2);
    let desk = desk.reopened();
    let kept = opening(&desk, OpeningCommand::State);
    assert_eq!(kept.check, Some(done));
    assert!(kept.age_s < 60);
    assert_eq!(kept.questions_today, 0, "the check leaves no question behind");
}

#[test]
fn an_empty_desk_needs_answers_first() {
    let done = check(&TestDesk::empty());
    assert_eq!(done.state, CheckState::Warn);
    let row = done.rows.iter().find(|row| row.finding == Finding::QuestionsNone).unwrap();
    assert_eq!(row.place, "knowledge");
}

#[test]
fn an_engine_that_stopped_is_a_red_light() {
    let desk = TestDesk::shop();
    desk.embedder.set_down(true);
    let done = check(&desk);
    assert_eq!(state_of(&done, Finding::EngineStopped), Some(CheckState::Bad), "{done:?}");
    assert_eq!(done.state, CheckState::Bad);
}

#[test]
fn people_drafts_and_folders_that_wait_are_told() {
    let desk = TestDesk::shop();
    desk.ask("Do you sell gift cards?");
    let wish = VisitorCommand::HandOver {
        conversation: None,
        contact: String::new(),
        note: String::new(),
        language: None,
    };
    desk.core.visit(&commands::Session::visitor("v"), wish, &mut |_| {}).unwrap();
    desk.manage(StaffCommand::SetFaqStatus { id: 1, status: FaqStatus::Draft }).unwrap();
    let folder = desk.write("x", b"x").with_file_name("share");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.display().to_string();
    desk.manage(StaffCommand::WatchFolder { path: path.clone() }).unwrap();
    std::fs::remove_dir(&folder).unwrap();
    let view = opening(&desk, OpeningCommand::Run);
    assert_eq!((view.waiting, view.questions_today), (1, 1));
    let done = view.check.unwrap();
    for finding in [Finding::SomebodyWaits, Finding::AnswersDue, Finding::FolderAway] {
        assert_eq!(state_of(&done, finding), Some(CheckState::Warn), "{finding:?} in {done:?}");
    }
    let away = done.rows.iter().find(|row| row.finding == Finding::FolderAway).unwrap();
    assert_eq!((away.name.as_str(), away.place.as_str()), (path.as_str(), "knowledge"));
}

#[test]
fn orders_are_looked_at_by_their_age() {
    let desk = TestDesk::shop();
    assert_eq!(state_of(&check(&desk), Finding::OrdersNone), Some(CheckState::Good));
    let orders = "order,email,status\nHO-1001,a@b.example,shipped\nHO-1002,c@d.example,new\n";
    let from = desk.write("orders.csv", orders.as_bytes()).display().to_string();
    let map = ["order=number", "email=email", "status=status"].map(String::from).to_vec();
    let request = ActivateOrders { from: from.clone(), map, ..ActivateOrders::default() };
    desk.manage(StaffCommand::ActivateOrders(request)).unwrap();
    assert_eq!(state_of(&check(&desk), Finding::OrdersFresh), Some(CheckState::Good));
    let reply = desk.manage(StaffCommand::ProposeOrders { from: from.clone() }).unwrap();
    let StaffReply::OrderProposal(proposal) = reply else { panic!("{reply:?}") };
    assert_eq!((proposal.from, proposal.preview[0][2].as_str()), (from, "shipped"));
    assert_eq!(proposal.preview[0][1], "a@b.e••••••");
    let nothing = desk.manage(StaffCommand::ProposeOrders { from: " ".into() }).unwrap_err();
    assert!(nothing.hint.unwrap().contains("path"), "without a window a path is typed");
}
