//! The size of files.

use super::{LARGEST_FILE_BYTES, check_size};

#[test]
fn large_files_are_found() {
    assert!(check_size("a.bin", LARGEST_FILE_BYTES).is_none());
    assert!(check_size("a.bin", LARGEST_FILE_BYTES + 1).is_some());
}
