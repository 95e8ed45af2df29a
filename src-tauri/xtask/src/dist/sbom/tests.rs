//! What a bill of materials says of one part.

use super::{checksums, library};
use crate::notices::Notice;

const LOCK: &str = "\
[[package]]
name = \"ours\"
version = \"0.1.0\"

[[package]]
name = \"theirs\"
version = \"1.2.3+4\"
source = \"registry\"
checksum = \"abc\"
";

fn notice(name: &str, version: &str) -> Notice {
    let (licence, from, folder) = ("MIT/Apache-2.0".into(), String::new(), "".into());
    Notice { name: name.into(), version: version.into(), licence, from, folder }
}

#[test]
fn a_crate_has_its_checksum_and_its_address() {
    let found = library("cargo", &notice("theirs", "1.2.3+4"), &checksums(LOCK));
    assert_eq!(found["purl"], "pkg:cargo/theirs@1.2.3%2B4");
    assert_eq!(found["hashes"][0]["content"], "abc");
    assert_eq!(found["licenses"][0]["expression"], "MIT OR Apache-2.0");
}

#[test]
fn a_package_of_the_pages_has_its_group() {
    let found = library("npm", &notice("@tauri-apps/api", "2.0.0"), &checksums(LOCK));
    assert_eq!(found["purl"], "pkg:npm/%40tauri-apps/api@2.0.0");
    assert!(found.get("hashes").is_none());
}

#[test]
fn what_is_ours_has_no_checksum() {
    assert_eq!(checksums(LOCK).len(), 1);
}
