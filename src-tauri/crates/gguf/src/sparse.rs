//! Model files that are a header and a hole: of any size, with no weights in them. For tests.
//!
//! Such a file passes the same checks as a real one, says the same about its memory to
//! [`inspect`](crate::inspect) and to llama.cpp, and takes a few megabytes on a disk that knows
//! holes. [`plans`] has the true measures of published models.

pub mod plans;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::weight::Weight;

/// Where the next tensor may begin.
const ALIGNMENT: u64 = 32;

/// A key's value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Text(String),
    /// A 32-bit whole number.
    Whole(u32),
    /// A 32-bit fraction.
    Fraction(f32),
    /// Yes or no.
    Flag(bool),
    /// A list of whole numbers.
    Wholes(Vec<i32>),
    /// A list of yes and no.
    Flags(Vec<bool>),
    /// A list of texts.
    Texts(Vec<String>),
}

/// A file to be.
#[derive(Clone, Debug, Default)]
pub struct Sparse {
    architecture: String,
    keys: Vec<(String, Value)>,
    tensors: Vec<(String, Vec<u64>, &'static Weight)>,
}

impl Sparse {
    /// A model of this architecture, without anything yet.
    pub fn new(architecture: &str) -> Sparse {
        let mut sparse = Sparse { architecture: architecture.into(), ..Sparse::default() };
        sparse.key("general.architecture", Value::Text(architecture.into()));
        sparse
    }

    /// Adds a key, or puts another value in its place.
    pub fn key(&mut self, key: &str, value: Value) -> &mut Sparse {
        match self.keys.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.keys.push((key.into(), value)),
        }
        self
    }

    /// Adds a key that belongs to the architecture.
    pub fn own(&mut self, name: &str, value: Value) -> &mut Sparse {
        self.key(&format!("{}.{name}", self.architecture.clone()), value)
    }

    /// Adds a tensor that is stored in this way, as in `Q4_K`.
    ///
    /// # Panics
    /// On a way that is not known.
    pub fn tensor(&mut self, name: &str, dimensions: &[u64], stored: &str) -> &mut Sparse {
        let weight = Weight::named(stored).unwrap_or_else(|| panic!("no way is called {stored}"));
        self.tensors.push((name.into(), dimensions.to_vec(), weight));
        self
    }

    /// Adds `count` tokens that have nothing to do with a language.
    pub fn vocabulary(&mut self, count: u32) -> &mut Sparse {
        self.key("tokenizer.ggml.model", Value::Text("gpt2".into()));
        self.key("tokenizer.ggml.pre", Value::Text("default".into()));
        let tokens = (0..count).map(|index| format!("t{index}")).collect();
        self.key("tokenizer.ggml.tokens", Value::Texts(tokens));
        self.key("tokenizer.ggml.token_type", Value::Wholes(vec![1; count as usize]));
        self.key("tokenizer.ggml.merges", Value::Texts(vec!["t 1".into()]));
        self.key("tokenizer.ggml.bos_token_id", Value::Whole(0));
        self.key("tokenizer.ggml.eos_token_id", Value::Whole(1))
    }

    /// Bytes of all weights, without the gaps between them.
    pub fn weights_bytes(&self) -> u64 {
        self.tensors.iter().map(|(_, dimensions, weight)| bytes(dimensions, weight)).sum()
    }

    /// Writes the file and gives back its size.
    pub fn write(&self, path: &Path) -> io::Result<u64> {
        let mut header = Vec::new();
        header.extend(b"GGUF");
        header.extend(3u32.to_le_bytes());
        header.extend((self.tensors.len() as u64).to_le_bytes());
        header.extend((self.keys.len() as u64).to_le_bytes());
        for (key, value) in &self.keys {
            put_text(&mut header, key);
            put_value(&mut header, value);
        }
        let mut offset = 0;
        for (name, dimensions, weight) in &self.tensors {
            put_text(&mut header, name);
            header.extend((dimensions.len() as u32).to_le_bytes());
            dimensions.iter().for_each(|length| header.extend(length.to_le_bytes()));
            header.extend(weight.number().to_le_bytes());
            header.extend(u64::to_le_bytes(offset));
            offset = (offset + bytes(dimensions, weight)).next_multiple_of(ALIGNMENT);
        }
        let start = (header.len() as u64).next_multiple_of(ALIGNMENT);
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(&header)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.set_len(start + offset)?;
        Ok(start + offset)
    }
}

fn bytes(dimensions: &[u64], weight: &Weight) -> u64 {
    dimensions.iter().product::<u64>() / weight.block * weight.block_bytes
}

fn put_text(header: &mut Vec<u8>, text: &str) {
    header.extend((text.len() as u64).to_le_bytes());
    header.extend(text.as_bytes());
}

fn put_value(header: &mut Vec<u8>, value: &Value) {
    let mut kind = |number: u32| header.extend(number.to_le_bytes());
    match value {
        Value::Text(text) => {
            kind(8);
            put_text(header, text);
        }
        Value::Whole(whole) => {
            kind(4);
            header.extend(whole.to_le_bytes());
        }
        Value::Fraction(fraction) => {
            kind(6);
            header.extend(fraction.to_le_bytes());
        }
        Value::Flag(flag) => {
            kind(7);
            header.push((*flag).into());
        }
        Value::Wholes(wholes) => {
            put_list(header, 5, wholes.len());
            wholes.iter().for_each(|whole| header.extend(whole.to_le_bytes()));
        }
        Value::Flags(flags) => {
            put_list(header, 7, flags.len());
            header.extend(flags.iter().map(|&flag| u8::from(flag)));
        }
        Value::Texts(texts) => {
            put_list(header, 8, texts.len());
            texts.iter().for_each(|text| put_text(header, text));
        }
    }
}

fn put_list(header: &mut Vec<u8>, kind: u32, count: usize) {
    header.extend(9u32.to_le_bytes());
    header.extend(kind.to_le_bytes());
    header.extend((count as u64).to_le_bytes());
}
