//! Which files are ours, and how they come and go.

use std::io::Write;

use super::*;

fn check_is_ours(file_name: &str, is_state: bool, is_half: bool) {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(file_name), b"text").unwrap();
    let held = Folder::open(place.path()).unwrap().list().unwrap();
    assert_eq!((held.states.len(), held.halves.len()), (is_state.into(), is_half.into()));
}

#[test]
fn only_our_names_are_seen() {
    let ours = "0123456789abcdef0123456789abcdef";
    check_is_ours(&format!("{ours}.state"), true, false);
    check_is_ours(&format!("{ours}.half"), false, true);
    check_is_ours(&half_name(), false, true);
    check_is_ours(ours, false, false);
    check_is_ours(&format!("{ours}0.state"), false, false);
    check_is_ours(&format!("{}.state", ours.to_uppercase()), false, false);
    check_is_ours(&format!("{ours}.state.txt"), false, false);
    check_is_ours("letter.state", false, false);
    check_is_ours("letter.half", false, false);
    check_is_ours(".state", false, false);
}

#[test]
fn names_tell_identities_and_tokens_apart() {
    let name = Name::of("a", &[1, 2]);
    assert_eq!(name, Name::of("a", &[1, 2]));
    assert_ne!(name, Name::of("b", &[1, 2]));
    assert_ne!(name, Name::of("a", &[1]));
    assert_ne!(name, Name::of("a", &[2, 1]));
    assert_eq!(Name::from_letters(&name.0), Some(name));
}

#[test]
fn a_failed_write_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let name = Name::of("a", &[1]);
    let written = folder.write(&name, |file| {
        file.write_all(b"the first half")?;
        Err(io::ErrorKind::StorageFull.into())
    });
    assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_write_replaces_the_whole_file() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let name = Name::of("a", &[1]);
    folder.write(&name, |file| file.write_all(b"an older and longer one")).unwrap();
    folder.write(&name, |file| file.write_all(b"a new one")).unwrap();
    assert_eq!(fs::read(folder.path_of(&name)).unwrap(), b"a new one");
    folder.remove(&name).unwrap();
    folder.remove(&name).unwrap();
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn files_and_new_folders_are_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("new").join("states");
    let folder = Folder::open(&path).unwrap();
    let name = Name::of("a", &[1]);
    folder.write(&name, |file| file.write_all(b"text")).unwrap();
    let mode_of = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode_of(&path), 0o700);
    assert_eq!(mode_of(&folder.path_of(&name)), 0o600);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let name = Name::of("a", &[1]);
    let elsewhere = place.path().join("elsewhere.txt");
    fs::write(&elsewhere, b"a person's own file").unwrap();
    symlink(&elsewhere, folder.path_of(&name)).unwrap();
    assert!(folder.list().unwrap().states.is_empty());
    assert!(folder.read(&name).is_err());
    // A state of this name takes the link's place, not that of the file behind it.
    folder.write(&name, |file| file.write_all(b"state")).unwrap();
    assert_eq!(fs::read(&elsewhere).unwrap(), b"a person's own file");
    assert!(folder.read(&name).is_ok());
}
