//! From bytes to text: byte order mark, then strict UTF-8, then a guess that is reported.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::{DocumentError, hygiene};

/// Of a text file, no larger share is control codes.
const CONTROL_SHARE: usize = 50;

/// A file's text without hidden characters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warnings: Vec<String>,
}

/// Reads text of any common encoding; refuses what is no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, DocumentError> {
    let mut warnings = Vec::new();
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => read_as(encoding, &bytes[length..], &mut warnings),
        None if bytes.contains(&0) => return Err(DocumentError::NotText),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) if is_broken_utf8(bytes) => read_as(UTF_8, bytes, &mut warnings),
            Err(_) => {
                let encoding = guess(bytes);
                warnings.push(format!("read as {}", encoding.name().to_lowercase()));
                read_as(encoding, bytes, &mut warnings)
            }
        },
    };
    let controls = text.chars().filter(|code| code.is_control() && !code.is_whitespace()).count();
    if text.contains('\0') || controls > text.len() / CONTROL_SHARE + 8 {
        return Err(DocumentError::NotText);
    }
    let cleaned = hygiene::clean(&text);
    if cleaned.text.trim().is_empty() {
        return Err(DocumentError::NoText);
    }
    warnings.extend(hygiene::warning(cleaned.hidden));
    Ok(Decoded { text: cleaned.text, warnings })
}

fn read_as(encoding: &'static Encoding, bytes: &[u8], warnings: &mut Vec<String>) -> String {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        warnings.push("some characters could not be read".to_owned());
    }
    text.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether nearly all that is not ASCII is UTF-8: a file that was cut or patched, not another
/// encoding, in which hardly a letter would fit.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 3
}

/// The text of a part of an office file, which is nearly always UTF-8.
pub(crate) fn xml_text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0,
        None => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests;
