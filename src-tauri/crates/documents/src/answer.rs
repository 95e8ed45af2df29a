//! What the reader program writes: one postcard value, and nothing else, on stdout.

use std::io::{self, Write};

use crate::{DocumentError, Reading};

/// What came of reading.
pub type Answer = Result<Reading, DocumentError>;

/// Writes an answer.
pub fn write_answer(answer: &Answer, to: impl Write) -> io::Result<()> {
    let mut to = io::BufWriter::with_capacity(256 << 10, to);
    postcard::to_io(answer, &mut to).map_err(io::Error::other)?;
    to.flush()
}

/// The answer in these bytes, if it is whole.
pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Answer> {
    let (answer, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Content, Document};

    #[test]
    fn an_answer_survives_its_way() {
        let document =
            Document { title: Some("T".to_owned()), blocks: vec![Block::Page(3)], faqs: vec![] };
        let content = Content::Document(document);
        let reading = Reading { content, warnings: vec!["w".to_owned()], is_partial: true };
        for answer in [Ok(reading), Err(DocumentError::Scan { pages: 3 })] {
            let mut bytes = Vec::new();
            write_answer(&answer, &mut bytes).unwrap();
            assert_eq!(from_bytes(&bytes), Some(answer));
            assert_eq!(from_bytes(&bytes[..bytes.len() - 1]), None);
            bytes.push(0);
            assert_eq!(from_bytes(&bytes), None);
        }
        assert_eq!(from_bytes(&[0xff; 64]), None);
    }
}
