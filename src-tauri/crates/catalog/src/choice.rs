//! Which models suit a machine and a language: a pure decision with its reasons.

use hardware::Machine;

use crate::{Catalog, Entry, Purpose};

/// Left to the system, the window and everything else that runs.
const RESERVED_BYTES: u64 = 2 << 30;

/// The models a desk should use.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice<'a> {
    /// Writes text.
    pub chat: &'a Entry,
    /// Turns text into vectors.
    pub embedding: &'a Entry,
    /// Why these, one sentence each, in words for the person at the counter.
    pub why: Vec<String>,
}

/// Picks the models for this machine and the shop's language (BCP 47, as in `sv` or `en-GB`).
///
/// The embedding model is the first that knows the language. The chat model is the largest that
/// fits beside it with room for the system; memory decides, because a slow answer is better than
/// a swapped one. Never fails on an odd machine: the smallest model is the floor, and `why` says so.
pub fn choose<'a>(machine: &Machine, catalog: &'a Catalog, language: &str) -> Choice<'a> {
    let mut why = Vec::new();
    let embedding = choose_embedding(catalog, language, &mut why);
    let room_bytes = machine.memory_bytes.saturating_sub(RESERVED_BYTES + embedding.memory_bytes);
    let chat = choose_chat(catalog, machine.memory_bytes, room_bytes, &mut why);
    Choice { chat, embedding, why }
}

fn choose_embedding<'a>(catalog: &'a Catalog, language: &str, why: &mut Vec<String>) -> &'a Entry {
    let code = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let knows = |entry: &&Entry| entry.languages.contains(&code);
    if let Some(entry) = catalog.for_purpose(Purpose::Embedding).find(knows) {
        why.push(format!("{} understands the language \"{code}\".", entry.name));
        return entry;
    }
    let widest = catalog
        .for_purpose(Purpose::Embedding)
        .max_by_key(|entry| entry.languages.len())
        .expect("a catalogue has an embedding model");
    why.push(format!(
        "No model is made for the language \"{code}\"; {} knows the most languages.",
        widest.name
    ));
    widest
}

fn choose_chat<'a>(
    catalog: &'a Catalog,
    memory_bytes: u64,
    room_bytes: u64,
    why: &mut Vec<String>,
) -> &'a Entry {
    let by_memory = |entry: &&Entry| entry.memory_bytes;
    let fitting = catalog
        .for_purpose(Purpose::Chat)
        .filter(|entry| entry.memory_bytes <= room_bytes)
        .max_by_key(by_memory);
    if let Some(entry) = fitting {
        why.push(format!(
            "This computer has {} of memory; {} is the largest model that fits.",
            gigabytes(memory_bytes),
            entry.name
        ));
        return entry;
    }
    let smallest = catalog
        .for_purpose(Purpose::Chat)
        .min_by_key(by_memory)
        .expect("a catalogue has a chat model");
    why.push(format!(
        "This computer has only {} of memory; {} is the smallest model, and it may be slow.",
        gigabytes(memory_bytes),
        smallest.name
    ));
    smallest
}

/// Memory as it is sold: in halves below 4 GB, whole above.
fn gigabytes(bytes: u64) -> String {
    let halves = (bytes as f64 / (1u64 << 29) as f64).round();
    if halves < 8.0 && halves % 2.0 != 0.0 {
        format!("{:.1} GB", halves / 2.0)
    } else {
        format!("{:.0} GB", (halves / 2.0).round())
    }
}

#[cfg(test)]
mod tests;
