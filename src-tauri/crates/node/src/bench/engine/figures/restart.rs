//! From start to ready, and the first question after a restart.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use super::first_token::{HEAD, QUESTION, folder};
use crate::bench::engine::ours::{Drafts, Ours};
use crate::bench::engine::prompt::below_head;
use crate::bench::engine::row::{Row, Target, percentile};
use crate::bench::engine::speaker::{Speaker, Told, one_by_one};
use crate::bench::engine::{Bench, broken, process};
use crate::exit::Failure;

/// Questions before and after a restart.
const QUESTIONS: usize = 6;

/// How long states may take to reach the disk.
const PATIENCE: Duration = Duration::from_secs(15);

/// A folder that did not change for so long is written.
const CALM: Duration = Duration::from_secs(1);

/// How often a folder is looked at.
const GLANCE: Duration = Duration::from_millis(50);

pub(super) fn load(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let (mut seconds, mut told) = (Vec::new(), Vec::new());
    for round in 0..=bench.command.rounds {
        let started = Instant::now();
        let ours = Ours::start(bench.kit.chat_config(Drafts::Usual, None))?;
        if round > 0 {
            seconds.push(started.elapsed().as_secs_f64());
            told.push(ours.hello().load_ms as f64);
        }
    }
    let row = Row::new("load", "s", &seconds, &[], Target::AtMost(0.8));
    Ok(vec![row.with(json!({ "by_the_engine_itself_ms": percentile(&told, 0.5) }))])
}

/// The engine is killed, not asked to end: what it kept must be on the disk already.
pub(super) fn restart(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let states = folder()?;
    let start = || bench.kit.chat(Drafts::Usual, Some(states.path()));
    let mut ours = start()?;
    let mut texts = bench.texts(&ours, "restart")?;
    let head = texts.text(HEAD);
    let (mut first_ms, mut warm_ms, mut cached) = (Vec::new(), Vec::new(), Vec::new());
    let mut ask = |ours: &Ours| -> Result<Vec<Told>, Failure> {
        let questions = texts.texts(QUESTIONS, QUESTION);
        let prompts: Vec<_> = questions.iter().map(|text| below_head(&head, text, 1)).collect();
        one_by_one(ours as &dyn Speaker, &prompts)
    };
    ask(&ours)?;
    let kept_bytes = wait_until_calm(states.path())?;
    for _ in 0..bench.command.rounds {
        process::kill(ours.process_id()?)?;
        drop(ours);
        ours = start()?;
        let told = ask(&ours)?;
        let warm: Vec<f64> = told[1..].iter().map(Told::first_ms).collect();
        first_ms.push(told[0].first_ms());
        warm_ms.extend(percentile(&warm, 0.5));
        cached.push(told[0].cached_tokens);
    }
    let row = Row::new("restart", "ms", &first_ms, &warm_ms, Target::RatioAtMost(1.2));
    Ok(vec![row.with(json!({
        "reference_is": "ours, warm",
        "kept_bytes": kept_bytes,
        "cached_tokens_of_the_first": cached,
    }))])
}

/// Waits until the folder stops growing and tells its size; 0 if nothing was kept.
fn wait_until_calm(folder: &Path) -> Result<u64, Failure> {
    let started = Instant::now();
    let mut bytes = size(folder)?;
    let mut changed = Instant::now();
    while changed.elapsed() < CALM && started.elapsed() < PATIENCE {
        std::thread::sleep(GLANCE);
        let now = size(folder)?;
        if now != bytes || bytes == 0 {
            bytes = now;
            changed = Instant::now();
        }
    }
    Ok(bytes)
}

fn size(folder: &Path) -> Result<u64, Failure> {
    let unreadable = |error| broken(format!("the folder of states: {error}"));
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // A file may be renamed between the listing and the look.
        let Ok(metadata) = entry.metadata() else { continue };
        bytes += if metadata.is_dir() { size(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}
