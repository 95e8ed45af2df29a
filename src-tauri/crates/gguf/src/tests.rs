//! Sound headers pass, and each thing that a header can get wrong is refused by its name.

mod damage;
mod shapes;
mod texts;
mod writer;

use std::io::Write;
use std::path::Path;

use super::*;
use writer::{Model, Value};

fn check(file: impl Read, file_bytes: u64) -> Result<(), Refusal> {
    read(file, file_bytes).map(drop)
}

fn said(model: &Model) -> String {
    let bytes = model.bytes();
    check(&bytes[..], bytes.len() as u64)
        .map_or_else(|refusal| refusal.to_string(), |()| "fine".into())
}

fn check_accepted(change: impl FnOnce(&mut Model)) {
    let mut model = Model::sound();
    change(&mut model);
    assert_eq!(said(&model), "fine");
}

fn check_refused(change: impl FnOnce(&mut Model), expected: &str) {
    let mut model = Model::sound();
    change(&mut model);
    let said = said(&model);
    assert!(said.contains(expected), "{said}");
}

/// Puts a value in place of the key's own.
fn check_key_refused(key: &str, value: Value, expected: &str) {
    let mut model = Model::sound();
    model.set(key, value);
    let said = said(&model);
    assert!(said.starts_with(&format!("the key `{key}` ")) && said.contains(expected), "{said}");
}

#[test]
fn a_sound_header_passes() {
    check_accepted(|_| {});
    check_accepted(|model| model.version = 2);
    check_accepted(|model| model.set("general.alignment", Value::U32(64)));
    check_accepted(|model| model.set("somebody.wrote.this", Value::F64(1.5)));
    check_accepted(|model| model.set("general.languages", Value::texts(&["de", "en"])));
    check_accepted(|model| model.set("general.type", Value::text("model")));
    check_accepted(|model| model.set("split.count", Value::U16(1)));
}

#[test]
fn what_is_no_gguf_is_refused() {
    check_refused(|model| model.magic = *b"GGML", "not a GGUF model");
    check_refused(|model| model.version = 0, "version 0");
    check_refused(|model| model.version = 1, "version 1");
    check_refused(|model| model.version = 4, "version 4");
    check_refused(|model| model.version = 3 << 24, "big-endian");
    check_refused(|model| model.version = u32::MAX, "version 4294967295");
}

#[test]
fn counts_have_limits() {
    for count in [513, 1 << 40, u64::MAX] {
        let expected = format!("its header has {count} keys, 512 at most");
        check_refused(|model| model.key_count = Some(count), &expected);
    }
    for count in [4097, 1 << 32, 1 << 63] {
        let expected = format!("its header has {count} tensors, 4096 at most");
        check_refused(|model| model.tensor_count = Some(count), &expected);
    }
    check_refused(|model| model.tensors.clear(), "it has no weights");
}

#[test]
fn keys_are_named_once_and_readably() {
    check_refused(|model| model.add("", Value::U32(1)), "the key `` is empty");
    check_refused(
        |model| model.add("general.architecture", Value::text("llama")),
        "is there twice",
    );
    check_refused(|model| model.add("bell\u{7}", Value::U32(1)), "cannot be printed");
    check_refused(|model| model.add(&"k".repeat(65_537), Value::U32(1)), "65537 bytes of text");
    check_accepted(|model| model.add(&"k".repeat(65_536), Value::U32(1)));
}

#[test]
fn values_are_of_known_kinds_and_finite() {
    check_key_refused("a", Value::Raw(13, Vec::new()), "has kind 13, which is not known");
    check_key_refused("a", Value::F32(f32::NAN), "is NaN, which is not a finite number");
    check_key_refused("a", Value::F32(f32::INFINITY), "is inf, which is not a finite number");
    check_key_refused("a", Value::F64(f64::NAN), "is NaN, which is not a finite number");
    check_key_refused("a", Value::Bool(2), "is 2, it must be 0 for no or 1 for yes");
    check_key_refused("a", Value::list(6, 1, &f32::NAN.to_le_bytes()), "is NaN");
    check_key_refused("a", Value::list(7, 2, &[1, 255]), "is 255, it must be 0 for no");
    check_key_refused("a", Value::list(9, 1, &[]), "is a list of lists");
    check_key_refused("a", Value::list(8, 2_000_001, &[]), "has 2000001 elements, 2000000 at most");
    check_key_refused("a", Value::list(4, u64::MAX, &[]), "has 18446744073709551615 elements");
    let long = (16u64 << 20) + 1;
    check_key_refused("a", Value::Raw(8, long.to_le_bytes().to_vec()), "16777217 bytes of text");
    let longer_than_the_file = (1u64 << 20).to_le_bytes().to_vec();
    check_refused(
        |model| model.set("a", Value::Raw(8, longer_than_the_file)),
        "it ends within the key `a`, it is corrupted or incomplete",
    );
    check_refused(
        |model| model.set("a", Value::list(10, 2_000_000, &[])),
        "ends within the key `a`",
    );
}

#[test]
fn only_whole_text_models_pass() {
    check_key_refused("general.architecture", Value::text("clip"), "is `clip`, which this program");
    check_key_refused("general.architecture", Value::text(""), "is ``");
    check_key_refused(
        "general.architecture",
        Value::U32(1),
        "is a 32-bit whole number, it must be text",
    );
    check_refused(
        |model| model.remove("general.architecture"),
        "`general.architecture` is missing",
    );
    check_key_refused("general.type", Value::text("adapter"), "is `adapter`, it must be `model`");
    check_key_refused("general.type", Value::Bool(1), "is yes or no, it must be text");
    check_key_refused("general.name", Value::U32(1), "is a 32-bit whole number, it must be text");
    check_key_refused("split.count", Value::U16(3), "is 3: the file is one part");
    check_key_refused("split.count", Value::U32(3), "it must be a 16-bit number");
    for alignment in [0, 4, 1 << 17, 1 << 31] {
        let expected = format!("is {alignment}, it must be 8 to 65536");
        check_key_refused("general.alignment", Value::U32(alignment), &expected);
    }
    check_key_refused("general.alignment", Value::U32(48), "is 48, it must be a power of two");
    check_key_refused("general.alignment", Value::I32(-1), "is a signed 32-bit whole number");
}

#[test]
fn tensors_are_named_once_and_shortly() {
    check_refused(|model| model.tensors[0].name = "t".repeat(64), "64 bytes of text, 63 at most");
    check_refused(|model| model.tensors[0].name.clear(), "the tensor `` has no name");
    check_refused(|model| model.tensors[0].name = "a\0b".into(), "has no name that can be printed");
    let twice = "the tensor `output_norm.weight` is there twice";
    check_refused(|model| model.tensors.push(model.tensors[1].clone()), twice);
}

fn check_shape_refused(dimensions: &[u64], way: u32, expected: &str) {
    let change = |model: &mut Model| {
        model.tensors[0].dimensions = dimensions.to_vec();
        model.tensors[0].way = way;
    };
    check_refused(change, &format!("the tensor `token_embd.weight` {expected}"));
}

#[test]
fn shapes_fit_the_way_they_are_stored() {
    check_shape_refused(&[], 0, "has 0 dimensions");
    check_shape_refused(&[1, 1, 1, 1, 1], 0, "has 5 dimensions");
    check_shape_refused(&[64, 0], 0, "has 0 numbers in a dimension");
    check_shape_refused(&[(1 << 31) + 1], 0, "has 2147483649 numbers in a dimension");
    check_shape_refused(&[u64::MAX, 2], 0, "has 18446744073709551615 numbers");
    check_shape_refused(&[1 << 31, 1 << 31, 4, 1], 0, "is larger than any file");
    check_shape_refused(&[1 << 31, 1 << 31, 1 << 31, 1 << 31], 0, "is larger than any file");
    check_shape_refused(&[48, 2], 8, "has rows of 48 numbers, Q8_0 stores 32 together");
    for way in [4, 5, 9, 15, 24, 26, 28, 31, 43, 999, u32::MAX] {
        check_shape_refused(&[64, 12], way, &format!("is stored in way {way}"));
    }
    check_shape_refused(&[64], 1, "is stored as F16, it must be F32");
    let packed_norm = |model: &mut Model| model.tensors[1].way = 8;
    check_refused(packed_norm, "`output_norm.weight` is stored as Q8_0, it must be F32");
}

#[test]
fn weights_lie_in_the_file_one_after_the_other() {
    check_refused(|model| model.tensors[1].offset += 1, "which is no multiple of 32");
    check_refused(|model| model.tensors[1].offset += 32, "the one before it ends at 832");
    check_refused(|model| model.tensors[1].offset = 0, "begins at byte 0, the one before");
    check_refused(|model| model.tensors[0].offset = 1 << 62, "the one before it ends at 0");
    check_refused(
        |model| model.weight_bytes -= 1,
        "the F32 weights of tensor `output_norm.weight`",
    );
    check_refused(|model| model.weight_bytes = 0, "the Q8_0 weights of tensor `token_embd.weight`");
    check_refused(
        |model| model.tensors[0].dimensions[1] = 1 << 20,
        "it is corrupted or incomplete",
    );
}

/// The models of the test folder, or of the repository.
fn real_models() -> Vec<std::path::PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    let folder = std::env::var_os("FRONTDESK_MODELS").map_or(repository, Into::into);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "gguf")).collect()
}

#[test]
fn real_models_pass_quickly() {
    let models = real_models();
    if models.is_empty() {
        std::io::stderr()
            .write_all(b"skipped: FRONTDESK_MODELS names no folder with models\n")
            .unwrap();
    }
    for path in models {
        let file = std::fs::File::open(&path).unwrap();
        let bytes = file.metadata().unwrap().len();
        let started = std::time::Instant::now();
        if let Err(refusal) = check(file, bytes) {
            panic!("{}: {refusal}", path.display());
        }
        // Twenty times what an optimised build takes on a slow machine.
        assert!(
            started.elapsed().as_secs_f32() < 2.0,
            "{}: {:?}",
            path.display(),
            started.elapsed()
        );
    }
}
