//! A copy takes the place of the desk: in one transaction while the desk runs, by one renaming
//! where its file cannot be read any more.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::{belongs, erased, open_copy};
use crate::{Store, StoreError, open};

impl Store {
    /// Puts a copy in the place of everything here, in one transaction: whoever reads meanwhile
    /// sees the old desk, and a crash leaves either the old one or the new one.
    ///
    /// The copy must have passed [`super::check_copy`] and [`super::migrate_copy`]; it is changed. What
    /// belongs to this computer stays, and what people had erased here stays erased. Returns how
    /// many conversations were erased again.
    pub fn replace_with(&self, copy: &Path, at: i64) -> Result<u64, StoreError> {
        let (copy, database) = (copy.to_owned(), self.inner.place.database.clone());
        let erased = self.inner.writer.run_on(move |live| {
            // The writer does this job and no other: what is read of the desk stays true until
            // the copy is in its place.
            let (ready, erased) = made_ready(&copy, &database, at)?;
            let backup = Backup::new(&ready, live)?;
            loop {
                match backup.step(-1)? {
                    StepResult::Done => return Ok(erased),
                    _ => std::thread::sleep(std::time::Duration::from_millis(5)),
                }
            }
        })?;
        // Readers opened on the tables before are let go; new ones see the new tables.
        self.readers().clear();
        self.empty_journal()?;
        Ok(erased)
    }
}

fn made_ready(copy: &Path, database: &Path, at: i64) -> Result<(Connection, u64), StoreError> {
    let mut ready = open_copy(copy)?;
    ready.pragma_update(None, "secure_delete", true)?;
    ready.pragma_update(None, "foreign_keys", false)?;
    // Absolute, so that no name is read as a URI.
    ready.execute("ATTACH DATABASE ?1 AS live", [database.to_string_lossy()])?;
    let transaction = ready.transaction()?;
    belongs::put_in(&transaction)?;
    transaction.commit()?;
    ready.pragma_update(None, "foreign_keys", true)?;
    let transaction = ready.transaction()?;
    let erased = erased::erase_again(&transaction, at)?;
    transaction.commit()?;
    ready.execute("DETACH DATABASE live", [])?;
    Ok((ready, erased))
}

/// The folder of a desk whose file cannot be opened, owned like that of an open one.
pub struct Unreadable {
    folder: PathBuf,
    // Held for life, as for an open desk.
    _lock: fs::File,
}

impl Unreadable {
    /// Makes the folder ours. Fails when another program owns it.
    pub fn own(folder: &Path) -> Result<Self, StoreError> {
        let (folder, lock) = open::own(folder)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Puts a copy from the same folder in the place of the desk. The desk's files are kept below
    /// the folder, under the name that is returned; `None` where there was nothing.
    ///
    /// A crash leaves the old desk, or a copy that the next start puts in place.
    pub fn replace(self, copy: &Path, at: i64) -> Result<Option<PathBuf>, StoreError> {
        replace_files(&self.folder, copy, at)
    }
}

fn replace_files(folder: &Path, copy: &Path, at: i64) -> Result<Option<PathBuf>, StoreError> {
    let next = folder.join(open::NEXT);
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Io { path, source }
    };
    fs::rename(copy, &next).map_err(io(copy))?;
    open::sync_folder(folder)?;
    let aside = folder.join(format!("damaged-{at}"));
    // The journal goes first: beside another database it would be written into that one.
    let found: Vec<&str> = ["kb.db-wal", "kb.db-shm", "kb.db"]
        .into_iter()
        .filter(|name| folder.join(name).symlink_metadata().is_ok())
        .collect();
    if !found.is_empty() {
        fs::create_dir_all(&aside).map_err(io(&aside))?;
        open::restrict(&aside, 0o700)?;
    }
    for name in &found {
        fs::rename(folder.join(name), aside.join(name)).map_err(io(&folder.join(name)))?;
        open::sync_folder(folder)?;
    }
    open::put_next_in_place(folder)?;
    Ok((!found.is_empty()).then_some(aside))
}
