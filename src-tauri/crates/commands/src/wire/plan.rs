//! Speed as it was measured, and the plan made from it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How fast a chat model is on this computer.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct SpeedView {
    /// The model's id.
    pub model: String,
    /// What it ran on: the processor's library or a graphics card.
    pub device: String,
    /// Tokens of a prompt read in a second.
    pub prefill_per_second: f64,
    /// Milliseconds of one step, whatever is in it: `a` in `T(B) = a + b B`.
    pub step_base_ms: f64,
    /// Milliseconds more for each text in a step: `b`.
    pub step_each_ms: f64,
    /// How well a straight line fits, up to 1.
    pub r_squared: f64,
    /// Milliseconds to load the model.
    pub load_ms: u64,
    /// Threads that were fastest.
    pub threads: u32,
    /// Seconds until the first words of a usual answer.
    pub first_words_seconds: f64,
    /// Words a second for one reader.
    pub words_per_second: f64,
    /// People who can be answered at once before anybody waits too long.
    pub people_at_once: u32,
    /// When, seconds since 1970.
    pub measured_at: i64,
    /// What may have made it slower than usual, as in `on battery`.
    pub notes: Vec<String>,
    /// The whole in one sentence for the person at the counter.
    pub sentence: String,
}

/// What to plan for. What is `None` is taken from this desk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct PlanRequest {
    /// Questions a minute.
    pub users_per_minute: Option<f64>,
    /// Seconds within which 95 of 100 must have their whole answer; 5 when there is none.
    pub within_seconds: Option<f64>,
    /// Shares of the routes; of this desk's own history, or the usual ones.
    pub mix: Option<MixView>,
    /// Tokens of a prompt that must be read anew, on average.
    pub prompt_tokens: Option<f64>,
    /// Tokens of an answer, on average.
    pub answer_tokens: Option<f64>,
}

/// Shares of the routes; they add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct MixView {
    /// Approved answers, quotes, small talk and refusals: no model writes.
    pub faq: f64,
    /// Order look-ups.
    pub order: f64,
    /// Answers that were kept.
    pub cache: f64,
    /// Answers that a model writes.
    pub generated: f64,
}

/// What this computer serves, and what more would take.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct PlanView {
    /// The whole in a few sentences for the person at the counter.
    pub sentences: Vec<String>,
    /// The model the figures are for; empty where none writes.
    pub model: String,
    /// Whether the speed was measured here; else it is a guess from the computer's facts.
    pub measured: bool,
    /// Shares of the routes that were used.
    pub mix: MixView,
    /// Where the shares come from: `history`, `given` or `usual`.
    pub mix_from: String,
    /// Tokens of a prompt read anew that were used.
    pub prompt_tokens: f64,
    /// Tokens of an answer that were used.
    pub answer_tokens: f64,
    /// Seconds within which 95 of 100 must have their answer.
    pub within_seconds: f64,
    /// What this computer serves.
    pub this_computer: CapacityView,
    /// How the waiting grows with the number of visitors.
    pub curve: Vec<LoadPointView>,
    /// What more visitors would take, smallest first.
    pub roadmap: Vec<RoadmapRowView>,
    /// What others promise, and what comes out here.
    pub claims: Vec<ClaimView>,
    /// Prices the costs are from.
    pub prices: Vec<PlanPriceView>,
    /// Date of the prices, as in `2026-11-22`.
    pub prices_as_of: String,
}

/// What a computer serves.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct CapacityView {
    /// Questions a minute with 95 of 100 answered in time, from the simulation.
    pub users_per_minute: f64,
    /// The same from the formula, for instant feedback.
    pub by_formula: f64,
    /// Milliseconds of the whole answer at that load: half of them are faster.
    pub p50_ms: f64,
    /// 95 of 100 are faster.
    pub p95_ms: f64,
    /// 99 of 100 are faster.
    pub p99_ms: f64,
    /// What stops it from serving more, in words.
    pub bound_by: String,
}

/// The waiting at one load.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LoadPointView {
    /// Questions a minute.
    pub users_per_minute: f64,
    /// Milliseconds of the whole answer: half of them are faster.
    pub p50_ms: f64,
    /// 95 of 100 are faster; `None` where the queue only grows.
    pub p95_ms: Option<f64>,
}

/// What a number of visitors would take.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct RoadmapRowView {
    /// Questions a minute.
    pub users_per_minute: f64,
    /// Ways to serve them, cheapest first.
    pub ways: Vec<WayView>,
}

/// One way to serve a number of visitors.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct WayView {
    /// What it is, as in `this computer` or a kind of server.
    pub name: String,
    /// How many are needed, a spare one included; `None` where it cannot be done so.
    pub machines: Option<u32>,
    /// US dollars a month; `None` where nothing is rented.
    pub usd_per_month: Option<f64>,
    /// What to know about it.
    pub note: String,
}

/// What others promise, and what comes out here.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct ClaimView {
    /// The promise.
    pub claim: String,
    /// `holds`, `partly` or `fails`.
    pub verdict: String,
    /// Our figures beside it.
    pub ours: String,
}

/// One price.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct PlanPriceView {
    /// Who rents it out.
    pub provider: String,
    /// What is rented.
    pub name: String,
    /// Its kind: `cpu`, `gpu` or `api`.
    pub kind: String,
    /// US dollars a month of 730 hours, or for 1,000 answers where it is an API.
    pub usd: f64,
    /// When it was looked up, as in `2024` or `2026-04`.
    pub as_of: String,
    /// Where it was found.
    pub source: String,
}
