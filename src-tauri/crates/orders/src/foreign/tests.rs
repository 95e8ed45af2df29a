//! What is read of other people's databases, and how statements are made.

use super::*;

fn check(dialect: Dialect, table: &[&str], expected: &str) {
    let columns = vec!["no".to_owned(), "st\"at`us".to_owned()];
    let wanted =
        Wanted::Order { columns: columns.clone(), spellings: vec!["A".into(), "B".into()] };
    let statement = Statement::of(dialect, table, &columns, &wanted).unwrap();
    assert_eq!(statement.text, expected);
}

#[test]
fn names_are_quoted_and_values_are_bound() {
    check(
        POSTGRES,
        &["public", "or\"ders"],
        "SELECT CAST(\"no\" AS TEXT), CAST(\"st\"\"at`us\" AS TEXT) FROM \"public\".\"or\"\"ders\" \
         WHERE UPPER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CAST(\"no\" AS TEXT), '-', ''), \
         ' ', ''), '#', ''), '_', ''), '/', ''), '.', '')) IN ($1, $2) LIMIT 2",
    );
    check(
        MYSQL,
        &["or`ders"],
        "SELECT CAST(`no` AS CHAR), CAST(`st\"at``us` AS CHAR) FROM `or``ders` \
         WHERE UPPER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CAST(`no` AS CHAR), '-', ''), \
         ' ', ''), '#', ''), '_', ''), '/', ''), '.', '')) IN (?, ?) LIMIT 2",
    );
}

#[test]
fn a_column_outside_the_catalogue_is_refused() {
    let wanted = Wanted::Order { columns: vec!["secret".into()], spellings: Vec::new() };
    assert!(Statement::of(SQLITE, &["orders"], &["no".to_owned()], &wanted).is_err());
    assert!(Statement::of(SQLITE, &["orders"], &[], &Wanted::Sample).is_err());
}
