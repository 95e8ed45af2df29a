//! Packed files (zip) with limits: how many members, how far they unpack.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::xml::{self, Element};
use crate::{DocumentError, Limits};

/// A packed file that is open.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    budget: u64,
}

impl<'a> Package<'a> {
    /// Opens a packed file and looks at its list of members only.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, DocumentError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
        if archive.len() > limits.members {
            let what = format!("holds {} files", archive.len());
            return Err(DocumentError::Bomb { what });
        }
        let by_ratio = (bytes.len() as u64).saturating_mul(limits.unpacked_ratio);
        let budget = by_ratio.max(Limits::UNSUSPICIOUS_BYTES).min(limits.unpacked_bytes);
        Ok(Self { archive, budget })
    }

    /// Whether a member is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A member's bytes, if it is there.
    pub(crate) fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>, DocumentError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, |part| bytes.extend_from_slice(part))?;
        Ok(Some(bytes))
    }

    /// A member as XML, if it is there.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Element>, DocumentError> {
        self.member(name)?.map(|bytes| xml::parse(&bytes)).transpose()
    }

    /// Unpacks everything into nothing: for libraries that would unpack it without any limit.
    pub(crate) fn check_all(mut self) -> Result<(), DocumentError> {
        for index in 0..self.archive.len() {
            self.unpack(index, |_| {})?;
        }
        Ok(())
    }

    fn unpack(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), DocumentError> {
        let mut member = self.archive.by_index(index).map_err(refused)?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = member.read(&mut buffer).map_err(DocumentError::damaged)?;
            if read == 0 {
                return Ok(());
            }
            // Counted here: what the list of members says of their sizes may be a lie.
            self.budget = self.budget.checked_sub(read as u64).ok_or_else(|| {
                DocumentError::Bomb { what: "unpacks to far more than it has".to_owned() }
            })?;
            take(&buffer[..read]);
        }
    }
}

fn refused(error: ZipError) -> DocumentError {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.contains("assword") => DocumentError::Locked,
        ZipError::InvalidPassword => DocumentError::Locked,
        other => DocumentError::damaged(other),
    }
}

/// A packed file of these members, for tests.
#[cfg(test)]
pub(crate) fn pack(members: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_refused(bytes: &[u8], limits: &Limits, part: &str) {
        let refused = Package::open(bytes, limits).and_then(Package::check_all);
        let message = refused.unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }

    #[test]
    fn members_are_found() {
        let bytes = pack(&[("a.xml", "<a>1</a>"), ("b/c", "2")]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        assert!(package.has("b/c") && !package.has("c"));
        assert_eq!(package.member("b/c").unwrap().as_deref(), Some(&b"2"[..]));
        assert_eq!(package.xml("a.xml").unwrap().unwrap().text(), "1");
        assert_eq!(package.xml("none").unwrap(), None);
    }

    #[test]
    fn bombs_are_refused() {
        let limits = Limits::default();
        let large = "0".repeat(20 << 20);
        check_refused(&pack(&[("a", &large)]), &limits, "unpacks to far more");
        let few = Limits { members: 2, ..limits.clone() };
        check_refused(&pack(&[("a", ""), ("b", ""), ("c", "")]), &few, "holds 3 files");
        check_refused(b"PK\x03\x04 and no more", &limits, "damaged");
        let whole = pack(&[("a", "some words")]);
        check_refused(&whole[..whole.len() / 2], &limits, "damaged");
    }
}
