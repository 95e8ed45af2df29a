//! Each check can fail.

use super::super::opened::Entry;
use super::{permissions, size};

fn check(place: &str, permissions_: &str, owner: &str, target: Option<&str>, is_good: bool) {
    let entry = Entry {
        permissions: permissions_.into(),
        owner: owner.into(),
        bytes: 1,
        place: place.into(),
        target: target.map(str::to_string),
    };
    let finding = permissions(&[entry]);
    assert_eq!(finding.is_good(), is_good, "{place}: {}", finding.told());
}

#[test]
fn permissions_are_as_they_should_be() {
    check("usr/lib/frontdesk/frontdesk-node", "-rwxr-xr-x", "0/0", None, true);
    check("usr/lib/frontdesk/engine/libggml.so.0", "-rw-r--r--", "0/0", None, true);
    check("usr/bin/frontdesk", "lrwxrwxrwx", "0/0", Some("../lib/frontdesk/frontdesk"), true);
    check("usr/share", "drwxr-xr-x", "0/0", None, true);
}

#[test]
fn permissions_that_are_wrong() {
    check("usr/lib/frontdesk/frontdesk-node", "-rwsr-xr-x", "0/0", None, false);
    check("usr/share/x", "-rwxr-xr-x", "0/0", None, false);
    check("usr/share/x", "-rw-rw-r--", "0/0", None, false);
    check("usr/share/x", "-rw-r--r--", "1000/1000", None, false);
    check("usr/share", "drwxrwxrwx", "0/0", None, false);
    check("usr/bin/frontdesk", "lrwxrwxrwx", "0/0", Some("/etc/passwd"), false);
}

#[test]
fn a_package_has_a_largest_size() {
    assert!(size(100, 100).is_good());
    assert!(!size(101, 100).is_good());
}
