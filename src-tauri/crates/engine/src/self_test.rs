//! Whether a graphics card computes rightly: one run of `frontdesk-engine self-test`.
//!
//! A driver that answers a probe may still compute nonsense, hang, or crash at its first real
//! work. So before a card is used, a process of its own writes the same few tokens on the
//! processor and on the card. Whatever happens to it, the answer is a [`Verdict`].

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::probe::run::{Trouble, ask_for};

/// How long it may take: loading a large model twice from a slow disk included.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// What became of the test.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Verdict {
    /// The build of llama.cpp.
    pub build: String,
    /// Whether both wrote the same tokens.
    pub passed: bool,
    /// Why not, in words for a person.
    pub reason: Option<String>,
    /// Tokens of a prompt that the processor reads in a second; 0 if unknown.
    pub processor_prefill_per_second: f64,
    /// The same for the card.
    pub device_prefill_per_second: f64,
}

impl Verdict {
    /// How many times faster than the processor the card reads; 0 if unknown.
    pub fn gain(&self) -> f64 {
        let gain = self.device_prefill_per_second / self.processor_prefill_per_second;
        if gain.is_finite() { gain } else { 0.0 }
    }
}

/// Tests a card with a model, and ends the program after this time, or as soon as nobody wants to
/// know any more. Blocks until then at most, and a little.
///
/// `None` if nobody wants to know, or if the test said nothing about the card: the program is
/// missing, or the processor does not take the model either.
pub fn run(
    program: &Path,
    model: &Path,
    device: &str,
    within: Duration,
    is_wanted: &dyn Fn() -> bool,
) -> Option<Verdict> {
    let task = [
        "self-test".as_ref(),
        "--model".as_ref(),
        model.as_os_str(),
        "--device".as_ref(),
        device.as_ref(),
    ];
    let told = ask_for(program, &task, within, is_wanted).and_then(|answer| read(&answer));
    match told {
        Ok(verdict) => Some(verdict),
        Err(trouble) => {
            tracing::warn!(%trouble, device, "the test of a graphics card came to no end");
            let reason = Some(in_words(&trouble)?.to_owned());
            Some(Verdict { reason, ..Verdict::default() })
        }
    }
}

fn read(answer: &str) -> Result<Verdict, Trouble> {
    let mut lines = answer.lines().filter(|line| !line.trim().is_empty());
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(Trouble::Garbage("it did not print one line".into()));
    };
    let verdict: Verdict =
        serde_json::from_str(line).map_err(|error| Trouble::Garbage(error.to_string()))?;
    match (verdict.passed, &verdict.reason) {
        (true, None) | (false, Some(_)) => Ok(verdict),
        _ => Err(Trouble::Garbage("it passed and failed at once".into())),
    }
}

/// What a person at the counter is told; `None` if it says nothing about the card.
fn in_words(trouble: &Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::NotStarted(_) | Trouble::Failed(_) | Trouble::Unwanted => None,
        Trouble::Hung => Some("the graphics card did not finish a small test in time"),
        Trouble::Crashed(_) => Some("the graphics driver crashed in a small test"),
        Trouble::Garbage(_) => Some("the graphics driver gave no clear answer in a small test"),
    }
}

#[cfg(test)]
mod tests;
