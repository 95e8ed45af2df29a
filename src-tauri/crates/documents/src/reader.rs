//! Who reads a file: a child of its own, or for tests this process.

mod child;

use std::path::{Path, PathBuf};

use crate::read::{Content, Reading, read};
use crate::{DocumentError, Format, Limits, Links, Source, Table};

/// The name of the program that reads one file.
pub const PROGRAM: &str = "frontdesk-reader";

/// Reads files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    way: Way,
    limits: Limits,
}

#[derive(Clone, Debug)]
enum Way {
    Child(PathBuf),
    Within,
}

impl Reader {
    /// Reads each file in a child process of its own: what the product does.
    ///
    /// `program` is the `frontdesk-reader` program. If it is missing, each file says so.
    pub fn child(program: PathBuf, limits: Limits) -> Self {
        Self { way: Way::Child(program), limits }
    }

    /// The same with the program that lies beside the running one, wherever both are installed.
    pub fn beside_this_program() -> Self {
        let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
        let program = std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.join(&name)))
            .unwrap_or_else(|| PathBuf::from(name));
        Self::child(program, Limits::default())
    }

    /// Reads in this process, for tests of libraries: without the locks, and no PDF.
    pub fn within() -> Self {
        Self { way: Way::Within, limits: Limits::default() }
    }

    /// How much one file may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Opens a file for [`Reader::read`], or says why it is not even tried.
    pub fn open(
        &self,
        path: &Path,
        links: Links,
    ) -> Result<(Source, &'static Format), DocumentError> {
        let source = Source::open(path, links, self.limits.file_bytes)?;
        Ok((source, Format::of(path)?))
    }

    /// Reads an open file. Takes as long as the limits allow.
    ///
    /// Nothing that a file holds makes this panic or hang; a child that does not answer in time is
    /// ended.
    pub fn read(&self, source: Source, format: &'static Format) -> Result<Reading, DocumentError> {
        match &self.way {
            Way::Child(program) => child::read(program, &self.limits, source.into_file()?, format),
            Way::Within => read(source.into_bytes()?, format, &self.limits, None),
        }
    }

    /// Reads a table that somebody chose: CSV, XLSX, XLS or ODS.
    ///
    /// [`Table::into_rows`] gives the rows of its first sheet, the header first.
    pub fn read_table(&self, path: &Path) -> Result<(Table, Vec<String>), DocumentError> {
        let (source, format) = self.open(path, Links::Followed)?;
        if !format.is_table() {
            return Err(DocumentError::NotATable);
        }
        let reading = self.read(source, format)?;
        match reading.content {
            Content::Table(table) => Ok((table, reading.warnings)),
            Content::Document(_) => Err(DocumentError::NotATable),
        }
    }
}

#[cfg(test)]
mod tests;
