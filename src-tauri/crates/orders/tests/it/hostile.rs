//! Strings that mean harm: bound, compared, refused.

use orders::{Activate, Outcome, Rules};
use store::OrderLimits;

use crate::desk::{Desk, ORDERS, request};

/// Beginnings and ends that attack SQL, shells, logs, pages and formats.
const PIECES: &[&str] = &[
    "' OR '1'='1",
    "'; DROP TABLE order_row;--",
    "\" OR \"\"=\"",
    "') UNION SELECT * FROM order_row--",
    "1; SELECT pg_sleep(9)",
    "%' AND 1=1--",
    "\\'; DELETE FROM order_source",
    "HO-104106'/*",
    "*/ OR 1=1 --",
    "HO-104106\0",
    "' AND SLEEP(9) #",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "%s%s%s%n",
    "\u{202e}601401-OH",
    "../../etc/passwd",
    "HO-104106 OR email LIKE '%'",
    "' || (SELECT proofs FROM order_row) || '",
    "PRAGMA writable_schema=1",
    "ATTACH DATABASE 'x' AS y",
    "' AND randomblob(1000000000)--",
    "\r\nSet-Cookie: a=b",
    "HO_104106",
    "%00",
    "1e309",
];

#[test]
fn injected_strings_open_and_change_nothing() {
    let many = i64::from(i32::MAX);
    let limits = OrderLimits {
        per_session: many,
        per_device: many,
        per_order: many,
        order_lock_seconds: 1,
        per_order_ever: many,
        everybody: many,
    };
    let desk = Desk::with(Rules { limits, pace: std::time::Duration::ZERO });
    desk.import(ORDERS).unwrap();
    let before = desk.orders.sources();
    let neutral = desk.fresh("HO-999999", "x");
    let mut tried = 0;
    for (number, left) in PIECES.iter().enumerate() {
        for right in PIECES.iter().cycle().skip(number).take(10) {
            let hostile = format!("{left}{right}");
            for (number, proof) in [(hostile.as_str(), "00133"), ("HO-104106", hostile.as_str())] {
                let shown = desk.attempt(number, proof, &hostile, &hostile);
                assert_eq!(shown, neutral, "{number:?} {proof:?}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 500, "{tried}");
    let lower = neutral.message.to_lowercase();
    for word in ["sql", "table", "syntax", "select", "column", "error", "database"] {
        assert!(!lower.contains(word), "{word}");
    }
    assert_eq!(desk.orders.sources(), before);
    assert_eq!(desk.fresh("HO-104106", "00133").outcome, Outcome::Found);
}

#[test]
fn hostile_tables_are_refused_or_read_as_text() {
    let desk = Desk::empty();
    for hostile in PIECES {
        let quoted = hostile.replace('"', "\"\"");
        let content = format!(
            "order_number,email,status,\"{quoted}\"\nA-1001,a@b.example,\"{quoted}\",x\n\"{quoted}\",c@d.example,open,y\n"
        );
        let place = orders::Place::File(desk.write("hostile.csv", &content));
        let sentences = format!("{hostile}={hostile}");
        // Most of them go live with the one order that has a number; none may panic.
        if desk.orders.activate(Activate { sentences, ..request(place) }).is_ok() {
            let shown = desk.fresh("A-1001", "a@b.example");
            assert!(!shown.message.contains('\u{202e}') && !shown.message.contains('\0'));
        }
    }
    assert!(desk.orders.sources().len() == 1);
}
