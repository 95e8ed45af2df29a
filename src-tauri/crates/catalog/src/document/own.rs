//! Models that staff bring: an entry made from what a file says of itself.

use gguf::Inspected;

use super::{Entry, Purpose};

/// What stands in place of a licence that nobody told.
pub const UNKNOWN_LICENCE: &str = "unknown";

/// An own model is never recommended, so it needs no place among the others.
const OWN_RANK: u32 = 0;

impl Entry {
    /// The entry of a chat model that the catalogue does not know, from its header and its bytes.
    pub fn own(id: &str, file: &str, size_bytes: u64, sha256: &str, header: &Inspected) -> Entry {
        Entry {
            id: id.into(),
            name: header.name.clone().unwrap_or_else(|| id.into()),
            purpose: Purpose::Chat,
            summary: "A model that was brought to this desk.".into(),
            rank: OWN_RANK,
            offered: false,
            notes: Vec::new(),
            file: file.into(),
            size_bytes,
            size_exact: true,
            sha256: sha256.into(),
            licence: UNKNOWN_LICENCE.into(),
            url: None,
            origin: None,
            converted: false,
            conversion: None,
            languages: Vec::new(),
            context_tokens: header.context_tokens,
            thinks: false,
            shape: header.shape.clone(),
            embedding: None,
        }
    }
}
