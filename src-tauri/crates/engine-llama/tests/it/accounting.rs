//! Our estimate of a model's memory against llama.cpp's own accounting, on files without weights
//! that have the true measures of published models. Needs no model.

use std::process::Command;

use catalog::memory::{Kv, Setting, estimate};
use gguf::sparse::plans::plan;
use serde_json::Value;
use tempfile::TempDir;

/// How far the estimate of the room for computing may be from what llama.cpp plans.
const LEAST_COMPUTE: f64 = 0.9;
const MOST_COMPUTE: f64 = 1.3;

/// What lies between tensors in a buffer, for each thousand bytes.
const GAPS: f64 = 0.001;

/// A plan's file in a folder of its own.
struct Sparse {
    folder: TempDir,
    id: &'static str,
}

impl Sparse {
    fn write(id: &'static str) -> Sparse {
        let folder = tempfile::tempdir().unwrap();
        plan(id).unwrap().file().write(&folder.path().join("model.gguf")).unwrap();
        Sparse { folder, id }
    }

    /// What llama.cpp accounts for.
    fn account(&self, setting: &Setting) -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk-convert"));
        command.env("RUST_LOG", "error").arg("account").arg(self.folder.path().join("model.gguf"));
        for (flag, number) in [
            ("--context", setting.context_tokens),
            ("--slots", setting.sequences),
            ("--ubatch", setting.block_tokens),
        ] {
            command.arg(flag).arg(number.to_string());
        }
        command.args(["--kv", if setting.kv == Kv::Q8 { "q8_0" } else { "f16" }]);
        if !setting.flash_attention {
            command.arg("--without-flash");
        }
        if !setting.keeps_windows_whole {
            command.arg("--short-windows");
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {setting:?}: {said}", self.id);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    #[track_caller]
    fn check(&self, setting: Setting) {
        let shape = gguf::inspect(&self.folder.path().join("model.gguf")).unwrap().shape;
        let (ours, theirs) = (estimate(&shape, &setting), self.account(&setting));
        let bytes = |name: &str| theirs[name].as_u64().unwrap();
        let which = format!("{} {setting:?}: {ours:?} and {theirs}", self.id);
        assert_eq!(ours.weights_bytes, bytes("tensors_bytes"), "{which}");
        let gaps = bytes("weights_bytes") as f64 / ours.weights_bytes as f64 - 1.0;
        assert!((0.0..GAPS).contains(&gaps), "{which}");
        assert_eq!(ours.kv_bytes, bytes("kv_bytes"), "{which}");
        let compute = ours.compute_bytes as f64 / bytes("compute_bytes") as f64;
        assert!((LEAST_COMPUTE..=MOST_COMPUTE).contains(&compute), "{compute:.3} {which}");
    }
}

const CHAT: Setting = Setting::chat();

const LONG: Setting =
    Setting { context_tokens: 32_768, sequences: 8, block_tokens: 512, kv: Kv::Q8, ..CHAT };

const AT_ONCE: Setting = Setting {
    context_tokens: 8192,
    sequences: 4,
    block_tokens: 512,
    flash_attention: false,
    ..CHAT
};

const SHORT_WINDOWS: Setting =
    Setting { context_tokens: 16_384, sequences: 2, keeps_windows_whole: false, ..CHAT };

#[test]
fn plain_models_need_what_llama_cpp_accounts_for() {
    let llama = Sparse::write("llama-3.1-8b");
    for setting in [
        CHAT,
        LONG,
        AT_ONCE,
        Setting { sequences: 1, block_tokens: 512, ..CHAT },
        Setting { context_tokens: 8192, sequences: 4, kv: Kv::Q8, ..CHAT },
    ] {
        llama.check(setting);
    }
    let qwen = Sparse::write("qwen3-4b");
    [CHAT, LONG, AT_ONCE].into_iter().for_each(|setting| qwen.check(setting));
}

#[test]
fn models_with_windows_need_what_llama_cpp_accounts_for() {
    let gemma = Sparse::write("gemma-4-e2b");
    [CHAT, LONG, SHORT_WINDOWS].into_iter().for_each(|setting| gemma.check(setting));
}

#[test]
fn models_with_states_need_what_llama_cpp_accounts_for() {
    let qwen = Sparse::write("qwen3.5-4b");
    [CHAT, LONG].into_iter().for_each(|setting| qwen.check(setting));
    let granite = Sparse::write("granite-4.0-h-tiny");
    [CHAT, LONG].into_iter().for_each(|setting| granite.check(setting));
}

/// Why the desk has an estimate of its own: llama.cpp's figure, by which its own fit decides, has
/// a third of what such a model takes. If this fails, it was mended there, and its fit may be
/// asked again.
#[test]
fn llama_cpps_own_figure_omits_weights_that_are_laid_out_again() {
    #[cfg(target_arch = "x86_64")]
    if !std::arch::is_x86_feature_detected!("avx2") {
        return;
    }
    let told = Sparse::write("llama-3.1-8b").account(&CHAT);
    let bytes = |name: &str| told[name].as_u64().unwrap();
    assert!(bytes("weights_bytes") > 4_900_000_000, "{told}");
    assert!(bytes("told_weights_bytes") < bytes("weights_bytes") / 2, "{told}");
}

#[test]
fn what_is_no_model_is_not_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    for content in [&b""[..], b"GGUF\x03\0\0\0", b"<!doctype html>"] {
        std::fs::write(&path, content).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk-convert"));
        let output = command.arg("account").arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(5));
        assert!(output.stdout.is_empty());
    }
}
