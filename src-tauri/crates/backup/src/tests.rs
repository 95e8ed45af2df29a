//! A backup is whole or refused, whatever becomes of the file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::Store;
use tempfile::TempDir;

use super::*;

struct Place {
    folder: TempDir,
    store: Store,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk")).unwrap();
        for number in 0..50 {
            store.meta_set(&format!("fact {number}"), &"words ".repeat(200)).unwrap();
        }
        Self { folder, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn staging(&self) -> Staging {
        Staging::new(self.store.folder()).unwrap()
    }

    fn make(&self, name: &str) -> Result<Made, BackupError> {
        let target = self.path(name);
        make(
            &|path| self.store.copy_to(path),
            1 << 20,
            &about(Reason::Manual, 5),
            &self.staging(),
            &target,
        )
    }

    fn refusal(&self, path: &Path) -> BackupError {
        match unpack(path, &self.staging()) {
            Ok(_) => panic!("{} was taken", path.display()),
            Err(error) => error,
        }
    }
}

fn about(reason: Reason, made_at: i64) -> About {
    let model = ModelFile {
        id: "small".into(),
        name: "Small".into(),
        file: "small.gguf".into(),
        bytes: 7,
        sha256: "00".repeat(32),
    };
    About { program: "0.1.0".into(), name: "Harbour".into(), reason, made_at, models: vec![model] }
}

#[test]
fn a_backup_reads_back_as_it_was_written() {
    let place = Place::new();
    let made = place.make("a.fdz").unwrap();
    let staging = place.staging();
    let read = unpack(&made.path, &staging).unwrap();
    assert_eq!(read.manifest, made.manifest);
    assert_eq!(read.models, about(Reason::Manual, 5).models);
    assert_eq!(read.manifest.desk, place.store.desk_id().unwrap());
    assert_eq!(store::check_copy(&read.database).unwrap().rows, place.store.count_rows().unwrap());
    assert!(made.bytes < made.manifest.database_bytes(), "it is packed");
    drop(staging);
    assert!(matches!(place.make("a.fdz"), Err(BackupError::Exists { .. })));
    let left: Vec<_> = fs::read_dir(place.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "the desk and the backup, and nothing else: {left:?}");
    assert_eq!(list(place.folder.path()).unwrap().len(), 1);
}

#[test]
fn every_change_of_a_backup_is_seen() {
    let place = Place::new();
    let whole = fs::read(place.make("a.fdz").unwrap().path).unwrap();
    let path = place.path("changed.fdz");
    let check = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).unwrap();
        let refused = place.refusal(&path);
        let is_told =
            matches!(refused, BackupError::Damaged { .. } | BackupError::NotABackup { .. });
        assert!(is_told && refused.to_string().contains("changed.fdz"), "{what}: {refused}");
    };
    let mut random = fastrand::Rng::with_seed(8);
    for case in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..[1, 1, 1, 10, 100][case % 5] {
            let at = random.usize(..bytes.len());
            bytes[at] ^= 1 << random.u8(..8);
        }
        check(&bytes, "flipped");
    }
    for _ in 0..40 {
        check(&whole[..random.usize(..whole.len())], "cut");
    }
    // Its first and its last bytes, and each byte of the seal.
    for at in (0..40).chain(whole.len() - 110..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        check(&bytes, "flipped at its edge");
    }
    check(&[&whole[..], b"more"].concat(), "longer");
    check(&[b"more", &whole[..]].concat(), "pushed");
    fs::write(&path, &whole).unwrap();
    unpack(&path, &place.staging()).unwrap();
}

/// A ZIP of these parts with a right seal, as somebody could make who reads this source.
fn forged(path: &Path, parts: &[(&str, &[u8])]) {
    use zip::write::SimpleFileOptions;
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    zip.set_comment(crate::seal::empty()).unwrap();
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(manifest::MARK, stored).unwrap();
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let mut file = zip.finish().unwrap();
    file.flush().unwrap();
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    crate::seal::close(&mut file, path).unwrap();
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn saying(change: impl FnOnce(&mut Manifest), database: &[u8]) -> Vec<u8> {
    let part = |name: &str, bytes: &[u8]| Part {
        name: name.into(),
        bytes: bytes.len() as u64,
        sha256: hex(bytes),
    };
    let mut manifest = Manifest {
        format: 1,
        program: "0.1.0".into(),
        schema: store::SCHEMA_VERSION,
        desk: String::new(),
        name: String::new(),
        made_at: 0,
        reason: Reason::Manual,
        rows: Vec::new(),
        parts: vec![part("kb.db", database), part("models.json", b"[]")],
    };
    change(&mut manifest);
    serde_json::to_vec(&manifest).unwrap()
}

#[test]
fn a_file_of_somebody_else_is_refused_with_its_reason() {
    let place = Place::new();
    let path = place.path("odd.fdz");
    let check = |words: &str| {
        let refused = place.refusal(&path).to_string();
        assert!(refused.contains(words), "{words:?} is not in {refused:?}");
        assert_eq!(
            fs::read_dir(place.store.folder().join("backup.part")).map_or(0, Iterator::count),
            0
        );
    };
    let forge = |change: fn(&mut Manifest), database: &[u8], more: &[(&str, &[u8])]| {
        let manifest = saying(change, database);
        let mut parts: Vec<(&str, &[u8])> =
            vec![("kb.db", database), ("models.json", b"[]"), ("manifest.json", &manifest)];
        parts.extend(more);
        forged(&path, &parts);
    };
    fs::write(&path, b"a letter").unwrap();
    check("not a backup");
    fs::write(&path, b"PK\x03\x04 and what any ZIP may hold, without an end").unwrap();
    check("not a backup");
    forge(|_| {}, b"no database", &[("../../etc/passwd", b"x")]);
    check("it holds \"../../etc/passwd\"");
    forge(|_| {}, b"no database", &[("/abs", b"x")]);
    check("it holds \"/abs\"");
    forge(|_| {}, b"no database", &[]);
    check("its database");
    forge(|manifest| manifest.format = 2, b"no database", &[]);
    check("newer version");
    forge(|manifest| manifest.schema = 9_000_000_000, b"no database", &[]);
    check("newer version");
    forge(|manifest| manifest.parts[0].bytes = 1 << 50, b"no database", &[]);
    check("claims to hold");
    forge(|manifest| manifest.parts[0].bytes = 400 << 20, b"no database", &[]);
    check("claims to hold");
    forge(|manifest| manifest.parts[0].bytes = 5, b"no database", &[]);
    check("is not what it says");
    forge(|manifest| manifest.parts[0].sha256 = "00".repeat(32), b"no database", &[]);
    check("is not what it says");
    forge(|manifest| manifest.parts.clear(), b"no database", &[]);
    check("is not listed");
    forged(&path, &[("kb.db", b"x")]);
    check("odd.fdz");
    // A bomb: what unpacks to more than it says is cut off there.
    let zeros = vec![0_u8; 32 << 20];
    forge(|manifest| manifest.parts[0].bytes = 1000, &zeros, &[]);
    check("is not what it says");
    let real = place.make("real.fdz").unwrap();
    let copy = place.path("copy.db");
    place.store.copy_to(&copy).unwrap();
    forge(|_| {}, &fs::read(&copy).unwrap(), &[]);
    check("something else than it says");
    unpack(&real.path, &place.staging()).unwrap();
}

#[test]
fn a_folder_or_nothing_is_no_backup() {
    let place = Place::new();
    assert!(matches!(place.refusal(place.folder.path()), BackupError::NotABackup { .. }));
    assert!(matches!(place.refusal(&place.path("gone.fdz")), BackupError::Io { .. }));
}

#[test]
fn a_copy_that_fails_leaves_no_file() {
    let place = Place::new();
    let target = place.path("a.fdz");
    let fails = |_: &Path| Err(store::StoreError::Full);
    let made = make(&fails, 0, &about(Reason::Daily, 1), &place.staging(), &target);
    assert!(matches!(made, Err(BackupError::Store(store::StoreError::Full))));
    let too_large = make(&fails, 1 << 60, &about(Reason::Daily, 1), &place.staging(), &target);
    assert!(matches!(too_large, Err(BackupError::NoRoom { .. })));
    assert_eq!(fs::read_dir(place.folder.path()).unwrap().count(), 1, "only the desk is there");
    fs::write(place.path("b.fdz.part"), b"half").unwrap();
    remove_leftovers(place.folder.path()).unwrap();
    assert!(!place.path("b.fdz.part").exists());
    assert!(list(&place.path("no folder")).unwrap().is_empty());
}
