//! Names of cards and of what is wrong with their parts.

use super::*;

fn check_software(description: &str, expected: bool) {
    assert_eq!(is_software(description), expected, "{description}");
}

#[test]
fn a_processor_that_poses_as_a_card_is_known_by_its_name() {
    check_software("llvmpipe (LLVM 15.0.6, 256 bits)", true);
    check_software("SwiftShader Device (Subzero)", true);
    check_software("Microsoft Basic Render Driver", true);
    check_software("NVIDIA GeForce RTX 4060", false);
    check_software("AMD Radeon 780M (RADV PHOENIX)", false);
    check_software("", false);
}

fn check_words(said: &str, expected: &str) {
    assert_eq!(in_words("libggml-vulkan.so", said, Path::new("/opt/desk/graphics")), expected);
}

#[test]
fn what_is_wrong_with_a_part_is_said_without_folders() {
    check_words(
        "failed to load /opt/desk/graphics/libggml-vulkan.so: libvulkan.so.1: cannot open shared \
         object file: No such file or directory",
        "libggml-vulkan.so cannot be loaded: libvulkan.so.1: cannot open shared object file: No \
         such file or directory",
    );
    check_words(
        "failed to load /opt/desk/graphics/libggml-vulkan.so: \
         /opt/desk/graphics/libggml-vulkan.so: file too short",
        "libggml-vulkan.so cannot be loaded: file too short",
    );
}

fn check_missing(names: &[&str], refused: &[&str], expected: &str) {
    let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(missing(&owned(names), &owned(refused)), expected);
}

#[test]
fn a_card_that_is_not_there_is_missed_with_a_reason() {
    check_missing(&[], &[], "the engine sees none");
    check_missing(&[], &["it is broken"], "it is broken");
    check_missing(&["Vulkan0", "Vulkan1"], &["it is broken"], "the engine sees Vulkan0, Vulkan1");
}
