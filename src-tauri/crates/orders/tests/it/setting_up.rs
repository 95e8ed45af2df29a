//! Setting up a source: drafts, checks before going live, and what stays when it fails.

use orders::{OrdersError, Outcome, Place};
use store::{NewFaq, Store};

use crate::desk::{Desk, NOW, ORDERS, mapping, request};

#[test]
fn clear_columns_need_no_help_and_unclear_ones_are_not_guessed() {
    let desk = Desk::empty();
    assert!(desk.orders.masks().is_none());
    let done = desk.import(ORDERS).unwrap();
    assert_eq!(done.orders, 3);
    assert!(done.mapping.contains(&"order_number=number".to_owned()), "{:?}", done.mapping);
    assert!(done.warnings.iter().any(|warning| warning.contains("in customs")));
    assert!(desk.orders.masks().is_some());

    let place = Place::File(
        desk.write("odd.csv", "a,b,c\nX-1001,a@b.example,open\nX-1002,c@d.example,open\n"),
    );
    let error = desk.orders.activate(request(place.clone())).unwrap_err();
    assert!(matches!(error, OrdersError::UnsureMapping { .. }), "{error}");
    let named = mapping(&["a=order number", "b=e-mail", "c=status"]);
    let done = desk.orders.activate(orders::Activate { mapping: Some(named), ..request(place) });
    assert_eq!(done.unwrap().orders, 2);
    assert_eq!(desk.fresh("X1001", "a@b.example").outcome, Outcome::Found);
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Found, "both are live");
}

#[test]
fn a_failed_check_changes_nothing() {
    let desk = Desk::shop();
    let before = desk.orders.sources();
    let place = || Place::File(desk.folder.path().join("orders.csv"));
    let newer = ORDERS.replace("delivered", "returned");
    desk.write("orders.csv", &newer);
    let example = Some(("HO-104106".to_owned(), "wrong@mail.example".to_owned()));
    let error = desk.orders.activate(orders::Activate { example, ..request(place()) }).unwrap_err();
    assert!(matches!(error, OrdersError::CheckFailed { .. }), "{error}");
    for broken in
        ["", "order_number,email,status\n", "order_number,email,status\n1,x,open\n", "\u{0}"]
    {
        desk.write("orders.csv", broken);
        assert!(desk.orders.activate(request(place())).is_err(), "{broken:?}");
    }
    assert_eq!(desk.orders.sources(), before);
    let card = desk.fresh("HO-104106", "00133").card.unwrap();
    assert_eq!(card.status, "Your order was delivered.");

    desk.write("orders.csv", &newer);
    let example = Some(("HO-104106".to_owned(), "00133".to_owned()));
    desk.orders.activate(orders::Activate { example, ..request(place()) }).unwrap();
    assert_eq!(desk.fresh("HO-104106", "0140").card.unwrap().status, "Your order was returned.");
    assert_eq!(desk.orders.sources().len(), 1, "the same file is the same source");
}

#[test]
fn several_lines_of_one_order_are_one_and_two_owners_are_none() {
    let desk = Desk::empty();
    let done = desk
        .import(
            "order_number,email,status,items\nA-1001,a@b.example,shipped,rope\nA-1001,a@b.example,shipped,sail\n\
             A-1002,a@b.example,shipped,rope\nA-1002,c@d.example,shipped,boots\nA-1003,,shipped,boots\n",
        )
        .unwrap();
    assert_eq!((done.orders, done.warnings.len()), (1, 2), "{:?}", done.warnings);
    let card = desk.fresh("A1001", "a@b.example").card.unwrap();
    assert_eq!(card.values.get(orders::ShownField::Items), Some("rope; sail"));
    for proof in ["a@b.example", "c@d.example"] {
        assert_eq!(desk.fresh("A1002", proof).outcome, Outcome::Refused, "{proof}");
    }
    assert_eq!(desk.fresh("A1003", "").outcome, Outcome::Refused);
}

#[test]
fn staff_write_sentences_for_their_codes() {
    let desk = Desk::shop();
    let place = Place::File(desk.folder.path().join("orders.csv"));
    let sentences = "in customs=Your parcel waits at customs.".to_owned();
    desk.orders.activate(orders::Activate { sentences, ..request(place.clone()) }).unwrap();
    let status = || desk.fresh("HO-104108", "JZ2 7PW").card.unwrap().status;
    assert_eq!(status(), "Your parcel waits at customs.");
    desk.orders.activate(request(place)).unwrap();
    assert_eq!(status(), "Your parcel waits at customs.", "kept at the next import");
}

#[test]
fn orders_that_are_too_old_are_told_to_nobody() {
    let desk = Desk::empty();
    let place = Place::File(desk.write("orders.csv", ORDERS));
    desk.orders.activate(orders::Activate { max_age_hours: 24, ..request(place) }).unwrap();
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Found);
    let desk = desk.reopened(|| NOW + 25 * 3600);
    let shown = desk.fresh("HO-104106", "00133");
    assert_eq!((shown.outcome, shown.offers_person), (Outcome::Refused, true));
    assert_eq!(shown, desk.fresh("HO-999999", "00133"), "old or unknown, it says the same");
    assert!(desk.orders.sources()[0].is_stale);
}

#[test]
fn an_order_in_two_sources_is_told_by_the_newer_one() {
    let desk = Desk::shop();
    let place = Place::File(desk.write("newer.csv", &ORDERS.replace("delivered", "returned")));
    desk.orders.activate(request(place)).unwrap();
    assert_eq!(desk.fresh("HO-104106", "00133").card.unwrap().status, "Your order was returned.");
}

#[test]
fn a_removed_source_is_gone() {
    let desk = Desk::shop();
    let id = desk.orders.sources()[0].id;
    assert!(desk.orders.remove(id).unwrap());
    assert!(!desk.orders.remove(id).unwrap());
    assert!(desk.orders.masks().is_none());
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Refused);
}

#[test]
fn nothing_personal_is_on_the_disk() {
    let desk = Desk::shop();
    desk.fresh("HO-104107", "wrong-guess@mail.example");
    let Desk { orders, folder } = desk;
    drop(orders);
    for entry in std::fs::read_dir(folder.path().join("desk")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for private in
            ["ursula", "webpost", "00133", "Gullane", "960140", "104106", "104107", "wrong-guess"]
        {
            assert!(!text.contains(private), "{private} is kept in clear");
        }
    }
}

#[test]
fn a_sqlite_table_is_read_and_never_written() {
    let desk = Desk::empty();
    // Another desk's file serves as somebody else's database, its list of answers as the orders.
    let folder = desk.folder.path().join("somebody-else");
    let other = Store::open(&folder).unwrap();
    for (number, email) in [("HO-1001", "ann@mail.example"), ("HO-1002", "bob@mail.example")] {
        let row = NewFaq { question: number.into(), answer: email.into(), ..NewFaq::default() };
        other.add_faq(row, "").unwrap();
    }
    drop(other);
    let path = folder.join("kb.db");
    let before = std::fs::read(&path).unwrap();
    let place = Place::Sqlite { path: path.clone(), table: "FAQ".into() };
    let named = mapping(&["Question=number", "answer=email", "status=status"]);
    let done = desk.orders.activate(orders::Activate { mapping: Some(named), ..request(place) });
    assert_eq!(done.unwrap().orders, 0, "nothing is copied");
    for number in ["HO-1001", "1001", "ho 1001"] {
        let card = desk.fresh(number, "Ann@mail.example").card.unwrap();
        assert_eq!((card.status.as_str(), card.as_of), ("draft", NOW), "{number}");
    }
    let refused = desk.fresh("HO-9999", "ann@mail.example");
    assert_eq!(desk.fresh("HO-1001", "bob@mail.example"), refused);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    std::fs::remove_file(&path).unwrap();
    let gone = desk.fresh("HO-1001", "ann@mail.example");
    assert_eq!((gone.outcome, gone.offers_person), (Outcome::Refused, true));
    assert_eq!(gone, desk.fresh("HO-9999", "x"), "a place that is gone says the same to all");
}
