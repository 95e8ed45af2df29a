//! The file around one sequence state, and the checks before anybody believes it.
//!
//! All numbers are little-endian: magic and version (8 bytes), identity (u32 length, text), flags
//! (u32), tokens (u32 count, i32 each), payload (u64 length, bytes), and the sha256 of everything
//! before it. A length is compared with the size of the file before memory is taken for it.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// The last byte is the version: a file of another version is not ours to understand.
const MAGIC: [u8; 8] = *b"FDstate\x01";

const HASH_BYTES: u64 = 32;

/// Everything of fixed size: magic, four lengths and flags, and the hash.
const FRAME_BYTES: u64 = 8 + 4 + 4 + 4 + 8 + HASH_BYTES;

const FIXED: u32 = 1;

/// Longer identities are refused when a store is opened.
pub(super) const IDENTITY_BYTES_MAX: usize = 4096;

/// More tokens than any context holds.
pub(super) const TOKENS_MAX: usize = 1 << 20;

/// Hashed while it is still in the processor's cache.
const CHUNK_BYTES: usize = 128 << 10;

/// What a file says about its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) is_fixed: bool,
    pub(super) tokens: Vec<i32>,
    pub(super) payload_bytes: u64,
}

/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// It was made by another model, engine build or layout of memory.
    #[error("the state belongs to another model or engine")]
    Foreign,
    #[error("the state is damaged: {0}")]
    Damaged(&'static str),
    #[error("the state could not be read: {0}")]
    Read(#[from] io::Error),
}

/// The size of the file that [`write`] makes.
pub(super) fn file_bytes(identity: &str, tokens: usize, payload_bytes: usize) -> u64 {
    FRAME_BYTES + (identity.len() + 4 * tokens + payload_bytes) as u64
}

/// Writes a whole file.
pub(super) fn write(
    out: &mut impl Write,
    identity: &str,
    is_fixed: bool,
    tokens: &[i32],
    payload: &[u8],
) -> io::Result<()> {
    let length_of = |length: usize| {
        u32::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))
    };
    let mut head = Vec::with_capacity(identity.len() + 4 * tokens.len() + 32);
    head.extend_from_slice(&MAGIC);
    head.extend_from_slice(&length_of(identity.len())?.to_le_bytes());
    head.extend_from_slice(identity.as_bytes());
    head.extend_from_slice(&(if is_fixed { FIXED } else { 0 }).to_le_bytes());
    head.extend_from_slice(&length_of(tokens.len())?.to_le_bytes());
    head.extend(tokens.iter().flat_map(|token| token.to_le_bytes()));
    head.extend_from_slice(&(payload.len() as u64).to_le_bytes());

    let mut hash = Sha256::new();
    hash.update(&head);
    out.write_all(&head)?;
    for chunk in payload.chunks(CHUNK_BYTES) {
        hash.update(chunk);
        out.write_all(chunk)?;
    }
    out.write_all(&hash.finalize())
}

/// Reads what comes before the payload. Truncation shows here already, because all lengths
/// together must be the size of the file; other damage may not.
pub(super) fn read_header(
    input: impl Read,
    file_bytes: u64,
    identity: &str,
) -> Result<Header, Refused> {
    header_of(&mut Checked::new(input, file_bytes)?, identity)
}

/// Reads everything, and answers only if the hash is right.
pub(super) fn read_all(
    input: impl Read,
    file_bytes: u64,
    identity: &str,
) -> Result<(Header, Vec<u8>), Refused> {
    let mut checked = Checked::new(input, file_bytes)?;
    let header = header_of(&mut checked, identity)?;
    let payload = checked.take(header.payload_bytes)?;
    let mut hash_said = [0; HASH_BYTES as usize];
    checked.input.read_exact(&mut hash_said)?;
    if checked.hash.finalize()[..] != hash_said {
        return Err(Refused::Damaged("its hash is another one"));
    }
    Ok((header, payload))
}

fn header_of<R: Read>(checked: &mut Checked<R>, identity: &str) -> Result<Header, Refused> {
    if checked.take_array()? != MAGIC {
        return Err(Refused::Damaged("it does not begin like a state"));
    }
    let identity_bytes = u32::from_le_bytes(checked.take_array()?);
    if identity_bytes as usize > IDENTITY_BYTES_MAX {
        return Err(Refused::Damaged("its identity is too long"));
    }
    if checked.take(identity_bytes.into())? != identity.as_bytes() {
        return Err(Refused::Foreign);
    }
    let flags = u32::from_le_bytes(checked.take_array()?);
    if flags & !FIXED != 0 {
        return Err(Refused::Damaged("its flags are unknown"));
    }
    let token_count = u32::from_le_bytes(checked.take_array()?);
    if token_count as usize > TOKENS_MAX {
        return Err(Refused::Damaged("it has too many tokens"));
    }
    let token_bytes = checked.take(4 * u64::from(token_count))?;
    let (tokens, _) = token_bytes.as_chunks();
    let tokens = tokens.iter().map(|token| i32::from_le_bytes(*token)).collect();
    let payload_bytes = u64::from_le_bytes(checked.take_array()?);
    if payload_bytes != checked.left_bytes {
        return Err(Refused::Damaged("its lengths do not add up"));
    }
    Ok(Header { is_fixed: flags & FIXED != 0, tokens, payload_bytes })
}

/// A reader that takes no more than the file has, and hashes what it takes.
struct Checked<R> {
    input: R,
    /// What remains before the hash at the end.
    left_bytes: u64,
    hash: Sha256,
}

impl<R: Read> Checked<R> {
    fn new(input: R, file_bytes: u64) -> Result<Checked<R>, Refused> {
        let left_bytes = file_bytes.checked_sub(HASH_BYTES).ok_or(TOO_SHORT)?;
        Ok(Checked { input, left_bytes, hash: Sha256::new() })
    }

    fn take(&mut self, length: u64) -> Result<Vec<u8>, Refused> {
        self.left_bytes = self.left_bytes.checked_sub(length).ok_or(TOO_SHORT)?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| TOO_SHORT)?];
        for chunk in bytes.chunks_mut(CHUNK_BYTES) {
            self.input.read_exact(chunk)?;
            self.hash.update(chunk);
        }
        Ok(bytes)
    }

    fn take_array<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Refused> {
        let mut bytes = [0; LENGTH];
        self.left_bytes = self.left_bytes.checked_sub(LENGTH as u64).ok_or(TOO_SHORT)?;
        self.input.read_exact(&mut bytes)?;
        self.hash.update(bytes);
        Ok(bytes)
    }
}

const TOO_SHORT: Refused = Refused::Damaged("it is shorter than it says");

#[cfg(test)]
mod tests;
