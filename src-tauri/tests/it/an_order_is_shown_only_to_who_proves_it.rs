//! An order is shown only to who proves that it is theirs; a number that nobody has and a proof
//! that is wrong get the same words.

use commands::Session;
use commands::wire::{OrderOutcome, OrderReply, Route, VerifyOrder, VisitorCommand, VisitorReply};
use testkit::TestDesk;

fn verify(desk: &TestDesk, number: &str, proof: &str) -> OrderReply {
    let tried =
        VerifyOrder { number: number.into(), proof: proof.into(), ..VerifyOrder::default() };
    let session = Session::visitor("kiosk");
    match desk.core.visit(&session, VisitorCommand::VerifyOrder(tried), &mut |_| {}) {
        Ok(VisitorReply::Order(reply)) => *reply,
        other => panic!("a try is answered by an order's reply, not by {other:?}"),
    }
}

#[test]
fn an_order_is_shown_only_to_who_proves_it_is_theirs() {
    let desk = TestDesk::sample();
    let asked = desk.ask("Where is my order HO-104106?");
    assert_eq!(asked.route, Route::Order);
    assert!(asked.order_form.is_some() && asked.citations.is_empty());

    let shown = verify(&desk, "HO-104106", "ursula.gullane@webpost.example.org");
    assert_eq!(shown.outcome, OrderOutcome::Found);
    assert!(shown.card.is_some_and(|card| !card.status.is_empty() && !card.as_of.is_empty()));

    let wrong = verify(&desk, "HO-104106", "somebody@else.example");
    let unknown = verify(&desk, "HO-999999", "ursula.gullane@webpost.example.org");
    assert_eq!(wrong.outcome, OrderOutcome::Refused);
    assert!(wrong.card.is_none());
    assert_eq!(wrong, unknown, "nobody learns whether an order exists");
}
