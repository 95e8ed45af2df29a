//! Visitors cannot manage the desk, whichever way they come.

use commands::Session;
use commands::wire::{
    AccessCommand, ActivateOrders, BackupCommand, Code, ComputerCommand, ConversationsCommand,
    EnginesCommand, FactsView, FaqStatus, InsightsCommand, KioskCommand, LearningCommand,
    LookCommand, NetworkCommand, OpeningCommand, PrivacyCommand, SettingsChange, SetupCommand,
    StaffCommand,
};
use testkit::TestDesk;

fn every_staff_command() -> Vec<StaffCommand> {
    vec![
        StaffCommand::Doctor,
        StaffCommand::Health,
        StaffCommand::Sources,
        StaffCommand::Faqs { contains: String::new(), offset: 0, limit: 10 },
        StaffCommand::AddFaq { question: "q".into(), answer: "a".into(), alternatives: vec![] },
        StaffCommand::SetFaqStatus { id: 1, status: FaqStatus::Retired },
        StaffCommand::ChooseAndImport,
        StaffCommand::Import { paths: vec!["no/such/file.md".into()] },
        StaffCommand::RemoveSource { id: 1 },
        StaffCommand::Gaps,
        StaffCommand::Search { question: "q".into(), top: 1 },
        StaffCommand::Learning(LearningCommand::Versions),
        StaffCommand::Access(AccessCommand::State),
        StaffCommand::Kiosk(KioskCommand::State),
        StaffCommand::Look(LookCommand::State),
        StaffCommand::Setup(SetupCommand::State),
        StaffCommand::Conversations(ConversationsCommand::State),
        StaffCommand::Insights(InsightsCommand::State),
        StaffCommand::Opening(OpeningCommand::State),
        StaffCommand::Privacy(PrivacyCommand::State),
        StaffCommand::Network(NetworkCommand::NewKey),
        StaffCommand::Engines(EnginesCommand::State),
        StaffCommand::Backup(BackupCommand::State),
        StaffCommand::Computer(ComputerCommand::Overview),
        StaffCommand::Computer(ComputerCommand::DeleteModel { id: "x".into() }),
        StaffCommand::ProposeOrders { from: "orders.csv".into() },
        StaffCommand::ActivateOrders(ActivateOrders::default()),
        StaffCommand::OrderSources,
        StaffCommand::RemoveOrderSource { id: 1 },
        StaffCommand::UnlockOrder { number: "HO-1".into() },
        StaffCommand::StartImport { paths: vec!["no/such/file.md".into()], faq: false },
        StaffCommand::ImportJobs,
        StaffCommand::ImportJob { id: 1, offset: 0, limit: 9 },
        StaffCommand::PauseImport { id: 1 },
        StaffCommand::ResumeImport { id: 1 },
        StaffCommand::CancelImport { id: 1 },
        StaffCommand::WatchFolder { path: "nowhere".into() },
        StaffCommand::UnwatchFolder { id: 1, remove_documents: true },
        StaffCommand::WatchedFolders,
        StaffCommand::Calibration,
        StaffCommand::Facts,
        StaffCommand::SaveFacts(FactsView::default()),
        StaffCommand::Tickets { open_only: false },
        StaffCommand::Ticket { id: 1 },
        StaffCommand::TakeTicket { id: 1 },
        StaffCommand::ReplyTicket { id: 1, text: "Coming.".into() },
        StaffCommand::CloseTicket { id: 1 },
        StaffCommand::WhyTurn { turn_id: 1 },
        StaffCommand::ForgetAnswer { turn_id: 1 },
        StaffCommand::SitExam,
        StaffCommand::Settings,
        StaffCommand::ChangeSettings(SettingsChange::default()),
    ]
}

/// Fails to compile when a command is added and not listed above.
fn is_listed(command: &StaffCommand) -> bool {
    match command {
        StaffCommand::Doctor
        | StaffCommand::Health
        | StaffCommand::Sources
        | StaffCommand::Faqs { .. }
        | StaffCommand::AddFaq { .. }
        | StaffCommand::SetFaqStatus { .. }
        | StaffCommand::ChooseAndImport
        | StaffCommand::Import { .. }
        | StaffCommand::RemoveSource { .. }
        | StaffCommand::Gaps
        | StaffCommand::Search { .. }
        | StaffCommand::Learning(_)
        | StaffCommand::Computer(_)
        | StaffCommand::Access(_)
        | StaffCommand::Kiosk(_)
        | StaffCommand::Look(_)
        | StaffCommand::Setup(_)
        | StaffCommand::Conversations(_)
        | StaffCommand::Insights(_)
        | StaffCommand::Opening(_)
        | StaffCommand::Privacy(_)
        | StaffCommand::Network(_)
        | StaffCommand::Engines(_)
        | StaffCommand::Backup(_)
        | StaffCommand::ProposeOrders { .. }
        | StaffCommand::ActivateOrders(_)
        | StaffCommand::OrderSources
        | StaffCommand::RemoveOrderSource { .. }
        | StaffCommand::UnlockOrder { .. }
        | StaffCommand::StartImport { .. }
        | StaffCommand::ImportJobs
        | StaffCommand::ImportJob { .. }
        | StaffCommand::PauseImport { .. }
        | StaffCommand::ResumeImport { .. }
        | StaffCommand::CancelImport { .. }
        | StaffCommand::WatchFolder { .. }
        | StaffCommand::UnwatchFolder { .. }
        | StaffCommand::WatchedFolders
        | StaffCommand::Calibration
        | StaffCommand::Facts
        | StaffCommand::SaveFacts(_)
        | StaffCommand::Tickets { .. }
        | StaffCommand::Ticket { .. }
        | StaffCommand::TakeTicket { .. }
        | StaffCommand::ReplyTicket { .. }
        | StaffCommand::CloseTicket { .. }
        | StaffCommand::WhyTurn { .. }
        | StaffCommand::ForgetAnswer { .. }
        | StaffCommand::SitExam
        | StaffCommand::Settings
        | StaffCommand::ChangeSettings(_) => true,
    }
}

#[test]
fn visitors_cannot_manage_with_any_command() {
    let desk = TestDesk::shop();
    for command in every_staff_command() {
        assert!(is_listed(&command));
        let error = desk.core.manage(&Session::visitor("kiosk"), command.clone()).unwrap_err();
        assert_eq!(error.code, Code::Forbidden, "{command:?}");
    }
    assert!(desk.core.import(&Session::visitor("kiosk"), &[], false, &mut |_| {}).is_err());
}

#[test]
fn visitors_cannot_manage_and_staff_are_never_told_they_may_not() {
    let desk = TestDesk::shop();
    for command in every_staff_command() {
        if let Err(error) = desk.core.manage(&desk.staff(), command.clone()) {
            assert_ne!(error.code, Code::Forbidden, "{command:?}");
        }
    }
}

#[test]
fn visitors_cannot_manage_by_stopping_the_answer_of_another() {
    let desk = TestDesk::shop();
    desk.core.cancel(&Session::visitor("somebody else"), "t");
    assert!(!desk.ask("Do you sell gift cards?").interrupted);
}
