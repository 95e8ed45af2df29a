//! Several nodes behind real load balancers, on the files that the planner writes.
//!
//! HAProxy and nginx are the system's own; where one is not there, its tests say so and do nothing.
//! The nodes run on stand-ins for the models: what is tested is that no visitor notices when a node
//! goes, comes, or changes its knowledge. They take a while, so they run only as the stage
//! `cargo xtask test nodes`, which names them by [`VARIABLE`].

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod balancer;
mod clients;
mod cluster;
mod files;
mod going;
mod knowledge;
mod leaving;
mod visitors;
mod words;

/// Set by the stage of these tests.
const VARIABLE: &str = "FRONTDESK_NODES";

/// One cluster at a time: they share two cores and measure milliseconds.
static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// Holds the others up for as long as it lives; `None` outside of the stage.
fn turn() -> Option<std::sync::MutexGuard<'static, ()>> {
    if std::env::var_os(VARIABLE).is_none() {
        skip(&format!("run `cargo xtask test nodes`, which sets {VARIABLE}"));
        return None;
    }
    Some(ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// Prints why a test did nothing, past the test harness that would swallow it.
fn skip(why: &str) {
    use std::io::Write;
    let _written = writeln!(std::io::stderr(), "skipped: {why}");
}
