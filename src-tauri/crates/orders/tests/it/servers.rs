//! Real PostgreSQL and MariaDB servers on this computer, started for a test and stopped after it.
//!
//! Where a server's program is not installed the test says so and ends.

mod mariadb;
mod postgresql;
mod running;

use orders::{Activate, OrdersError, Outcome, Place};

use crate::desk::{Desk, mapping, request};

/// Everything a source promises, on a table `orders` with `sku` beside it that nobody mapped.
fn check_source(url: &str) {
    let desk = Desk::empty();
    let place = Place::read(&format!("{url}#orders")).unwrap();

    let draft = desk.orders.propose(&place, None).unwrap();
    assert!(draft.is_sure, "{draft:?}");
    let wrong = Some(("HO-1001".to_owned(), "someone@else.example".to_owned()));
    let error = desk.orders.activate(Activate { example: wrong, ..request(place.clone()) });
    assert!(matches!(error, Err(OrdersError::CheckFailed { .. })), "a wrong example goes live");
    assert!(desk.orders.masks().is_none());

    let example = Some(("HO-1001".to_owned(), "ann@mail.example".to_owned()));
    let done = desk.orders.activate(Activate { example, ..request(place.clone()) }).unwrap();
    assert_eq!(done.orders, 0, "nothing is copied");
    assert!(
        done.warnings.iter().all(|warning| !warning.contains("network")),
        "{:?}",
        done.warnings
    );
    let shown = |number: &str, proof: &str| desk.fresh(number, proof);
    for number in ["HO-1001", "ho 1001", "1001"] {
        let card = shown(number, "Ann@mail.example").card.unwrap();
        assert_eq!(card.status, "Your order has been shipped.", "{number}");
    }
    assert_eq!(shown("HO-1002", "10115").outcome, Outcome::Found, "a postcode is a proof too");

    let refused = shown("HO-9999", "ann@mail.example");
    assert_eq!(refused.outcome, Outcome::Refused);
    for (number, proof) in [
        ("HO-1001", "bob@mail.example"),
        ("HO-1003", "twin@mail.example"),
        ("HO-1001' OR '1'='1", "ann@mail.example"),
        ("HO-1001", "' OR '1'='1"),
        ("\\' OR 1=1 -- 1001", "ann@mail.example"),
        ("%1001", "ann@mail.example"),
    ] {
        assert_eq!(shown(number, proof), refused, "{number:?} {proof:?}");
    }

    let gone = mapping(&["order_no=number", "email=email", "no_such=status"]);
    let error =
        desk.orders.activate(Activate { mapping: Some(gone), ..request(place) }).unwrap_err();
    assert!(matches!(error, OrdersError::NoSuchColumn { .. }), "{error}");
    let summary = format!("{:?}", desk.orders.sources());
    assert!(!summary.contains("s3cret"), "{summary}");
}

/// A server that refuses or is not there says so without its password, and shows nothing.
fn check_refusals(url: &str) {
    let desk = Desk::empty();
    let wrong_password = url.replace("s3cret", "wr0ng");
    for place in [format!("{wrong_password}#orders"), format!("{url}#nothing_here")] {
        let error = desk.orders.activate(request(Place::read(&place).unwrap())).unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, OrdersError::NoAnswer { .. }), "{said}");
        assert!(!said.contains("wr0ng") && !said.contains("s3cret"), "{said}");
    }
}

/// The statements of every table; the server's own names are quoted its own way.
const TABLES: &[&str] = &[
    "CREATE TABLE orders(order_no VARCHAR(20), email VARCHAR(80), plz VARCHAR(10), status VARCHAR(20), placed_at DATE, note TEXT)",
    "INSERT INTO orders VALUES
     ('HO-1001', 'ann@mail.example', '00133', 'shipped', '2026-02-24', 'secret'),
     ('HO-1002', 'bob@mail.example', '10115', 'delivered', '2026-02-25', 'secret'),
     ('HO-1003', 'twin@mail.example', '20095', 'delivered', '2026-02-25', 'secret'),
     ('HO-1003', 'twin@mail.example', '80331', 'shipped', '2026-02-26', 'secret')",
    "CREATE TABLE sku(word VARCHAR(20))",
];
