//! Reads workbooks (XLSX, XLS, ODS): what their visible sheets show.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Ods, Reader, SheetVisible, Xls, Xlsx};

use crate::package::Package;
use crate::table::{Sheet, Table};
use crate::{DocumentError, Limits};

/// Reads a workbook, with what staff should know about it, and how many sheets could not be read.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
) -> Result<(Table, Vec<String>, usize), DocumentError> {
    if !bytes.starts_with(b"PK") {
        return sheets(Xls::new(Cursor::new(bytes)).map_err(old)?);
    }
    let package = Package::open(bytes, limits)?;
    let is_excel = package.has("xl/workbook.xml");
    if !is_excel && !package.has("content.xml") {
        return Err(DocumentError::OtherKind {
            found: "another packed file".to_owned(),
            named: "a workbook".to_owned(),
        });
    }
    // The library unpacks without a limit of its own.
    package.check_all()?;
    if is_excel {
        sheets(Xlsx::new(Cursor::new(bytes)).map_err(DocumentError::damaged)?)
    } else {
        sheets(Ods::new(Cursor::new(bytes)).map_err(open)?)
    }
}

/// A locked new workbook lies inside an old container.
fn old(error: calamine::XlsError) -> DocumentError {
    let is_locked = matches!(error, calamine::XlsError::Password)
        || matches!(&error, calamine::XlsError::Cfb(_));
    if is_locked { DocumentError::Locked } else { DocumentError::damaged(error) }
}

fn open(error: calamine::OdsError) -> DocumentError {
    match error {
        calamine::OdsError::Password => DocumentError::Locked,
        other => DocumentError::damaged(other),
    }
}

fn sheets<'a, R>(mut workbook: R) -> Result<(Table, Vec<String>, usize), DocumentError>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut table = Table::default();
    let mut warnings = Vec::new();
    let mut unreadable = 0;
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            warnings.push(format!("the hidden sheet \"{}\" is not read", sheet.name));
            continue;
        }
        match workbook.worksheet_range(&sheet.name) {
            Ok(range) => {
                let rows = range.rows().map(|row| row.iter().map(shown).collect()).collect();
                table.sheets.extend(Sheet::from_cells(&sheet.name, rows));
            }
            Err(error) => {
                unreadable += 1;
                let reason: String = error.to_string().chars().take(80).collect();
                warnings.push(format!("the sheet \"{}\" could not be read: {reason}", sheet.name));
            }
        }
    }
    Ok((table, warnings, unreadable))
}

/// A cell as a person would write it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain_number(*number),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(text) => {
            text.strip_suffix("T00:00:00").unwrap_or(text).replacen('T', " ", 1)
        }
        Data::DurationIso(text) => text.clone(),
        Data::Error(_) => String::new(),
    }
}

/// Up to twelve digits behind the point: further ones come from counting in twos.
fn plain_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let digits = format!("{number:.12}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let hours = (days * 24.0 + 1e-9).floor();
        return format!("{hours:02}:{minute:02}{seconds}");
    }
    if days.fract() == 0.0 {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}{seconds}")
}

#[cfg(test)]
mod tests;
