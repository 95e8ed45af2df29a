//! Tables of questions and answers as people really save them.

use std::path::Path;

use super::*;
use documents::{Content, Format, Limits};

fn table(source: &str) -> Table {
    let format = Format::of(Path::new("faq.csv")).unwrap();
    let reading = documents::read(source.into(), format, &Limits::default(), None);
    match reading.map(|reading| reading.content) {
        Ok(Content::Table(table)) => table,
        _ => Table::default(),
    }
}

fn check(source: &str, expected: &[(&str, &str)]) -> FaqTable {
    let table = read(&table(source)).unwrap();
    let found: Vec<(&str, &str)> =
        table.rows.iter().map(|row| (row.question.as_str(), row.answer.as_str())).collect();
    assert_eq!(found, expected, "{source:?}");
    table
}

fn check_refused(source: &str, part: &str) {
    let table = table(source);
    assert_eq!(read(&table), None);
    let problem = no_columns(&table);
    assert!(problem.message.contains(part), "{}", problem.message);
    assert!(problem.hint.is_some());
}

#[test]
fn any_usual_delimiter_is_found() {
    let expected = [("Dogs?", "Yes, on a lead; always.")];
    for source in [
        "question,answer\nDogs?,\"Yes, on a lead; always.\"",
        "question;answer\r\nDogs?;\"Yes, on a lead; always.\"\r\n",
        "question\tanswer\nDogs?\tYes, on a lead; always.",
        "question|answer\nDogs?|Yes, on a lead; always.",
        "id,Answer, QUESTION \n7,\"Yes, on a lead; always.\",Dogs?",
    ] {
        assert!(check(source, &expected).warnings.is_empty());
    }
}

#[test]
fn columns_are_named_loosely() {
    for header in [
        "Frage,Antwort",
        "pregunta,respuesta",
        "Q,A",
        "Vraag,Antwoord",
        "Fråga,Svar",
        "السؤال,الجواب",
    ] {
        check(&format!("{header}\nx,y"), &[("x", "y")]);
    }
}

#[test]
fn a_missing_column_is_named() {
    check_refused("question,reply_text\nx,y", "question, reply_text");
    check_refused("order_number,email\n1,a@b.c", "order_number, email");
    check_refused("order;email\n1;a@b.c", "order, email");
    check_refused("", "needed");
}

#[test]
fn cells_keep_their_lines_and_quotes() {
    check(
        "question,answer\n\"Say \"\"hello\"\"?\",\"Line one\n\nLine  two\"\nB?,b",
        &[("Say \"hello\"?", "Line one\n\nLine two"), ("B?", "b")],
    );
}

#[test]
fn what_is_missing_is_counted() {
    let source = "question,answer\nA?,a\n,no question\nB?,\n,\nA?,again\nshort\nC?,\"open";
    let table = check(source, &[("A?", "a"), ("C?", "open")]);
    assert_eq!(
        table.warnings,
        [
            "3 rows without a question or an answer skipped",
            "1 row with a question that came before skipped",
        ]
    );
}

#[test]
fn optional_columns_are_read() {
    let source = "question,answer,alternatives,language,status,valid_until\n\
        A?,a,A1?| |A2?|A?,de-AT,Draft,2026-12-31\n\
        B?,b,,english,,31.12.2026\n\
        C?,c,,,maybe,tomorrow";
    let table = check(source, &[("A?", "a"), ("B?", "b"), ("C?", "c")]);
    let row = &table.rows[0];
    assert_eq!(row.alternatives, ["A1?", "A2?"]);
    assert_eq!(row.language.as_deref(), Some("de"));
    assert_eq!(row.status, FaqStatus::Draft);
    assert_eq!(row.valid_until, Some(1_798_761_599));
    assert_eq!(table.rows[1].status, FaqStatus::Approved);
    assert_eq!(table.rows[1].language, None);
    assert_eq!(table.rows[1].valid_until, row.valid_until);
    assert_eq!(table.rows[2].status, FaqStatus::Draft, "unknown is not shown to visitors");
    assert_eq!(table.warnings.len(), 2);
}

#[test]
fn days_are_counted_right() {
    for (value, expected) in [
        ("1970-01-01", Some(86_399)),
        ("2000-02-29", Some(951_868_799)),
        ("2024-03-01", Some(1_709_337_599)),
        ("03/04/2026", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
        ("99999999999999999999-01-01", None),
    ] {
        assert_eq!(columns::end_of_day(value), expected, "{value:?}");
    }
}
