//! What the store promises, on folders of its own.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;

const LIMIT_BYTES: u64 = 1 << 20;

fn identity(model: &str) -> Identity {
    Identity { model: model.into(), build: "b1".into(), cells: "f16".into() }
}

fn open(place: &TempDir) -> Store {
    Store::open(Some(place.path()), LIMIT_BYTES, &identity("one"))
}

/// A store with these states of 100 bytes, written.
fn store_with(place: &TempDir, states: &[&[i32]]) -> Store {
    let mut store = open(place);
    for tokens in states {
        store.keep(tokens.to_vec(), payload_of(tokens), false);
        store.flush();
    }
    store
}

fn payload_of(tokens: &[i32]) -> Vec<u8> {
    vec![tokens.len() as u8; 100]
}

fn files_in(place: &TempDir) -> Vec<PathBuf> {
    let files = fs::read_dir(place.path()).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

fn held_bytes(place: &TempDir) -> u64 {
    files_in(place).iter().map(|path| fs::metadata(path).unwrap().len()).sum()
}

fn load(store: &mut Store, prompt: &[i32]) -> Option<Loaded> {
    let found = store.longest(prompt, 0)?;
    store.load(&found)
}

#[track_caller]
fn check_kept(store: &mut Store, tokens: &[i32], expected: bool) {
    let found = store.longest(tokens, tokens.len() - 1);
    assert_eq!(found.is_some(), expected, "{tokens:?}");
    if let Some(found) = found {
        let loaded = Loaded { tokens: tokens.to_vec(), bytes: payload_of(tokens) };
        assert_eq!(store.load(&found), Some(loaded));
    }
}

#[test]
fn a_restart_finds_what_was_kept() {
    let place = tempfile::tempdir().unwrap();
    drop(store_with(&place, &[&[1, 2, 3], &[1, 2, 9, 9]]));
    let mut store = open(&place);
    let found = store.longest(&[1, 2, 3, 4], 0).unwrap();
    assert_eq!((found.common_tokens, found.state_tokens), (3, 3));
    check_kept(&mut store, &[1, 2, 3], true);
    check_kept(&mut store, &[1, 2, 9, 9], true);
    assert_eq!(store.longest(&[1, 2, 3, 4], 3), None);
}

#[test]
fn a_state_is_found_only_when_it_is_whole() {
    let place = tempfile::tempdir().unwrap();
    let mut store = open(&place);
    let (writer, jobs, tell) = Writer::by_hand();
    store.disk.as_mut().unwrap().writer = writer;
    store.keep(vec![1, 2], vec![0; 9], false);
    assert_eq!(jobs.recv().unwrap().tokens[..], [1, 2]);
    assert_eq!(store.longest(&[1, 2], 0), None);
    tell.send(Outcome::Written).unwrap();
    assert!(store.longest(&[1, 2], 0).is_some());
}

#[test]
fn two_states_wait_and_more_are_dropped() {
    let place = tempfile::tempdir().unwrap();
    let mut store = open(&place);
    let (writer, jobs, tell) = Writer::by_hand();
    store.disk.as_mut().unwrap().writer = writer;
    for token in 1..=4 {
        store.keep(vec![token], vec![0; 9], true);
    }
    assert_eq!(jobs.try_iter().count(), 2);
    tell.send(Outcome::Failed(io::ErrorKind::StorageFull.into())).unwrap();
    store.keep(vec![5], vec![0; 9], true);
    // What waits already is not handed over again.
    store.keep(vec![5], vec![0; 9], true);
    assert!(!store.sighted(&[5], true));
    assert_eq!(jobs.try_iter().count(), 1);
    assert_eq!(store.longest(&[1], 0), None);
}

#[test]
fn a_beginning_is_kept_when_it_is_asked_for_again() {
    let place = tempfile::tempdir().unwrap();
    let mut store = open(&place);
    assert!(store.sighted(&[1, 2], true));
    assert!(!store.sighted(&[3, 4], false));
    assert!(!store.sighted(&[3], false));
    assert!(store.sighted(&[3, 4], false));
    store.keep(vec![3, 4], payload_of(&[3, 4]), false);
    store.keep(vec![1, 2], payload_of(&[1, 2]), true);
    assert!(!store.sighted(&[3, 4], false));
    store.flush();
    assert!(!store.sighted(&[3, 4], false));
    assert!(!store.sighted(&[1, 2], true));
}

/// Damages a file under a store that is open, and under one that is opened afterwards.
fn check_refused(file_name: &OsStr, whole: &[u8], damaged: &[u8], case: &str) {
    for is_restarted in [false, true] {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(file_name);
        fs::write(&path, whole).unwrap();
        let mut store = open(&place);
        assert!(store.longest(&[1, 2, 3], 2).is_some());
        fs::write(&path, damaged).unwrap();
        if is_restarted {
            drop(store);
            store = open(&place);
        }
        assert_eq!(load(&mut store, &[1, 2, 3]), None, "{case}, restarted: {is_restarted}");
        assert_eq!(store.longest(&[1, 2, 3], 0), None);
        assert!(!path.exists(), "{case}, restarted: {is_restarted}");
    }
}

#[test]
fn a_damaged_state_is_removed_and_never_loaded() {
    let place = tempfile::tempdir().unwrap();
    drop(store_with(&place, &[&[1, 2, 3]]));
    let path = files_in(&place).remove(0);
    let whole = fs::read(&path).unwrap();
    let check = |damaged: &[u8], case: &str| {
        check_refused(path.file_name().unwrap(), &whole, damaged, case);
    };
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x41;
        check(&damaged, &format!("byte {at} changed"));
    }
    for length in 0..whole.len() {
        check(&whole[..length], &format!("cut to {length} bytes"));
    }
    check(&[&whole[..], b"x"].concat(), "one byte more");
}

#[test]
fn a_state_under_the_name_of_other_tokens_is_removed() {
    let place = tempfile::tempdir().unwrap();
    let store = store_with(&place, &[&[1, 2, 3]]);
    let other = store.disk.as_ref().unwrap().folder.path_of(&Name::of(&store.identity, &[4]));
    drop(store);
    fs::rename(files_in(&place).remove(0), other).unwrap();
    assert_eq!(open(&place).longest(&[1, 2, 3], 0), None);
    assert!(files_in(&place).is_empty());
}

#[test]
fn a_foreign_state_is_removed() {
    let place = tempfile::tempdir().unwrap();
    drop(store_with(&place, &[&[1, 2, 3]]));
    let mut other = Store::open(Some(place.path()), LIMIT_BYTES, &identity("two"));
    assert_eq!(other.longest(&[1, 2, 3], 0), None);
    assert!(files_in(&place).is_empty());
}

#[test]
fn half_written_files_are_removed_and_those_of_others_stay() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(format!("{:032x}.half", 5)), b"half").unwrap();
    fs::write(place.path().join("letter.txt"), b"dear all").unwrap();
    fs::create_dir(place.path().join(format!("{:032x}.state", 5))).unwrap();
    drop(open(&place));
    assert_eq!(files_in(&place).len(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_is_not_followed() {
    let (place, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(store_with(&elsewhere, &[&[1, 2, 3]]));
    let file = files_in(&elsewhere).remove(0);
    std::os::unix::fs::symlink(&file, place.path().join(file.file_name().unwrap())).unwrap();
    let mut store = open(&place);
    assert_eq!(store.longest(&[1, 2, 3], 0), None);
    assert!(file.exists());
}

#[test]
fn all_files_together_stay_within_the_limit() {
    let place = tempfile::tempdir().unwrap();
    let mut store = Store::open(Some(place.path()), 2_000, &identity("one"));
    store.keep(vec![0], payload_of(&[0]), true);
    store.flush();
    for token in 1..40_i32 {
        store.keep(vec![token], vec![1; 100 + 7 * token as usize], false);
        store.flush();
        assert!(held_bytes(&place) <= 2_000, "{} bytes", held_bytes(&place));
    }
    assert!(held_bytes(&place) > 1_000);
    assert!(store.longest(&[39], 0).is_some());
    assert_eq!(store.longest(&[1], 0), None);
    check_kept(&mut store, &[0], true);
    store.keep(vec![99], vec![0; 2_000], false);
    store.flush();
    assert_eq!(store.longest(&[99], 0), None);
    drop(store);
    // A lower limit holds from the next start.
    drop(Store::open(Some(place.path()), 600, &identity("one")));
    assert!(held_bytes(&place) <= 600);
    drop(Store::open(Some(place.path()), 0, &identity("one")));
    assert!(files_in(&place).is_empty());
}

#[test]
fn use_is_remembered_over_a_restart() {
    let place = tempfile::tempdir().unwrap();
    let mut store = store_with(&place, &[&[1], &[2], &[3]]);
    let file_bytes = held_bytes(&place) / 3;
    for path in files_in(&place) {
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        File::open(path).unwrap().set_modified(hour_ago).unwrap();
    }
    check_kept(&mut store, &[1], true);
    assert!(!store.sighted(&[3], false));
    drop(store);
    let mut store = Store::open(Some(place.path()), 3 * file_bytes, &identity("one"));
    store.keep(vec![4], payload_of(&[4]), false);
    store.flush();
    check_kept(&mut store, &[2], false);
    for tokens in [[1], [3], [4]] {
        check_kept(&mut store, &tokens, true);
    }
}

#[test]
fn two_stores_on_one_folder_damage_nothing() {
    let place = tempfile::tempdir().unwrap();
    let mut stores = [open(&place), open(&place)];
    for round in 0..20 {
        for store in &mut stores {
            store.keep(vec![7, round], vec![round as u8; 50_000], false);
        }
    }
    stores.iter_mut().for_each(Store::flush);
    for store in &mut stores {
        for round in 0..20 {
            if let Some(found) = store.longest(&[7, round], 1) {
                assert_eq!(store.load(&found).unwrap().bytes, vec![round as u8; 50_000]);
            }
        }
    }
    // What one of them removes, the other misses without harm.
    stores[0].keep(vec![8], vec![8; 100], false);
    stores[0].flush();
    files_in(&place).iter().for_each(|path| fs::remove_file(path).unwrap());
    assert_eq!(load(&mut stores[0], &[8]), None);
    assert!(stores[0].is_keeping);
}

#[test]
fn without_a_usable_folder_nothing_is_kept() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, b"text").unwrap();
    for folder in [None, Some(file.as_path()), Some(Path::new(""))] {
        let mut store = Store::open(folder, LIMIT_BYTES, &identity("one"));
        assert!(!store.sighted(&[1], true));
        store.keep(vec![1], vec![1], true);
        store.flush();
        assert_eq!(store.longest(&[1], 0), None);
    }
}

#[test]
fn a_folder_that_goes_away_costs_no_more_than_its_states() {
    let place = tempfile::tempdir().unwrap();
    let mut store = store_with(&place, &[&[1]]);
    fs::remove_dir_all(place.path()).unwrap();
    store.keep(vec![2], vec![2], false);
    store.flush();
    assert_eq!(load(&mut store, &[1]), None);
    assert_eq!(load(&mut store, &[2]), None);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_to_write_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    drop(store_with(&place, &[&[1]]));
    let allow = |mode| fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o500);
    // The administrator may write everywhere.
    if File::create(place.path().join("probe")).is_err() {
        let mut store = open(&place);
        check_kept(&mut store, &[1], true);
        store.keep(vec![2], payload_of(&[2]), false);
        store.flush();
        check_kept(&mut store, &[2], false);
    }
    allow(0o700);
}

#[test]
fn nothing_more_is_kept_when_a_file_cannot_be_removed() {
    let place = tempfile::tempdir().unwrap();
    let mut store = store_with(&place, &[&[1]]);
    let path = files_in(&place).remove(0);
    store.limit_bytes = held_bytes(&place);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    store.keep(vec![2], payload_of(&[2]), false);
    store.flush();
    check_kept(&mut store, &[2], false);
    assert!(!store.sighted(&[3], true));
    assert_eq!(files_in(&place), [path]);
}
