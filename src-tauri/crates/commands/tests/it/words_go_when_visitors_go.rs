//! The next visitor finds nothing of the last, and what is kept goes when its time is over.

use std::path::Path;
use std::time::{Duration, Instant};

use commands::Session;
use commands::wire::{
    Ask, Code, ConversationsCommand, ErasedView, PrivacyCommand, PrivacyReply, PrivacyTimes,
    PrivacyView, StaffCommand, StaffReply, VisitorCommand, VisitorReply,
};
use testkit::TestDesk;

fn privacy(desk: &TestDesk, command: PrivacyCommand) -> PrivacyReply {
    match desk.manage(StaffCommand::Privacy(command)).unwrap() {
        StaffReply::Privacy(reply) => *reply,
        other => panic!("{other:?}"),
    }
}

fn state(desk: &TestDesk) -> PrivacyView {
    match privacy(desk, PrivacyCommand::State) {
        PrivacyReply::Privacy(view) => view,
        other => panic!("{other:?}"),
    }
}

fn visit(desk: &TestDesk, client: &str, command: VisitorCommand) -> VisitorReply {
    desk.core.visit(&Session::visitor(client), command, &mut |_| {}).unwrap()
}

fn ask(desk: &TestDesk, client: &str, conversation: &str, question: &str) -> i64 {
    let ask = Ask {
        question: question.into(),
        conversation: Some(conversation.into()),
        ..Ask::default()
    };
    match visit(desk, client, VisitorCommand::Ask(ask)) {
        VisitorReply::Turn(turn) => turn.turn_id,
        other => panic!("{other:?}"),
    }
}

/// How many of the secrets are in any file below a folder.
fn found(folder: &Path, secrets: &[String]) -> usize {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(std::fs::read(path).unwrap_or_default()),
            }
        }
    }
    let holds = |file: &[u8], secret: &str| {
        file.windows(secret.len()).any(|bytes| bytes == secret.as_bytes())
    };
    secrets.iter().filter(|secret| files.iter().any(|file| holds(file, secret))).count()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_visitor_who_leaves_takes_200_secrets_along() {
    let desk = TestDesk::shop();
    let secrets: Vec<String> =
        (0..200).map(|number| format!("zq{number:03}@secret.example")).collect();
    for (number, ten) in secrets.chunks(10).enumerate() {
        // Answered, refused and handed over: each leaves its own traces.
        let question = match number % 2 {
            0 => format!("Do you sell gift cards? Write to {}", ten.join(" ")),
            _ => format!("Do you know {} ?", ten.join(" ")),
        };
        ask(&desk, "kiosk", "c1", &question);
    }
    let hand_over = VisitorCommand::HandOver {
        conversation: Some("c1".into()),
        contact: String::new(),
        note: secrets[7].clone(),
        language: None,
    };
    visit(&desk, "kiosk", hand_over);
    assert_eq!(found(&desk.data(), &secrets), 200, "they can be found before");
    assert_eq!(state(&desk).kiosk_conversations, 1);
    visit(&desk, "kiosk", VisitorCommand::StartOver { conversation: "c1".into() });
    eventually("nothing is left in any file", || found(&desk.data(), &secrets) == 0);
    let left = state(&desk);
    assert_eq!((left.kiosk_conversations, left.questions, left.numbers), (0, 0, 20));
}

#[test]
fn a_visitor_who_never_said_goodbye_is_gone_after_a_restart() {
    let desk = TestDesk::shop();
    ask(&desk, "kiosk", "k", "Do you sell gift cards?");
    ask(&desk, "browser", "b", "Do you sell gift cards?");
    let desk = desk.reopened();
    eventually("the screen's transcript is gone", || state(&desk).kiosk_conversations == 0);
    assert_eq!(state(&desk).conversations, 1, "another visitor's has a time of its own");
}

#[test]
fn a_transcript_that_is_kept_is_for_staff_only() {
    let desk = TestDesk::shop();
    let times = PrivacyTimes { kiosk_hours: 24, conversation_days: 30, ticket_days: 90 };
    privacy(&desk, PrivacyCommand::Change(times));
    ask(&desk, "kiosk", "k", "What does a kayak cost for half a day?");
    visit(&desk, "kiosk", VisitorCommand::StartOver { conversation: "k".into() });
    assert_eq!(state(&desk).kiosk_conversations, 1);
    let again = Ask {
        question: "and how much is it?".into(),
        conversation: Some("k".into()),
        ..Ask::default()
    };
    let VisitorReply::Turn(turn) = visit(&desk, "kiosk", VisitorCommand::Ask(again)) else {
        panic!("a question has a turn")
    };
    assert!(!turn.answer.contains("25 pounds"), "{turn:?}");
}

#[test]
fn times_are_changed_within_reason() {
    let desk = TestDesk::empty();
    let times = PrivacyTimes { kiosk_hours: 0, conversation_days: 7, ticket_days: 14 };
    assert_eq!(state(&desk).times.conversation_days, 30);
    privacy(&desk, PrivacyCommand::Change(times));
    assert_eq!(state(&desk).times, times);
    let wild = PrivacyTimes { ticket_days: 1_000_000, ..times };
    let error = desk.manage(StaffCommand::Privacy(PrivacyCommand::Change(wild))).unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let desk = desk.reopened();
    assert_eq!(state(&desk).times, times);
}

#[test]
fn staff_erase_everything_and_are_told_how_much() {
    let desk = TestDesk::shop();
    let secret = vec!["zq777@secret.example".to_owned()];
    ask(&desk, "browser", "b", &format!("Do you sell gift cards? {}", secret[0]));
    ask(&desk, "browser", "c", "Do you sell submarines?");
    let hand_over = VisitorCommand::HandOver {
        conversation: Some("b".into()),
        contact: secret[0].clone(),
        note: String::new(),
        language: None,
    };
    visit(&desk, "browser", hand_over);
    let before = state(&desk);
    assert_eq!((before.conversations, before.tickets), (2, 1));
    assert!(before.gaps > 0);
    let erase = PrivacyCommand::EraseNow { tickets: true, gaps: true };
    let PrivacyReply::Erased(erased) = privacy(&desk, erase) else { panic!("counts") };
    let expected = ErasedView { conversations: 2, tickets: 1, gaps: before.gaps, waiting: 0 };
    assert_eq!(erased, expected);
    assert_eq!(found(&desk.data(), &secret), 0);
    let after = state(&desk);
    assert_eq!((after.questions, after.tickets, after.gaps, after.oldest_at), (0, 0, 0, None));
    assert!(after.downloads.is_empty() && after.databases.is_empty());
}

#[test]
fn whoever_waits_for_a_person_keeps_the_conversation_until_wishes_are_erased_too() {
    let desk = TestDesk::shop();
    ask(&desk, "browser", "b", "I want to talk to a person");
    ask(&desk, "browser", "c", "Do you sell gift cards?");
    let erase = |tickets| {
        let erase = PrivacyCommand::EraseNow { tickets, gaps: false };
        let PrivacyReply::Erased(erased) = privacy(&desk, erase) else { panic!("counts") };
        (erased.conversations, erased.waiting)
    };
    assert_eq!(erase(false), (1, 1));
    assert_eq!((state(&desk).conversations, state(&desk).numbers), (1, 1));
    assert_eq!(erase(true), (1, 0));
    assert_eq!((state(&desk).conversations, state(&desk).numbers), (0, 2));
}

#[test]
fn both_pages_that_erase_leave_the_same_numbers() {
    let left = [
        StaffCommand::Conversations(ConversationsCommand::Erase { ids: None }),
        StaffCommand::Privacy(PrivacyCommand::EraseNow { tickets: false, gaps: true }),
    ]
    .map(|erase| {
        let desk = TestDesk::shop();
        let used = |desk: &TestDesk| shown(desk, "gift cards");
        let secret = vec!["zq777@secret.example".to_owned()];
        ask(&desk, "browser", "b", "Do you sell gift cards?");
        ask(&desk, "browser", "b", &format!("Do you know {}?", secret[0]));
        assert_eq!((used(&desk), found(&desk.data(), &secret)), (1, 1));
        desk.manage(erase).unwrap();
        assert_eq!(found(&desk.data(), &secret), 0);
        let PrivacyView { questions, numbers, gaps, conversations, .. } = state(&desk);
        (questions, numbers, gaps, conversations, used(&desk))
    });
    assert_eq!(left, [(0, 2, 0, 0, 1); 2]);
}

/// How often the approved answer with these words was shown, as the list of answers says it.
fn shown(desk: &TestDesk, contains: &str) -> u32 {
    let list = StaffCommand::Faqs { contains: contains.into(), offset: 0, limit: 10 };
    let Ok(StaffReply::Faqs { faqs, .. }) = desk.manage(list) else { panic!("a list") };
    faqs.iter().map(|faq| faq.used).sum()
}

#[test]
fn everything_kept_is_exported_as_json_and_as_a_page_without_markup_of_others() {
    let desk = TestDesk::shop();
    ask(&desk, "browser", "b", "Do you sell gift cards? <script>alert(1)</script>");
    let folder = desk.write("x", b"x").with_file_name("stick");
    let export = |folder: &Path| {
        let folder = folder.display().to_string();
        desk.manage(StaffCommand::Privacy(PrivacyCommand::ExportAll { folder }))
    };
    assert_eq!(export(&folder).unwrap_err().code, Code::NotFound);
    std::fs::create_dir(&folder).unwrap();
    let StaffReply::Privacy(reply) = export(&folder).unwrap() else { panic!("files") };
    let PrivacyReply::Exported { files, questions, .. } = *reply else { panic!("files") };
    assert_eq!((files.len(), questions), (2, 1));
    let json = std::fs::read_to_string(&files[0]).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["messages"][0]["question"].as_str().unwrap().contains("gift cards"));
    assert!(json["tickets"].as_array().unwrap().is_empty());
    let page = std::fs::read_to_string(&files[1]).unwrap();
    assert!(page.contains("gift cards") && !page.contains("<script"), "{page}");
}
