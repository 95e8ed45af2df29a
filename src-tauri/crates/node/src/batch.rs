//! `--batch`: one JSON object a line in, one reply a line out, in the same order.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use commands::wire::{ApiError, Code};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::exit::{Failure, REQUEST};
use crate::output::Output;

/// Some editors begin every file with these bytes.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One line of a batch.
#[derive(Deserialize)]
pub(crate) struct Item {
    /// Echoed.
    pub(crate) id: Value,
    /// The question.
    pub(crate) question: String,
    /// Questions with the same id may refer to each other.
    pub(crate) conversation: Option<String>,
}

/// Replies to every line; one that cannot be read or answered costs its own line only.
pub(crate) fn run<T: Serialize>(
    file: &Path,
    output: &Output,
    mut reply: impl FnMut(&Item) -> Result<T, ApiError>,
) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::file(file, &error);
    let mut lines = BufReader::new(File::open(file).map_err(unreadable)?);
    let mut line = Vec::new();
    let mut failed = false;
    for number in 1.. {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            break;
        }
        let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        let (id, error) = match item(text, number) {
            Err(error) => (Value::Null, error),
            Ok(item) => match reply(&item) {
                Ok(reply) => {
                    output.document(&reply);
                    continue;
                }
                Err(error) => (item.id, error),
            },
        };
        failed = true;
        output.document(&json!({ "id": id, "error": error }));
    }
    if failed { Err(Failure::told(REQUEST)) } else { Ok(()) }
}

/// Reads one line; a bad one says where.
fn item(line: &[u8], number: usize) -> Result<Item, ApiError> {
    serde_json::from_slice(line).map_err(|error| ApiError {
        code: Code::Invalid,
        message: format!("line {number} is not a question: {error}"),
        hint: Some(r#"Write one object a line: {"id":"q1","question":"..."}"#.into()),
    })
}
