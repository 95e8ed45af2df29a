//! From a question to evidence with scores.

mod closer;
pub(crate) mod words;

use std::cmp::Ordering;
use std::collections::HashSet;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use engine::Side;

use crate::index::{Entry, Index};
use crate::{Calibration, Hit, HitKey, Knowledge, KnowledgeError, Retrieval, text};
use words::Words;

/// Characters of a question that are read.
const QUESTION_CHARACTERS: usize = 1_000;
/// The share of words above which more of them says nothing new.
pub(crate) const MOST_SHARE: f32 = 1.2;
/// What words alone are worth where there is no vector to confirm them.
///
/// A question all of whose words are found comes to 0.84 at most: enough to be answered with a
/// quote, never the 0.9 that an answer word for word asks for.
pub(crate) const KEYWORD_ONLY: f32 = 0.7;
/// Meaning weighs this much less for texts than for wordings of questions: short to short is what
/// the models do best, and a long text says much besides. Measured on SQuAD 2: .9156 to .9205
/// nDCG@10.
const TEXT_MEANS_LESS: f32 = 0.1;
/// FAQs and sections that are looked at more closely.
const CLOSER: usize = 50;

/// Pieces that one section or FAQ hardly ever has more of among the best.
const PIECES_OF_ONE: usize = 8;

/// Searches of one question, where the knowledge changes meanwhile.
const CHANGES_MET: usize = 3;
/// From a change in the store to the snapshot that has it, at most.
const LONGEST_CHANGE: Duration = Duration::from_millis(500);

/// One entry's numbers.
#[derive(Clone, Copy)]
struct Scored {
    entry: usize,
    score: f32,
    cosine: Option<f32>,
    bm25: f32,
}

/// What a search does as if it were not there, so that a desk can try what it knows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LeftOut {
    /// A searchable piece.
    pub(crate) entry: Option<usize>,
    /// An utterance of the bank.
    pub(crate) utterance: Option<usize>,
}

impl Knowledge {
    /// The evidence for a question, best first, at most `top` hits.
    ///
    /// Every entry is scored, then the best of each FAQ and of each section stays. An embedder that
    /// does not answer costs the meaning, not the search.
    pub fn retrieve(&self, question: &str, top: usize) -> Result<Retrieval, KnowledgeError> {
        let started = Instant::now();
        let question: String =
            text::normalise(question).chars().take(QUESTION_CHARACTERS).collect();
        let mut retrieval = Retrieval { question, keyword_only: true, ..Retrieval::default() };
        if !retrieval.question.is_empty() {
            for _ in 0..CHANGES_MET {
                // One snapshot from the question's vector to the hits: both of the same model.
                let index = self.index();
                retrieval.hits.clear();
                retrieval.vector = question_vector(&index, &retrieval.question);
                retrieval.embedder = index.meaning.identity().to_owned();
                retrieval.keyword_only = retrieval.vector.is_none();
                let is_whole = self.search(&index, &mut retrieval, top, LeftOut::default())?;
                // What was found has just gone: what came in its place is about to be seen.
                if is_whole || !self.is_followed(&index) {
                    break;
                }
            }
        }
        retrieval.elapsed = started.elapsed();
        Ok(retrieval)
    }

    /// The same for a question whose vector is there, on one snapshot, with something left out.
    pub(crate) fn find(
        &self,
        index: &Index,
        question: &str,
        vector: Vec<f32>,
        top: usize,
        left_out: LeftOut,
    ) -> Result<Retrieval, KnowledgeError> {
        let question = text::normalise(question);
        let mut retrieval = Retrieval { question, vector: Some(vector), ..Retrieval::default() };
        self.search(index, &mut retrieval, top, left_out)?;
        Ok(retrieval)
    }

    /// Answers whether everything that was found could be read.
    fn search(
        &self,
        index: &Index,
        retrieval: &mut Retrieval,
        top: usize,
        left_out: LeftOut,
    ) -> Result<bool, KnowledgeError> {
        if let Some(vector) = &retrieval.vector {
            retrieval.elsewhere = self.elsewhere(index, vector, left_out.utterance);
        }
        let concepts = index.concepts(&retrieval.question);
        let words = Words::of(index, &concepts, left_out.entry);
        let scored = score_all(index, retrieval, &words, left_out);
        retrieval.best_keyword = best(index, &scored, |one| (one.bm25 > 0.0).then_some(one.bm25));
        retrieval.best_meaning = best(index, &scored, |one| one.cosine);
        let mut best = best_of_each(index, scored, CLOSER.max(top));
        self.look_closer(index, retrieval, &concepts, &words, &mut best)?;
        let mut is_whole = true;
        for one in best.into_iter().take(top) {
            let hit = self.hit(index, one)?;
            is_whole &= hit.is_some();
            retrieval.hits.extend(hit);
        }
        Ok(is_whole)
    }

    /// Waits a moment for the snapshot after this one; false where none comes.
    fn is_followed(&self, index: &Index) -> bool {
        let began = Instant::now();
        while began.elapsed() < LONGEST_CHANGE {
            if self.version() != index.version {
                return true;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        false
    }

    /// Reads the words of a hit; `None` when it was removed a moment ago.
    fn hit(&self, index: &Index, one: Scored) -> Result<Option<Hit>, KnowledgeError> {
        let entry = index.entry(one.entry);
        let Some(matched) = self.store.chunk_text(entry.chunk_id)? else { return Ok(None) };
        let (source, title, locator, text) = match entry.key {
            HitKey::Section(id) => match self.store.section(id)? {
                Some(row) => {
                    let locator = row.locator();
                    (row.source, row.title, locator, row.text)
                }
                None => return Ok(None),
            },
            HitKey::Faq(id) => match self.store.faq(id)? {
                Some(row) => ("faq".to_owned(), row.question, String::new(), row.answer),
                None => return Ok(None),
            },
        };
        Ok(Some(Hit {
            key: entry.key,
            source,
            title,
            locator,
            text,
            score: one.score,
            cosine: one.cosine.unwrap_or(0.0),
            bm25: one.bm25,
            matched,
        }))
    }
}

impl Calibration {
    /// The fused score, or what words alone are worth.
    pub(crate) fn score(self, cosine: Option<f32>, bm25: f32) -> f32 {
        match cosine {
            Some(cosine) => self.fuse(cosine, bm25),
            None => KEYWORD_ONLY * bm25.min(MOST_SHARE),
        }
    }
}

fn question_vector(index: &Index, question: &str) -> Option<Vec<f32>> {
    let embedder = index.meaning.embedder.as_deref()?;
    match embedder.embed(&[question.to_owned()], Side::Query) {
        Ok(vectors) => vectors.into_iter().next().filter(|vector| !vector.is_empty()),
        Err(error) => {
            tracing::info!(%error, "searching by words alone");
            None
        }
    }
}

fn score_all(
    index: &Index,
    retrieval: &Retrieval,
    words: &Words,
    left_out: LeftOut,
) -> Vec<Scored> {
    let cosines = match &retrieval.vector {
        Some(vector) => index.cosines(vector),
        None => vec![None; index.len()],
    };
    let now = now();
    let both = words.shares.iter().zip(cosines).zip(index.entries());
    both.enumerate()
        .filter(|(number, _)| Some(*number) != left_out.entry)
        .filter(|(_, (_, entry))| entry.valid_until.is_none_or(|end| now <= end))
        .filter(|(_, ((share, cosine), _))| **share > 0.0 || cosine.is_some())
        .map(|(number, ((share, cosine), entry))| {
            let bm25 = share.min(MOST_SHARE);
            Scored { entry: number, score: score_of(index, entry, cosine, bm25), cosine, bm25 }
        })
        .collect()
}

fn score_of(index: &Index, entry: &Entry, cosine: Option<f32>, bm25: f32) -> f32 {
    let calibration = index.meaning.calibration;
    match cosine {
        Some(cosine) if !entry.is_question => {
            let alpha = calibration.alpha - TEXT_MEANS_LESS;
            Calibration { alpha, ..calibration }.fuse(cosine, bm25)
        }
        _ => calibration.score(cosine, bm25),
    }
}

fn best(index: &Index, scored: &[Scored], by: impl Fn(&Scored) -> Option<f32>) -> Option<HitKey> {
    let mut found: Option<(f32, &Entry)> = None;
    for one in scored {
        // The oldest of equals wins, so that the same question always finds the same.
        if let Some(number) = by(one)
            && found.is_none_or(|(most, _)| number >= most)
        {
            let entry = index.entry(one.entry);
            if found.is_none_or(|(most, old)| number > most || entry.chunk_id < old.chunk_id) {
                found = Some((number, entry));
            }
        }
    }
    found.map(|(_, entry)| entry.key)
}

/// The best piece of each FAQ and of each section, best first, at most `top`.
fn best_of_each(index: &Index, mut scored: Vec<Scored>, top: usize) -> Vec<Scored> {
    let mut looked_at = top.max(1) * PIECES_OF_ONE;
    loop {
        // Only the front is put in order: there may be a hundred thousand behind it.
        let front = if looked_at < scored.len() {
            scored.select_nth_unstable_by(looked_at, |a, b| order(index, a, b));
            &mut scored[..looked_at]
        } else {
            &mut scored[..]
        };
        in_order(index, front);
        let mut seen = HashSet::new();
        let mut best: Vec<Scored> = front.to_vec();
        best.retain(|one| seen.insert(index.entry(one.entry).key));
        if best.len() >= top || looked_at >= scored.len() {
            best.truncate(top);
            return best;
        }
        looked_at *= PIECES_OF_ONE;
    }
}

/// Best first; of equals the oldest, so that the same question always finds the same.
fn in_order(index: &Index, scored: &mut [Scored]) {
    scored.sort_unstable_by(|a, b| order(index, a, b));
}

fn order(index: &Index, a: &Scored, b: &Scored) -> Ordering {
    let age = |one: &Scored| index.entry(one.entry).chunk_id;
    b.score.total_cmp(&a.score).then_with(|| age(a).cmp(&age(b)))
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests;
