//! Plain text to blocks.

use super::*;
use crate::document::lines;

fn check(source: &str, title: Option<&str>, expected: &[&str]) {
    let document = read(source);
    assert_eq!(document.title.as_deref(), title, "{source:?}");
    assert_eq!(lines(&document), expected, "{source:?}");
}

#[test]
fn headings_are_told_by_their_shape() {
    check(
        "Care guide\n\nText one\nand two.",
        Some("Care guide"),
        &["h1 Care guide", "p Text one and two."],
    );
    check("Returns\n=======\nText.", Some("Returns"), &["h1 Returns", "p Text."]);
    check("Text here.\n\nShoes\n-----\nMore.", None, &["p Text here.", "h2 Shoes", "p More."]);
    check(
        "WELCOME\nText.\n\nOPENING HOURS\n\nMonday.",
        Some("WELCOME"),
        &["h1 WELCOME", "p Text.", "h2 OPENING HOURS", "p Monday."],
    );
    check("Just a sentence.\n\nAnother.", None, &["p Just a sentence.", "p Another."]);
    check("A line\nthat goes on", None, &["p A line that goes on"]);
    check("Text.\n\nSTOP!\n\nText.", None, &["p Text.", "p STOP!", "p Text."]);
    check("Text.\n\n---\n\nText.", None, &["p Text.", "p ---", "p Text."]);
}

#[test]
fn lists_are_lines() {
    check(
        "You need:\n- a receipt,\n  white\n* a box\n\nThen come.",
        None,
        &["p You need:", "l • a receipt, white / • a box", "p Then come."],
    );
    check("1. Open it\n2) Close it", None, &["l 1. Open it / 2. Close it"]);
    check("2026 was good.\n-5 degrees", None, &["p 2026 was good. -5 degrees"]);
}
