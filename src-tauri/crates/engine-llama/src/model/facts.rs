//! What follows from a model's own numbers: the memory it needs, whether the end of a sequence
//! can be forgotten, and a fingerprint of its file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Model;
use crate::states::Identity;

/// Bytes of a key or a value.
const CELL_NUMBER_BYTES: u64 = 2;

/// Values of `general.file_type` (llama.h) whose matrices llama.cpp lays out again for wide
/// instructions: Q4_0, the two Q4_K and IQ4_NL. The first layout stays mapped.
const LAID_OUT_AGAIN: [&str; 4] = ["2", "14", "15", "25"];

/// How much of such a file that is: all but the vocabulary, which small models have most of.
/// Measured: 56 of 91 MB.
const LAID_OUT_TENTHS: u64 = 6;

/// What the program needs beside the model and its cells.
const BASE_BYTES: u64 = 24 << 20;

/// Parts of the file that are looked at, and the size of each.
const SAMPLES: u64 = 64;
const SAMPLE_BYTES: u64 = 64 << 10;

impl Model {
    /// Estimate of the memory in use by a context of `cells` cells that computes `block_tokens`
    /// tokens at once, in bytes: the weights, those of them that are laid out again for this
    /// processor, a key and a value for each layer and cell, and a row of scores for each token
    /// of a block.
    pub(crate) fn memory_bytes(&self, cells: u32, block_tokens: u32) -> u64 {
        let scores = u64::from(block_tokens) * u64::from(self.vocabulary_size()) * 4;
        let weights = self.llama().size();
        let file_type = self.llama().meta_val_str("general.file_type").unwrap_or_default();
        let again = match LAID_OUT_AGAIN.contains(&file_type.as_str()) {
            true => weights / 10 * LAID_OUT_TENTHS,
            false => 0,
        };
        weights + again + u64::from(cells) * self.cell_bytes() + scores + BASE_BYTES
    }

    /// Whether the last tokens of a sequence can be forgotten without the others. Models that
    /// fold everything into one state cannot.
    pub(crate) fn can_forget_an_end(&self) -> bool {
        !self.llama().is_recurrent() && !self.llama().is_hybrid()
    }

    /// What a kept state must have been made with.
    pub(crate) fn identity(&self) -> Identity {
        Identity {
            model: self.fingerprint.clone(),
            build: format!("{} {}", env!("CARGO_PKG_VERSION"), LLAMA_VERSION),
            cells: format!("f16 f16, {} bytes{}", self.cell_bytes(), self.card_in_words()),
        }
    }

    /// A card may lay cells out in another way than the processor.
    fn card_in_words(&self) -> String {
        if self.is_on_card() { format!(", {}", self.computes_on()) } else { String::new() }
    }

    /// Bytes of one cell over all layers.
    fn cell_bytes(&self) -> u64 {
        let heads = u64::from(self.llama().n_head().max(1));
        let head_width = u64::try_from(self.llama().n_embd()).unwrap_or(0) / heads;
        let width =
            |name: &str| self.fact(name).and_then(|text| text.parse().ok()).unwrap_or(head_width);
        let numbers = width("attention.key_length") + width("attention.value_length");
        let heads = u64::from(self.llama().n_head_kv().max(1));
        u64::from(self.llama().n_layer()) * heads * numbers * CELL_NUMBER_BYTES
    }
}

/// The release of llama.cpp's Rust package, which decides how states are written.
pub(crate) const LLAMA_VERSION: &str = "llama-cpp-sys-2 0.1.161";

/// A hash of a file's size and of parts spread evenly over it. Reading all of a large model would
/// take longer than everything else at the start; whether the file is the right one is decided
/// before, by the hash in the catalogue.
pub(super) fn fingerprint(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut hash = Sha256::new();
    hash.update(size.to_le_bytes());
    let mut sample = Vec::with_capacity(SAMPLE_BYTES as usize);
    for part in 0..SAMPLES {
        sample.clear();
        file.seek(SeekFrom::Start(size.saturating_sub(SAMPLE_BYTES) / (SAMPLES - 1) * part))?;
        Read::by_ref(&mut file).take(SAMPLE_BYTES).read_to_end(&mut sample)?;
        hash.update(&sample);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
