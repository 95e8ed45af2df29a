//! Reads numbers and texts of a header and knows how much of the file is left.

use std::io::{BufReader, ErrorKind, Read};

use crate::Refusal;

/// A header is never longer; the largest vocabularies take 30 MiB.
const HEADER_LIMIT_BYTES: u64 = 256 << 20;

/// Read at once, as vocabularies are many small texts.
const BUFFER_BYTES: usize = 256 << 10;

/// A multiple of every element's size.
const CHUNK_BYTES: usize = 16 << 10;

/// A header, from its beginning.
pub(crate) struct Reader<R> {
    from: BufReader<R>,
    position: u64,
    end: u64,
    file_bytes: u64,
    place: String,
}

impl<R: Read> Reader<R> {
    pub(crate) fn new(file: R, file_bytes: u64) -> Reader<R> {
        Reader {
            from: BufReader::with_capacity(BUFFER_BYTES, file),
            position: 0,
            end: file_bytes.min(HEADER_LIMIT_BYTES),
            file_bytes,
            place: String::new(),
        }
    }

    /// Says what is read from here on, for refusals.
    pub(crate) fn enter(&mut self, place: impl Into<String>) {
        self.place = place.into();
    }

    /// Bytes read so far.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Bytes of the whole file.
    pub(crate) fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    /// A refusal for more `what` at this place than the limit.
    pub(crate) fn too_many(&self, what: &'static str, count: u64, limit: u64) -> Refusal {
        Refusal::TooMany { place: self.place.clone(), what, count, limit }
    }

    pub(crate) fn bytes<const COUNT: usize>(&mut self) -> Result<[u8; COUNT], Refusal> {
        let mut bytes = [0; COUNT];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Refusal> {
        self.bytes().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Refusal> {
        self.bytes().map(u64::from_le_bytes)
    }

    /// Reads a text's length and then the text. `into` grows no further than the limit and the
    /// file go.
    pub(crate) fn text(&mut self, limit_bytes: u64, into: &mut Vec<u8>) -> Result<(), Refusal> {
        let length = self.u64()?;
        if length > limit_bytes {
            return Err(self.too_many("bytes of text", length, limit_bytes));
        }
        self.check_left(length)?;
        into.clear();
        into.resize(length as usize, 0);
        self.fill(into)
    }

    /// Reads `count` elements of `element_bytes` and shows them in groups.
    pub(crate) fn elements(
        &mut self,
        count: u64,
        element_bytes: usize,
        mut show: impl FnMut(&[u8]) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut left = count.saturating_mul(element_bytes as u64);
        self.check_left(left)?;
        let mut chunk = [0; CHUNK_BYTES];
        while left > 0 {
            let group = &mut chunk[..left.min(CHUNK_BYTES as u64) as usize];
            self.fill(group)?;
            show(group)?;
            left -= group.len() as u64;
        }
        Ok(())
    }

    fn check_left(&self, bytes: u64) -> Result<(), Refusal> {
        if bytes <= self.end - self.position {
            return Ok(());
        }
        if self.end < self.file_bytes {
            let place = "the file".into();
            let count = self.position.saturating_add(bytes);
            let what = "bytes of header";
            return Err(Refusal::TooMany { place, what, count, limit: HEADER_LIMIT_BYTES });
        }
        Err(Refusal::Ends { place: self.place.clone() })
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refusal> {
        self.check_left(bytes.len() as u64)?;
        match self.from.read_exact(bytes) {
            Ok(()) => {
                self.position += bytes.len() as u64;
                Ok(())
            }
            // Somebody shortens the file at this moment.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                Err(Refusal::Ends { place: self.place.clone() })
            }
            Err(error) => Err(error.into()),
        }
    }
}
