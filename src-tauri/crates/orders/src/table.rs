//! A table of orders as plain rows, header first; and how one is read from a CSV file.

use std::path::Path;

use crate::OrdersError;

/// Bytes of the largest file that is read.
const LARGEST_BYTES: u64 = 200 << 20;
/// Columns a table may have.
const MOST_COLUMNS: usize = 200;
/// Lines that are looked at to find the separator.
const LOOKED_AT: usize = 20;

/// Rows of text, the first of them the names of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, each as wide as the header.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of rows whose first is the header; empty rows are left out, short ones filled.
    pub fn of(mut rows: Vec<Vec<String>>) -> Self {
        rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        if rows.is_empty() {
            return Self::default();
        }
        let header: Vec<String> =
            rows.remove(0).iter().map(|name| name.trim().to_owned()).collect();
        for row in &mut rows {
            row.resize(header.len(), String::new());
        }
        Self { header, rows }
    }

    /// Reads a CSV file; the separator is found by looking.
    pub fn read_csv(path: &Path) -> Result<Self, OrdersError> {
        let refused = |reason: &str| OrdersError::Unreadable {
            place: path.display().to_string(),
            reason: reason.to_owned(),
        };
        let bytes = std::fs::metadata(path).map_err(|error| refused(&error.to_string()))?.len();
        if bytes > LARGEST_BYTES {
            return Err(refused("the file is larger than 200 MB"));
        }
        let bytes = std::fs::read(path).map_err(|error| refused(&error.to_string()))?;
        if bytes.starts_with(b"PK\x03\x04") || bytes.contains(&0) {
            return Err(refused("this is not a text file"));
        }
        let text = decode(&bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&text))
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| refused(&error.to_string()))?;
            if record.len() > MOST_COLUMNS {
                return Err(refused("a row has more than 200 columns"));
            }
            rows.push(record.iter().map(String::from).collect());
        }
        Ok(Self::of(rows))
    }
}

/// UTF-8, or the bytes of western Europe where it is not.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The sign that most lines hold equally often.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().take(LOOKED_AT).collect();
    let count = |sign: u8| {
        let in_header = lines.first().map_or(0, |line| times(line, sign));
        let like_it = lines.iter().filter(|line| times(line, sign) == in_header).count();
        if in_header == 0 { (0, 0) } else { (like_it, in_header) }
    };
    *b",;\t|".iter().max_by_key(|sign| (count(**sign), **sign == b',')).unwrap_or(&b',')
}

/// How often a sign stands outside quotes.
fn times(line: &str, sign: u8) -> usize {
    let mut is_quoted = false;
    line.bytes()
        .filter(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == sign && !is_quoted
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &[u8], header: &[&str], first: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("orders.csv");
        std::fs::write(&path, content).unwrap();
        let table = Table::read_csv(&path).unwrap();
        assert_eq!(table.header, header);
        assert_eq!(table.rows[0], first);
    }

    #[test]
    fn separators_and_encodings_are_found() {
        check(b"no,mail\n1,a@b.example\n", &["no", "mail"], &["1", "a@b.example"]);
        check(b"no;items\n1;a, b and c\n2;d, e\n", &["no", "items"], &["1", "a, b and c"]);
        check(b"\xEF\xBB\xBFno\tname\n1\tM\xC3\xBCller\n", &["no", "name"], &["1", "Müller"]);
        check(b"no,name\n1,M\xFCller\n", &["no", "name"], &["1", "Müller"]);
        check(b"no,items\n1,\"a\nb\"\n", &["no", "items"], &["1", "a\nb"]);
        check(b"\n no , mail \n\n1\n", &["no", "mail"], &["1", ""]);
    }
}
