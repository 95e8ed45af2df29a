//! Exact bytes or nothing, whatever the file pretends to be and whatever happens meanwhile.

mod hostile;

use std::cell::Cell;
use std::fs;
use std::io::{Seek, SeekFrom, Write};

use gguf::sparse::{Sparse, Value};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;

/// A folder with a stick, a desk and a catalogue of one small model.
struct Scene {
    folder: TempDir,
    catalog: Catalog,
    good: Vec<u8>,
    brought: Vec<(u64, String)>,
    free_bytes: Option<u64>,
}

/// Bytes of the catalogued model: more than one read.
const SIZE: usize = (1 << 20) + 4321;

impl Scene {
    fn new() -> Self {
        let good: Vec<u8> = (0..SIZE).map(|n| (n * n / 7 + n / 251) as u8).collect();
        let mut entry = Catalog::bundled().models[0].clone();
        entry.file = "good.gguf".into();
        entry.size_bytes = good.len() as u64;
        entry.size_exact = true;
        entry.sha256 = hash(&good);
        let catalog = Catalog { models: vec![entry] };
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        Self { folder, catalog, good, brought: Vec::new(), free_bytes: None }
    }

    fn desk(&self) -> PathBuf {
        self.folder.path().join("desk/models")
    }

    fn on_stick(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("stick").join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A small model that nobody knows.
    fn unknown(&self, name: &str, change: impl FnOnce(&mut Sparse)) -> PathBuf {
        let path = self.folder.path().join("stick").join(name);
        let mut model = small();
        change(&mut model);
        model.write(&path).unwrap();
        path
    }

    fn with<T>(&self, act: impl FnOnce(Bringing<'_>) -> T) -> T {
        self.heard(&|_, _| {}, act)
    }

    fn heard<T>(&self, progress: &dyn Fn(u64, u64), act: impl FnOnce(Bringing<'_>) -> T) -> T {
        act(Bringing {
            catalog: &self.catalog,
            folder: &self.desk(),
            free_bytes: self.free_bytes,
            brought: &self.brought,
            stop: &|| false,
            progress,
        })
    }

    /// Copies and keeps under the catalogue's name.
    fn copied(&self, path: &Path) -> Result<PathBuf, CatalogError> {
        self.with(|bringing| bringing.copy(path)?.keep("good.gguf"))
    }

    /// What lies in the desk's folder.
    fn kept(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.desk()) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[track_caller]
    fn check_refused(&self, path: &Path, expected: &str) {
        for result in [
            self.with(|bringing| bringing.copy(path)).map(|it| it.path),
            self.with(|bringing| bringing.in_place(path)).map(|it| it.path),
        ] {
            let said = result.unwrap_err().to_string();
            assert!(said.contains(expected), "{expected:?} is not in {said:?}");
        }
        assert_eq!(self.kept(), [""; 0], "nothing is left behind");
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A model with two layers and eight tokens.
pub(super) fn small() -> Sparse {
    let mut model = Sparse::new("llama");
    model.key("general.name", Value::Text("Small".into()));
    for (name, whole) in [
        ("block_count", 2),
        ("context_length", 512),
        ("embedding_length", 64),
        ("feed_forward_length", 128),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
        ("rope.dimension_count", 16),
    ] {
        model.own(name, Value::Whole(whole));
    }
    model.own("attention.layer_norm_rms_epsilon", Value::Fraction(1e-5));
    model.vocabulary(8);
    model.tensor("token_embd.weight", &[64, 8], "F32");
    model.tensor("output_norm.weight", &[64], "F32");
    model
}

#[test]
fn the_right_bytes_arrive_under_any_name_and_only_for_their_owner() {
    let scene = Scene::new();
    let path = scene.on_stick("renamed.gguf", &scene.good);
    let heard = Cell::new(0);
    let found = scene.heard(&|done, _| heard.set(done), |bringing| bringing.copy(&path)).unwrap();
    assert!(matches!(&found.bytes, Bytes::Known(entry) if entry.file == "good.gguf"));
    let kept = found.keep("good.gguf").unwrap();
    assert_eq!(fs::read(&kept).unwrap(), scene.good);
    assert_eq!(heard.get(), SIZE as u64);
    assert_eq!(scene.kept(), ["good.gguf"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn fifty_single_flipped_bits_are_fifty_refusals() {
    let scene = Scene::new();
    let path = scene.on_stick("good.gguf", &scene.good);
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let mut put = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    let mut number = 20_261_122u64;
    for round in 0..50 {
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (at, bit) = ((number >> 33) as usize % SIZE, round % 8);
        put(at, scene.good[at] ^ (1 << bit));
        let copied = scene.copied(&path);
        assert!(matches!(copied, Err(CatalogError::Damaged { .. })), "{at} {bit}: {copied:?}");
        put(at, scene.good[at]);
    }
    assert_eq!(scene.kept(), [""; 0]);
    assert!(scene.copied(&path).is_ok(), "without a flipped bit it is taken");
}

#[test]
fn a_name_or_a_size_of_the_catalogue_with_other_bytes_is_damage() {
    let scene = Scene::new();
    let mut other = scene.good.clone();
    other[77] ^= 1;
    scene.check_refused(&scene.on_stick("other-name.gguf", &other), "and is damaged");
    scene.check_refused(&scene.on_stick("GOOD.gguf", &scene.good[..SIZE - 1]), "and is damaged");
    let sound = scene.unknown("good.gguf", |_| {});
    scene.check_refused(&sound, "looks like SmolLM2 135M Instruct and is damaged");
    assert!(gguf::inspect(&sound).is_ok(), "its header alone would pass");
}

#[test]
fn a_size_that_was_only_computed_makes_nothing_damaged() {
    let mut scene = Scene::new();
    let path = scene.unknown("own.gguf", |_| {});
    scene.catalog.models[0].size_bytes = fs::metadata(&path).unwrap().len();
    scene.check_refused(&path, "and is damaged");
    scene.catalog.models[0].size_exact = false;
    assert!(scene.with(|bringing| bringing.in_place(&path)).is_ok());
    let good = scene.on_stick("right.gguf", &scene.good);
    let refused = scene.with(|bringing| bringing.in_place(&good)).unwrap_err().to_string();
    assert!(refused.contains("not a GGUF model"), "this test's bytes are no model: {refused}");
    let good = scene.on_stick("good.gguf", &scene.good);
    assert!(scene.copied(&good).is_ok(), "the hash decides, not the computed size");
}

#[test]
fn a_file_that_is_here_already_is_not_copied_twice() {
    let mut scene = Scene::new();
    let path = scene.on_stick("good.gguf", &scene.good);
    scene.copied(&path).unwrap();
    // Without any room, a copy would be refused.
    scene.free_bytes = Some(0);
    assert!(scene.copied(&path).is_ok());
    fs::write(scene.desk().join("good.gguf"), "damaged").unwrap();
    assert!(matches!(scene.copied(&path), Err(CatalogError::NoRoom { .. })), "that is no file");
    scene.free_bytes = None;
    scene.copied(&path).unwrap();
    assert_eq!(fs::read(scene.desk().join("good.gguf")).unwrap(), scene.good, "it is put right");

    let own = scene.unknown("own.gguf", |_| {});
    let found = scene.with(|bringing| bringing.copy(&own)).unwrap();
    scene.brought = vec![(found.size_bytes, found.sha256.clone())];
    drop(found);
    let again = scene.with(|bringing| bringing.copy(&own));
    assert!(matches!(again, Err(CatalogError::AlreadyBrought { .. })), "{again:?}");
}

#[test]
fn a_full_disk_is_said_before_anything_is_written() {
    let mut scene = Scene::new();
    let path = scene.on_stick("good.gguf", &scene.good);
    for (free, fits) in
        [(0, false), (SPARE_BYTES + SIZE as u64 - 1, false), (SPARE_BYTES + SIZE as u64, true)]
    {
        scene.free_bytes = Some(free);
        assert_eq!(scene.copied(&path).is_ok(), fits, "{free}");
        assert_eq!(scene.kept().is_empty(), !fits, "{free}");
    }
}

#[test]
fn a_file_that_changes_while_it_is_copied_is_refused() {
    let scene = Scene::new();
    let path = scene.on_stick("good.gguf", &scene.good);
    let change = |change: &dyn Fn(&Path)| {
        let is_first = Cell::new(true);
        let result = scene.heard(
            &|_, _| {
                if is_first.replace(false) {
                    change(&path);
                }
            },
            |bringing| bringing.copy(&path).map(|_| ()),
        );
        assert!(matches!(result, Err(CatalogError::Changed { .. })), "{result:?}");
        assert_eq!(scene.kept(), [""; 0]);
        fs::write(&path, &scene.good).unwrap();
    };
    change(&|path| fs::File::options().write(true).open(path).unwrap().set_len(1 << 20).unwrap());
    change(&|path| fs::write(path, [scene.good.as_slice(), b"more"].concat()).unwrap());
    change(&|path| {
        let mut file = fs::File::options().write(true).open(path).unwrap();
        file.seek(SeekFrom::End(-1)).unwrap();
        file.write_all(b"!").unwrap();
    });
}

#[test]
fn a_stopped_copy_leaves_nothing() {
    let scene = Scene::new();
    let path = scene.on_stick("good.gguf", &scene.good);
    let reads = Cell::new(0);
    let result = scene.with(|bringing| {
        let stop = || reads.replace(reads.get() + 1) == 1;
        Bringing { stop: &stop, ..bringing }.copy(&path).map(|_| ())
    });
    assert!(matches!(result, Err(CatalogError::Cancelled)), "{result:?}");
    assert_eq!(scene.kept(), [""; 0]);

    let found = scene.with(|bringing| bringing.copy(&path)).unwrap();
    assert_eq!(scene.kept().len(), 1, "a copy that was not kept yet has no model's name");
    assert!(scene.kept()[0].ends_with(".part"));
    std::mem::forget(found);
    clear_leftovers(&scene.desk());
    assert_eq!(scene.kept(), [""; 0], "what a killed program left is cleared");
}

#[test]
fn an_unknown_model_is_taken_with_what_its_header_says() {
    let scene = Scene::new();
    let path = scene.unknown("own.gguf", |_| {});
    let found = scene.with(|bringing| bringing.copy(&path)).unwrap();
    let Bytes::Unknown(header) = &found.bytes else { panic!("{:?}", found.bytes) };
    assert_eq!((header.architecture.as_str(), header.context_tokens), ("llama", 512));
    assert_eq!(found.sha256, hash(&fs::read(&path).unwrap()));
    let kept = found.keep("own-1.gguf").unwrap();
    assert_eq!(fs::read(kept).unwrap(), fs::read(&path).unwrap());

    let found = scene.with(|bringing| bringing.in_place(&path)).unwrap();
    assert_eq!(found.path, fs::canonicalize(&path).unwrap(), "it stays where it is");
    assert_eq!(found.keep("anything").unwrap(), fs::canonicalize(&path).unwrap());
    assert_eq!(scene.kept(), ["own-1.gguf"]);
}

#[test]
fn a_folder_is_searched_without_following_links() {
    let scene = Scene::new();
    let stick = scene.folder.path().join("stick");
    assert!(matches!(model_files(&stick), Err(CatalogError::NoModels { .. })));
    let deep = stick.join("a/b");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("two.GGUF"), "").unwrap();
    fs::write(stick.join("one.gguf"), "").unwrap();
    fs::write(stick.join("notes.txt"), "").unwrap();
    fs::create_dir_all(stick.join("1/2/3/4/5/6/7")).unwrap();
    fs::write(stick.join("1/2/3/4/5/6/7/too-deep.gguf"), "").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&stick, stick.join("round")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", stick.join("link.gguf")).unwrap();
    }
    assert_eq!(model_files(&stick).unwrap(), [deep.join("two.GGUF"), stick.join("one.gguf")]);
    assert_eq!(model_files(&stick.join("one.gguf")).unwrap(), [stick.join("one.gguf")]);
    assert!(matches!(model_files(&stick.join("nothing")), Err(CatalogError::Read { .. })));
}
