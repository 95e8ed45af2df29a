//! What every reader of tables makes: sheets of rows, the header first.

use serde::{Deserialize, Serialize};

use crate::hygiene;

/// A table as it lies in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheets that hold anything, in their order. A CSV file has one.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty in a CSV file.
    pub name: String,
    /// Lines above the header, such as a title.
    pub above: Vec<String>,
    /// The header, then the rows. Empty rows are left out; a row may be shorter than the header.
    pub rows: Vec<Vec<String>>,
}

/// A header is looked for in so many first rows.
const HEADER_WITHIN: usize = 10;

impl Table {
    /// The first sheet's rows with its header first; none when the file holds nothing.
    pub fn into_rows(self) -> Vec<Vec<String>> {
        self.sheets.into_iter().next().map(|sheet| sheet.rows).unwrap_or_default()
    }

    /// The bytes of its text.
    pub(crate) fn text_bytes(&self) -> usize {
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        rows.flatten().map(|cell| cell.len() + 1).sum()
    }
}

impl Sheet {
    /// The names of its columns.
    pub fn header(&self) -> &[String] {
        self.rows.first().map_or(&[], Vec::as_slice)
    }

    /// The rows below the header.
    pub fn body(&self) -> &[Vec<String>] {
        self.rows.get(1..).unwrap_or_default()
    }

    /// A sheet from its cells: empty rows go, and lines above the header are set apart. `None` when
    /// nothing is left.
    pub(crate) fn from_cells(name: &str, rows: Vec<Vec<String>>) -> Option<Self> {
        let mut rows = rows;
        rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let widest = rows.iter().take(HEADER_WITHIN).map(filled).max()?;
        // A header names most columns; a title above it stands in one cell.
        let header = rows
            .iter()
            .take(HEADER_WITHIN)
            .position(|row| filled(row) * 2 > widest)
            .unwrap_or_default();
        let above = rows.drain(..header).map(|row| hygiene::normalise(&row.join(" ")));
        let above = above.collect();
        if let Some(header) = rows.first_mut() {
            header.iter_mut().for_each(|name| *name = hygiene::normalise(name));
        }
        // Sheets are often formatted far to the right of what they hold.
        for row in &mut rows {
            let end = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
            row.truncate(end);
        }
        Some(Self { name: hygiene::normalise(name), above, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], above: &[&str], expected: &[&[&str]]) {
        let cells = rows.iter().map(|row| row.iter().map(|cell| cell.to_string()).collect());
        let sheet = Sheet::from_cells("Prices", cells.collect()).unwrap();
        assert_eq!(sheet.above, above);
        assert_eq!(sheet.rows, expected);
    }

    #[test]
    fn the_header_comes_first() {
        check(&[&["Day", "Opens"], &["Monday", "9"]], &[], &[&["Day", "Opens"], &["Monday", "9"]]);
        check(
            &[&[""], &["Our prices", "", ""], &["Item ", "Price", ""], &["", ""], &["Kayak", "25"]],
            &["Our prices"],
            &[&["Item", "Price"], &["Kayak", "25"]],
        );
        check(&[&["one"], &["two"]], &[], &[&["one"], &["two"]]);
        assert_eq!(Sheet::from_cells("", vec![vec![" ".to_owned()], vec![]]), None);
    }
}
