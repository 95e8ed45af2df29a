//! GGUF version 3, the file format of llama.cpp: a writer, and a reader of what tensors hold.
//!
//! A file is a header, key-value pairs, tensor descriptions and the tensors' bytes, each tensor
//! starting at a multiple of [`ALIGNMENT`]. Everything is little-endian. Pairs and tensors keep
//! the order they were added in, so that equal input gives equal bytes.

use std::io::{self, Write};

use anyhow::{Context, Result, bail, ensure};

use crate::bytes::Cursor;

const MAGIC: &[u8; 4] = b"GGUF";
const VERSION: u32 = 3;
const ALIGNMENT: usize = 32;

/// How a tensor's numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TensorType {
    /// 4 bytes a number.
    F32,
    /// 18 bytes for 32 numbers: an f16 scale and 32 times 4 bits.
    Q4_0,
    /// 34 bytes for 32 numbers: an f16 scale and 32 signed bytes.
    Q8_0,
}

impl TensorType {
    fn code(self) -> u32 {
        match self {
            TensorType::F32 => 0,
            TensorType::Q4_0 => 2,
            TensorType::Q8_0 => 8,
        }
    }

    /// Numbers in a block, and the block's bytes.
    pub fn block(self) -> (usize, usize) {
        match self {
            TensorType::F32 => (1, 4),
            TensorType::Q4_0 => (32, 18),
            TensorType::Q8_0 => (32, 34),
        }
    }
}

/// One value of the key-value pairs.
#[derive(Clone, Debug)]
pub enum Value {
    U32(u32),
    F32(f32),
    Bool(bool),
    Text(String),
    /// Text that need not be UTF-8: the pieces of a vocabulary.
    Texts(Vec<Vec<u8>>),
    I32s(Vec<i32>),
    F32s(Vec<f32>),
}

/// A tensor to write. `shape` has the fastest dimension first, as GGUF wants it.
pub struct Tensor {
    pub name: String,
    pub shape: Vec<u64>,
    pub kind: TensorType,
    pub bytes: Vec<u8>,
}

/// A file in the making.
#[derive(Default)]
pub struct Gguf {
    pairs: Vec<(String, Value)>,
    tensors: Vec<Tensor>,
}

impl Gguf {
    /// Adds a pair.
    pub fn set(&mut self, key: &str, value: Value) {
        self.pairs.push((key.into(), value));
    }

    /// Adds a tensor. Fails when its bytes do not fit its shape.
    pub fn add(&mut self, tensor: Tensor) -> Result<()> {
        let (numbers, bytes) = tensor.kind.block();
        let count = tensor.shape.iter().product::<u64>() as usize;
        ensure!(
            count.is_multiple_of(numbers) && tensor.bytes.len() == count / numbers * bytes,
            "tensor {} has {} bytes for shape {:?}",
            tensor.name,
            tensor.bytes.len(),
            tensor.shape
        );
        self.tensors.push(tensor);
        Ok(())
    }

    /// Writes the file.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let head = self.head();
        to.write_all(&head)?;
        to.write_all(&padding(head.len()))?;
        for tensor in &self.tensors {
            to.write_all(&tensor.bytes)?;
            to.write_all(&padding(tensor.bytes.len()))?;
        }
        to.flush()
    }

    fn head(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.pairs.len() as u64).to_le_bytes());
        for (key, value) in &self.pairs {
            put_text(&mut out, key.as_bytes());
            put_value(&mut out, value);
        }
        let mut offset = 0u64;
        for tensor in &self.tensors {
            put_text(&mut out, tensor.name.as_bytes());
            out.extend((tensor.shape.len() as u32).to_le_bytes());
            for side in &tensor.shape {
                out.extend(side.to_le_bytes());
            }
            out.extend(tensor.kind.code().to_le_bytes());
            out.extend(offset.to_le_bytes());
            offset += tensor.bytes.len().next_multiple_of(ALIGNMENT) as u64;
        }
        out
    }
}

fn padding(length: usize) -> Vec<u8> {
    vec![0; length.next_multiple_of(ALIGNMENT) - length]
}

fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text);
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    const U32: u32 = 4;
    const I32: u32 = 5;
    const F32: u32 = 6;
    const BOOL: u32 = 7;
    const TEXT: u32 = 8;
    const ARRAY: u32 = 9;
    let tag = |out: &mut Vec<u8>, code: u32| out.extend(code.to_le_bytes());
    let array = |out: &mut Vec<u8>, code: u32, length: usize| {
        tag(out, ARRAY);
        tag(out, code);
        out.extend((length as u64).to_le_bytes());
    };
    match value {
        Value::U32(number) => {
            tag(out, U32);
            out.extend(number.to_le_bytes());
        }
        Value::F32(number) => {
            tag(out, F32);
            out.extend(number.to_le_bytes());
        }
        Value::Bool(flag) => {
            tag(out, BOOL);
            out.push(u8::from(*flag));
        }
        Value::Text(text) => {
            tag(out, TEXT);
            put_text(out, text.as_bytes());
        }
        Value::Texts(texts) => {
            array(out, TEXT, texts.len());
            texts.iter().for_each(|text| put_text(out, text));
        }
        Value::I32s(numbers) => {
            array(out, I32, numbers.len());
            numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
        }
        Value::F32s(numbers) => {
            array(out, F32, numbers.len());
            numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
        }
    }
}

/// A tensor of an existing file.
#[derive(Debug, PartialEq)]
pub struct Found<'a> {
    pub name: String,
    pub shape: Vec<u64>,
    /// GGUF's number of the type.
    pub kind: u32,
    pub bytes: &'a [u8],
}

/// The tensors of a GGUF file, in its order. Only the three types we write are understood.
pub fn read_tensors(file: &[u8]) -> Result<Vec<Found<'_>>> {
    let mut at = Cursor::new(file);
    ensure!(at.take(4)? == MAGIC, "not a GGUF file");
    let version = at.u32()?;
    ensure!(version == VERSION, "GGUF version {version} is not {VERSION}");
    let (tensor_count, pair_count) = (at.u64()?, at.u64()?);
    for _ in 0..pair_count {
        let key = at.long_text()?;
        let kind = at.u32()?;
        skip_value(&mut at, kind)
            .with_context(|| format!("key {}", String::from_utf8_lossy(key)))?;
    }
    let mut heads = Vec::new();
    for _ in 0..tensor_count {
        let name = String::from_utf8_lossy(at.long_text()?).into_owned();
        let sides = at.u32()?;
        ensure!(sides <= 4, "tensor {name} has {sides} dimensions");
        let shape = (0..sides).map(|_| at.u64()).collect::<Result<Vec<_>>>()?;
        heads.push((name, shape, at.u32()?, at.u64()?));
    }
    let start = at.position().next_multiple_of(ALIGNMENT);
    heads
        .into_iter()
        .map(|(name, shape, kind, offset)| {
            let stored = [TensorType::F32, TensorType::Q4_0, TensorType::Q8_0]
                .into_iter()
                .find(|known| known.code() == kind)
                .with_context(|| format!("tensor {name} has the unknown type {kind}"))?;
            let (numbers, bytes) = stored.block();
            let count: u64 = shape.iter().product();
            let length = count as usize / numbers * bytes;
            let from = start + offset as usize;
            let bytes = file
                .get(from..from.saturating_add(length))
                .with_context(|| format!("tensor {name} lies outside the file"))?;
            Ok(Found { name, shape, kind, bytes })
        })
        .collect()
}

fn skip_value(at: &mut Cursor<'_>, kind: u32) -> Result<()> {
    let fixed = |kind| match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    };
    match kind {
        8 => drop(at.long_text()?),
        9 => {
            let (inner, length) = (at.u32()?, at.u64()?);
            match fixed(inner) {
                Some(bytes) => drop(at.take((length as usize).saturating_mul(bytes))?),
                None if inner == 8 => {
                    for _ in 0..length {
                        at.long_text()?;
                    }
                }
                None => bail!("an array of type {inner}"),
            }
        }
        _ => drop(at.take(fixed(kind).with_context(|| format!("a value of type {kind}"))?)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
