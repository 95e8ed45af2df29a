//! Decoding while other programs use every core.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::bench::engine::Bench;
use crate::bench::engine::ours::Drafts;
use crate::bench::engine::prompt::plain;
use crate::bench::engine::rounds::{Pairs, Round, alternate};
use crate::bench::engine::row::{Row, Target, percentile};
use crate::bench::engine::speaker::{Prompt, Speaker};
use crate::exit::Failure;

/// A question.
const PROMPT: usize = 64;
/// A long answer.
const ANSWER: u32 = 128;
/// The system notices new work within this time.
const SETTLED: Duration = Duration::from_millis(200);

pub(super) fn measure(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let ours = bench.kit.chat(Drafts::Never, None)?;
    let mut texts = bench.texts(&ours, "under_load")?;
    let mut prompts =
        || texts.texts(2, PROMPT).into_iter().map(|text| plain(text, ANSWER)).collect();
    let pairs = alternate(bench, &ours, bench.reference(), &mut prompts, &play)?;
    let (idle, server_idle) = rates(&pairs, 0);
    let (loaded, server_loaded) = rates(&pairs, 1);
    let row = Row::new("under_load", "tokens/s", &loaded, &idle, Target::RatioAtLeast(0.4));
    let median = |rates: &[f64]| percentile(rates, 0.5);
    let server = match (median(&server_loaded), median(&server_idle)) {
        (Some(loaded), Some(idle)) => {
            json!({ "loaded": loaded, "idle": idle, "ratio": loaded / idle })
        }
        _ => serde_json::Value::Null,
    };
    Ok(vec![row.with(json!({
        "reference_is": "ours without the load",
        "busy_loops": busy_loops(),
        "llama_server": server,
        "drafts": false,
    }))])
}

/// The first prompt without the load, the second with it.
fn play(speaker: &dyn Speaker, prompts: &[Prompt]) -> Result<Round, Failure> {
    let idle = speaker.ask(&prompts[0])?;
    let stop = AtomicBool::new(false);
    let loaded = thread::scope(|scope| {
        for _ in 0..busy_loops() {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        thread::sleep(SETTLED);
        let told = speaker.ask(&prompts[1]);
        stop.store(true, Ordering::Relaxed);
        told
    })?;
    Ok(vec![idle, loaded])
}

/// One for each core this program may use.
fn busy_loops() -> usize {
    hardware::detect().logical_cores
}

fn rates(pairs: &Pairs, index: usize) -> (Vec<f64>, Vec<f64>) {
    pairs.values(|told| told[index].decode_rate())
}
