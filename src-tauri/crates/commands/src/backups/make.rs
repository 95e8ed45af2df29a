//! Making backups: by hand, once a day, and before what cannot be taken back.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use backup::{About, BackupError, EXTENSION, Kept, Made, Reason, Staging};
use settings::Settings;
use store::{Store, StoreError};

use super::{Backups, FOLDER, is_empty};
use crate::core::unix_seconds;
use crate::opening::is_due;
use crate::wire::{ApiError, BackupMade};

/// Imports that follow each other closely need one backup.
const BETWEEN_IMPORTS_SECONDS: i64 = 3_600;
/// Files of one second before somebody should wonder.
const MOST_ALIKE: u32 = 99;

/// Opens the desk in a folder. One of an older program is backed up before it is changed, and not
/// opened when that fails.
pub(crate) fn open_store(data: &Path) -> Result<Store, StoreError> {
    Store::open_after(data, &mut |old| {
        // The desk is locked and its folder is there, so the whole path is known by now.
        let made = Staging::new(data).and_then(|staging| {
            let about = about(Reason::BeforeMigration, String::new(), Vec::new());
            let folder = data.join(FOLDER);
            let copy = |target: &Path| old.copy_to(target);
            let made = write(&copy, desk_bytes(data), &about, &staging, &folder)?;
            tracing::info!(file = %made.path.display(), version = old.version, "backed up");
            Ok(())
        });
        made.map_err(|error| StoreError::NotBackedUp { reason: error.to_string() })
    })
}

impl Backups {
    /// Makes one because somebody wants it.
    pub(super) fn make_by_hand(&self) -> Result<BackupMade, ApiError> {
        let _alone = self.alone();
        let made = self.make(Reason::Manual)?;
        let (second_file, second_problem) = self.copy_to_second(&made.path);
        Ok(BackupMade { second_file, second_problem, ..made_view(&made) })
    }

    /// Makes that of the day, if there is none and something to lose; older ones make room.
    pub(super) fn make_daily(&self) -> Result<(), ApiError> {
        let _alone = self.alone();
        let found = backup::list(&self.folder())?;
        let is_daily = |one: &&backup::Listed| {
            one.manifest.as_ref().is_ok_and(|manifest| manifest.reason == Reason::Daily)
        };
        let last = found.iter().find(is_daily).map(|one| one.made_at);
        let zone = jiff::tz::TimeZone::system();
        if !is_due(last, unix_seconds(), &zone) || is_empty(&self.store)? {
            return Ok(());
        }
        let made = self.make(Reason::Daily)?;
        tracing::info!(file = %made.path.display(), bytes = made.bytes, "backed up for the day");
        let (_, problem) = self.copy_to_second(&made.path);
        if !problem.is_empty() {
            tracing::warn!(%problem, "the second place has no backup of today");
        }
        self.make_room(&self.folder())
    }

    /// Makes one before files are read, unless one is young enough. An import only adds, so it
    /// goes on when that fails.
    pub(crate) fn before_import(&self) {
        let _alone = self.alone();
        let last = *lock(&self.last_at);
        let age = last.map(|at| unix_seconds() - at);
        if age.is_some_and(|age| (0..BETWEEN_IMPORTS_SECONDS).contains(&age)) {
            return;
        }
        let made = self.make(Reason::BeforeImport).and_then(|_| self.make_room(&self.folder()));
        if let Err(error) = made {
            tracing::warn!(%error.message, "no backup could be made before the import");
        }
    }

    /// Makes one before everything is replaced; nothing is replaced when that fails. None where
    /// there is nothing to lose.
    pub(super) fn before_restore(&self) -> Result<Option<PathBuf>, ApiError> {
        if is_empty(&self.store)? {
            return Ok(None);
        }
        Ok(Some(self.make(Reason::BeforeRestore)?.path))
    }

    /// Those that are too many in a folder make room. Called only when a new one was just proved.
    pub(super) fn make_room(&self, folder: &Path) -> Result<(), ApiError> {
        let desk = self.store.desk_id()?;
        // Another desk may keep its backups in the same place: they are not ours to remove.
        let own: Vec<_> = backup::list(folder)?
            .into_iter()
            .filter_map(|one| Some((one.path, one.manifest.ok()?)))
            .filter(|(_, manifest)| manifest.desk == desk || manifest.desk.is_empty())
            .collect();
        let kept: Vec<Kept> = own
            .iter()
            .map(|(_, said)| Kept { reason: said.reason, made_at: said.made_at })
            .collect();
        for at in backup::to_remove(&kept) {
            let path = &own[at].0;
            match std::fs::remove_file(path) {
                Ok(()) => tracing::info!(file = %path.display(), "an old backup made room"),
                Err(error) => tracing::warn!(%error, "an old backup could not be removed"),
            }
        }
        Ok(())
    }

    /// Whoever calls this is alone.
    fn make(&self, reason: Reason) -> Result<Made, ApiError> {
        let folder = self.folder();
        self.make_in(reason, |about, staging, copy, bytes| {
            write(copy, bytes, about, staging, &folder)
        })
    }

    /// Makes one under a name that somebody chose.
    pub(super) fn make_as(&self, target: &Path) -> Result<BackupMade, ApiError> {
        let _alone = self.alone();
        let made = self.make_in(Reason::Manual, |about, staging, copy, bytes| {
            backup::make(copy, bytes, about, staging, target)
        })?;
        Ok(made_view(&made))
    }

    fn make_in(
        &self,
        reason: Reason,
        make: impl FnOnce(&About, &Staging, Copy<'_>, u64) -> Result<Made, BackupError>,
    ) -> Result<Made, ApiError> {
        let (settings, _) = Settings::merged(&self.store.settings_all()?);
        let models = lock(&self.models).clone();
        let staging = Staging::new(self.store.folder())?;
        let about = about(reason, settings.profile.name, models);
        let copy = |target: &Path| self.store.copy_to(target);
        let made = make(&about, &staging, &copy, desk_bytes(self.store.folder()))?;
        *lock(&self.last_at) = Some(about.made_at);
        Ok(made)
    }
}

/// Writes the database to the path it is given.
type Copy<'a> = &'a dyn Fn(&Path) -> Result<(), StoreError>;

fn about(reason: Reason, name: String, models: Vec<backup::ModelFile>) -> About {
    About {
        program: env!("CARGO_PKG_VERSION").into(),
        name,
        reason,
        made_at: unix_seconds(),
        models,
    }
}

/// Writes one into a folder under a name of its own.
fn write(
    copy: Copy<'_>,
    bytes: u64,
    about: &About,
    staging: &Staging,
    folder: &Path,
) -> Result<Made, BackupError> {
    let io = |source| BackupError::Io { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(io)?;
    restrict(folder).map_err(io)?;
    let stem = file_stem(about.reason, about.made_at);
    let names = std::iter::once(format!("{stem}.{EXTENSION}"))
        .chain((2..=MOST_ALIKE).map(|number| format!("{stem}-{number}.{EXTENSION}")));
    let free = names.map(|name| folder.join(name)).find(|path| path.symlink_metadata().is_err());
    let target = free.ok_or_else(|| BackupError::Exists { path: folder.join(&stem) })?;
    backup::make(copy, bytes, about, staging, &target)
}

/// The name of a backup that somebody makes now.
pub(super) fn name_now() -> String {
    format!("{}.{EXTENSION}", file_stem(Reason::Manual, unix_seconds()))
}

/// When and why, in an order that a file manager can sort by.
fn file_stem(reason: Reason, at: i64) -> String {
    let zone = jiff::tz::TimeZone::system();
    let time = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let time = zone.to_datetime(time);
    format!(
        "frontdesk_{}_{:02}-{:02}-{:02}_{}",
        time.date(),
        time.hour(),
        time.minute(),
        time.second(),
        reason.word()
    )
}

/// How large the desk's database is, with what its journal may add.
pub(super) fn desk_bytes(data: &Path) -> u64 {
    let size = |name: &str| std::fs::metadata(data.join(name)).map_or(0, |found| found.len());
    size("kb.db") + size("kb.db-wal")
}

pub(super) fn made_view(made: &Made) -> BackupMade {
    let (desk_bytes, seconds) = (made.manifest.database_bytes(), made.took.as_secs_f64());
    BackupMade {
        file: made.path.display().to_string(),
        bytes: made.bytes,
        desk_bytes,
        seconds,
        mb_per_s: mb_per_s(desk_bytes, seconds),
        second_file: String::new(),
        second_problem: String::new(),
    }
}

/// A poisoned lock still holds what was last put into it.
pub(super) fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Millions of bytes in a second, to one decimal.
pub(super) fn mb_per_s(bytes: u64, seconds: f64) -> f64 {
    (bytes as f64 / 1e5 / seconds.max(1e-3)).round() / 10.0
}

#[cfg(unix)]
fn restrict(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn restrict(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
