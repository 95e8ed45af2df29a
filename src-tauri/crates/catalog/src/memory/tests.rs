//! The formula by hand, and the figures that llama.cpp's own accounting gives for the same files.

use gguf::Shape;
use gguf::sparse::plans::plan;

use super::{Kv, Setting, estimate};
use crate::{Catalog, Purpose};

/// The shape of a model, read from a file without weights.
fn shape(id: &str) -> Shape {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    plan(id).unwrap().file().write(&path).unwrap();
    gguf::inspect(&path).unwrap().shape
}

/// What llama.cpp accounts for with 4096 cells, 16 texts and blocks of 128 tokens.
#[track_caller]
fn check_accounted(id: &str, weights_bytes: u64, kv_bytes: u64, compute_bytes: u64) {
    let estimate = estimate(&shape(id), &Setting::chat());
    assert_eq!(estimate.weights_bytes, weights_bytes, "{id}");
    assert_eq!(estimate.kv_bytes, kv_bytes, "{id}");
    let ratio = estimate.compute_bytes as f64 / compute_bytes as f64;
    assert!((0.9..=1.3).contains(&ratio), "{id}: {ratio:.2}");
}

#[test]
fn plain_models_need_what_llama_accounts_for() {
    check_accounted("qwen3-4b", 2_491_323_904, 603_979_776, 85_398_528);
    check_accounted("qwen3-30b-a3b-instruct-2507", 18_550_716_416, 402_653_184, 84_087_808);
}

#[test]
fn models_with_windows_need_what_llama_accounts_for() {
    check_accounted("gemma-4-e2b", 3_324_557_452, 75_497_472, 140_255_232);
    check_accounted("gemma-4-12b", 6_960_054_464, 1_409_286_144, 146_152_960);
    check_accounted("gpt-oss-20b", 12_096_558_336, 201_326_592, 112_434_176);
}

#[test]
fn models_with_states_need_what_llama_accounts_for() {
    check_accounted("qwen3.5-4b", 2_770_511_872, 977_272_832, 134_748_736);
    check_accounted("granite-4.0-h-tiny", 897_585_408, 962_527_232, 62_665_792);
}

/// One layer of each kind, small enough for arithmetic in the head.
fn small() -> Shape {
    Shape {
        weights_bytes: 1000,
        lookup_bytes: 300,
        tied_bytes: 200,
        kv_numbers: 64,
        window_kv_numbers: 32,
        window_tokens: 100,
        state_bytes: 10,
        vocabulary: 1000,
        width: 64,
        feed_forward: 128,
        heads: 4,
        head_numbers: 16,
        ..Shape::default()
    }
}

#[test]
fn texts_take_cells_by_the_kind_of_layer() {
    let check = |setting: Setting, expected: u64| {
        assert_eq!(estimate(&small(), &setting).kv_bytes, expected, "{setting:?}");
    };
    let chat = Setting { context_tokens: 4096, sequences: 2, ..Setting::chat() };
    check(chat, 64 * 2 * 4096 + 32 * 2 * 4096 + 2 * 10);
    // Two windows of 100 and a block of 128 make 328 cells, kept in groups of 256.
    let short = Setting { keeps_windows_whole: false, ..chat };
    check(short, 64 * 2 * 4096 + 32 * 2 * 512 + 2 * 10);
    check(Setting { kv: Kv::Q8, ..short }, 68 * 4096 + 34 * 512 + 2 * 10);
    check(Setting { context_tokens: 4097, ..chat }, (64 + 32) * 2 * 4352 + 2 * 10);
    check(Setting { sequences: 100, ..short }, (64 + 32) * 2 * 4096 + 100 * 10);
    check(Setting { sequences: 0, ..chat }, (64 + 32) * 2 * 4096 + 10);
}

#[test]
fn attention_at_once_and_larger_blocks_need_more() {
    let compute = |setting: Setting| estimate(&shape("qwen3-4b"), &setting).compute_bytes;
    let chat = Setting::chat();
    assert!(compute(Setting { block_tokens: 512, ..chat }) > 3 * compute(chat));
    let long = Setting { context_tokens: 32_768, ..chat };
    assert!(compute(Setting { flash_attention: false, ..long }) > 5 * compute(long));
    assert!(compute(Setting { writes: false, ..chat }) < compute(chat) / 2);
}

#[test]
fn a_card_has_a_copy_of_the_output_and_leaves_the_tables() {
    let estimate = estimate(&small(), &Setting::chat());
    let working = estimate.kv_bytes + estimate.compute_bytes * 110 / 100;
    assert_eq!(estimate.total_bytes, 1000 + working + estimate.host_bytes);
    assert_eq!(estimate.card_bytes, 1000 - 300 + 200 + working);
    assert_eq!(estimate.beside_card_bytes, 300 + estimate.host_bytes);
}

#[test]
fn no_shape_and_no_setting_makes_it_fail() {
    let huge = Shape {
        weights_bytes: u64::MAX,
        lookup_bytes: u64::MAX,
        tied_bytes: u64::MAX,
        kv_numbers: u64::MAX,
        window_kv_numbers: u64::MAX,
        window_tokens: u32::MAX,
        state_bytes: u64::MAX,
        vocabulary: u32::MAX,
        width: u32::MAX,
        feed_forward: u32::MAX,
        heads: u32::MAX,
        head_numbers: u32::MAX,
        ..Shape::default()
    };
    let large = Setting {
        context_tokens: u32::MAX,
        sequences: u32::MAX,
        block_tokens: u32::MAX,
        flash_attention: false,
        keeps_windows_whole: false,
        ..Setting::chat()
    };
    let none = Setting { context_tokens: 0, sequences: 0, block_tokens: 0, ..Setting::chat() };
    for shape in [huge, Shape::default()] {
        for setting in [large, none, Setting::chat(), Setting::embedding()] {
            let estimate = estimate(&shape, &setting);
            assert!(estimate.total_bytes >= estimate.weights_bytes);
        }
    }
}

#[test]
fn the_catalogue_says_of_each_model_what_its_measures_say() {
    let catalog = Catalog::bundled();
    let mut planned = 0;
    for entry in catalog.for_purpose(Purpose::Chat) {
        let Some(plan) = plan(&entry.id) else { continue };
        planned += 1;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.gguf");
        let size_bytes = plan.file().write(&path).unwrap();
        let shape = gguf::inspect(&path).unwrap().shape;
        // Some makers store a few tensors with more bits than the quantizer's own rules.
        let by_bits = |bytes: u64, of: u64| (bytes as f64 / of as f64 - 1.0).abs();
        assert!(by_bits(entry.shape.weights_bytes, shape.weights_bytes) < 0.1, "{}", entry.id);
        if !entry.size_exact {
            assert_eq!(entry.size_bytes, size_bytes, "{}", entry.id);
        }
        let same = Shape {
            weights_bytes: entry.shape.weights_bytes,
            active_bytes: entry.shape.active_bytes,
            ..shape
        };
        assert_eq!(entry.shape, same, "{}", entry.id);
    }
    assert!(planned >= 20, "{planned}");
}
