//! Reads CSV and its relatives: any usual delimiter, quoted cells with lines in them.

use crate::table::{Sheet, Table};

const DELIMITERS: &[u8] = b",;\t|";
/// Rows that are looked at to tell the delimiter.
const SAMPLE: usize = 50;

/// Reads a table, with what staff should know about it.
pub(crate) fn read(source: &str) -> (Table, Vec<String>) {
    let rows = records(source, delimiter(source))
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    let mut warnings = Vec::new();
    if !source.matches('"').count().is_multiple_of(2) {
        warnings.push("a quotation mark is never closed; rows after it may be missing".to_owned());
    }
    (Table { sheets: Sheet::from_cells("", rows).into_iter().collect() }, warnings)
}

/// The delimiter that cuts most rows into as many cells as the first; of equals, the one that cuts
/// the first row finest.
fn delimiter(source: &str) -> u8 {
    let agreement = |delimiter: u8| {
        let mut records = records(source, delimiter)
            .filter(|record| record.len() > 1 || !record[0].trim().is_empty());
        let columns = records.next().map_or(0, |header| header.len());
        let others: Vec<usize> = records.take(SAMPLE).map(|record| record.len()).collect();
        let fitting = others.iter().filter(|cells| **cells == columns).count();
        let share = if others.is_empty() { 100 } else { fitting * 100 / others.len() };
        (columns > 1, share, columns)
    };
    // Of complete equals the last would win, and the comma should.
    let best = DELIMITERS.iter().copied().rev().max_by_key(|delimiter| agreement(*delimiter));
    best.filter(|delimiter| agreement(*delimiter).0).unwrap_or(b',')
}

fn records(source: &str, delimiter: u8) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(source.as_bytes())
        .into_records()
        // The source is text already, so no record can fail.
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&[&str]]) {
        let (table, _) = read(source);
        assert_eq!(table.into_rows(), expected, "{source:?}");
    }

    #[test]
    fn any_usual_delimiter_is_found() {
        let expected: [&[&str]; 2] = [&["Item", "Price"], &["Kayak; red, new", "25,00"]];
        check("Item;Price\n\"Kayak; red, new\";25,00\n", &expected);
        check("Item,Price\r\n\"Kayak; red, new\",\"25,00\"", &expected);
        check("Item\tPrice\nKayak; red, new\t25,00", &expected);
        check("Item|Price\nKayak; red, new|25,00", &expected);
        check("a, b;c\n1, 2, 3;4", &[&["a, b", "c"], &["1, 2, 3", "4"]]);
        check("one column\nkayak\n", &[&["one column"], &["kayak"]]);
        check("x|y,z\n1|2,3", &[&["x|y", "z"], &["1|2", "3"]]);
        check(
            "question,answer\nA?,\"line\nline\"\nshort\n",
            &[&["question", "answer"], &["A?", "line\nline"], &["short"]],
        );
        check("", &[]);
    }

    #[test]
    fn an_open_quotation_mark_is_reported() {
        assert_eq!(read("a,b\n1,\"open").1.len(), 1);
        assert!(read("a,b\n1,\"\"\"closed\"\"\"").1.is_empty());
    }
}
