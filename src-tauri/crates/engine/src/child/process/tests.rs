//! What a child is told at its start.

use std::ffi::OsStr;

use super::*;

const EVERYWHERE: Option<u32> = None;
const NOWHERE: Option<u32> = Some(0);

fn check_is_passed(name: &str, gpu_layers: Option<u32>, expected: bool) {
    let tuning = Tuning { gpu_layers, ..Tuning::default() };
    assert_eq!(is_passed(name, &tuning), expected, "{name} with {gpu_layers:?}");
}

#[test]
fn only_what_libraries_and_drivers_need_is_passed() {
    for gpu_layers in [EVERYWHERE, NOWHERE] {
        check_is_passed("LD_LIBRARY_PATH", gpu_layers, true);
        check_is_passed("SystemRoot", gpu_layers, true);
        check_is_passed("PATH", gpu_layers, false);
        check_is_passed("HOME", gpu_layers, false);
        check_is_passed("SHOP_PASSWORD", gpu_layers, false);
        check_is_passed("MY_VK_TOKEN", gpu_layers, false);
        check_is_passed("LD_PRELOAD", gpu_layers, false);
    }
}

#[test]
fn what_drivers_need_is_passed_only_where_a_graphics_card_may_be_used() {
    for name in ["XDG_RUNTIME_DIR", "XDG_DATA_DIRS", "VK_DRIVER_FILES", "VK_ICD_FILENAMES"] {
        check_is_passed(name, EVERYWHERE, true);
        check_is_passed(name, Some(12), true);
        check_is_passed(name, NOWHERE, false);
    }
    check_is_passed("GGML_VK_VISIBLE_DEVICES", EVERYWHERE, true);
    check_is_passed("CUDA_VISIBLE_DEVICES", EVERYWHERE, true);
    check_is_passed("CUDA_VISIBLE_DEVICES", NOWHERE, false);
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
    check_arguments(Tuning { gpu_layers: Some(0), ..Tuning::default() }, "--gpu-layers 0");
    let all = Tuning {
        threads: Some(2),
        slots: Some(4),
        context_tokens: Some(8192),
        gpu_layers: Some(99),
        without_drafts: true,
        states: Some("kept".into()),
        states_bytes: Some(1 << 20),
    };
    check_arguments(
        all,
        "--threads 2 --slots 4 --context 8192 --gpu-layers 99 --drafts off \
         --states-bytes 1048576 --states kept",
    );
}
