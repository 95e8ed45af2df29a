//! Files that are no models, or models made to hurt: each is refused with its own sentence.

use super::*;

#[test]
fn a_text_an_empty_and_a_truncated_file_are_refused() {
    let scene = Scene::new();
    let check = |name: &str, bytes: &[u8], expected: &str| {
        scene.check_refused(&scene.on_stick(name, bytes), expected);
    };
    check("text.gguf", b"Dear shop, please find attached.", "not a GGUF model");
    check("empty.gguf", b"", "not a GGUF model");
    check("picture.gguf", b"\x89PNG\r\n\x1a\n0000000000000000", "not a GGUF model");
    let whole = fs::read(scene.unknown("whole.gguf", |_| {})).unwrap();
    for length in [12, 100, whole.len() / 2, whole.len() - 300] {
        check("short.gguf", &whole[..length], "corrupted or incomplete");
    }
}

#[test]
fn a_header_that_claims_to_be_huge_is_refused() {
    let scene = Scene::new();
    let whole = fs::read(scene.unknown("whole.gguf", |_| {})).unwrap();
    let mut many_tensors = whole.clone();
    many_tensors[8..16].copy_from_slice(&(1u64 << 63).to_le_bytes());
    scene.check_refused(&scene.on_stick("a.gguf", &many_tensors), "4096 at most");
    let mut many_keys = whole;
    many_keys[16..24].copy_from_slice(&u64::MAX.to_le_bytes());
    scene.check_refused(&scene.on_stick("b.gguf", &many_keys), "512 at most");
    let outside = scene.unknown("c.gguf", |model| {
        model.tensor("blk.0.attn_q.weight", &[1 << 20, 1 << 20], "F32");
    });
    let file = fs::File::options().write(true).open(&outside).unwrap();
    file.set_len(1 << 20).unwrap();
    scene.check_refused(&outside, "`blk.0.attn_q.weight`");
}

#[test]
fn the_four_headers_that_end_llama_cpp_are_refused() {
    let scene = Scene::new();
    for layers in [0, 1 << 31, u32::MAX] {
        let path = scene.unknown("layers.gguf", |model| {
            model.own("block_count", Value::Whole(layers));
        });
        scene.check_refused(&path, &format!("is {layers}, it must be 1 to 512"));
    }
    let path = scene.unknown("epsilon.gguf", |model| {
        model.own("attention.layer_norm_rms_epsilon", Value::Fraction(f32::NAN));
    });
    scene.check_refused(&path, "is NaN, which is not a finite number");
}

#[test]
fn what_the_engine_does_not_know_is_refused() {
    let scene = Scene::new();
    let path = scene.unknown("clip.gguf", |model| {
        model.key("general.architecture", Value::Text("clip".into()));
    });
    scene.check_refused(&path, "`clip`");
}

#[test]
fn parts_of_a_model_are_refused() {
    let scene = Scene::new();
    for name in ["big-00001-of-00003.gguf", "BIG-00003-OF-00003.GGUF"] {
        scene.check_refused(&scene.unknown(name, |_| {}), "only a part of a model");
    }
    for name in ["one-00001-of-00001.gguf", "a-of-b.gguf", "1-of-3.gguf"] {
        let path = scene.unknown(name, |_| {});
        assert!(scene.with(|bringing| bringing.in_place(&path)).is_ok(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_folders_and_devices_are_refused() {
    let scene = Scene::new();
    let good = scene.on_stick("good.gguf", &scene.good);
    let link = scene.folder.path().join("stick/link.gguf");
    std::os::unix::fs::symlink(&good, &link).unwrap();
    scene.check_refused(&link, "is a link and no file");
    scene.check_refused(&scene.folder.path().join("stick"), "not a file");
    scene.check_refused(Path::new("/dev/null"), "not a file");
    scene.check_refused(Path::new("/dev/zero"), "not a file");
    scene.check_refused(&scene.folder.path().join("stick/nothing.gguf"), "cannot read");
}
