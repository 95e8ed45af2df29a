//! Conversations as a file: a table for a spreadsheet, or JSON for a program.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::wanted;
use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::{
    ApiError, Code, ConversationsReply, ExportFormat, ExportTo, SaidView, TalkDetail, TalkFilter,
};

/// Conversations read at once.
const PAGE: usize = 500;
/// Files of one day before somebody should tidy up.
const MOST_FILES: u32 = 99;

#[derive(Serialize)]
struct ExportedTalk<'a> {
    conversation: &'a str,
    questions: Vec<ExportedTurn<'a>>,
    staff: Vec<ExportedLine<'a>>,
}

#[derive(Serialize)]
struct ExportedTurn<'a> {
    time: String,
    language: &'a str,
    question: &'a str,
    answer: &'a str,
    route: String,
    sources: &'a [String],
    helpful: Option<bool>,
    note: &'a str,
    milliseconds: f64,
    erased: bool,
}

#[derive(Serialize)]
struct ExportedLine<'a> {
    time: String,
    text: &'a str,
}

impl Core {
    /// Writes the conversations wanted, masked, to where they are wanted.
    pub(super) fn export_talks(
        &self,
        filter: &TalkFilter,
        format: ExportFormat,
        to: ExportTo,
    ) -> Result<ConversationsReply, ApiError> {
        let folder = match to {
            ExportTo::Page => None,
            ExportTo::Folder { path } => Some(PathBuf::from(path)),
            ExportTo::Chosen => match self.host.choose_folder()? {
                None => return Ok(ConversationsReply::Nowhere),
                Some(folder) => Some(folder),
            },
        };
        let talks = self.talks_wanted(filter)?;
        let zone = TimeZone::system();
        let text = match format {
            ExportFormat::Csv => table(&talks, &zone),
            ExportFormat::Json => json(&talks, &zone)?,
        };
        let ending = if format == ExportFormat::Csv { "csv" } else { "json" };
        let name = format!("conversations-{}", local(unix_seconds(), &zone).date());
        let (file, text) = match folder {
            Some(folder) => (write(&folder, &name, ending, &text)?.display().to_string(), None),
            None => (format!("{name}.{ending}"), Some(text)),
        };
        let turns = talks.iter().map(|talk| talk.turns.len() as u32).sum();
        Ok(ConversationsReply::Exported { file, text, conversations: talks.len() as u32, turns })
    }

    fn talks_wanted(&self, filter: &TalkFilter) -> Result<Vec<TalkDetail>, ApiError> {
        let wanted = wanted(filter)?;
        let mut talks = Vec::new();
        for page in 0.. {
            let (rows, _) = self.store.transcripts(&wanted, page * PAGE, PAGE)?;
            let is_last = rows.len() < PAGE;
            for row in rows {
                match self.talk_detail(row.id) {
                    Ok(talk) => talks.push(talk),
                    // The visitor has left since the list was read.
                    Err(error) if error.code == Code::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
            if is_last {
                break;
            }
        }
        Ok(talks)
    }
}

fn table(talks: &[TalkDetail], zone: &TimeZone) -> String {
    // Spreadsheets take a file for UTF-8 only with this mark at its beginning.
    let mut text = String::from(
        "\u{feff}conversation,time,language,question,answer,route,sources,helpful,note,milliseconds\r\n",
    );
    for talk in talks {
        for turn in &talk.turns {
            let helpful = turn.helpful.map_or("", |helpful| if helpful { "yes" } else { "no" });
            let cells = [
                talk.id.as_str(),
                &time(turn.at, zone),
                &turn.language,
                &turn.question,
                &turn.answer,
                &route(turn),
                &turn.sources.join(" | "),
                helpful,
                &turn.note,
                &format!("{:.0}", turn.total_ms),
            ];
            text.push_str(&cells.map(cell).join(","));
            text.push_str("\r\n");
        }
    }
    text
}

/// A cell in quotes. What a spreadsheet would take for a formula is kept from running.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn json(talks: &[TalkDetail], zone: &TimeZone) -> Result<String, ApiError> {
    let talks: Vec<ExportedTalk<'_>> = talks.iter().map(|talk| exported(talk, zone)).collect();
    serde_json::to_string_pretty(&talks).map_err(|error| errors::internal(&error))
}

fn exported<'a>(talk: &'a TalkDetail, zone: &TimeZone) -> ExportedTalk<'a> {
    let question = |turn: &'a SaidView| ExportedTurn {
        time: time(turn.at, zone),
        language: &turn.language,
        question: &turn.question,
        answer: &turn.answer,
        route: route(turn),
        sources: &turn.sources,
        helpful: turn.helpful,
        note: &turn.note,
        milliseconds: turn.total_ms,
        erased: turn.erased,
    };
    ExportedTalk {
        conversation: &talk.id,
        questions: talk.turns.iter().map(question).collect(),
        staff: talk
            .staff
            .iter()
            .map(|line| ExportedLine { time: time(line.at, zone), text: &line.text })
            .collect(),
    }
}

fn route(turn: &SaidView) -> String {
    super::name_of(turn.route).unwrap_or_default()
}

fn local(at: i64, zone: &TimeZone) -> jiff::Zoned {
    Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

fn time(at: i64, zone: &TimeZone) -> String {
    local(at, zone).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Writes a new file; one that is there already is never written over.
fn write(folder: &Path, name: &str, ending: &str, text: &str) -> Result<PathBuf, ApiError> {
    for number in 1..=MOST_FILES {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{number}.{ending}"));
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let written = match file {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => Err(error),
            Ok(mut file) => file.write_all(text.as_bytes()).and_then(|()| file.sync_all()),
        };
        return written.map(|()| path).map_err(|error| not_written(folder, &error.to_string()));
    }
    Err(not_written(folder, "too many exports of today are there already"))
}

fn not_written(folder: &Path, why: &str) -> ApiError {
    ApiError {
        code: Code::Invalid,
        message: format!("nothing could be written to {}: {why}", folder.display()),
        hint: Some("Choose another folder, one that exists and where you may write.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cell(text: &str, expected: &str) {
        assert_eq!(cell(text), expected, "{text:?}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        check_cell("plain", "\"plain\"");
        check_cell("she said \"no\"", "\"she said \"\"no\"\"\"");
        check_cell("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check_cell("-1", "\"'-1\"");
        check_cell("two\nlines, one cell", "\"two\nlines, one cell\"");
    }
}
