//! Everything that is kept of people, as a page to read and as JSON for a program.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use store::{KeptTurn, Store, StoreError};

use crate::wire::PrivacyReply;

/// Wishes for a person in one export.
const MOST_TICKETS: usize = 100_000;

/// Why nothing, or not all, was written.
pub(super) enum ExportError {
    Store(StoreError),
    Write { path: PathBuf, source: io::Error },
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Two files that grow together.
struct Export {
    json: BufWriter<File>,
    page: BufWriter<File>,
    conversation: String,
    questions: u32,
}

/// Writes both files into a folder, each whole or with an error.
pub(super) fn write(
    store: &Store,
    name: &str,
    folder: &Path,
    now: i64,
) -> Result<PrivacyReply, ExportError> {
    let stem = format!("frontdesk-people-{}", day_and_time(now).replace([':', ' '], "-"));
    let paths = [folder.join(format!("{stem}.json")), folder.join(format!("{stem}.html"))];
    let failed = |source| ExportError::Write { path: folder.to_owned(), source };
    let mut export = Export::begin(&paths, name, now).map_err(failed)?;
    store.each_kept_turn(&mut |turn| export.turn(&turn))?.map_err(failed)?;
    export.between().map_err(failed)?;
    let mut tickets = 0;
    for row in store.tickets(false, MOST_TICKETS)? {
        let Some((ticket, lines)) = store.ticket(row.id)? else { continue };
        let lines: Vec<_> = lines
            .iter()
            .map(
                |line| json!({ "at": day_and_time(line.at), "by": line.author, "text": line.text }),
            )
            .collect();
        let value = json!({
            "number": ticket.id,
            "opened": day_and_time(ticket.opened_at),
            "state": ticket.state.name(),
            "contact": ticket.contact,
            "note": ticket.note,
            "lines": lines,
        });
        export.ticket(&value, tickets == 0).map_err(failed)?;
        tickets += 1;
    }
    let questions = export.questions;
    export.end().map_err(failed)?;
    let files = paths.iter().map(|path| path.display().to_string()).collect();
    Ok(PrivacyReply::Exported { files, questions, tickets })
}

impl Export {
    fn begin(paths: &[PathBuf; 2], name: &str, now: i64) -> io::Result<Self> {
        let mut export = Self {
            json: BufWriter::new(create(&paths[0])?),
            page: BufWriter::new(create(&paths[1])?),
            conversation: String::new(),
            questions: 0,
        };
        let made = day_and_time(now);
        write!(export.json, "{{\"made\":{},\"messages\":[", json!(made))?;
        write!(
            export.page,
            "<!doctype html><meta charset=\"utf-8\"><title>{0}</title>\n<h1>{0}</h1>\n\
             <p>What this desk keeps of people, as of {1}.</p>\n<h2>Conversations</h2>\n",
            escape(name),
            made
        )?;
        Ok(export)
    }

    fn turn(&mut self, turn: &KeptTurn) -> io::Result<()> {
        let comma = if self.questions == 0 { "" } else { "," };
        let value = json!({
            "conversation": turn.conversation,
            "on": if turn.origin.is_empty() { "elsewhere" } else { "visitors' screen" },
            "at": day_and_time(turn.at),
            "question": turn.question,
            "answer": turn.answer,
            "route": turn.route,
            "helpful": turn.helpful,
            "feedback": turn.note,
            "sources": turn.sources.lines().collect::<Vec<_>>(),
        });
        write!(self.json, "{comma}\n{value}")?;
        if turn.conversation != self.conversation {
            writeln!(self.page, "<h3>{}</h3>", escape(&day_and_time(turn.at)))?;
            self.conversation.clone_from(&turn.conversation);
        }
        let (question, answer) = (escape(&turn.question), escape(&turn.answer));
        writeln!(self.page, "<p><b dir=\"auto\">{question}</b></p><p dir=\"auto\">{answer}</p>")?;
        if !turn.note.is_empty() {
            writeln!(self.page, "<p dir=\"auto\"><i>{}</i></p>", escape(&turn.note))?;
        }
        self.questions += 1;
        Ok(())
    }

    fn between(&mut self) -> io::Result<()> {
        write!(self.json, "],\n\"tickets\":[")?;
        writeln!(self.page, "<h2>Wishes for a person</h2>")
    }

    fn ticket(&mut self, value: &serde_json::Value, is_first: bool) -> io::Result<()> {
        write!(self.json, "{}\n{value}", if is_first { "" } else { "," })?;
        let text = |value: &serde_json::Value| escape(value.as_str().unwrap_or_default());
        writeln!(self.page, "<h3>{} · {}</h3>", value["number"], text(&value["opened"]))?;
        let written = [text(&value["contact"]), text(&value["note"])];
        writeln!(self.page, "<p dir=\"auto\">{}</p>", written.join("<br>"))?;
        for line in value["lines"].as_array().into_iter().flatten() {
            let (by, said) = (text(&line["by"]), text(&line["text"]));
            writeln!(self.page, "<p dir=\"auto\"><b>{by}</b> {said}</p>")?;
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        writeln!(self.json, "]}}")?;
        for file in [self.json, self.page] {
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        Ok(())
    }
}

/// A new file that only this user may read.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn day_and_time(at: i64) -> String {
    let time = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Words as text of a page: nothing in them is markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("<br>"),
            sign => escaped.push(sign),
        }
    }
    escaped
}
