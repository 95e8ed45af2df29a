//! Staff read what visitors said with everything personal masked, keep it as a file, and erase it
//! for good.

use std::path::Path;

use commands::Session;
use commands::wire::{
    ConversationsCommand, ConversationsReply, ExportFormat, ExportTo, InsightsCommand,
    InsightsReply, Route, StaffCommand, StaffReply, TalkCounts, TalkDetail, TalkFilter, TalkView,
    VisitorCommand,
};
use testkit::TestDesk;

const PRIVATE: &str = "My mail is zacharias.quill@example.org, phone 01632 960140, order HX-104233";
/// What must be seen by nobody: the parts of [`PRIVATE`].
const SECRETS: [&str; 3] = ["zacharias", "960140", "104233"];

fn send(desk: &TestDesk, command: ConversationsCommand) -> ConversationsReply {
    match desk.manage(StaffCommand::Conversations(command)) {
        Ok(StaffReply::Conversations(reply)) => *reply,
        other => panic!("{other:?}"),
    }
}

fn list(desk: &TestDesk, filter: TalkFilter) -> (Vec<TalkView>, u32, TalkCounts) {
    match send(desk, ConversationsCommand::List { filter, offset: 0, limit: 100 }) {
        ConversationsReply::Talks { talks, total, all } => (talks, total, all),
        other => panic!("{other:?}"),
    }
}

fn one(desk: &TestDesk, id: &str) -> TalkDetail {
    match send(desk, ConversationsCommand::One { id: id.into() }) {
        ConversationsReply::Talk(talk) => *talk,
        other => panic!("{other:?}"),
    }
}

fn export(desk: &TestDesk, format: ExportFormat) -> String {
    let command =
        ConversationsCommand::Export { filter: TalkFilter::default(), format, to: ExportTo::Page };
    match send(desk, command) {
        ConversationsReply::Exported { text, .. } => text.expect("a text for the page"),
        other => panic!("{other:?}"),
    }
}

fn say(desk: &TestDesk, conversation: &str, words: &str) -> i64 {
    desk.ask_in(conversation, words, &mut |_| {}).expect("a turn").turn_id
}

fn rate(desk: &TestDesk, turn_id: i64, helpful: bool, note: &str) {
    let command = VisitorCommand::Rate { turn_id, helpful, note: note.into() };
    desk.core.visit(&Session::visitor("v"), command, &mut |_| {}).unwrap();
}

fn contains(words: &str) -> TalkFilter {
    TalkFilter { contains: Some(words.into()), ..TalkFilter::default() }
}

/// Files in the data folder that hold these bytes.
fn files_with(folder: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            if bytes.windows(words.len()).any(|window| window == words.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn what_is_personal_is_masked_in_the_list_in_the_conversation_and_in_an_export() {
    let desk = TestDesk::shop();
    let turn = say(&desk, "c1", PRIVATE);
    rate(&desk, turn, false, "call zacharias.quill@example.org");
    let seen = [
        serde_json::to_string(&list(&desk, TalkFilter::default()).0).unwrap(),
        serde_json::to_string(&one(&desk, "c1")).unwrap(),
        export(&desk, ExportFormat::Csv),
        export(&desk, ExportFormat::Json),
    ];
    for text in &seen {
        assert!(text.contains("[e-mail]"), "{text}");
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    }
}

#[test]
fn a_search_finds_words_lanes_and_days() {
    let desk = TestDesk::shop();
    say(&desk, "c1", "Is there parking at the shop?");
    say(&desk, "c2", "Who won the world cup?");
    let (talks, total, all) = list(&desk, TalkFilter::default());
    assert_eq!((talks.len(), total, all.turns, all.conversations), (2, 2, 2, 2));
    assert_eq!(list(&desk, contains("PARKING")).0[0].id, "c1");
    assert_eq!(list(&desk, contains("twelve free")).1, 1, "answers are searched too");
    assert_eq!(list(&desk, contains("100 %")).1, 0, "a percent sign means itself");
    let refused = TalkFilter { route: Some(Route::Refused), ..TalkFilter::default() };
    let (talks, ..) = list(&desk, refused);
    assert_eq!((talks.len(), talks[0].routes.as_slice()), (1, [Route::Refused].as_slice()));
    let later = TalkFilter { from: Some(talks[0].last_at + 60), ..TalkFilter::default() };
    assert_eq!(list(&desk, later).1, 0);
    let too_long =
        ConversationsCommand::List { filter: contains(&"x".repeat(300)), offset: 0, limit: 10 };
    assert!(desk.manage(StaffCommand::Conversations(too_long)).is_err());
}

#[test]
fn a_conversation_shows_who_was_unhappy_and_where_answers_came_from() {
    let desk = TestDesk::shop();
    let turn = say(&desk, "c1", "Is there parking at the shop?");
    assert!(!list(&desk, TalkFilter::default()).0[0].unhappy);
    rate(&desk, turn, false, "too far");
    assert!(list(&desk, TalkFilter::default()).0[0].unhappy);
    let said = &one(&desk, "c1").turns[0];
    assert_eq!((said.helpful, said.note.as_str()), (Some(false), "too far"));
    assert!(!said.sources.is_empty() && said.answer.contains("parking places"), "{said:?}");
    assert_eq!(said.language, "en");
    assert!(send_fails(&desk, "nobody"));
}

fn send_fails(desk: &TestDesk, id: &str) -> bool {
    let command = ConversationsCommand::One { id: id.into() };
    desk.manage(StaffCommand::Conversations(command)).is_err()
}

#[test]
fn erasing_leaves_no_byte_of_the_words_and_the_numbers_stay() {
    let desk = TestDesk::shop();
    for visit in 0..40 {
        let id = format!("c{visit}");
        say(&desk, &id, &format!("Where can the xylotomous traveller number {visit} sleep?"));
        rate(&desk, say(&desk, &id, "Is there parking at the shop?"), false, "xylotomous nonsense");
    }
    say(&desk, "keep", "Do you sell gift cards?");
    assert!(
        !files_with(&desk.data(), "xylotomous").is_empty(),
        "the test looks at the right place"
    );
    let asked = questions(&desk);
    let ids: Vec<String> = (0..40).map(|visit| format!("c{visit}")).collect();
    match send(&desk, ConversationsCommand::Erase { ids: Some(ids) }) {
        ConversationsReply::Erased { conversations: 40, turns: 80, gaps, waiting: 0 } => {
            assert!(gaps > 0, "the open questions go with who asked them");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(files_with(&desk.data(), "xylotomous"), Vec::<String>::new());
    assert_eq!(questions(&desk), asked, "insights still count them");
    let (talks, total, _) = list(&desk, TalkFilter::default());
    assert_eq!((talks[0].id.as_str(), total), ("keep", 1));
    let desk = desk.reopened();
    assert_eq!(questions(&desk), asked);
    assert_eq!(list(&desk, contains("gift")).1, 1);
}

fn questions(desk: &TestDesk) -> u32 {
    let command = InsightsCommand::Overview { days: 7, minutes_each: 3.0 };
    match desk.manage(StaffCommand::Insights(command)) {
        Ok(StaffReply::Insights(reply)) => match *reply {
            InsightsReply::Overview(view) => view.all.questions,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn somebody_who_waits_for_a_person_is_not_erased() {
    let desk = TestDesk::shop();
    say(&desk, "c1", "I want to talk to a person");
    say(&desk, "c2", "Is there parking at the shop?");
    let ticket = list(&desk, contains("person")).0[0].ticket.expect("an open ticket");
    let erase = || send(&desk, ConversationsCommand::Erase { ids: None });
    assert!(matches!(erase(), ConversationsReply::Erased { conversations: 1, waiting: 1, .. }));
    let all = list(&desk, TalkFilter::default()).2;
    assert_eq!((all.waiting, all.waiting_turns, all.turns), (1, 1, 1));
    desk.manage(StaffCommand::CloseTicket { id: ticket }).unwrap();
    assert!(matches!(erase(), ConversationsReply::Erased { conversations: 1, waiting: 0, .. }));
    assert!(matches!(erase(), ConversationsReply::Erased { conversations: 0, .. }));
}

#[test]
fn an_export_is_a_new_file_in_the_folder_and_never_writes_over_one() {
    let desk = TestDesk::shop();
    say(&desk, "c1", "=1+1 is there parking at the shop?");
    let folder = desk.write("x", b"").parent().unwrap().join("exports");
    let to = || ExportTo::Folder { path: folder.display().to_string() };
    let filter = TalkFilter::default;
    let export =
        |to| ConversationsCommand::Export { filter: filter(), format: ExportFormat::Csv, to };
    let missing = desk.manage(StaffCommand::Conversations(export(to()))).unwrap_err();
    assert!(missing.message.contains("exports") && missing.hint.is_some(), "{missing:?}");
    std::fs::create_dir(&folder).unwrap();
    for _ in 0..2 {
        assert!(matches!(
            send(&desk, export(to())),
            ConversationsReply::Exported { text: None, conversations: 1, turns: 1, .. }
        ));
    }
    let files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|one| one.unwrap().path()).collect();
    assert_eq!(files.len(), 2);
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("\"'=1+1 is there parking"), "no formula: {text}");
    let no_window = desk.manage(StaffCommand::Conversations(export(ExportTo::Chosen)));
    assert!(no_window.is_err(), "there is no window here");
}
