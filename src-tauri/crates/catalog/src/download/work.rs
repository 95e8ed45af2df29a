//! The download's thread: tries until the file is whole, somebody stops it, or nothing helps.

use std::path::Path;
use std::time::Duration;

use tokio::sync::watch::Receiver;

use super::client::{Client, Trouble};
use super::fetch::{self, Ranges};
use super::part::Part;
use super::{DownloadError, Limits, Order, Shared, State};
use crate::verify;

/// So many new bytes make up for all tries before.
const PROGRESS_BYTES: u64 = 1 << 20;

/// Works until it is over, and says how it ended.
///
/// Writing to the disk blocks this thread. That is what it is for: nothing else runs on it.
pub(super) fn run(
    part: Part,
    client: &Client,
    limits: Limits,
    shared: &Shared,
    orders: Receiver<Order>,
    remember: Option<&Path>,
) -> State {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let path = part.folder().into();
            return State::Failed(DownloadError::Disk { path, reason: error.to_string() });
        }
    };
    let state = runtime.block_on(work(part, client, limits, shared, orders, remember));
    // A name that is still being looked up must not hold up the end.
    runtime.shutdown_background();
    state
}

async fn work(
    mut part: Part,
    client: &Client,
    limits: Limits,
    shared: &Shared,
    mut orders: Receiver<Order>,
    remember: Option<&Path>,
) -> State {
    let fetched = tokio::select! {
        biased;
        order = stopped(&mut orders) => Err(order),
        fetched = fetch_all(&mut part, client, limits, shared) => Ok(fetched),
    };
    match fetched {
        Err(order) => stop(part, order),
        Ok(Err(error)) => give_up(part, error),
        Ok(Ok(())) => {
            shared.set_state(State::Checking);
            finish(part, &client.host(), &orders, remember)
        }
    }
}

/// Tries, waits and tries again.
async fn fetch_all(
    part: &mut Part,
    client: &Client,
    limits: Limits,
    shared: &Shared,
) -> Result<(), DownloadError> {
    let size = part.wanted().size_bytes;
    let (mut tries, mut furthest, mut ranges) = (0, part.have(), Ranges::Work);
    while part.have() < size {
        let (error, wait) = match fetch::once(client, part, limits, &mut ranges, shared).await {
            Ok(()) => return Ok(()),
            Err(Trouble::Final(error)) => return Err(error),
            Err(Trouble::Again(error, wait)) => (error, wait),
        };
        // Measured from the furthest point: a server that makes us begin anew brings nothing new.
        if part.have() >= furthest + PROGRESS_BYTES {
            (furthest, tries) = (part.have(), 0);
        }
        if tries == limits.retries {
            return Err(error);
        }
        tracing::info!(%error, tries, "a download tries again");
        shared.set_state(State::Retrying(error));
        tokio::time::sleep(wait_before(tries, wait, limits)).await;
        tries += 1;
    }
    Ok(())
}

/// What the server wished, or twice as long as before; never longer than is sensible.
fn wait_before(tries: u32, wished: Option<Duration>, limits: Limits) -> Duration {
    let usual = limits.first_wait.saturating_mul(1 << tries.min(16));
    wished.unwrap_or(usual).min(limits.longest_wait)
}

/// Resolves when the owner wants it to stop, or is gone.
async fn stopped(orders: &mut Receiver<Order>) -> Order {
    match orders.wait_for(|order| *order != Order::GoOn).await {
        Ok(order) => *order,
        Err(_) => Order::Pause,
    }
}

fn stop(mut part: Part, order: Order) -> State {
    match order {
        Order::Cancel => {
            part.discard();
            State::Cancelled
        }
        Order::Pause | Order::GoOn => {
            // What is here stays here; without the note a power cut may take a little of it.
            let _not_noted = part.save_note().is_err();
            State::Paused
        }
    }
}

fn give_up(mut part: Part, error: DownloadError) -> State {
    tracing::warn!(%error, "a download gave up");
    match error {
        DownloadError::WrongBytes { .. } => part.discard(),
        _ => {
            // On a full disk the note before this one still holds.
            let _not_noted = part.save_note().is_err();
        }
    }
    State::Failed(error)
}

fn finish(part: Part, host: &str, orders: &Receiver<Order>, remember: Option<&Path>) -> State {
    let (size_bytes, sha256) = (part.wanted().size_bytes, part.wanted().sha256.clone());
    let (folder, file) = (part.folder().to_path_buf(), part.wanted().file.clone());
    match part.finish(host, &|| *orders.borrow() != Order::GoOn) {
        Ok(Some(path)) => {
            if let Some(cache) = remember {
                verify::remember_good(&path, size_bytes, &sha256, cache);
            }
            State::Done(path)
        }
        Ok(None) if *orders.borrow() == Order::Cancel => {
            match super::discard_kept(&folder, &file) {
                Ok(()) => State::Cancelled,
                Err(error) => State::Failed(error),
            }
        }
        Ok(None) => State::Paused,
        Err(error) => {
            tracing::warn!(%error, "a download is not what it should be");
            State::Failed(error)
        }
    }
}

#[cfg(test)]
mod tests;
