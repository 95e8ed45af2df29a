//! What a table of questions and answers means: loosely named columns, statuses, dates.

mod columns;

use std::collections::HashSet;

use documents::{Sheet, Table};
use store::FaqStatus;

use super::FileProblem;
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

/// Columns that are named in a refusal, and how much of their names.
const SHOWN: usize = 12;
const SHOWN_CHARACTERS: usize = 40;

/// Reads every sheet with a question and an answer column; `None` when there is none.
pub(super) fn read(table: &Table) -> Option<FaqTable> {
    let fitting: Vec<(&Sheet, Columns)> = table
        .sheets
        .iter()
        .filter_map(|sheet| Some((sheet, Columns::find(sheet.header())?)))
        .collect();
    if fitting.is_empty() {
        return None;
    }
    let mut counted = Counted::default();
    let mut found = FaqTable::default();
    let mut seen = HashSet::new();
    for (sheet, columns) in fitting {
        for row in sheet.body() {
            if let Some(entry) = entry(row, &columns, &mut counted) {
                if seen.insert(entry.question.clone()) {
                    found.rows.push(entry);
                } else {
                    counted.repeated += 1;
                }
            }
        }
    }
    found.warnings = counted.warnings();
    Some(found)
}

/// Why a table that should hold questions and answers holds none.
pub(super) fn no_columns(table: &Table) -> FileProblem {
    FileProblem::new(format!(
        "the columns \"question\" and \"answer\" are needed, found were: {}",
        columns_shown(table)
    ))
    .hint("Name the two columns in the first row and import the file again.")
}

/// The names of a table's columns, as far as a person wants to read them.
pub(super) fn columns_shown(table: &Table) -> String {
    let header = table.sheets.first().map(Sheet::header).unwrap_or_default();
    let mut names: Vec<String> = header
        .iter()
        .map(|name| text::normalise(name).chars().take(SHOWN_CHARACTERS).collect())
        .collect();
    if names.len() > SHOWN {
        names.truncate(SHOWN);
        names.push("…".to_owned());
    }
    names.join(", ")
}

fn entry(row: &[String], columns: &Columns, counted: &mut Counted) -> Option<FaqEntry> {
    let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", String::as_str);
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
    let mut status = status.unwrap_or(FaqStatus::Draft);
    if status == FaqStatus::Approved && crate::learn::blank(&answer).is_some() {
        counted.blanks += 1;
        status = FaqStatus::Draft;
    }
    Some(FaqEntry {
        question,
        answer,
        alternatives,
        language: columns::language_code(&language),
        status,
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
    dates: usize,
    statuses: usize,
    blanks: usize,
}

impl Counted {
    fn warnings(&self) -> Vec<String> {
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
        warn(self.dates, "with an end date that is not understood, taken as valid");
        warn(self.statuses, "with a status that is not understood, taken as draft");
        warn(self.blanks, "with a blank such as [your opening hours], kept as draft");
        warnings
    }
}

#[cfg(test)]
mod tests;
