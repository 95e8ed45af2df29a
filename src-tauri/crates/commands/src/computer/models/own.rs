//! Models that the catalogue does not know: their ids, and what is kept of their headers.

use catalog::Entry;
use gguf::{Inspected, Shape};
use serde::{Deserialize, Serialize};
use store::OwnModelRow;

/// Digits of the hash in an id: they keep apart what has the same name, and everything that is
/// remembered under an id belongs to these bytes.
const DIGITS: usize = 8;

/// Characters of the name in an id.
const NAME_LENGTH: usize = 48;

/// What is kept of a header beside the row's own columns.
#[derive(Serialize, Deserialize)]
struct Figures {
    context_tokens: u32,
    shape: Shape,
}

/// A plain name that only these bytes have, as in `my-model-q4-k-m-1f0e5b2c`.
pub(super) fn id(name: &str, sha256: &str) -> String {
    let mut plain = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
        if plain.len() >= NAME_LENGTH {
            break;
        }
    }
    let plain = plain.trim_end_matches('-');
    let plain = if plain.is_empty() { "model" } else { plain };
    format!("{plain}-{}", &sha256[..DIGITS])
}

/// The row to keep, from a file's bytes and header.
pub(super) fn row(entry: &Entry, header: &Inspected, path: String, in_place: bool) -> OwnModelRow {
    let figures = Figures { context_tokens: header.context_tokens, shape: header.shape.clone() };
    OwnModelRow {
        id: entry.id.clone(),
        name: entry.name.clone(),
        path,
        sha256: entry.sha256.clone(),
        size_bytes: entry.size_bytes,
        architecture: header.architecture.clone(),
        figures: serde_json::to_string(&figures).expect("figures are numbers"),
        in_place,
        added_at: 0,
    }
}

/// The entry of a kept row. `None` where the figures were written by another version.
pub(crate) fn own_entry(row: &OwnModelRow) -> Option<Entry> {
    let figures: Figures = serde_json::from_str(&row.figures)
        .inspect_err(|error| tracing::warn!(model = row.id, %error, "an own model is left out"))
        .ok()?;
    let header = Inspected {
        architecture: row.architecture.clone(),
        name: Some(row.name.clone()),
        context_tokens: figures.context_tokens,
        parameters: figures.shape.parameters,
        file_type: None,
        has_chat_template: true,
        makes_vectors: false,
        licence: None,
        shape: figures.shape,
    };
    let file = std::path::Path::new(&row.path).file_name()?.to_str()?.to_owned();
    Some(Entry::own(&row.id, &file, row.size_bytes, &row.sha256, &header))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(id(name, &"1f0e5b2c".repeat(8)), expected, "{name:?}");
    }

    #[test]
    fn an_id_is_plain_and_belongs_to_its_bytes() {
        check("My Model (Q4_K_M)", "my-model-q4-k-m-1f0e5b2c");
        check("../../etc/passwd", "etc-passwd-1f0e5b2c");
        check("модель", "model-1f0e5b2c");
        check("", "model-1f0e5b2c");
        check("--a--", "a-1f0e5b2c");
        check("CON", "con-1f0e5b2c");
        assert_eq!(id(&"x".repeat(500), &"0".repeat(64)).len(), NAME_LENGTH + 1 + DIGITS);
    }
}
