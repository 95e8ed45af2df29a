//! Reads the header of a model file with suspicion, before llama.cpp does, and tells what is in it.
//!
//! llama.cpp reads a damaged header well and trusts what a sound one says: a layer count of 0, an
//! epsilon that is no number or two equal tokens end the process there. Everything that the header
//! can say is compared with what llama.cpp can bear, and the file is refused with a sentence
//! instead. The weights are not looked at; only a hash knows whether they are the right ones.
//!
//! No number of the file decides how much memory is used: every count has a limit, and texts are
//! read only as far as the file goes. How much memory the model itself will need is the crate
//! `catalog`'s to say, from the [`Shape`] found here.
//!
//! Start with [`inspect`].

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod architecture;
mod keys;
mod list;
mod reader;
mod refusal;
mod relations;
mod settings;
mod shape;
#[doc(hidden)]
pub mod sparse;
mod tensors;
mod value;
mod vocabulary;
mod weight;

use std::fs::File;
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::Path;

use architecture::Architecture;
use keys::Keys;
use reader::Reader;
pub use refusal::Refusal;
pub use shape::Shape;

/// Versions with the layout that is read here; version 1 had shorter counts.
const VERSIONS: RangeInclusive<u32> = 2..=3;

/// Keys of a header; models have 20 to 60.
const KEY_LIMIT: u64 = 512;

/// Tensors of a file; the largest models have about 1,500.
const TENSOR_LIMIT: u64 = 4096;

/// What a sound file says of its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The kind of model, as in `llama` or `qwen3`.
    pub architecture: String,
    /// What its makers call it, made printable and no longer than a line.
    pub name: Option<String>,
    /// Numbers in its weights.
    pub parameters: u64,
    /// Tokens of the longest text it was made for.
    pub context_tokens: u32,
    /// llama.cpp's number for how most weights are stored, as in 15 for Q4_K_M.
    pub file_type: Option<u32>,
    /// Whether it brings a template for conversations.
    pub has_chat_template: bool,
    /// Whether it turns texts into vectors, and writes none.
    pub makes_vectors: bool,
    /// The licence that its makers name.
    pub licence: Option<String>,
    /// What decides how much memory it needs.
    pub shape: Shape,
}

/// Looks at the model file at `path`. Fails at the first thing that llama.cpp should not see.
pub fn inspect(path: &Path) -> Result<Inspected, Refusal> {
    let file = File::open(path)?;
    let facts = file.metadata()?;
    if !facts.is_file() {
        return Err(Refusal::NotGguf);
    }
    read(file, facts.len())
}

/// The same for a header that comes from anywhere, of a file with `file_bytes` bytes.
pub fn read(file: impl Read, file_bytes: u64) -> Result<Inspected, Refusal> {
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
    let weights = tensors::check(&mut reader, tensor_count, alignment)?;

    let shape = shape::of(&keys, architecture, &weights)?;
    let text = |key: &str| -> Result<Option<String>, Refusal> {
        let text = keys.text(key)?.map(|text| printable(text.as_bytes()));
        Ok(text.filter(|text| !text.trim().is_empty()))
    };
    Ok(Inspected {
        architecture: architecture.name.into(),
        name: text("general.name")?,
        parameters: shape.parameters,
        context_tokens: shape.context_tokens,
        file_type: keys.whole("general.file_type", 0..=u32::MAX)?,
        has_chat_template: text("tokenizer.chat_template")?.is_some(),
        makes_vectors: architecture.makes_vectors
            || keys.flag(&architecture.key("attention.causal"))? == Some(false),
        licence: text("general.license").unwrap_or_default(),
        shape,
    })
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
