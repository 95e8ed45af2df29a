//! `engines`: servers that may phrase answers instead of this computer.

use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

use commands::Core;
use commands::wire::{
    EngineChange, EnginePlace, EngineStanding, EngineTestView, EngineView, EnginesCommand,
    EnginesReply, EnginesView, ExamView, KeyPlace, LocalPlace, Secret, StaffCommand, StaffReply,
};

use crate::arguments::{self, EngineKey, EngineRow, Engines};
use crate::exit::{Failure, REQUEST};
use crate::models::exam_in_words;
use crate::open::{Empty, KEY_VARIABLE, Place};
use crate::output::Output;

/// Bytes that are read of a key's file.
const MOST_KEY_BYTES: u64 = 8 << 10;

pub(crate) fn run(place: &Place, command: &Engines, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let id = |id: &String| id.clone();
    let command = match command {
        Engines::List => EnginesCommand::State,
        Engines::Add(command) => {
            let address = Some(command.address.clone());
            EnginesCommand::Save(EngineChange { address, ..change(&command.row) })
        }
        Engines::Change(command) => {
            let (id, address) = (command.id.clone(), command.address.clone());
            EnginesCommand::Save(EngineChange { id, address, ..change(&command.row) })
        }
        Engines::On { id: server } => switched(id(server), true),
        Engines::Off { id: server } => switched(id(server), false),
        Engines::Remove { id: server } => EnginesCommand::Remove { id: id(server) },
        Engines::Key(command) => {
            EnginesCommand::SetKey { id: id(&command.id), key: key(command, output)? }
        }
        Engines::Test { id: server } => EnginesCommand::Test { id: id(server) },
        Engines::Exam { id: server } => return exam(&core, server, output),
        Engines::Local { place } => EnginesCommand::SetLocal {
            place: match place {
                arguments::LocalPlace::First => LocalPlace::First,
                arguments::LocalPlace::Last => LocalPlace::Last,
            },
        },
    };
    match ask(&core, place, command)? {
        EnginesReply::State(view) => tell(output, &view, || list(&view)),
        EnginesReply::Tested(view) => tell(output, &view, || vec![tested(&view)]),
        EnginesReply::Exam(view) => tell(output, &view, || vec![exam_in_words(&view)]),
    }
    Ok(())
}

fn ask(core: &Core, place: &Place, command: EnginesCommand) -> Result<EnginesReply, Failure> {
    match core.manage(&place.session(), StaffCommand::Engines(command))? {
        StaffReply::Engines(reply) => Ok(*reply),
        _ => Err(Failure::told(REQUEST)),
    }
}

fn exam(core: &Core, id: &str, output: &Output) -> Result<(), Failure> {
    core.settle();
    let view: ExamView = core.examine_server(id, &mut |done, total| {
        output.progress(&format!("question {done} of {total}"));
    })?;
    output.progress_done();
    tell(output, &view, || vec![exam_in_words(&view)]);
    Ok(())
}

fn tell<T: serde::Serialize>(output: &Output, view: &T, words: impl FnOnce() -> Vec<String>) {
    if output.json {
        output.document(view);
    } else {
        words().iter().for_each(|line| output.line(line));
    }
}

fn switched(id: String, on: bool) -> EnginesCommand {
    EnginesCommand::Save(EngineChange { id, on: Some(on), ..EngineChange::default() })
}

fn change(row: &EngineRow) -> EngineChange {
    let place = row.place.map(|place| match place {
        arguments::EnginePlace::Computer => EnginePlace::Computer,
        arguments::EnginePlace::Network => EnginePlace::Network,
        arguments::EnginePlace::Private => EnginePlace::Private,
        arguments::EnginePlace::Cloud => EnginePlace::Cloud,
    });
    EngineChange {
        name: row.name.clone(),
        place,
        model: row.model.clone(),
        requests_per_minute: row.per_minute,
        at_once: row.at_once,
        price_read: row.price_read,
        price_written: row.price_written,
        month_limit: row.month_limit,
        ..EngineChange::default()
    }
}

/// The key to keep; never an argument, because arguments are seen by everybody on this computer.
fn key(command: &EngineKey, output: &Output) -> Result<Secret, Failure> {
    if command.forget {
        return Ok(Secret::default());
    }
    let text = match (&command.file, std::env::var(KEY_VARIABLE)) {
        (Some(file), _) => read_key(file)?,
        (None, Ok(key)) => key,
        (None, Err(_)) => {
            if output.can_ask() {
                output.warn("Type the key and press Enter.");
            }
            let mut line = String::new();
            let read = std::io::stdin().lock().take(MOST_KEY_BYTES).read_line(&mut line);
            read.map_err(|error| Failure::file(Path::new("standard input"), &error))?;
            line
        }
    };
    if text.trim().is_empty() {
        return Err(Failure::usage(
            "there is no key",
            "Name a file with --file, set FRONTDESK_ENGINE_KEY, or forget the key with --forget.",
        ));
    }
    Ok(Secret::from(text.trim()))
}

/// A key from a file, without the line end after it.
pub(crate) fn read_key(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    let read = file.take(MOST_KEY_BYTES).read_to_string(&mut text);
    read.map_err(|error| Failure::file(path, &error))?;
    Ok(text.trim().to_owned())
}

fn list(view: &EnginesView) -> Vec<String> {
    let mut lines: Vec<String> = view.engines.iter().flat_map(row).collect();
    if lines.is_empty() {
        lines.push("No server is set up: this computer answers alone.".into());
        return lines;
    }
    lines.push(match view.local {
        LocalPlace::First => "This computer's own model is asked before them.".into(),
        LocalPlace::Last => "This computer's own model is asked after them.".into(),
    });
    if !view.has_keychain {
        lines.push(
            "There is no keychain here: keys go into files that only you can read, not encrypted."
                .into(),
        );
    }
    lines
}

fn row(engine: &EngineView) -> Vec<String> {
    let standing = match engine.standing {
        EngineStanding::Ready => "ready",
        EngineStanding::Off => "off",
        EngineStanding::Unproven => "has not passed its exam",
        EngineStanding::Resting => "rests",
        EngineStanding::Spent => "spent",
        EngineStanding::Unusable => "unusable",
    };
    let place = match engine.place {
        EnginePlace::Computer => "computer",
        EnginePlace::Network => "network",
        EnginePlace::Private => "private",
        EnginePlace::Cloud => "cloud",
    };
    let key = match engine.key {
        KeyPlace::None => "no key",
        KeyPlace::Keychain => "key in the keychain",
        KeyPlace::File => "key in a file, not encrypted",
        KeyPlace::Given => "key given",
    };
    let model = if engine.model.is_empty() { "any model" } else { &engine.model };
    let mut lines = vec![format!(
        "{:<24} {:<9} {:<24} {model}, {key}\n  {}",
        engine.id, place, standing, engine.address
    )];
    if engine.month_limit > 0.0 || engine.spent > 0.0 {
        let limit = match engine.month_limit {
            limit if limit > 0.0 => format!(" of {limit:.2}"),
            _ => String::new(),
        };
        lines.push(format!("  {} questions this month, {:.4}{limit}", engine.asked, engine.spent));
    }
    if !engine.note.is_empty() {
        lines.push(format!("  {}", engine.note));
    }
    lines
}

fn tested(view: &EngineTestView) -> String {
    let server = if view.server.is_empty() { String::new() } else { format!(" ({})", view.server) };
    let speed = match view.tokens_per_second {
        Some(speed) => format!("{speed:.1} tokens a second after it"),
        None => "too few tokens to tell a speed".into(),
    };
    format!(
        "{}{server} wrote: {}\nFirst word after {:.0} ms, {speed}; {} tokens read, {} written.\nIt \
         offers: {}",
        view.model,
        view.said,
        view.first_word_ms,
        view.tokens_read,
        view.tokens_written,
        view.models.join(", ")
    )
}
