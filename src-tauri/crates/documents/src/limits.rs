//! How much one file may cost. Beyond that it is refused with a reason.

use std::time::Duration;

/// How much one file may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the file.
    pub file_bytes: u64,
    /// Most memory of the child that reads it.
    pub memory_bytes: u64,
    /// Most seconds of a processor that the child may use.
    pub processor_seconds: u64,
    /// Longest wait for the child's answer.
    pub patience: Duration,
    /// Most bytes that a packed file may unpack to.
    pub unpacked_bytes: u64,
    /// Most bytes that one packed byte may become, once more than [`Limits::UNSUSPICIOUS_BYTES`]
    /// were unpacked.
    pub unpacked_ratio: u64,
    /// Most files in a packed file.
    pub members: usize,
    /// Most bytes of text that a file may hold.
    pub text_bytes: usize,
    /// Most pages.
    pub pages: usize,
}

impl Limits {
    /// Small files may repeat themselves; they cannot grow to anything that hurts.
    pub const UNSUSPICIOUS_BYTES: u64 = 8 << 20;
    /// Deepest nesting of elements that is followed.
    pub const DEPTH: usize = 256;
}

impl Default for Limits {
    /// 50 MB a file: a shop's documents are far smaller, and what is above is mostly pictures.
    fn default() -> Self {
        Self {
            file_bytes: 50 << 20,
            memory_bytes: 1 << 30,
            processor_seconds: 60,
            patience: Duration::from_secs(120),
            unpacked_bytes: 500 << 20,
            unpacked_ratio: 100,
            members: 10_000,
            text_bytes: 64 << 20,
            pages: 2_000,
        }
    }
}
