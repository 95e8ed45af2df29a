//! The knowledge of one desk: its store, its embedder and its index in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use documents::{DocumentError, Reader};
use engine::Embedder;
use store::Store;

use crate::calibrate::{Calibrated, Thresholds};
use crate::embed::{Embedding, IN_USE_KEY};
use crate::index::{Index, Keeper, Meaning};
use crate::{Faq, Hit, KnowledgeError, Section, tokens};

/// Changes of the journal that are read before it is emptied.
const MOST_CHANGES: i64 = 2_000;

/// Turns the two numbers of a search into one; measured once for each embedding model.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    /// The cosine of two texts that have nothing to do with each other.
    pub c0: f32,
    /// From there to the cosine of two texts that say the same.
    pub r: f32,
    /// Weight of meaning; words have the rest.
    pub alpha: f32,
    /// The thresholds of a desk that has not measured its own.
    pub usual: Thresholds,
}

impl Calibration {
    /// Meaning and words in one number. Both parts are absolute, so the sum is too.
    pub fn fuse(self, cosine: f32, bm25: f32) -> f32 {
        self.alpha * self.closeness(cosine) + (1.0 - self.alpha) * bm25.min(1.2)
    }

    /// About 0 for texts that have nothing to do with each other, 1 for texts that say the same.
    pub fn closeness(self, cosine: f32) -> f32 {
        (cosine - self.c0) / self.r
    }
}

/// What one desk knows, searchable.
///
/// Searches read a snapshot of the index; a change makes the next one, at the cost of the change,
/// and swaps it in.
pub struct Knowledge {
    pub(crate) store: Store,
    /// Counts tokens where texts are cut. Searches use the one their snapshot names.
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    pub(crate) reader: Reader,
    pub(crate) embedding: Mutex<Embedding>,
    pub(crate) calibrated: RwLock<Arc<Calibrated>>,
    /// One file at a time, whoever imports it.
    pub(crate) importing: Mutex<()>,
    keeper: Mutex<Keeper>,
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
        let keeper = Keeper::load(&store, Meaning { embedder: embedder.clone(), calibration })?;
        store.forget_changes(keeper.change)?;
        let identity = keeper.index.meaning.identity();
        if !identity.is_empty() && store.meta_get(IN_USE_KEY)?.as_deref() != Some(identity) {
            store.meta_set(IN_USE_KEY, identity)?;
        }
        let index = Arc::new(keeper.index.clone());
        let knowledge = Self {
            store,
            embedder,
            reader: Reader::beside_this_program(),
            embedding: Mutex::default(),
            calibrated: RwLock::default(),
            importing: Mutex::default(),
            keeper: Mutex::new(keeper),
            index: RwLock::new(index.clone()),
        };
        knowledge.load_calibration(&index)?;
        Ok(knowledge)
    }

    /// Reads everything from the store again, after all of it was replaced. Searches use the old
    /// snapshot until the new one is whole.
    pub fn load_again(&self) -> Result<(), KnowledgeError> {
        tokens::refresh(&self.store)?;
        let mut keeper = self.keeper();
        *keeper = Keeper::load(&self.store, keeper.index.meaning.clone())?;
        self.store.forget_changes(keeper.change)?;
        let identity = keeper.index.meaning.identity().to_owned();
        if !identity.is_empty() {
            self.store.meta_set(IN_USE_KEY, &identity)?;
        }
        self.let_see(&keeper);
        drop(keeper);
        // Numbers begin again with another desk, so what was noted by them is not true any more.
        self.embedding.lock().unwrap_or_else(PoisonError::into_inner).forget_numbers();
        self.load_calibration(&self.index())
    }

    /// Keeps files from being read while it is held; the one being read is finished first.
    pub fn hold_imports(&self) -> MutexGuard<'_, ()> {
        self.importing.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// What reads files for this desk.
    pub fn reader(&self) -> &Reader {
        &self.reader
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
        self.calibration().closeness(cosine)
    }

    /// The same for a hit; `None` where it has no vector.
    pub fn closeness_of(&self, hit: &Hit) -> Option<f32> {
        (hit.cosine != 0.0).then(|| self.closeness(hit.cosine))
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

    /// How the cosines of the embedder in use are read.
    pub(crate) fn calibration(&self) -> Calibration {
        self.index().meaning.calibration
    }

    /// Brings the index up to date after a change.
    pub(crate) fn reload(&self) -> Result<(), KnowledgeError> {
        let mut keeper = self.keeper();
        let identity = keeper.index.meaning.identity().to_owned();
        let changes = self.store.changes_after(keeper.change, &identity)?;
        let count = changes.standing.change - keeper.change;
        keeper.apply(changes);
        let change = keeper.change;
        self.let_see(&keeper);
        drop(keeper);
        if count > 0 && (count > MOST_CHANGES || change % MOST_CHANGES < count) {
            self.store.forget_changes(change)?;
        }
        Ok(())
    }

    /// The next snapshot in the making; whoever holds it is the only one to change the index.
    pub(crate) fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets searches see what the keeper has.
    pub(crate) fn let_see(&self, keeper: &Keeper) {
        let fresh = Arc::new(keeper.index.clone());
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    }
}
