//! Staff set up the visitors' screen; visitors see it at once, and it is started only where
//! somebody can leave it again.

use commands::Session;
use commands::wire::{
    ApiError, Desk, KioskChange, KioskCommand, KioskReply, KioskView, LockCheckId, LockState,
    StaffCommand, StaffReply, TopicFace, VisitorCommand, VisitorReply,
};
use testkit::TestDesk;

fn ask(desk: &TestDesk, command: KioskCommand) -> Result<KioskReply, ApiError> {
    match desk.core.manage(&desk.staff(), StaffCommand::Kiosk(command))? {
        StaffReply::Kiosk(reply) => Ok(*reply),
        other => panic!("{other:?}"),
    }
}

fn change(desk: &TestDesk, change: KioskChange) -> Result<KioskView, ApiError> {
    match ask(desk, KioskCommand::Change(change))? {
        KioskReply::Screen(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn greeted(desk: &TestDesk) -> Desk {
    let session = Session::visitor("kiosk");
    match desk.core.visit(&session, VisitorCommand::Greet, &mut |_| {}) {
        Ok(VisitorReply::Desk(desk)) => desk,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_staff_change_is_what_visitors_see_also_after_a_restart() {
    let desk = TestDesk::shop();
    assert_eq!(greeted(&desk).kiosk.idle_s, 60);
    let topics =
        vec![TopicFace { label: "Boats".into(), question: "What does a kayak cost?".into() }];
    let wished = KioskChange {
        idle_s: Some(120),
        topics: Some(topics.clone()),
        languages: Some(vec!["de".into(), "en".into()]),
        low_reach: Some(true),
        ..KioskChange::default()
    };
    change(&desk, wished).expect("these can be set");
    let face = greeted(&desk.reopened()).kiosk;
    assert_eq!((face.idle_s, face.low_reach, face.topics), (120, true, topics));
    assert_eq!(face.languages, ["de", "en"]);
}

#[test]
fn a_bad_change_changes_nothing_and_is_told_in_plain_words() {
    let desk = TestDesk::shop();
    let bad = KioskChange { idle_s: Some(5), low_reach: Some(true), ..KioskChange::default() };
    let error = change(&desk, bad).expect_err("five seconds are too few");
    assert!(error.message.contains("20 seconds") && error.hint.is_some(), "{error:?}");
    assert!(!greeted(&desk).kiosk.low_reach);
}

#[test]
fn without_a_pin_the_screen_is_not_started_and_not_begun_with() {
    let desk = TestDesk::shop();
    let begin = KioskChange { start_in_kiosk: Some(true), ..KioskChange::default() };
    for error in [
        ask(&desk, KioskCommand::Start).expect_err("nobody could leave it"),
        change(&desk, begin).expect_err("nobody could leave it"),
    ] {
        assert!(error.message.contains("PIN") && error.hint.is_some(), "{error:?}");
    }
    assert!(!commands::starts_in_kiosk(&desk.data()));
}

#[test]
fn the_lock_is_looked_at_and_its_files_are_written_where_staff_say() {
    let desk = TestDesk::shop();
    let Ok(KioskReply::Lock { checks }) = ask(&desk, KioskCommand::LockCheck) else { panic!() };
    let pin = checks.iter().find(|check| check.id == LockCheckId::Pin).expect("it is looked at");
    assert_eq!(pin.state, LockState::NotInForce);
    let place = desk.data().parent().expect("a folder").display().to_string();
    let write = KioskCommand::WriteLockFiles { folder: Some(place) };
    let Ok(KioskReply::Written { folder, files }) = ask(&desk, write) else { panic!() };
    for file in &files {
        assert!(std::path::Path::new(&folder).join(file).is_file(), "{file}");
    }
    let nowhere = KioskCommand::WriteLockFiles { folder: Some("not/absolute".into()) };
    assert!(ask(&desk, nowhere).is_err());
    // Without a window nobody can be asked.
    assert!(ask(&desk, KioskCommand::WriteLockFiles { folder: None }).is_err());
}
