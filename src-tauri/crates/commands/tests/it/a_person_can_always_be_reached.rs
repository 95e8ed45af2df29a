//! Every way to a person ends in a line that the visitor sees and a ticket that staff see, with
//! both engines stopped.

use commands::Session;
use commands::wire::{
    ConversationState, ConversationView, HandedOver, Route, SettingsChange, StaffCommand,
    StaffReply, TicketDetail, TicketView, Turn, VisitorCommand, VisitorReply,
};
use testkit::TestDesk;

fn silenced() -> TestDesk {
    let desk = TestDesk::shop();
    desk.chat.set_down(true);
    desk.embedder.set_down(true);
    desk
}

fn say(desk: &TestDesk, conversation: &str, text: &str) -> Turn {
    desk.ask_in(conversation, text, &mut |_| {}).expect("a turn")
}

fn visit(desk: &TestDesk, command: VisitorCommand) -> VisitorReply {
    desk.core.visit(&Session::visitor("v"), command, &mut |_| {}).expect("visitors may")
}

fn tickets(desk: &TestDesk) -> Vec<TicketView> {
    match desk.manage(StaffCommand::Tickets { open_only: true }) {
        Ok(StaffReply::Tickets { tickets }) => tickets,
        other => panic!("{other:?}"),
    }
}

fn ticket(desk: &TestDesk, id: i64) -> TicketDetail {
    match desk.manage(StaffCommand::Ticket { id }) {
        Ok(StaffReply::Ticket(ticket)) => *ticket,
        other => panic!("{other:?}"),
    }
}

fn conversation(desk: &TestDesk, id: &str, after: i64) -> ConversationView {
    match visit(desk, VisitorCommand::Conversation { conversation: id.into(), after }) {
        VisitorReply::Conversation(view) => view,
        other => panic!("{other:?}"),
    }
}

fn press(desk: &TestDesk, id: &str, contact: &str, note: &str) -> HandedOver {
    let press = VisitorCommand::HandOver {
        conversation: Some(id.into()),
        contact: contact.into(),
        note: note.into(),
        language: None,
    };
    match visit(desk, press) {
        VisitorReply::HandedOver(handed) => handed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_trigger_confirms_and_leaves_a_ticket_without_any_engine() {
    let desk = silenced();
    for (number, (words, reason)) in [
        ("Can I talk to a person?", "asked"),
        ("Ich möchte mit einem Menschen sprechen", "asked"),
        ("أريد التحدث مع شخص", "asked"),
        ("I want to make a complaint", "complaint"),
        ("Somebody call an ambulance", "emergency"),
    ]
    .into_iter()
    .enumerate()
    {
        let turn = say(&desk, &format!("c{number}"), words);
        assert_eq!(turn.route, Route::Handoff, "{words}");
        assert_eq!(turn.state, ConversationState::Requested);
        let id = turn.ticket.expect("a ticket");
        assert!(turn.answer.contains(&id.to_string()), "the visitor sees it: {}", turn.answer);
        assert_eq!(tickets(&desk)[0].reason, reason);
        let lines = ticket(&desk, id).lines;
        assert!(lines.iter().any(|line| line.author == "visitor" && line.text == words));
    }
    let handed = press(&desk, "c9", "", "");
    assert!(handed.message.contains(&handed.ticket.to_string()));
    assert_eq!(tickets(&desk)[0].reason, "button");
    assert_eq!(tickets(&desk).len(), 6);
}

#[test]
fn two_refusals_in_a_row_bring_a_person() {
    let desk = silenced();
    let first = say(&desk, "c1", "Who won the world cup?");
    assert_eq!((first.route, first.ticket), (Route::Refused, None), "{first:?}");
    desk.embedder.set_down(false);
    let between = say(&desk, "c1", "Is there parking at the shop?");
    assert_ne!(between.route, Route::Refused, "{between:?}");
    desk.embedder.set_down(true);
    assert_eq!(say(&desk, "c1", "Who won the world cup?").ticket, None);
    let second = say(&desk, "c1", "Explain quantum chromodynamics");
    assert_eq!(second.route, Route::Refused);
    let id = second.ticket.expect("a ticket");
    assert!(second.answer.contains(&id.to_string()), "{}", second.answer);
    let detail = ticket(&desk, id);
    assert_eq!(detail.ticket.reason, "refused_twice");
    assert_eq!(detail.lines.len(), 8);
    // The evidence is there: what the desk answered between was from somewhere.
    assert!(detail.lines.iter().any(|line| !line.sources.is_empty()), "{detail:?}");
    // Asking again does not open another.
    assert_eq!(say(&desk, "c1", "May I see a manager, I need a person").ticket, Some(id));
    assert_eq!(tickets(&desk).len(), 1);
}

#[test]
fn staff_take_over_reply_and_give_back() {
    let desk = silenced();
    let handed = press(&desk, "c1", "0163 4711", "about my boots");
    assert_eq!(conversation(&desk, "c1", 0).state, ConversationState::Requested);
    assert_ne!(say(&desk, "c1", "Is there parking at the shop?").route, Route::Handoff);
    desk.manage(StaffCommand::TakeTicket { id: handed.ticket }).unwrap();
    let silent = say(&desk, "c1", "Is there parking at the shop?");
    assert_eq!((silent.route, silent.state), (Route::Handoff, ConversationState::Human));
    assert!(!silent.answer.contains("parking places"), "{silent:?}");
    let reply = StaffCommand::ReplyTicket { id: handed.ticket, text: "I am coming.".into() };
    desk.manage(reply).unwrap();
    let view = conversation(&desk, "c1", 0);
    assert_eq!(view.messages.len(), 1);
    assert_eq!(view.messages[0].text, "I am coming.");
    assert!(conversation(&desk, "c1", view.messages[0].id).messages.is_empty());
    assert!(conversation(&desk, "c2", 0).messages.is_empty(), "nobody else reads it");
    let detail = ticket(&desk, handed.ticket);
    assert_eq!(
        (detail.ticket.contact.as_str(), detail.ticket.note.as_str()),
        ("0163 4711", "about my boots")
    );
    desk.manage(StaffCommand::CloseTicket { id: handed.ticket }).unwrap();
    assert_eq!(conversation(&desk, "c1", 0).state, ConversationState::Closed);
    assert!(tickets(&desk).is_empty());
    desk.embedder.set_down(false);
    let again = say(&desk, "c1", "Is there parking at the shop?");
    assert_eq!(again.state, ConversationState::Bot);
    assert!(again.answer.contains("parking places"), "{again:?}");
    assert!(desk.manage(StaffCommand::TakeTicket { id: handed.ticket }).is_err());
}

#[test]
fn a_forgotten_conversation_takes_its_tickets_with_it() {
    let desk = silenced();
    press(&desk, "c1", "", "secret note");
    say(&desk, "c1", "Is there parking at the shop?");
    visit(&desk, VisitorCommand::StartOver { conversation: "c1".into() });
    assert!(tickets(&desk).is_empty());
}

#[test]
fn a_visitor_who_left_a_contact_can_still_be_reached_until_it_is_done() {
    let desk = silenced();
    say(&desk, "c1", "Is there parking at the shop?");
    let id = press(&desk, "c1", "a@b.example", "").ticket;
    visit(&desk, VisitorCommand::StartOver { conversation: "c1".into() });
    let detail = ticket(&desk, id);
    assert!(detail.ticket.visitor_gone);
    assert_eq!(detail.ticket.contact, "a@b.example");
    assert!(detail.lines.iter().any(|line| line.text.contains("parking")));
    desk.manage(StaffCommand::CloseTicket { id }).unwrap();
    let detail = ticket(&desk, id);
    assert!(detail.lines.is_empty() && detail.ticket.contact.is_empty(), "{detail:?}");
}

#[test]
fn staff_write_what_the_desk_says_when_it_has_no_answer() {
    let desk = silenced();
    let change = SettingsChange {
        refusal: Some("I can help with boots and kayaks.".into()),
        hand_over: Some("Ring the bell.".into()),
        ..SettingsChange::default()
    };
    desk.manage(StaffCommand::ChangeSettings(change)).unwrap();
    let turn = desk.ask("Who won the world cup?");
    assert_eq!(turn.answer, "I can help with boots and kayaks.");
    assert_eq!(turn.hand_over.as_deref(), Some("Ring the bell."));
    let desk = desk.reopened();
    assert_eq!(desk.ask("Who won the world cup?").answer, "I can help with boots and kayaks.");
}

#[test]
fn only_staff_see_tickets() {
    let desk = silenced();
    let id = press(&desk, "c1", "", "").ticket;
    let visitor = Session::visitor("v");
    for command in [
        StaffCommand::Tickets { open_only: false },
        StaffCommand::Ticket { id },
        StaffCommand::TakeTicket { id },
        StaffCommand::ReplyTicket { id, text: "x".into() },
        StaffCommand::CloseTicket { id },
        StaffCommand::WhyTurn { turn_id: 1 },
        StaffCommand::Facts,
    ] {
        assert!(desk.core.manage(&visitor, command.clone()).is_err(), "{command:?}");
    }
}
