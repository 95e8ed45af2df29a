//! Makes the vectors that are missing, in small batches that can be stopped and taken up again.

use std::time::{Duration, Instant};

use engine::Side;
use store::PendingRow;

use crate::chunk::is_question;
use crate::sentences::coded_row;
use crate::{Knowledge, KnowledgeError};

const BATCH: usize = 32;
/// Searches see new vectors after this long, while more are being made.
const REFRESH: Duration = Duration::from_secs(5);
/// Of the time, at most one part in so many goes into building the index anew.
const REFRESH_SHARE: u32 = 20;

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
        let Some(embedder) = self.embedder.as_deref() else { return Ok(0) };
        let pending = self.store.pending(embedder.identity())?;
        if pending.is_empty() {
            return Ok(0);
        }
        let made = self.embed_batches(&pending, stop, on_progress);
        self.reload()?;
        made
    }

    fn embed_batches(
        &self,
        pending: &[PendingRow],
        stop: &dyn Fn() -> bool,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<usize, KnowledgeError> {
        let Some(embedder) = self.embedder.as_deref() else { return Ok(0) };
        let mut made = 0;
        let mut refreshed = Instant::now();
        let mut wait = REFRESH;
        let same_side = pending.chunk_by(|a, b| is_question(a.role) == is_question(b.role));
        for batch in same_side.flat_map(|rows| rows.chunks(BATCH)) {
            if stop() {
                break;
            }
            let side = if is_question(batch[0].role) { Side::Query } else { Side::Passage };
            let texts: Vec<String> = batch.iter().map(|row| row.text.clone()).collect();
            let vectors = embedder.embed(&texts, side)?;
            let rows =
                batch.iter().zip(&vectors).map(|(row, vector)| coded_row(row.hash, vector).0);
            self.store.save_vectors(embedder.identity(), rows.collect())?;
            made += vectors.len().min(batch.len());
            on_progress(made, pending.len());
            if refreshed.elapsed() >= wait {
                let started = Instant::now();
                self.reload()?;
                refreshed = Instant::now();
                wait = REFRESH.max(started.elapsed() * REFRESH_SHARE);
            }
        }
        Ok(made)
    }
}
