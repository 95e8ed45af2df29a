//! The knowledge of one desk: its store, its embedder and its index in memory.

use std::sync::{Arc, PoisonError, RwLock};

use documents::{DocumentError, Reader};
use engine::Embedder;
use store::Store;

use crate::index::Index;
use crate::{Faq, KnowledgeError, Section, tokens};

/// Turns the two numbers of a search into one; measured once for each embedding model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The cosine of two texts that have nothing to do with each other.
    pub c0: f32,
    /// From there to the cosine of two texts that say the same.
    pub r: f32,
    /// Weight of meaning; words have the rest.
    pub alpha: f32,
}

impl Calibration {
    /// Meaning and words in one number. Both parts are absolute, so the sum is too.
    pub fn fuse(self, cosine: f32, bm25: f32) -> f32 {
        self.alpha * (cosine - self.c0) / self.r + (1.0 - self.alpha) * bm25.min(1.2)
    }
}

/// What one desk knows, searchable.
///
/// Searches read a snapshot of the index; changes build a new one and swap it in.
pub struct Knowledge {
    pub(crate) store: Store,
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    pub(crate) calibration: Calibration,
    pub(crate) reader: Reader,
    index: RwLock<Arc<Index>>,
}

impl Knowledge {
    /// Loads the index of the desk in `store`. Without an embedder, search goes by words alone.
    pub fn open(
        store: Store,
        embedder: Option<Arc<dyn Embedder>>,
        calibration: Calibration,
    ) -> Result<Self, KnowledgeError> {
        tokens::refresh(&store)?;
        let index = Index::load(&store, embedder.as_deref().map(Embedder::identity))?;
        let reader = Reader::beside_this_program();
        Ok(Self { store, embedder, calibration, reader, index: RwLock::new(Arc::new(index)) })
    }

    /// The same knowledge with another reader of files than the program beside this one.
    #[must_use]
    pub fn with_reader(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    /// What keeps every file from being read, if anything does.
    pub fn reader_problem(&self) -> Option<DocumentError> {
        self.reader.problem()
    }

    /// A section by its number.
    pub fn section(&self, section_id: i64) -> Result<Option<Section>, KnowledgeError> {
        Ok(self.store.section(section_id)?.map(|row| Section {
            locator: row.locator(),
            source: row.source,
            title: row.title,
            text: row.text,
        }))
    }

    /// An FAQ by its number, whoever may see it.
    pub fn faq(&self, faq_id: i64) -> Result<Option<Faq>, KnowledgeError> {
        Ok(self.store.faq(faq_id)?.map(Faq::from))
    }

    /// The version of the knowledge that searches use now.
    pub fn version(&self) -> i64 {
        self.index().version
    }

    /// How much a search term tells: rare terms weigh more, unknown ones most.
    pub fn idf(&self, term: &str) -> f32 {
        self.index().idf(term)
    }

    /// How close a cosine of this embedder is: about 0 for texts that have nothing to do with each
    /// other, 1 for texts that say the same.
    pub fn closeness(&self, cosine: f32) -> f32 {
        (cosine - self.calibration.c0) / self.calibration.r
    }

    /// The search terms of a question, as retrieval uses them: no stop words, negations kept.
    pub fn question_terms(&self, question: &str) -> Vec<String> {
        self.index().question_terms(question)
    }

    /// The snapshot that searches use now.
    pub(crate) fn index(&self) -> Arc<Index> {
        // A poisoned lock still holds a whole index: it is only ever replaced as one.
        Arc::clone(&self.index.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Builds the index anew after a change.
    pub(crate) fn reload(&self) -> Result<(), KnowledgeError> {
        let identity = self.embedder.as_deref().map(Embedder::identity);
        let fresh = Arc::new(Index::load(&self.store, identity)?);
        let mut current = self.index.write().unwrap_or_else(PoisonError::into_inner);
        // Two changes at once may finish loading in the other order.
        if fresh.version >= current.version {
            *current = fresh;
        }
        Ok(())
    }
}
