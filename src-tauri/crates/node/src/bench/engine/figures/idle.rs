//! What an engine costs that has answered and is not asked any more.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::bench::engine::ours::Drafts;
use crate::bench::engine::prompt::plain;
use crate::bench::engine::row::{Row, Target};
use crate::bench::engine::speaker::at_once;
use crate::bench::engine::{Bench, kit, process};
use crate::exit::Failure;

/// Long enough that every part of the engine has been used.
const PROMPT: usize = 128;
const ANSWER: u32 = 16;

/// Work that ends with the last answer may take this long.
const CALM: Duration = Duration::from_secs(2);

pub(super) fn measure(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.chat(Drafts::Usual, None)?;
    let mut texts = bench.texts(&ours, "idle")?;
    let prompts: Vec<_> =
        texts.texts(kit::SLOTS, PROMPT).into_iter().map(|text| plain(text, ANSWER)).collect();
    at_once(&ours, &prompts)?;
    std::thread::sleep(CALM);
    let id = ours.process_id()?;
    let (before, started) = (process::processor_time(id)?, Instant::now());
    std::thread::sleep(Duration::from_secs(bench.command.idle_seconds));
    let used = process::processor_time(id)? - before;
    let share = used.as_secs_f64() / started.elapsed().as_secs_f64();
    let memory = process::memory(id)?;
    let estimate = ours.hello().memory_bytes;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    Ok(vec![
        Row::new("idle_processor", "cores", &[share], &[], Target::AtMost(0.005))
            .with(json!({ "seconds": bench.command.idle_seconds })),
        Row::new(
            "idle_memory",
            "MB",
            &[megabytes(memory.resident_bytes)],
            &[megabytes(estimate)],
            Target::Within(0.1),
        )
        .with(json!({
            "reference_is": "the engine's own estimate",
            "proportional_mb": megabytes(memory.proportional_bytes),
        })),
    ])
}
