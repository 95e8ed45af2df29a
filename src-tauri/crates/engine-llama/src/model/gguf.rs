//! Reads the header of a model file with suspicion, before llama.cpp does.
//!
//! llama.cpp reads a damaged header well and trusts what a sound one says: a layer count of 0, an
//! epsilon that is no number or two equal tokens end the process there. Everything that the header
//! can say is compared with what llama.cpp can bear, and the file is refused with a sentence
//! instead. The weights are not looked at; only a hash knows whether they are the right ones.
//!
//! No number of the file decides how much memory is used: every count has a limit, and texts are
//! read only as far as the file goes.

mod architecture;
mod keys;
mod list;
mod reader;
mod relations;
mod settings;
mod tensors;
mod value;
mod vocabulary;
mod weight;

use std::io::{self, Read};
use std::ops::RangeInclusive;

use architecture::Architecture;
use keys::Keys;
use reader::Reader;

/// Versions with the layout that is read here; version 1 had shorter counts.
const VERSIONS: RangeInclusive<u32> = 2..=3;

/// Keys of a header; models have 20 to 60.
const KEY_LIMIT: u64 = 512;

/// Tensors of a file; the largest models have about 1,500.
const TENSOR_LIMIT: u64 = 4096;

/// Why a file is refused, in words that follow "the file cannot be used:".
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// The system could not read on.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// The first bytes are something else's.
    #[error("it is not a GGUF model")]
    NotGguf,
    /// A layout that is not known.
    #[error("{0}")]
    Version(String),
    /// The file is shorter than its header says.
    #[error("it ends within {place}, it is corrupted or incomplete")]
    Ends {
        /// What was read then.
        place: String,
    },
    /// A count or a length beyond the limits.
    #[error("{place} has {count} {what}, {limit} at most are accepted")]
    TooMany {
        /// Where.
        place: String,
        /// Of what.
        what: &'static str,
        /// How many.
        count: u64,
        /// How many there may be.
        limit: u64,
    },
    /// A header without a model.
    #[error("it has no weights")]
    NoTensors,
    /// A key that is missing, of the wrong kind or out of bounds.
    #[error("the key `{key}` {problem}")]
    Key {
        /// Its name, made printable.
        key: String,
        /// What is wrong, as the rest of the sentence.
        problem: String,
    },
    /// A tensor that cannot be as it is described.
    #[error("the tensor `{tensor}` {problem}")]
    Tensor {
        /// Its name, made printable.
        tensor: String,
        /// What is wrong, as the rest of the sentence.
        problem: String,
    },
}

impl Refusal {
    fn key(key: &str, problem: impl Into<String>) -> Refusal {
        Refusal::Key { key: printable(key.as_bytes()), problem: problem.into() }
    }

    fn tensor(tensor: &str, problem: impl Into<String>) -> Refusal {
        Refusal::Tensor { tensor: printable(tensor.as_bytes()), problem: problem.into() }
    }
}

/// Reads a header of a file with `file_bytes` bytes. Fails at the first thing that llama.cpp
/// should not see.
pub(super) fn check(file: impl Read, file_bytes: u64) -> Result<(), Refusal> {
    let mut reader = Reader::new(file, file_bytes);
    check_start(&mut reader)?;
    let tensor_count = read_count(&mut reader, "tensors", TENSOR_LIMIT)?;
    let key_count = read_count(&mut reader, "keys", KEY_LIMIT)?;

    let keys = Keys::read(&mut reader, key_count)?;
    let architecture = Architecture::of(&keys)?;
    let alignment = tensors::alignment(&keys)?;
    settings::check(&keys, architecture)?;
    relations::check(&keys, architecture)?;
    vocabulary::check(&keys)?;
    tensors::check(&mut reader, tensor_count, alignment)
}

fn check_start(reader: &mut Reader<impl Read>) -> Result<(), Refusal> {
    reader.enter("its first bytes");
    match reader.bytes() {
        Ok([b'G', b'G', b'U', b'F']) => {}
        Ok(_) | Err(Refusal::Ends { .. }) => return Err(Refusal::NotGguf),
        Err(refusal) => return Err(refusal),
    }
    let version = match reader.u32() {
        Err(Refusal::Ends { .. }) => return Err(Refusal::NotGguf),
        version => version?,
    };
    if VERSIONS.contains(&version) {
        return Ok(());
    }
    Err(Refusal::Version(if VERSIONS.contains(&version.swap_bytes()) {
        "it was written for big-endian machines".into()
    } else {
        format!("it has version {version} of the format, this program reads 2 and 3")
    }))
}

fn read_count(
    reader: &mut Reader<impl Read>,
    what: &'static str,
    limit: u64,
) -> Result<u64, Refusal> {
    reader.enter("its counts");
    match reader.u64()? {
        count if count > limit => {
            Err(Refusal::TooMany { place: "its header".into(), what, count, limit })
        }
        count => Ok(count),
    }
}

/// A name of the file for a sentence: no control characters, no more than a line.
fn printable(name: &[u8]) -> String {
    const LENGTH: usize = 80;
    let name = String::from_utf8_lossy(name);
    let mut characters = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut short: String = characters.by_ref().take(LENGTH).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
