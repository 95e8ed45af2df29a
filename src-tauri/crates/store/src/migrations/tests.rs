//! A desk of an older program keeps what it knows.

use super::*;

/// A desk as the first step of the tables made it.
fn first() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    for step in MIGRATIONS[0].steps {
        connection.execute_batch(step).unwrap();
    }
    connection.pragma_update(None, "user_version", MIGRATIONS[0].number).unwrap();
    connection
}

#[test]
fn an_older_desk_is_brought_up_to_date_with_what_it_holds() {
    let mut connection = first();
    connection
        .execute_batch(
            "INSERT INTO faq(question, answer, status, origin) VALUES('Why?', 'So.', 'approved', 'manual');
             INSERT INTO faq_alternative(faq_id, ord, text) VALUES(1, 0, 'How so?'), (1, 1, 'Why not?');
             INSERT INTO gap(normalised, question, count, first_at, last_at) VALUES('a', 'A', 3, 1, 2);",
        )
        .unwrap();
    assert!(run(&mut connection).unwrap());
    assert!(!run(&mut connection).unwrap());
    assert_eq!(version(&connection).unwrap(), NEWEST);
    let text =
        |query: &str| -> String { connection.query_row(query, [], |row| row.get(0)).unwrap() };
    assert_eq!(text("SELECT alternatives FROM faq_revision"), "How so?\u{1f}Why not?");
    assert_eq!(text("SELECT count || ' ' || refused || ' ' || is_masked FROM gap"), "3 3 0");
}

#[test]
fn steps_are_in_the_order_of_their_numbers() {
    assert!(MIGRATIONS.is_sorted_by_key(|step| step.number));
}
