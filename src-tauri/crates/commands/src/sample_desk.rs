//! A new desk is filled with the sample shop: approved answers before the first question, documents on
//! a thread of their own.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use knowledge::ImportKind;

use crate::Core;
use crate::wire::ApiError;

impl Core {
    /// Whether the sample shop is still being read.
    pub(crate) fn is_preparing(&self) -> bool {
        self.preparing.load(Ordering::Acquire)
    }

    /// A desk that knows nothing gets the sample shop. Its approved answers are in before the
    /// first question; the documents follow on a thread of their own.
    pub(crate) fn fill_if_empty(self: &Arc<Self>) -> Result<(), ApiError> {
        let counts = self.knowledge.counts()?;
        if counts.sources > 0 || counts.faqs > 0 || self.has_own_kit()? {
            return Ok(());
        }
        self.begin_setup()?;
        let sample = self.fill_with_answers()?;
        self.preparing.store(true, Ordering::Release);
        let (knowledge, preparing) = (self.knowledge.clone(), self.preparing.clone());
        let core = Arc::downgrade(self);
        let thread = std::thread::Builder::new()
            .name("sample-shop".into())
            .spawn(move || {
                match knowledge.import(&sample.documents, ImportKind::Auto, &mut |_| {}) {
                    Ok(reports) => tracing::info!(files = reports.len(), "sample shop read"),
                    Err(error) => tracing::warn!(%error, "the sample shop could not be read"),
                }
                if let Some(core) = core.upgrade() {
                    core.indexer.wake();
                }
                preparing.store(false, Ordering::Release);
            })
            .map_err(|error| crate::errors::internal(&error))?;
        *self.filling.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
        Ok(())
    }

    /// Waits until nothing is being filled in any more.
    pub(crate) fn end_filling(&self) {
        let filling = self.filling.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = filling
            && thread.join().is_err()
        {
            tracing::error!("reading the sample shop ended with a panic");
        }
    }
}
