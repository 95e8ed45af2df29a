//! `frontdesk-engine probe`: which part of the engine suits this processor, and which graphics
//! cards there are, as one line of JSON.
//!
//! It loads the drivers of all cards, which may crash or hang: whoever starts it waits only so
//! long, and is not harmed.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::model::facts::LLAMA_VERSION;
use crate::model::{backends, graphics};

/// Prints the line. Fails where no part of the engine runs on the processor.
pub(crate) fn run() -> ExitCode {
    if let Err(error) = backends::load() {
        tracing::error!("{error}");
        return ExitCode::FAILURE;
    }
    let problems = graphics::load();
    let devices: Vec<Value> = graphics::cards()
        .into_iter()
        .map(|(card, kind)| {
            json!({
                "name": card.name,
                "description": card.description,
                "backend": card.backend,
                "kind": kind.word(),
                "memory_bytes": card.memory_total,
                "memory_free_bytes": card.memory_free,
            })
        })
        .collect();
    say(&json!({
        "build": build(),
        "processor_library": backends::processor_library().unwrap_or_default(),
        "devices": devices,
        "problems": problems,
    }))
}

/// What must stay the same for a result to count later.
pub(crate) fn build() -> String {
    format!("llama.cpp ({LLAMA_VERSION})")
}

/// Prints one line of JSON.
pub(crate) fn say(line: &Value) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
