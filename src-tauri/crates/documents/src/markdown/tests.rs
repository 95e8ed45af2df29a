//! Markdown to blocks of clean text.

use super::*;
use crate::document::lines;

fn check(source: &str, expected: &[&str]) {
    assert_eq!(lines(&read(source)), expected, "{source:?}");
}

#[test]
fn marks_go_and_words_stay() {
    check("Some **bold**, *slanted* and `code`.", &["p Some bold, slanted and code."]);
    check(
        "A [link](https://x.example \"t\") and ![a picture](p.png).",
        &["p A link and a picture."],
    );
    check("Two\nlines  \nand a break", &["p Two lines\nand a break"]);
    check("> A quote\n> goes on", &["p A quote goes on"]);
    check("A\n\n---\n\nB", &["p A", "p B"]);
    check("~~old~~ new &amp; more", &["p old new & more"]);
    check("```\nline one\nline two\n```", &["p line one\nline two"]);
    check("Text<br>more <span>x</span>", &["p Text more x"]);
    check("<div>Inside <b>a box</b></div>\n\nAfter", &["p Inside a box", "p After"]);
    check("<script>alert(1)</script>\n\nAfter", &["p After"]);
}

#[test]
fn lists_become_lines() {
    check("- one\n- two\n  - inner\n- three", &["l • one / • two / • inner / • three"]);
    check("1. first\n2. second", &["l 1. first / 2. second"]);
    check("- [x] done", &["l • done"]);
    check("- one\n\n  goes on\n\n- two", &["l • one goes on / • two"]);
    check("Before\n- one\n\nAfter", &["p Before", "l • one", "p After"]);
}

#[test]
fn tables_become_rows_that_repeat_the_header() {
    check(
        "| Day | Opens | Closes |\n|---|:-:|--:|\n| Monday | **9** | 17 |\n| Sunday | closed | |",
        &["r Day: Monday; Opens: 9; Closes: 17 / Day: Sunday; Opens: closed"],
    );
    check("| A |\n|---|", &[]);
}

#[test]
fn the_first_heading_is_the_title() {
    let document = read("---\ntitle: no\n---\n\nBefore\n\n## Second *level*\n\n# First");
    assert_eq!(document.title.as_deref(), Some("Second level"));
    assert_eq!(lines(&document), ["p Before", "h2 Second level", "h1 First"]);
    assert_eq!(read("No heading").title, None);
}

#[test]
fn deep_nesting_is_read() {
    let deep = format!("{}word", "> ".repeat(5_000));
    assert!(lines(&read(&deep)).concat().contains("word"));
    let list: String = (0..500).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect();
    assert!(!read(&list).blocks.is_empty());
}
