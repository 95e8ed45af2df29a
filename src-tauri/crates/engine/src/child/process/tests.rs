//! What a child is told at its start.

use std::ffi::OsStr;

use super::*;

fn check_is_passed(name: &str, with_graphics: bool, expected: bool) {
    assert_eq!(is_passed(name, with_graphics), expected, "{name}, graphics: {with_graphics}");
}

#[test]
fn only_what_libraries_and_drivers_need_is_passed() {
    for with_graphics in [true, false] {
        check_is_passed("LD_LIBRARY_PATH", with_graphics, true);
        check_is_passed("SystemRoot", with_graphics, true);
        check_is_passed("PATH", with_graphics, false);
        check_is_passed("HOME", with_graphics, false);
        check_is_passed("SHOP_PASSWORD", with_graphics, false);
        check_is_passed("MY_VK_TOKEN", with_graphics, false);
        check_is_passed("LD_PRELOAD", with_graphics, false);
        check_is_passed("GGML_BACKEND_PATH", with_graphics, false);
    }
}

#[test]
fn what_drivers_need_is_passed_only_where_a_graphics_card_may_be_used() {
    for name in ["XDG_RUNTIME_DIR", "XDG_DATA_DIRS", "VK_DRIVER_FILES", "VK_ICD_FILENAMES"] {
        check_is_passed(name, true, true);
        check_is_passed(name, false, false);
    }
    check_is_passed("GGML_VK_VISIBLE_DEVICES", true, true);
    check_is_passed("CUDA_VISIBLE_DEVICES", true, true);
    check_is_passed("CUDA_VISIBLE_DEVICES", false, false);
}

fn check_may_use_graphics(device: Option<&str>, gpu_layers: Option<u32>, expected: bool) {
    let device = device.map(ToString::to_string);
    let tuning = Tuning { device, gpu_layers, ..Tuning::default() };
    assert_eq!(tuning.may_use_graphics(), expected, "{tuning:?}");
}

#[test]
fn a_graphics_card_is_used_only_by_its_name() {
    check_may_use_graphics(None, None, false);
    check_may_use_graphics(None, Some(99), false);
    check_may_use_graphics(Some("Vulkan0"), None, true);
    check_may_use_graphics(Some("Vulkan0"), Some(12), true);
    check_may_use_graphics(Some("Vulkan0"), Some(0), false);
}

#[test]
fn threads_that_wait_do_not_spin() {
    let command = command(&crate::child::tests::config(Purpose::Chat));
    let set = |name: &str| {
        let mut all = command.get_envs();
        all.find(|(key, _)| *key == OsStr::new(name)).and_then(|(_, value)| value?.to_str())
    };
    assert_eq!(set("GOMP_SPINCOUNT"), Some("1000"));
    assert_eq!(set("KMP_BLOCKTIME"), Some("1"));
    assert_eq!(set("GGML_NO_BACKTRACE"), Some("1"));
}

fn check_arguments(tuning: Tuning, expected: &str) {
    let mut command = Command::new("engine");
    tune(&mut command, &tuning);
    let arguments: Vec<_> = command.get_args().map(|part| part.to_str().unwrap()).collect();
    assert_eq!(arguments.join(" "), expected);
}

#[test]
fn tuning_is_told_only_where_there_is_any() {
    check_arguments(Tuning::default(), "");
    check_arguments(Tuning { gpu_layers: Some(99), ..Tuning::default() }, "");
    let all = Tuning {
        threads: Some(2),
        slots: Some(4),
        context_tokens: Some(8192),
        device: Some("Vulkan0".into()),
        gpu_layers: Some(99),
        without_drafts: true,
        states: Some("kept".into()),
        states_bytes: Some(1 << 20),
    };
    check_arguments(
        all,
        "--threads 2 --slots 4 --context 8192 --device Vulkan0 --gpu-layers 99 --drafts off \
         --states-bytes 1048576 --states kept",
    );
}
