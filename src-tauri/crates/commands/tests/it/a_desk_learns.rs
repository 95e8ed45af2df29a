//! Questions without an answer become one answer that is given from then on.

use commands::wire::{
    Code, FaqStatus, GapClusterView, GapStatus, LearningCommand, LearningReply, Route,
    SettingsChange, StaffCommand, StaffReply, Turn, VisitorCommand,
};
use commands::{Core, Session};
use testkit::TestDesk;

const PARAPHRASES: [&str; 5] = [
    "Do you repair umbrellas?",
    "umbrella repair",
    "Can you repair my umbrella?",
    "Is umbrella repair possible?",
    "Do you offer umbrella repairs?",
];

/// Sends a learning command.
pub(crate) fn learn(core: &Core, command: LearningCommand) -> LearningReply {
    let reply = core.manage(&Session::staff("test"), StaffCommand::Learning(command));
    match reply.expect("this command works") {
        StaffReply::Learning(reply) => *reply,
        other => panic!("{other:?}"),
    }
}

/// Adds an approved answer.
pub(crate) fn approved(desk: &TestDesk, question: &str, answer: &str) -> i64 {
    let add = StaffCommand::AddFaq {
        question: question.into(),
        answer: answer.into(),
        alternatives: Vec::new(),
    };
    let Ok(StaffReply::Added { id }) = desk.manage(add) else { panic!("added") };
    let approve = StaffCommand::SetFaqStatus { id, status: FaqStatus::Approved };
    desk.manage(approve).expect("it is there");
    desk.core.settle();
    id
}

fn inbox(desk: &TestDesk) -> Vec<GapClusterView> {
    match learn(&desk.core, LearningCommand::GapInbox) {
        LearningReply::Inbox { clusters } => clusters,
        other => panic!("{other:?}"),
    }
}

fn rate(desk: &TestDesk, turn: &Turn, helpful: bool) {
    let rate = VisitorCommand::Rate { turn_id: turn.turn_id, helpful, note: String::new() };
    desk.core.visit(&Session::visitor("v"), rate, &mut |_| {}).expect("the turn is there");
}

fn write_answer(desk: &TestDesk, id: i64, answer: &str) -> i64 {
    let write = LearningCommand::WriteAnswer {
        id,
        answer: answer.into(),
        question: None,
        alternatives: None,
        by: "Ada".into(),
    };
    match learn(&desk.core, write) {
        LearningReply::Drafted { faq_id, .. } => faq_id,
        other => panic!("{other:?}"),
    }
}

const ANSWER: &str = "Yes, umbrellas are repaired while you wait for 4 pounds.";

#[test]
fn five_paraphrases_are_one_gap_and_a_sixth_gets_its_answer() {
    let desk = TestDesk::shop();
    for question in PARAPHRASES {
        let route = desk.ask(question).route;
        assert!(matches!(route, Route::Refused | Route::DidYouMean), "{question}: {route:?}");
    }
    let clusters = inbox(&desk);
    assert_eq!(clusters.len(), 1, "{clusters:#?}");
    assert_eq!((clusters[0].count, clusters[0].wordings.len()), (5, 5));
    let faq_id = write_answer(&desk, clusters[0].id, ANSWER);
    assert_ne!(desk.ask("Do you repair umbrellas?").answer, ANSWER, "it is a draft");

    let approve = LearningCommand::ApproveFaq { id: faq_id, by: "Bo".into() };
    let LearningReply::AskedAgain { clusters } = learn(&desk.core, approve) else { panic!() };
    assert_eq!(clusters[0].status, GapStatus::Answered, "{clusters:#?}");
    for one in &clusters[0].questions {
        assert!(matches!(one.before, Some(Route::Refused | Route::DidYouMean)), "{one:?}");
        assert!(one.is_answered, "{one:?}");
    }
    let sixth = desk.ask("do you repair umbrellas please");
    assert_eq!((sixth.route, sixth.answer.as_str()), (Route::Faq, ANSWER));
    assert_eq!(inbox(&desk)[0].status, GapStatus::Answered);
    let Ok(StaffReply::Gaps { gaps }) = desk.manage(StaffCommand::Gaps) else { panic!() };
    assert!(gaps.iter().all(|gap| !gap.question.contains("umbrella")), "{gaps:?}");

    // It is found unhelpful: the question is open again.
    rate(&desk, &desk.ask(PARAPHRASES[0]), false);
    assert_eq!(inbox(&desk)[0].status, GapStatus::Open);
}

#[test]
fn different_questions_are_different_gaps() {
    let desk = TestDesk::shop();
    let traps = [
        ("Can I play golf here on Saturday?", "Can I play golf here on Sunday?"),
        ("Do you ship elephants to Norway?", "Do you ship elephants from Norway?"),
        ("Can I buy a violin?", "Can I rent a violin?"),
        ("Is the zeppelin in order 4711?", "Is the zeppelin not in order 4711?"),
    ];
    for (one, other) in traps {
        desk.ask(one);
        desk.ask(other);
    }
    let clusters = inbox(&desk);
    for (one, other) in traps {
        let holds = |cluster: &GapClusterView, words: &str| {
            let start: String = words.chars().take(18).collect();
            cluster.wordings.iter().any(|wording| wording.question.starts_with(&start))
        };
        let both = clusters.iter().find(|cluster| {
            cluster.wordings.len() > 1 && holds(cluster, one) && holds(cluster, other)
        });
        assert!(both.is_none(), "{both:#?}");
    }
}

#[test]
fn what_visitors_type_is_kept_without_personal_data() {
    let desk = TestDesk::shop();
    desk.ask("Where is my zeppelin 104233, write to ann@example.org or 01632 960140?");
    let seen = format!("{:?}", inbox(&desk));
    assert!(seen.contains("[number]") && seen.contains("[e-mail]") && seen.contains("[phone]"));
    for secret in ["104233", "ann@", "960140"] {
        assert!(!seen.contains(secret), "{seen}");
    }
}

#[test]
fn thumbs_down_and_hand_overs_are_gaps_and_a_tapped_choice_is_none() {
    let desk = TestDesk::shop();
    let turn = desk.ask("Do you sell gift cards?");
    assert_eq!(turn.route, Route::Faq);
    rate(&desk, &turn, false);
    assert_eq!(inbox(&desk)[0].reasons.unhelpful, 1);
    rate(&desk, &turn, true);
    assert!(inbox(&desk).is_empty());

    let ask = |question: &str| desk.ask_in("visit", question, &mut |_| {}).expect("it is answered");
    ask("Who won the world cup in 1998?");
    ask("Can I speak to a human please?");
    let clusters = inbox(&desk);
    assert_eq!((clusters.len(), clusters[0].count), (1, 1), "{clusters:#?}");
    assert_eq!((clusters[0].reasons.refused, clusters[0].reasons.handed_over), (1, 1));

    let asked_back = ask(&asked_back_question());
    assert_eq!(inbox(&desk).len(), 2);
    ask(&asked_back.suggestions[0]);
    assert_eq!(inbox(&desk).len(), 1, "a choice was tapped");
}

/// A question that the shop asks back about; found on another desk, where nothing counts.
fn asked_back_question() -> String {
    let desk = TestDesk::shop();
    let candidates = [
        "kayak gift",
        "boots for the kayak",
        "Do you sell pianos?",
        "free life jacket",
        "Are there places for kayaks behind the shop?",
        "parking cards",
        "sell boots",
        "kayak pianos",
    ];
    let asked_back = |question: &&&str| desk.ask(question).route == Route::DidYouMean;
    let found = candidates.iter().find(asked_back).map(|question| (*question).to_owned());
    found.expect("one of these is near enough to ask back")
}

#[test]
fn gaps_are_counted_with_a_dead_embedder_and_arranged_when_it_is_back() {
    let desk = TestDesk::shop();
    desk.embedder.set_down(true);
    for question in &PARAPHRASES[..3] {
        desk.ask(question);
    }
    let by_words: u32 = inbox(&desk).iter().map(|cluster| cluster.count).sum();
    assert_eq!(by_words, 3);
    desk.embedder.set_down(false);
    let clusters = inbox(&desk);
    assert_eq!((clusters.len(), clusters[0].count), (1, 3), "{clusters:#?}");
}

#[test]
fn drafts_never_reach_a_visitor() {
    let desk = TestDesk::shop();
    let secret = "SECRET-DRAFT";
    desk.ask("Do you repair umbrellas?");
    write_answer(&desk, inbox(&desk)[0].id, secret);
    let id = approved(&desk, "Do you tune ukuleles?", "Yes, on Mondays.");
    let edit = LearningCommand::EditFaq {
        id,
        question: "Do you tune ukuleles? SECRET-DRAFT".into(),
        answer: secret.into(),
        alternatives: vec!["ukulele SECRET-DRAFT".into()],
        valid_until: None,
        review_by: None,
        by: String::new(),
    };
    let LearningReply::Edited { waits: true } = learn(&desk.core, edit) else { panic!() };
    let listed = |desk: &TestDesk| {
        let list = StaffCommand::Faqs { contains: "ukuleles".into(), offset: 0, limit: 10 };
        let Ok(StaffReply::Faqs { faqs, .. }) = desk.manage(list) else { panic!("a list") };
        (faqs[0].waits, faqs[0].used)
    };
    assert_eq!(listed(&desk), (true, 0), "the list says what waits");
    desk.core.settle();
    for question in
        ["Do you repair umbrellas?", "Do you tune ukuleles?", "SECRET-DRAFT", "umbrella"]
    {
        for _ in 0..2 {
            let turn = desk.ask(question);
            let seen = format!("{} {:?} {:?}", turn.answer, turn.suggestions, turn.citations);
            assert!(!seen.contains(secret), "{question}: {seen}");
        }
        let search = StaffCommand::Search { question: question.into(), top: 50 };
        let Ok(StaffReply::Hits { hits }) = desk.manage(search) else { panic!() };
        assert!(!format!("{hits:?}").contains(secret));
    }
    learn(&desk.core, LearningCommand::ApproveFaq { id, by: String::new() });
    desk.core.settle();
    assert_eq!(desk.ask("Do you tune ukuleles?").answer, secret, "now it is approved");
    let (waits, used) = listed(&desk);
    assert!(!waits && used >= 1, "it was shown {used} times");
}

#[test]
fn a_second_person_approves_where_the_desk_wants_one() {
    let desk = TestDesk::shop();
    let change = SettingsChange { second_person: Some(true), ..SettingsChange::default() };
    desk.manage(StaffCommand::ChangeSettings(change)).expect("staff may");
    let draft = LearningCommand::DraftFaq {
        question: "Do you tune ukuleles?".into(),
        answer: "Yes.".into(),
        alternatives: Vec::new(),
        valid_until: None,
        review_by: None,
        by: "Ada".into(),
    };
    let LearningReply::Drafted { faq_id: id, .. } = learn(&desk.core, draft) else { panic!() };
    let approve = |by: &str| {
        let command = LearningCommand::ApproveFaq { id, by: by.into() };
        desk.manage(StaffCommand::Learning(command))
    };
    assert_eq!(approve("ada").expect_err("she wrote it").code, Code::Invalid);
    assert_eq!(desk.ask("Do you tune ukuleles?").citations.len(), 0);
    approve("Bo").expect("he did not");
}

#[test]
fn every_text_an_answer_had_can_come_back() {
    let desk = TestDesk::shop();
    let id = approved(&desk, "Do you tune ukuleles?", "Yes, on Mondays.");
    let edit = LearningCommand::EditFaq {
        id,
        question: "Do you tune ukuleles?".into(),
        answer: "No, never.".into(),
        alternatives: Vec::new(),
        valid_until: None,
        review_by: Some(1),
        by: "Ada".into(),
    };
    learn(&desk.core, edit);
    learn(&desk.core, LearningCommand::ApproveFaq { id, by: "Bo".into() });
    let history = || match learn(&desk.core, LearningCommand::FaqHistory { id }) {
        LearningReply::Faq(detail) => detail,
        other => panic!("{other:?}"),
    };
    let detail = history();
    assert_eq!((detail.faq.answer.as_str(), detail.changed_by.as_str()), ("No, never.", "Ada"));
    let first = detail
        .history
        .iter()
        .find(|row| row.status == "approved" && row.answer.contains("Mondays"));
    let revision = first.expect("it was approved once").id;
    let LearningReply::Edited { waits } =
        learn(&desk.core, LearningCommand::RestoreFaq { revision, by: String::new() })
    else {
        panic!()
    };
    assert!(!waits);
    desk.core.settle();
    assert_eq!(desk.ask("Do you tune ukuleles?").answer, "Yes, on Mondays.");
    assert_eq!(history().history[0].what, "restored");
}
