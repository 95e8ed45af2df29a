//! When backups are made by themselves, and what has to stop when one cannot be made.

use std::fs;

use store::{FaqStatus, NewFaq, StoreError};

use super::*;

struct Desk {
    _folder: tempfile::TempDir,
    data: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("desk");
        Self { _folder: folder, data }
    }

    fn open(&self) -> (Store, Arc<Backups>) {
        let store = open_store(&self.data).unwrap();
        let backups = Backups::new(store.clone(), Vec::new()).unwrap();
        (store, backups)
    }

    /// What those that are there were made for, newest first.
    fn reasons(&self) -> Vec<Reason> {
        let found = backup::list(&self.data.join(FOLDER)).unwrap();
        found.into_iter().map(|one| one.manifest.unwrap().reason).collect()
    }
}

fn answer(store: &Store) {
    let question = "Is there parking?".to_owned();
    let faq = NewFaq {
        question,
        answer: "Yes.".into(),
        status: FaqStatus::Approved,
        ..NewFaq::default()
    };
    store.add_faq(faq, "").unwrap();
}

#[test]
fn a_day_gets_one_backup_and_an_empty_desk_none() {
    let desk = Desk::new();
    let (store, backups) = desk.open();
    backups.make_daily().unwrap();
    assert_eq!(backups.light().unwrap(), (CheckState::Good, None));
    assert_eq!(desk.reasons(), []);
    answer(&store);
    assert_eq!(backups.light().unwrap().0, CheckState::Warn);
    backups.make_daily().unwrap();
    backups.make_daily().unwrap();
    assert_eq!(desk.reasons(), [Reason::Daily]);
    assert_eq!(backups.light().unwrap().0, CheckState::Good);
}

#[test]
fn imports_one_after_the_other_have_one_backup_before_them() {
    let desk = Desk::new();
    let (store, backups) = desk.open();
    answer(&store);
    backups.before_import();
    assert_eq!(desk.reasons(), [], "it began with nothing to lose");
    drop((store, backups));
    let (store, backups) = desk.open();
    backups.before_import();
    backups.before_import();
    assert_eq!(desk.reasons(), [Reason::BeforeImport]);
    drop((store, backups));
    desk.open().1.before_import();
    assert_eq!(desk.reasons(), [Reason::BeforeImport], "an hour has not gone by");
}

#[test]
fn the_desk_of_an_older_program_is_backed_up_before_it_changes() {
    let desk = Desk::new();
    answer(&desk.open().0);
    // As if a program had left it that did not know the last step; what that step makes is there
    // already, so the change of the tables fails in the middle.
    let file = desk.data.join("kb.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[60..64].copy_from_slice(&2_026_112_225_i32.to_be_bytes());
    fs::write(&file, &bytes).unwrap();
    // Where none can be made, nothing changes.
    fs::write(desk.data.join(FOLDER), b"in the way").unwrap();
    let refused = open_store(&desk.data).map(|_| ());
    assert!(matches!(refused, Err(StoreError::NotBackedUp { .. })), "{refused:?}");
    fs::remove_file(desk.data.join(FOLDER)).unwrap();
    assert!(matches!(open_store(&desk.data).map(|_| ()), Err(StoreError::Sqlite { .. })));
    assert_eq!(desk.reasons(), [Reason::BeforeMigration]);
    let made = backup::list(&desk.data.join(FOLDER)).unwrap().remove(0);
    let staging = Staging::new(&desk.data).unwrap();
    let read = backup::unpack(&made.path, &staging).unwrap();
    assert_eq!((read.manifest.schema, read.manifest.count("faq")), (2_026_112_225, 1));
}

#[test]
fn what_a_killed_program_left_is_removed_at_the_start() {
    let desk = Desk::new();
    drop(desk.open());
    for name in ["backup.part/copy.db", "restore.part.db", "backups/half.fdz.part"] {
        let path = desk.data.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"half").unwrap();
    }
    drop(desk.open());
    assert!(!desk.data.join("backup.part").exists());
    assert!(!desk.data.join("restore.part.db").exists());
    assert_eq!(fs::read_dir(desk.data.join("backups")).unwrap().count(), 0);
}
