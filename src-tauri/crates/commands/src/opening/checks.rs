//! What is looked at before the doors open, one function for each row.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use catalog::Located;

use crate::core::{Core, unix_seconds};
use crate::wire::{ApiError, CheckRow, CheckState, Finding, Health};

/// Questions that are asked for a sample.
const SAMPLE_QUESTIONS: usize = 12;
/// Less room than this, and imports and logs begin to fail.
const LEAST_DISK_BYTES: u64 = 2 << 30;
/// A file is read again after this time, although nothing seems to have touched it: disks rot.
const READ_AGAIN_SECONDS: i64 = 30 * 86_400;
/// When each model file was last read from end to end.
const READ_AT: &str = "models_read_at";
/// Written and removed again, to see whether that works.
const TRIAL_FILE: &str = "opening-check.part";

impl Core {
    pub(super) fn opening_rows(&self) -> Result<Vec<CheckRow>, ApiError> {
        Ok(vec![
            self.check_questions()?,
            self.check_engines(),
            self.check_models()?,
            check_disk(hardware::disk(self.store.folder()).free_bytes),
            check_folder(self.store.folder()),
            self.check_orders(),
            self.check_folders()?,
            self.check_clock()?,
            self.check_waiting()?,
            self.check_answers()?,
            self.check_backup()?,
        ])
    }

    fn check_questions(&self) -> Result<CheckRow, ApiError> {
        let sample = self.bench.sample(SAMPLE_QUESTIONS)?;
        let wrong: Vec<_> = sample.iter().filter(|result| !result.passed).collect();
        Ok(match (sample.len(), wrong.first()) {
            (0, _) => row(CheckState::Warn, Finding::QuestionsNone, "knowledge"),
            (asked, None) => row(CheckState::Good, Finding::QuestionsRight, "knowledge").n(asked),
            (_, Some(first)) => row(CheckState::Warn, Finding::QuestionsWrong, "knowledge")
                .n(wrong.len())
                .named(&first.question),
        })
    }

    fn check_engines(&self) -> CheckRow {
        let health = self.health();
        let failed = [&health.chat, &health.embedding].into_iter().find_map(|one| match one {
            Health::Failed { reason } => Some(reason),
            Health::Warming | Health::Ready | Health::Busy { .. } | Health::Idle => None,
        });
        match failed {
            Some(reason) => row(CheckState::Bad, Finding::EngineStopped, "computer").named(reason),
            None => row(CheckState::Good, Finding::EngineWorks, "computer"),
        }
    }

    /// Size and time of a file are looked at each time; now and then all of it is read.
    fn check_models(&self) -> Result<CheckRow, ApiError> {
        self.shelf.look();
        let text = self.store.meta_get(READ_AT)?.unwrap_or_default();
        let before: BTreeMap<String, i64> = serde_json::from_str(&text).unwrap_or_default();
        let mut read_at = BTreeMap::new();
        let now = unix_seconds();
        let (mut right, mut wrong) = (0, None);
        for model in self.models().into_iter().filter(|model| model.chosen) {
            let entry = &model.entry;
            let is_right = match &model.located {
                Located::Missing | Located::Damaged { .. } => false,
                Located::Ready { path } => {
                    // A file is read when it comes, so the first look counts as a reading.
                    let last = before.get(&entry.sha256).copied().unwrap_or(now);
                    let is_due = !(0..READ_AGAIN_SECONDS).contains(&(now - last));
                    let is_right =
                        !is_due || catalog::verify_again(path, entry, self.store.folder()).is_ok();
                    let seen = if is_due { now } else { last };
                    read_at.extend(is_right.then(|| (entry.sha256.clone(), seen)));
                    is_right
                }
            };
            right += usize::from(is_right);
            if !is_right {
                wrong.get_or_insert_with(|| entry.name.clone());
            }
        }
        if wrong.is_some() {
            self.shelf.look();
        }
        if read_at != before {
            let text = serde_json::to_string(&read_at);
            let text = text.map_err(|error| crate::errors::internal(&error))?;
            self.store.meta_set(READ_AT, &text)?;
        }
        Ok(match (right, wrong) {
            (_, Some(name)) => row(CheckState::Bad, Finding::ModelWrong, "computer").named(&name),
            (0, None) => row(CheckState::Good, Finding::ModelsNone, "computer"),
            (right, None) => row(CheckState::Good, Finding::ModelsRight, "computer").n(right),
        })
    }

    fn check_orders(&self) -> CheckRow {
        let sources = self.orders.sources();
        match sources.iter().find(|source| source.is_stale) {
            Some(old) => row(CheckState::Warn, Finding::OrdersOld, "orders").named(&old.place),
            None if sources.is_empty() => row(CheckState::Good, Finding::OrdersNone, "orders"),
            None => row(CheckState::Good, Finding::OrdersFresh, "orders").n(sources.len()),
        }
    }

    fn check_folders(&self) -> Result<CheckRow, ApiError> {
        let folders = self.store.watched_folders()?;
        let away = folders
            .iter()
            .find(|folder| folder.problem.is_some() || !Path::new(&folder.path).is_dir());
        Ok(match away {
            Some(away) => row(CheckState::Warn, Finding::FolderAway, "knowledge").named(&away.path),
            None if folders.is_empty() => row(CheckState::Good, Finding::FoldersNone, "knowledge"),
            None => row(CheckState::Good, Finding::FoldersReached, "knowledge").n(folders.len()),
        })
    }

    fn check_clock(&self) -> Result<CheckRow, ApiError> {
        Ok(match self.clock_is_wrong()? {
            true => row(CheckState::Bad, Finding::ClockWrong, ""),
            false => row(CheckState::Good, Finding::ClockRight, ""),
        })
    }

    fn check_waiting(&self) -> Result<CheckRow, ApiError> {
        Ok(match self.count_waiting()? {
            0 => row(CheckState::Good, Finding::NobodyWaits, "visitors"),
            waiting => {
                row(CheckState::Warn, Finding::SomebodyWaits, "visitors").n(waiting as usize)
            }
        })
    }

    fn check_backup(&self) -> Result<CheckRow, ApiError> {
        let (state, age_s) = self.backups.light()?;
        let days = age_s.map_or(0, |age_s| (age_s / 86_400) as usize);
        Ok(match (state, age_s) {
            (CheckState::Good, None) => row(state, Finding::BackupNotNeeded, "backup"),
            (_, None) => row(state, Finding::BackupNone, "backup"),
            (CheckState::Good, Some(_)) => row(state, Finding::BackupFresh, "backup").n(days),
            (_, Some(_)) => row(state, Finding::BackupOld, "backup").n(days),
        })
    }

    fn check_answers(&self) -> Result<CheckRow, ApiError> {
        Ok(match self.store.count_due_faqs(unix_seconds())? {
            0 => row(CheckState::Good, Finding::NothingDue, "knowledge"),
            due => row(CheckState::Warn, Finding::AnswersDue, "knowledge").n(due as usize),
        })
    }
}

fn check_disk(free_bytes: Option<u64>) -> CheckRow {
    // Whole gigabytes are what people compare.
    let gigabytes = (free_bytes.unwrap_or(0) / 1_000_000_000) as usize;
    match free_bytes {
        Some(free) if free < LEAST_DISK_BYTES => {
            row(CheckState::Bad, Finding::DiskFull, "computer").n(gigabytes)
        }
        Some(_) | None => row(CheckState::Good, Finding::DiskRoomy, "computer").n(gigabytes),
    }
}

fn check_folder(folder: &Path) -> CheckRow {
    let trial = folder.join(TRIAL_FILE);
    let worked = fs::write(&trial, b"ready").and_then(|()| fs::remove_file(&trial));
    match worked {
        Ok(()) => row(CheckState::Good, Finding::FolderWritable, "computer"),
        Err(error) => row(CheckState::Bad, Finding::FolderReadOnly, "computer")
            .named(&format!("{}: {error}", folder.display())),
    }
}

fn row(state: CheckState, finding: Finding, place: &str) -> CheckRow {
    CheckRow { state, finding, n: 0, name: String::new(), place: place.into() }
}

impl CheckRow {
    fn n(self, n: usize) -> Self {
        Self { n: u32::try_from(n).unwrap_or(u32::MAX), ..self }
    }

    fn named(self, name: &str) -> Self {
        Self { name: name.into(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(free_bytes: Option<u64>, state: CheckState, gigabytes: u32) {
        let row = check_disk(free_bytes);
        assert_eq!((row.state, row.n), (state, gigabytes), "{free_bytes:?}");
    }

    #[test]
    fn little_room_is_a_red_light() {
        check(Some((2 << 30) - 1), CheckState::Bad, 2);
        check(Some(2 << 30), CheckState::Good, 2);
        check(Some(40_000_000_000), CheckState::Good, 40);
        check(None, CheckState::Good, 0);
    }

    #[test]
    fn a_folder_that_is_away_cannot_be_written_to() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(check_folder(folder.path()).finding, Finding::FolderWritable);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0, "nothing is left behind");
        let away = check_folder(&folder.path().join("away"));
        assert_eq!((away.finding, away.state), (Finding::FolderReadOnly, CheckState::Bad));
    }
}
