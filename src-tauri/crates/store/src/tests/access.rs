//! The staff PIN's one row.

use super::desk;
use crate::{AccessRow, Store};

#[test]
fn a_new_desk_has_no_pin() {
    let desk = desk();
    assert_eq!(desk.store.access().unwrap(), AccessRow::default());
    assert_eq!(desk.count("SELECT count(*) FROM access"), 1);
}

#[test]
fn what_is_changed_is_there_after_a_restart() {
    let desk = desk();
    let row = AccessRow {
        pin_hash: "hash of a PIN".into(),
        recovery_hash: "hash of a code".into(),
        must_set_pin: true,
        tries: 7,
        tried_at: 4_711,
    };
    let wanted = row.clone();
    let before = desk.store.change_access(move |found| std::mem::replace(found, row)).unwrap();
    assert_eq!(before, AccessRow::default());
    drop(desk.store);
    assert_eq!(Store::open(desk.folder.path()).unwrap().access().unwrap(), wanted);
}

#[test]
fn a_row_shows_no_hash_when_it_is_printed() {
    let row = AccessRow { pin_hash: "4711".into(), ..AccessRow::default() };
    let shown = format!("{row:?}");
    assert!(shown.contains("has_pin: true") && !shown.contains("4711"), "{shown}");
}
