//! Reading little-endian numbers from bytes that may lie about their lengths.

use anyhow::{Context, Result};

/// A place in some bytes. Every read past the end is an error, never a panic.
pub struct Cursor<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// Bytes read so far.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let end = self.position.saturating_add(length);
        let taken = self.bytes.get(self.position..end).with_context(|| {
            format!("the file ends at {} where {end} bytes are needed", self.bytes.len())
        })?;
        self.position = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        Ok(self.take(N)?.try_into().expect("take gives the length asked for"))
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn f32(&mut self) -> Result<f32> {
        self.array().map(f32::from_le_bytes)
    }

    /// A signed number that counts something.
    pub fn count(&mut self) -> Result<usize> {
        let number = self.array().map(i32::from_le_bytes)?;
        usize::try_from(number).with_context(|| format!("{number} where a count is expected"))
    }

    /// Bytes with their length in a `u64` before them.
    pub fn long_text(&mut self) -> Result<&'a [u8]> {
        let length = self.u64()?;
        self.take(usize::try_from(length)?)
    }

    /// `count` numbers of 4 bytes each.
    pub fn f32s(&mut self, count: usize) -> Result<Vec<f32>> {
        Ok(f32s(self.take(count.saturating_mul(4))?))
    }

    /// `count` numbers of 4 bytes each.
    pub fn u32s(&mut self, count: usize) -> Result<Vec<u32>> {
        let bytes = self.take(count.saturating_mul(4))?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }
}

/// Little-endian floats; a rest of less than 4 bytes is left out.
pub fn f32s(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}
