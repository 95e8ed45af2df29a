//! Makes the vectors that are missing, in small batches that can be stopped and taken up again.
//!
//! A desk may change its model while visitors ask: the vectors of the next one are made beside
//! those in use, and take over when they are complete.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::{Embedder, Side};
use store::{PendingRow, PendingTurn};

use crate::index::{Keeper, Meaning};
use crate::sentences::coded_row;
use crate::{Calibration, Knowledge, KnowledgeError};

const BATCH: usize = 32;
/// Pieces that are looked at for a batch: the same words may stand in many.
const PAGE: usize = 4 * BATCH;
/// What is left is counted anew so often.
const COUNTED: Duration = Duration::from_millis(500);
/// Vectors of a model that is no longer used go in parts, so that nobody waits for the store.
const FORGOTTEN: usize = 1_000;
/// Names the model in use, for the next start.
pub(crate) const IN_USE_KEY: &str = "embedder_in_use";

/// How much is left to be made searchable by meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EmbeddingProgress {
    /// Pieces that are searched, and of these, searchable by meaning.
    pub pieces: usize,
    /// Pieces that have a vector.
    pub embedded: usize,
    /// Pieces and sentences without one.
    pub left: usize,
    /// Tokens of everything that came since the desk was opened.
    pub tokens_seen: u64,
    /// Tokens that the model reads in a second; 0 until it has read some.
    pub tokens_per_second: f64,
    /// How long the rest will take, once the model's speed is known.
    pub seconds_left: Option<f64>,
}

/// What is known of the work, for each model.
#[derive(Default)]
pub(crate) struct Embedding {
    next: Option<Meaning>,
    works: HashMap<String, Work>,
    /// By turn: short texts cost more for each token than long ones.
    tokens_per_second: [f64; 3],
    tokens_seen: i64,
}

impl Embedding {
    /// Looks through all pieces again: their numbers may stand for others now.
    pub(crate) fn forget_numbers(&mut self) {
        self.works.clear();
    }
}

#[derive(Clone, Copy, Default)]
struct Work {
    /// Up to these pieces, by turn, nothing is pending.
    read_to: [i64; 3],
    counted_to: i64,
    left: [i64; 3],
    tokens_left: [i64; 3],
}

impl Knowledge {
    /// Makes the missing vectors: FAQ questions first, then texts, then sentences.
    ///
    /// `on_progress` gets what is done and what there is to do. Between batches `stop` is asked.
    /// Each batch is saved before the next begins; an engine that fails leaves the rest pending.
    /// Returns how many were made.
    pub fn embed_pending(
        &self,
        stop: &dyn Fn() -> bool,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<usize, KnowledgeError> {
        while self.store.sweep_vectors()? {
            if stop() {
                return Ok(0);
            }
        }
        let mut made = 0;
        let mut counted: Option<Instant> = None;
        while !stop() {
            let current = self.index().meaning.clone();
            let next = self.embedding().next.clone();
            if counted.is_none_or(|at| at.elapsed() >= COUNTED) {
                for meaning in std::iter::once(&current).chain(&next) {
                    self.count_left(meaning)?;
                }
                counted = Some(Instant::now());
            }
            let of_current = self.embed_batch(&current, true)?;
            let of_next = match &next {
                Some(next) if of_current == 0 => self.embed_batch(next, false)?,
                _ => 0,
            };
            made += of_current + of_next;
            if of_current + of_next == 0 {
                match next {
                    Some(next) if self.take_over(&next)? => {}
                    _ => break,
                }
            }
            on_progress(made, made + self.embedding_progress().left);
        }
        Ok(made)
    }

    /// Makes the vectors of another model from now on; it takes over when they are complete.
    ///
    /// Until then searches go on with the one in use. Nothing happens when it is in use already.
    pub fn change_embedder(&self, embedder: Arc<dyn Embedder>, calibration: Calibration) {
        let is_in_use = self.index().meaning.identity() == embedder.identity();
        let next = Meaning { embedder: Some(embedder), calibration };
        self.embedding().next = (!is_in_use).then_some(next);
    }

    /// Looks through everything again for what has no vector.
    pub(crate) fn forget_how_far(&self) {
        self.embedding().works.clear();
    }

    /// Names the model whose vectors searches use; empty without one.
    pub fn embedder_in_use(&self) -> String {
        self.index().meaning.identity().to_owned()
    }

    /// The language of most of what visitors may find.
    pub fn main_language(&self) -> Option<String> {
        self.index().languages().first().map(|&language| language.to_owned())
    }

    /// Names the model whose vectors were in use when the desk was open the last time, if any of
    /// them are there.
    pub fn embedder_used_before(store: &store::Store) -> Result<Option<String>, KnowledgeError> {
        match store.meta_get(IN_USE_KEY)? {
            Some(identity) if store.has_vectors(&identity)? => Ok(Some(identity)),
            _ => Ok(None),
        }
    }

    /// How far the desk is.
    pub fn embedding_progress(&self) -> EmbeddingProgress {
        let index = self.index();
        let embedding = self.embedding();
        let speeds = embedding.tokens_per_second;
        let known = speeds.into_iter().rev().find(|speed| *speed > 0.0);
        let (mut left, mut seconds) = (0, 0.0);
        for work in embedding.works.values() {
            left += work.left.iter().map(|left| left.max(&0)).sum::<i64>();
            for (tokens, speed) in work.tokens_left.into_iter().zip(speeds) {
                let speed = if speed > 0.0 { Some(speed) } else { known };
                seconds += speed.map_or(0.0, |speed| tokens.max(0) as f64 / speed);
            }
        }
        EmbeddingProgress {
            pieces: index.totals.pieces() as usize,
            embedded: index.totals.embedded() as usize,
            left: left as usize,
            tokens_seen: embedding.tokens_seen.max(0) as u64,
            tokens_per_second: known.unwrap_or_default(),
            seconds_left: known.map(|_| seconds),
        }
    }

    /// Looks again for what has no vector, after an import.
    pub fn count_pending(&self) -> Result<EmbeddingProgress, KnowledgeError> {
        self.count_left(&self.index().meaning)?;
        Ok(self.embedding_progress())
    }

    /// Counts what came since the last time.
    fn count_left(&self, meaning: &Meaning) -> Result<(), KnowledgeError> {
        if meaning.embedder.is_none() {
            return Ok(());
        }
        let identity = meaning.identity();
        let mut embedding = self.embedding();
        let work = embedding.works.entry(identity.to_owned()).or_default();
        let after = work.counted_to;
        let mut seen = 0;
        for (number, turn) in PendingTurn::ALL.into_iter().enumerate() {
            let count = self.store.count_pending(identity, turn, after)?;
            work.left[number] += count.pieces;
            work.tokens_left[number] += count.tokens;
            seen += count.tokens;
            // What comes between two counts is counted twice; it evens out at the end.
            work.counted_to = count.highest;
        }
        embedding.tokens_seen += seen;
        Ok(())
    }

    /// Makes one batch of one model's vectors; returns how many.
    fn embed_batch(&self, meaning: &Meaning, is_current: bool) -> Result<usize, KnowledgeError> {
        let Some(embedder) = meaning.embedder.as_deref() else { return Ok(0) };
        let identity = embedder.identity();
        for (number, turn) in PendingTurn::ALL.into_iter().enumerate() {
            let work = self.embedding().works.get(identity).copied().unwrap_or_default();
            let mut page = self.store.pending(identity, turn, work.read_to[number], PAGE)?;
            let mut seen = HashSet::new();
            let mut rows: Vec<PendingRow> = Vec::new();
            let whole = page.rows.iter().position(|row| {
                let is_new = seen.insert(row.hash);
                if is_new && rows.len() < BATCH {
                    rows.push(row.clone());
                }
                seen.len() > BATCH
            });
            if let Some(end) = whole {
                page.rows.truncate(end);
                page.read_to = page.rows.last().map_or(page.read_to, |row| row.chunk_id);
            }
            if !rows.is_empty() {
                let side = match turn {
                    PendingTurn::Questions => Side::Query,
                    PendingTurn::Texts | PendingTurn::Sentences => Side::Passage,
                };
                self.embed_rows(embedder, (number, side), &rows, is_current)?;
            }
            let mut embedding = self.embedding();
            let work = embedding.works.entry(identity.to_owned()).or_default();
            work.read_to[number] = page.read_to;
            // What came after the last count was not counted.
            for row in page.rows.iter().filter(|row| row.chunk_id <= work.counted_to) {
                work.left[number] -= 1;
                work.tokens_left[number] -= row.tokens;
            }
            if !rows.is_empty() {
                return Ok(rows.len());
            }
        }
        let mut embedding = self.embedding();
        let work = embedding.works.entry(identity.to_owned()).or_default();
        (work.left, work.tokens_left) = ([0; 3], [0; 3]);
        Ok(0)
    }

    fn embed_rows(
        &self,
        embedder: &dyn Embedder,
        (turn, side): (usize, Side),
        rows: &[PendingRow],
        is_current: bool,
    ) -> Result<(), KnowledgeError> {
        let started = Instant::now();
        let texts: Vec<String> = rows.iter().map(|row| row.text.clone()).collect();
        let vectors = embedder.embed(&texts, side)?;
        let coded = rows.iter().zip(&vectors).map(|(row, vector)| coded_row(row.hash, vector).0);
        let coded: Vec<_> = coded.collect();
        self.store.save_vectors(embedder.identity(), coded.clone())?;
        if is_current {
            let mut keeper = self.keeper();
            if keeper.index.meaning.identity() == embedder.identity() && keeper.set_vectors(&coded)
            {
                self.let_see(&keeper);
            }
        }
        let tokens: i64 = rows.iter().map(|row| row.tokens).sum();
        let speed = tokens as f64 / started.elapsed().as_secs_f64().max(1e-6);
        let mut embedding = self.embedding();
        // The last twenty batches or so count.
        let known = &mut embedding.tokens_per_second[turn];
        *known = if *known > 0.0 { 1.0 / (0.95 / *known + 0.05 / speed) } else { speed };
        Ok(())
    }

    /// Lets the next model take over when every piece has its vector; false when one has not.
    fn take_over(&self, next: &Meaning) -> Result<bool, KnowledgeError> {
        {
            let mut keeper = self.keeper();
            let fresh = Keeper::load(&self.store, next.clone())?;
            if fresh.index.totals.embedded() < fresh.index.totals.pieces() {
                return Ok(false);
            }
            *keeper = fresh;
            self.let_see(&keeper);
        }
        self.load_calibration(&self.index())?;
        self.embedding().next = None;
        tracing::info!(embedder = next.identity(), "another model finds passages now");
        self.store.meta_set(IN_USE_KEY, next.identity())?;
        let kept = [next.identity().to_owned()];
        while self.store.forget_other_vectors(&kept, FORGOTTEN)? == FORGOTTEN {}
        self.embedding().works.retain(|identity, _| *identity == kept[0]);
        Ok(true)
    }

    fn embedding(&self) -> MutexGuard<'_, Embedding> {
        self.embedding.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
