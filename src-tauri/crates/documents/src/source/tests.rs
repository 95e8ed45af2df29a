//! What is opened and what is not.

use super::*;
use std::os::unix::fs::symlink;

fn check_refused(path: &Path, links: Links, expected: DocumentError) {
    assert_eq!(Source::open(path, links, 1 << 20).unwrap_err(), expected, "{}", path.display());
}

#[test]
fn only_regular_files_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), "words").unwrap();
    fs::write(at("nothing"), "").unwrap();
    symlink(at("file"), at("link")).unwrap();
    symlink("/dev/zero", at("zero")).unwrap();
    symlink(at("gone"), at("broken")).unwrap();
    File::create(at("large")).unwrap().set_len(3 << 20).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
    assert!(pipe.success());

    let mut source = Source::open(&at("file"), Links::Refused, 1 << 20).unwrap();
    assert_eq!(source.hash().unwrap(), <FileHash>::from(Sha256::digest(b"words")));
    assert_eq!(source.into_bytes().unwrap(), b"words");
    let followed = Source::open(&at("link"), Links::Followed, 1 << 20).unwrap();
    assert_eq!(followed.path, fs::canonicalize(at("file")).unwrap());
    check_refused(&at("link"), Links::Refused, DocumentError::Link);
    check_refused(&at("zero"), Links::Followed, DocumentError::NotAFile);
    check_refused(&at("broken"), Links::Followed, DocumentError::Missing);
    check_refused(&at("pipe"), Links::Followed, DocumentError::NotAFile);
    check_refused(folder.path(), Links::Followed, DocumentError::NotAFile);
    check_refused(&at("nothing"), Links::Followed, DocumentError::Empty);
    check_refused(&at("large"), Links::Followed, DocumentError::TooLarge { megabytes: 3, most: 1 });
}
