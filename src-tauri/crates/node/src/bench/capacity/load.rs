//! Playing a load: visitors come when they come, whether or not the ones before have been answered.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::broken;
use super::questions::{Kind, Questions, Shares, Wish};
use super::visitor::{Door, Visited};
use crate::exit::Failure;

/// Visitors who may wait at the same time. One more goes away and counts as not served.
const MOST_WAITING: usize = 160;
/// Bytes of a visitor's thread.
const STACK_BYTES: usize = 512 << 10;

/// A load to play.
#[derive(Clone, Debug)]
pub(super) struct Load {
    /// Visitors a minute, on average.
    pub(super) per_minute: f64,
    /// How long it is counted.
    pub(super) seconds: f64,
    /// How long it is played before.
    pub(super) warm_up_s: f64,
}

/// A visitor on the way to the desk.
struct Coming {
    wish: Wish,
    meant_at: Instant,
    number: usize,
    counts: bool,
}

/// When each visitor comes and what they want, decided before the first one comes.
fn plan(load: &Load, shares: &Shares, questions: &mut Questions) -> Vec<(f64, Wish)> {
    let end = load.warm_up_s + load.seconds;
    let mut planned = Vec::new();
    let mut at = questions.pause(load.per_minute / 60.0);
    while at < end {
        planned.push((at, questions.draw(shares)));
        at += questions.pause(load.per_minute / 60.0);
    }
    planned
}

/// Plays a load in an open loop and waits for every answer. Answers what became of each visitor
/// after the warm-up.
pub(super) fn play(
    door: &Door,
    name: &str,
    load: &Load,
    shares: &Shares,
    questions: &mut Questions,
) -> Result<Vec<Visited>, Failure> {
    let planned = plan(load, shares, questions);
    let waiting = AtomicUsize::new(0);
    let results: Mutex<Vec<Visited>> = Mutex::new(Vec::with_capacity(planned.len()));
    let (sender, receiver) = sync_channel::<Coming>(MOST_WAITING);
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        for _ in 0..MOST_WAITING {
            let serve = || serve(door, name, &receiver, &waiting, &results);
            let thread = thread::Builder::new().stack_size(STACK_BYTES);
            thread.spawn_scoped(scope, serve).map_err(broken)?;
        }
        let started = Instant::now();
        for (number, (at_s, wish)) in planned.into_iter().enumerate() {
            let meant_at = started + Duration::from_secs_f64(at_s);
            thread::sleep(meant_at.saturating_duration_since(Instant::now()));
            let counts = at_s >= load.warm_up_s;
            if waiting.fetch_add(1, Ordering::AcqRel) >= MOST_WAITING {
                waiting.fetch_sub(1, Ordering::AcqRel);
                if counts {
                    keep(&results, turned_away(wish.kind));
                }
                continue;
            }
            let coming = Coming { wish, meant_at, number, counts };
            sender.send(coming).map_err(|_| broken("the visitors have gone"))?;
        }
        drop(sender);
        Ok::<(), Failure>(())
    })?;
    Ok(results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Serves visitors until no more come. A thread keeps its connection from one to the next.
fn serve(
    door: &Door,
    name: &str,
    coming: &Mutex<Receiver<Coming>>,
    waiting: &AtomicUsize,
    results: &Mutex<Vec<Visited>>,
) {
    let mut visitor = door.enter();
    loop {
        let next = coming.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Coming { wish, meant_at, number, counts }) = next else { return };
        let visited = visitor.visit(&wish, &format!("{name}-{number}"), meant_at);
        waiting.fetch_sub(1, Ordering::AcqRel);
        if counts {
            keep(results, visited);
        }
    }
}

/// So many at the same time, each the next as soon as the one before is answered.
pub(super) fn in_turn(door: &Door, name: &str, wishes: &[Wish], at_once: usize) -> Vec<Visited> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(wishes.len()));
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                let mut visitor = door.enter();
                while let number = next.fetch_add(1, Ordering::AcqRel)
                    && let Some(wish) = wishes.get(number)
                {
                    let name = format!("{name}-{number}");
                    keep(&results, visitor.visit(wish, &name, Instant::now()));
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn keep(results: &Mutex<Vec<Visited>>, visited: Visited) {
    results.lock().unwrap_or_else(PoisonError::into_inner).push(visited);
}

fn turned_away(kind: Kind) -> Visited {
    let came = Err("too many were waiting".into());
    Visited { kind, first_words_ms: f64::INFINITY, whole_ms: f64::INFINITY, came }
}

#[cfg(test)]
mod tests;
