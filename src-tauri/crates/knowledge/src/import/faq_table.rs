//! Reads tables of questions and answers: any usual delimiter, loosely named columns.

mod columns;

use std::collections::HashSet;

use store::FaqStatus;

use super::{FileProblem, ImportKind};
use crate::text;
use columns::Columns;

/// What a table of questions and answers holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FaqTable {
    pub(super) rows: Vec<FaqEntry>,
    /// Rows that are missing, and values that were not understood.
    pub(super) warnings: Vec<String>,
}

/// One row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FaqEntry {
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) alternatives: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) status: FaqStatus,
    pub(super) valid_until: Option<i64>,
}

const DELIMITERS: &[u8] = b",;\t|";

/// Reads a table. Without a question and an answer column it is refused with the columns it has.
pub(super) fn read(source: &str, what: ImportKind) -> Result<FaqTable, FileProblem> {
    let headers: Vec<(u8, Vec<String>)> =
        DELIMITERS.iter().map(|&delimiter| (delimiter, header(source, delimiter))).collect();
    let fitting =
        headers.iter().find_map(|(delimiter, header)| Some((*delimiter, Columns::find(header)?)));
    let Some((delimiter, columns)) = fitting else { return Err(no_columns(headers, what)) };
    let mut counted = Counted::default();
    let mut table = FaqTable::default();
    let mut seen = HashSet::new();
    for record in records(source, delimiter).skip(1) {
        let Ok(record) = record else {
            counted.unreadable += 1;
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(entry) = entry(&record, &columns, &mut counted) {
            if seen.insert(entry.question.clone()) {
                table.rows.push(entry);
            } else {
                counted.repeated += 1;
            }
        }
    }
    table.warnings = counted.warnings(source);
    Ok(table)
}

fn records(
    source: &str,
    delimiter: u8,
) -> impl Iterator<Item = Result<csv::StringRecord, csv::Error>> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(source.as_bytes())
        .into_records()
}

fn header(source: &str, delimiter: u8) -> Vec<String> {
    let first = records(source, delimiter).next().and_then(Result::ok);
    first.iter().flatten().map(text::normalise).collect()
}

fn no_columns(headers: Vec<(u8, Vec<String>)>, what: ImportKind) -> FileProblem {
    let widest = headers.into_iter().max_by_key(|(_, header)| header.len());
    let found = widest.map(|(_, header)| header).unwrap_or_default();
    let mut found: Vec<String> = found.iter().map(|name| name.chars().take(40).collect()).collect();
    if found.len() > 12 {
        found.truncate(12);
        found.push("…".to_owned());
    }
    let columns = found.join(", ");
    match what {
        ImportKind::Faq => FileProblem::new(format!(
            "the columns \"question\" and \"answer\" are needed, found were: {columns}"
        ))
        .hint("Name the two columns in the first row and import the file again."),
        ImportKind::Auto => FileProblem::new(format!(
            "this table holds no questions and answers; its columns are: {columns}"
        ))
        .hint("A table needs the columns \"question\" and \"answer\" in its first row."),
    }
}

fn entry(record: &csv::StringRecord, columns: &Columns, counted: &mut Counted) -> Option<FaqEntry> {
    let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default();
    let question = text::normalise(cell(Some(columns.question)));
    let answer = readable(cell(Some(columns.answer)));
    if question.is_empty() || answer.is_empty() {
        counted.incomplete += 1;
        return None;
    }
    let alternatives = cell(columns.alternatives).split(['|', '\n']).map(text::normalise);
    let mut alternatives: Vec<String> = alternatives
        .filter(|alternative| !alternative.is_empty() && *alternative != question)
        .collect();
    alternatives.dedup();
    let language = text::normalise(cell(columns.language)).to_lowercase();
    let valid_until = text::normalise(cell(columns.valid_until));
    let last_day = columns::end_of_day(&valid_until);
    if last_day.is_none() && !valid_until.is_empty() {
        counted.dates += 1;
    }
    let status = columns::status(&text::normalise(cell(columns.status)));
    if status.is_none() {
        counted.statuses += 1;
    }
    Some(FaqEntry {
        question,
        answer,
        alternatives,
        language: columns::language_code(&language),
        status: status.unwrap_or(FaqStatus::Draft),
        valid_until: last_day,
    })
}

/// An answer as it is shown: its lines are kept, blanks around them are not.
fn readable(cell: &str) -> String {
    let lines: Vec<String> = cell.trim().lines().map(text::one_line).collect();
    lines.join("\n")
}

/// What went wrong, counted: a thousand lines about a thousand rows help nobody.
#[derive(Default)]
struct Counted {
    incomplete: usize,
    repeated: usize,
    unreadable: usize,
    dates: usize,
    statuses: usize,
}

impl Counted {
    fn warnings(&self, source: &str) -> Vec<String> {
        let rows =
            |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
        let mut warnings = Vec::new();
        let mut warn = |count: usize, what: &str| {
            if count > 0 {
                warnings.push(format!("{} {what}", rows(count)));
            }
        };
        warn(self.incomplete, "without a question or an answer skipped");
        warn(self.repeated, "with a question that came before skipped");
        warn(self.unreadable, "not readable, skipped");
        warn(self.dates, "with an end date that is not understood, taken as valid");
        warn(self.statuses, "with a status that is not understood, taken as draft");
        if !source.matches('"').count().is_multiple_of(2) {
            warnings
                .push("a quotation mark is never closed; rows after it may be missing".to_owned());
        }
        warnings
    }
}

#[cfg(test)]
mod tests;
