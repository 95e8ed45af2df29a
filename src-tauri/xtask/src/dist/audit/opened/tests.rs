//! Reading the list of an archive.

use super::read_entry;

#[test]
fn files_folders_and_links() {
    let file = read_entry("-rw-r--r-- 0/0      12 2026-01-01 10:00 ./usr/a b").unwrap();
    assert_eq!((file.place.as_str(), file.bytes, file.target), ("usr/a b", 12, None));
    let folder = read_entry("drwxr-xr-x 0/0       0 2026-01-01 10:00 ./usr/").unwrap();
    assert_eq!((folder.place.as_str(), folder.owner.as_str()), ("usr", "0/0"));
    let link = read_entry("lrwxrwxrwx 0/0 0 2026-01-01 10:00 /usr/bin/x -> ../lib/x").unwrap();
    assert_eq!((link.place.as_str(), link.target.as_deref()), ("usr/bin/x", Some("../lib/x")));
    assert_eq!(read_entry("drwxr-xr-x 0/0 0 2026-01-01 10:00 ./"), None);
    assert_eq!(read_entry("nothing"), None);
}
