//! `collect`: takes in what other nodes exported, each turn once.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use commands::Core;
use commands::ExportedTurn;
use serde_json::json;

use crate::arguments::Collect;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

/// Bytes of one line; an exported turn has a few thousand.
const LONGEST_LINE: u64 = 1 << 20;

/// What became of the lines.
#[derive(Default)]
struct Collected {
    new: u64,
    known: u64,
    refused: u64,
}

pub(crate) fn run(place: &Place, command: &Collect, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let mut collected = Collected::default();
    for path in files(&command.paths)? {
        read(&core, &path, &mut collected, output)?;
    }
    let Collected { new, known, refused } = collected;
    if output.json {
        output.document(&json!({ "new": new, "known": known, "refused": refused }));
    } else {
        output.line(&format!("{new} turns are new, {known} were known, {refused} were refused."));
    }
    if refused > 0 { Err(Failure::told(REQUEST)) } else { Ok(()) }
}

/// The files that were named, and those in the folders that were; by name, so that the days of a
/// node come in their order.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|error| Failure::file(path, &error))?;
        let found = entries.flatten().map(|entry| entry.path());
        files.extend(found.filter(|path| path.extension().is_some_and(|it| it == "jsonl")));
    }
    files.sort();
    Ok(files)
}

fn read(
    core: &Core,
    path: &Path,
    collected: &mut Collected,
    output: &Output,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file(path, &error);
    let mut lines = BufReader::new(File::open(path).map_err(failed)?);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read = (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(failed)?;
        if read == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let turn: Result<ExportedTurn, _> = serde_json::from_slice(&line);
        let taken = turn
            .map_err(|error| error.to_string())
            .and_then(|turn| core.collect_turn(turn).map_err(|error| error.message));
        match taken {
            Ok(true) => collected.new += 1,
            Ok(false) => collected.known += 1,
            // The last line of a file that is still being written may be half there.
            Err(why) => {
                collected.refused += 1;
                output.warn(&format!("{}, line {number}: {why}", path.display()));
            }
        }
    }
    Ok(())
}
