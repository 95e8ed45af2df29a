//! llama.cpp's own benchmark program: the engine without a server around it.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Bench, broken};
use crate::exit::Failure;

/// Tokens a second that it writes after a prompt of this length, measured once.
pub(super) fn decode_rate(
    bench: &Bench,
    program: &Path,
    prompt_tokens: usize,
    tokens: u32,
) -> Result<f64, Failure> {
    let mut command = Command::new(program);
    command
        .arg("-m")
        .arg(bench.kit.chat_file())
        .args(["-fa", "on", "-r", "1", "-o", "json", "-p", "0"])
        .args(["-n", &tokens.to_string(), "-d", &prompt_tokens.to_string()]);
    if let Some(threads) = bench.command.threads {
        command.args(["-t", &threads.to_string()]);
    }
    if let Some(layers) = bench.command.gpu_layers {
        command.args(["-ngl", &layers.to_string()]);
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| broken(format!("{}: {error}", program.display())))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(broken(format!("{} failed: {}", program.display(), said.trim())));
    }
    rate(&output.stdout)
        .ok_or_else(|| broken(format!("{} printed something else than a rate", program.display())))
}

fn rate(printed: &[u8]) -> Option<f64> {
    serde_json::from_slice::<Value>(printed).ok()?[0]["avg_ts"].as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_found() {
        assert_eq!(rate(br#"[{"n_gen":256,"avg_ts":104.5}]"#), Some(104.5));
        assert_eq!(rate(b"[]"), None);
        assert_eq!(rate(b"error"), None);
    }
}
