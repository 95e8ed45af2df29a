//! A few rows of a table, covered enough to be shown on a screen that others may see.

use super::{Field, ProposedColumn};
use crate::table::Table;

/// Rows shown.
const ROWS: usize = 5;
/// Characters of one value.
const LONGEST: usize = 40;
/// What stands for a covered character.
const COVER: char = '•';

/// The first rows. What may be shown to a customer anyway stands as it is; of everything else
/// only its shape can be seen, also of columns that are not used.
pub(super) fn preview(table: &Table, columns: &[ProposedColumn]) -> Vec<Vec<String>> {
    let cell = |(value, column): (&String, &ProposedColumn)| {
        let value: String = value.trim().chars().take(LONGEST).collect();
        match column.field {
            Some(Field::Shown(_)) => value,
            Some(Field::Number) => cover(&value, 3),
            Some(Field::Proof(_)) | None => cover(&value, 0),
        }
    };
    let row = |row: &Vec<String>| row.iter().zip(columns).map(cell).collect();
    table.rows.iter().take(ROWS).map(row).collect()
}

/// Keeps the first character of each run of letters and digits, and the last `end` of all.
fn cover(value: &str, end: usize) -> String {
    let length = value.chars().count();
    let mut is_inside = false;
    let covered = value.chars().enumerate().map(|(at, sign)| {
        let covers = sign.is_alphanumeric() && is_inside && at + end < length;
        is_inside = sign.is_alphanumeric();
        if covers { COVER } else { sign }
    });
    covered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::propose;

    fn check(value: &str, end: usize, expected: &str) {
        assert_eq!(cover(value, end), expected);
    }

    #[test]
    fn shapes_are_seen_and_values_are_not() {
        check("anna@example.org", 0, "a•••@e••••••.o••");
        check("HO-104106", 3, "H•-1••106");
        check("Müller", 0, "M•••••");
        check("", 3, "");
    }

    #[test]
    fn five_rows_are_shown_and_nobody_is_named() {
        let line = |number: usize| {
            let [order, mail] = [format!("HO-10{number:04}"), format!("anna{number}@example.org")];
            vec![order, mail, "shipped".to_owned(), "Anna Muster".to_owned()]
        };
        let header = ["order no", "email", "status", "whatever"].map(String::from).to_vec();
        let rows = std::iter::once(header).chain((0..9).map(line)).collect();
        let proposal = propose(&Table::of(rows));
        assert_eq!(proposal.preview.len(), 5);
        assert_eq!(proposal.preview[0][2], "shipped");
        let shown = format!("{:?}", proposal.preview);
        assert!(!shown.contains("anna") && !shown.contains("Muster"), "{shown}");
    }
}
