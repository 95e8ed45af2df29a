//! Making a backup: copied, written under another name, read back as a restore would, and only
//! then given its own name.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use store::{CopyFacts, StoreError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::io;
use crate::manifest::{DATABASE, FORMAT, MANIFEST, MARK, MARK_TEXT, MODELS};
use crate::place::{create, need_room, sync_folder};
use crate::seal::{self, Hashing};
use crate::{BackupError, Manifest, ModelFile, Part, Reason, Staging, read};

/// Stands behind the name of a file that is not finished.
pub(crate) const UNFINISHED: &str = "part";
const READ_BYTES: usize = 1 << 20;
/// The lowest level: a little larger, several times as fast.
const LEVEL: i64 = 1;
/// Above this, a part needs longer numbers in a ZIP.
const LARGE_BYTES: u64 = 4_000_000_000;

/// What a backup is of and for.
#[derive(Clone, Debug)]
pub struct About {
    /// The version of this program.
    pub program: String,
    /// The shop's name.
    pub name: String,
    /// What it is made for.
    pub reason: Reason,
    /// Unix seconds.
    pub made_at: i64,
    /// The models that the desk has.
    pub models: Vec<ModelFile>,
}

/// A backup that was made and proved.
#[derive(Clone, Debug)]
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What it says about itself.
    pub manifest: Manifest,
    /// How long it took, with the proof.
    pub took: Duration,
}

/// Makes one file of a desk; `copy` writes the desk's database to the path it is given.
///
/// `desk_bytes` is about how large the database is, so that too little room is known before. Fails without a trace
/// under the target's name: there is either a proved backup or none.
pub fn make(
    copy: &dyn Fn(&Path) -> Result<(), StoreError>,
    desk_bytes: u64,
    about: &About,
    staging: &Staging,
    target: &Path,
) -> Result<Made, BackupError> {
    let started = Instant::now();
    if target.symlink_metadata().is_ok() {
        return Err(BackupError::Exists { path: target.to_owned() });
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // A copy here and one to prove the file with.
    need_room(&staging.file(""), desk_bytes.saturating_mul(2))?;
    need_room(folder, desk_bytes / 2)?;
    let database = staging.file("copy.db");
    copy(&database)?;
    let facts = store::check_copy(&database)?;
    let unfinished = unfinished(target);
    let made = write(&database, &facts, about, &unfinished).and_then(|manifest| {
        fs::remove_file(&database).map_err(io(&database))?;
        prove(&unfinished, &manifest, staging)?;
        fs::rename(&unfinished, target).map_err(io(target))?;
        sync_folder(folder)?;
        Ok(manifest)
    });
    if made.is_err() {
        let _gone = fs::remove_file(&unfinished).is_ok();
    }
    let manifest = made?;
    let bytes = fs::metadata(target).map_err(io(target))?.len();
    Ok(Made { path: target.to_owned(), bytes, manifest, took: started.elapsed() })
}

/// Reads a file back as a restore would, and compares it with what was to be written.
fn prove(file: &Path, manifest: &Manifest, staging: &Staging) -> Result<(), BackupError> {
    let unproved = |reason: String| BackupError::Unproved { path: file.to_owned(), reason };
    let read = read::unpack(file, staging).map_err(|error| match error {
        BackupError::Full { .. } | BackupError::NoRoom { .. } => error,
        other => unproved(other.to_string()),
    })?;
    match read.manifest == *manifest {
        true => Ok(()),
        false => Err(unproved("it says something else than what was written".into())),
    }
}

fn write(
    database: &Path,
    facts: &CopyFacts,
    about: &About,
    target: &Path,
) -> Result<Manifest, BackupError> {
    let file = create(target)?;
    let mut zip = ZipWriter::new(BufWriter::with_capacity(READ_BYTES, file));
    let wrong = |error: zip::result::ZipError| io(target)(error.into());
    zip.set_comment(seal::empty()).map_err(wrong)?;
    put(&mut zip, MARK, &mut MARK_TEXT.as_bytes(), 0, target)?;
    let size = fs::metadata(database).map_err(io(database))?.len();
    let mut source = File::open(database).map_err(io(database))?;
    let database = put(&mut zip, DATABASE, &mut source, size, target)?;
    let models = json(&about.models, target)?;
    let models = put(&mut zip, MODELS, &mut models.as_slice(), 0, target)?;
    let manifest = Manifest {
        format: FORMAT,
        program: about.program.clone(),
        schema: facts.version,
        desk: facts.desk.clone(),
        name: about.name.clone(),
        made_at: about.made_at,
        reason: about.reason,
        rows: facts.rows.clone(),
        parts: vec![database, models],
    };
    let text = json(&manifest, target)?;
    put(&mut zip, MANIFEST, &mut text.as_slice(), 0, target)?;
    let writer = zip.finish().map_err(wrong)?;
    let mut file = writer.into_inner().map_err(|error| io(target)(error.into_error()))?;
    seal::close(&mut file, target)?;
    // Without this, "saved" would be a hope of the disk's.
    file.sync_all().map_err(io(target))?;
    Ok(manifest)
}

fn put(
    zip: &mut ZipWriter<BufWriter<File>>,
    name: &str,
    source: &mut dyn Read,
    size: u64,
    target: &Path,
) -> Result<Part, BackupError> {
    // The first part is stored as it is, so that the file is known by its first bytes.
    let method = if name == MARK { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .compression_level((name != MARK).then_some(LEVEL))
        .large_file(size > LARGE_BYTES);
    zip.start_file(name, options).map_err(|error| io(target)(error.into()))?;
    let mut hash = Hashing::default();
    let mut block = vec![0; READ_BYTES];
    loop {
        let read = source.read(&mut block).map_err(io(target))?;
        if read == 0 {
            let (sha256, bytes) = hash.finish();
            return Ok(Part { name: name.to_owned(), bytes, sha256 });
        }
        hash.add(&block[..read]);
        zip.write_all(&block[..read]).map_err(io(target))?;
    }
}

fn json<T: serde::Serialize>(value: &T, target: &Path) -> Result<Vec<u8>, BackupError> {
    serde_json::to_vec_pretty(value).map_err(|error| io(target)(error.into()))
}

/// Copies a backup to another disk and proves the copy by its seal. The name must be free there.
pub fn copy_file(from: &Path, to: &Path) -> Result<PathBuf, BackupError> {
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    let folder = to.parent().unwrap_or(Path::new("."));
    let bytes = fs::metadata(from).map_err(io(from))?.len();
    need_room(folder, bytes)?;
    let unfinished = unfinished(to);
    let copied = || -> Result<(), BackupError> {
        let mut source = File::open(from).map_err(io(from))?;
        let mut target = create(&unfinished)?;
        std::io::copy(&mut source, &mut target).map_err(io(&unfinished))?;
        target.sync_all().map_err(io(&unfinished))?;
        seal::open(&unfinished)?;
        fs::rename(&unfinished, to).map_err(io(to))?;
        sync_folder(folder)
    };
    copied().inspect_err(|_| {
        let _gone = fs::remove_file(&unfinished).is_ok();
    })?;
    Ok(to.to_owned())
}

/// The name of a file until it is finished.
fn unfinished(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(format!(".{UNFINISHED}"));
    PathBuf::from(name)
}
