//! Reading a backup with suspicion: its seal first, then what it says, then each part against it,
//! and the database as if a stranger had written it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use store::StoreError;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::io;
use crate::manifest::{DATABASE, FORMAT, MANIFEST, MODELS, PARTS};
use crate::place::{create, need_room};
use crate::seal::{self, Hashing};
use crate::{BackupError, Manifest, ModelFile, Staging};

/// No desk is as large as this.
const MOST_BYTES: u64 = 1 << 40;
/// A manifest and a list of models are small.
const MOST_TEXT_BYTES: u64 = 4 << 20;
/// More than any database of texts shrinks; below some size it does not matter.
const MOST_SHRUNK: u64 = 200;
const SMALL_BYTES: u64 = 256 << 20;
const READ_BYTES: usize = 1 << 20;

/// A backup that was read from end to end and found right.
pub struct Unpacked {
    /// What it says about itself, all of it checked.
    pub manifest: Manifest,
    /// The models that its desk had.
    pub models: Vec<ModelFile>,
    /// Its database, in the staging folder; it goes with that.
    pub database: PathBuf,
    /// The size of the backup.
    pub bytes: u64,
}

/// What a backup says about itself, without reading the rest: for a list. A file that was changed
/// may say anything.
pub fn read_manifest(path: &Path) -> Result<Manifest, BackupError> {
    let found = fs::metadata(path).map_err(io(path))?;
    if !found.is_file() {
        let reason = "it is no file".to_owned();
        return Err(BackupError::NotABackup { path: path.to_owned(), reason });
    }
    let file = File::open(path).map_err(io(path))?;
    let mut zip = archive(file, path)?;
    manifest(&mut zip, path)
}

/// Reads a whole backup and unpacks its database into the staging folder.
///
/// Fails, with the reason, at a file that is damaged, newer, or somebody else's.
pub fn unpack(path: &Path, staging: &Staging) -> Result<Unpacked, BackupError> {
    let damaged = |reason: String| BackupError::Damaged { path: path.to_owned(), reason };
    let file = seal::open(path)?;
    let bytes = file.metadata().map_err(io(path))?.len();
    let mut zip = archive(file, path)?;
    for name in zip.file_names() {
        // A name that is no text is none of ours either.
        let name = name.map_or_else(|_| "?".to_owned(), |name| name.into_owned());
        if PARTS.contains(&name.as_str()) {
            continue;
        }
        let reason = format!("it holds {name:?}, which no backup does");
        return Err(BackupError::NotABackup { path: path.to_owned(), reason });
    }
    let manifest = manifest(&mut zip, path)?;
    if manifest.format > FORMAT || manifest.schema > store::SCHEMA_VERSION {
        let made_by = manifest.program.clone();
        return Err(BackupError::Newer { path: path.to_owned(), made_by });
    }
    let claimed = manifest.database_bytes();
    if claimed > MOST_BYTES || (claimed > SMALL_BYTES && claimed / MOST_SHRUNK > bytes) {
        return Err(BackupError::TooLarge { path: path.to_owned(), bytes: claimed });
    }
    need_room(&staging.file(""), claimed)?;
    let mut models = Vec::new();
    take(&mut zip, &manifest, MODELS, MOST_TEXT_BYTES, path, &mut models)?;
    let models = serde_json::from_slice(&models)
        .map_err(|error| damaged(format!("its list of models cannot be read: {error}")))?;
    let database = staging.file(DATABASE);
    let mut target = create(&database)?;
    let taken = take(&mut zip, &manifest, DATABASE, claimed, path, &mut target);
    taken.and_then(|()| target.sync_all().map_err(io(&database)))?;
    let facts = store::check_copy(&database).map_err(|error| match error {
        StoreError::Newer { .. } => {
            BackupError::Newer { path: path.to_owned(), made_by: manifest.program.clone() }
        }
        StoreError::NotOurs { .. } => BackupError::NotABackup {
            path: path.to_owned(),
            reason: "the database in it belongs to another program".into(),
        },
        StoreError::Damaged { reason, .. } => damaged(format!("its database: {reason}")),
        other => other.into(),
    })?;
    let said = (&manifest.rows, manifest.schema, &manifest.desk);
    if (&facts.rows, facts.version, &facts.desk) != said {
        return Err(damaged("its database holds something else than it says".into()));
    }
    Ok(Unpacked { manifest, models, database, bytes })
}

fn archive(file: File, path: &Path) -> Result<ZipArchive<File>, BackupError> {
    ZipArchive::new(file).map_err(|error| inside(path, error))
}

fn manifest(zip: &mut ZipArchive<File>, path: &Path) -> Result<Manifest, BackupError> {
    let part = zip.by_name(MANIFEST).map_err(|error| inside(path, error))?;
    let mut text = Vec::new();
    part.take(MOST_TEXT_BYTES).read_to_end(&mut text).map_err(|error| unreadable(path, &error))?;
    serde_json::from_slice(&text).map_err(|error| BackupError::Damaged {
        path: path.to_owned(),
        reason: format!("what it says about itself cannot be read: {error}"),
    })
}

/// Unpacks one part, no further than it says and at most `most` bytes, and checks its hash.
fn take(
    zip: &mut ZipArchive<File>,
    manifest: &Manifest,
    name: &str,
    most: u64,
    path: &Path,
    target: &mut dyn Write,
) -> Result<(), BackupError> {
    let damaged = |reason: &str| BackupError::Damaged {
        path: path.to_owned(),
        reason: format!("its part {name} {reason}"),
    };
    let said = manifest.part(name).ok_or_else(|| damaged("is not listed"))?.clone();
    if said.bytes > most {
        return Err(BackupError::TooLarge { path: path.to_owned(), bytes: said.bytes });
    }
    let part = zip.by_name(name).map_err(|error| inside(path, error))?;
    let mut hash = Hashing::default();
    let mut block = vec![0; READ_BYTES];
    let mut part = part.take(said.bytes + 1);
    loop {
        let read = part.read(&mut block).map_err(|error| unreadable(path, &error))?;
        if read == 0 {
            break;
        }
        hash.add(&block[..read]);
        target.write_all(&block[..read]).map_err(io(path))?;
    }
    match hash.finish() {
        (sha256, bytes) if sha256 == said.sha256 && bytes == said.bytes => Ok(()),
        _ => Err(damaged("is not what it says")),
    }
}

/// An error of the ZIP around the parts.
fn inside(path: &Path, error: ZipError) -> BackupError {
    match error {
        ZipError::Io(source) => unreadable(path, &source),
        other => {
            BackupError::Damaged { path: path.to_owned(), reason: format!("as a ZIP: {other}") }
        }
    }
}

/// Reading failed: the disk, or what is on it.
fn unreadable(path: &Path, error: &std::io::Error) -> BackupError {
    BackupError::Damaged { path: path.to_owned(), reason: error.to_string() }
}
