//! From a question to evidence with scores.

use std::collections::HashSet;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use engine::Side;

use crate::index::{Entry, Index};
use crate::{Calibration, Hit, HitKey, Knowledge, KnowledgeError, Retrieval, text};

/// Characters of a question that are read.
const QUESTION_CHARACTERS: usize = 1_000;
/// The share of words above which more of them says nothing new.
pub(crate) const MOST_SHARE: f32 = 1.2;
/// What words alone are worth where there is no vector to confirm them.
///
/// A question all of whose words are found comes to 0.84 at most: enough to be answered with a
/// quote, never the 0.9 that an answer word for word asks for.
pub(crate) const KEYWORD_ONLY: f32 = 0.7;

/// Pieces that one section or FAQ hardly ever has more of among the best.
const PIECES_OF_ONE: usize = 8;

/// One entry's numbers.
#[derive(Clone, Copy)]
struct Scored {
    entry: usize,
    score: f32,
    cosine: Option<f32>,
    bm25: f32,
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
            // One snapshot from the question's vector to the hits: both of the same model.
            let index = self.index();
            retrieval.vector = question_vector(&index, &retrieval.question);
            retrieval.embedder = index.meaning.identity().to_owned();
            retrieval.keyword_only = retrieval.vector.is_none();
            self.search(&index, &mut retrieval, top)?;
        }
        retrieval.elapsed = started.elapsed();
        Ok(retrieval)
    }

    fn search(
        &self,
        index: &Index,
        retrieval: &mut Retrieval,
        top: usize,
    ) -> Result<(), KnowledgeError> {
        let scored = self.score_all(index, retrieval);
        retrieval.best_keyword = best(index, &scored, |one| (one.bm25 > 0.0).then_some(one.bm25));
        retrieval.best_meaning = best(index, &scored, |one| one.cosine);
        for one in best_of_each(index, scored, top) {
            retrieval.hits.extend(self.hit(index, one)?);
        }
        Ok(())
    }

    fn score_all(&self, index: &Index, retrieval: &Retrieval) -> Vec<Scored> {
        let shares = index.keyword_shares(&index.concepts(&retrieval.question));
        let cosines = match &retrieval.vector {
            Some(vector) => index.cosines(vector),
            None => vec![None; index.len()],
        };
        let now = now();
        let both = shares.into_iter().zip(cosines).zip(index.entries());
        both.enumerate()
            .filter(|(_, (_, entry))| entry.valid_until.is_none_or(|end| now <= end))
            .filter(|(_, ((share, cosine), _))| *share > 0.0 || cosine.is_some())
            .map(|(entry, ((share, cosine), _))| {
                let bm25 = share.min(MOST_SHARE);
                let score = index.meaning.calibration.score(cosine, bm25);
                Scored { entry, score, cosine, bm25 }
            })
            .collect()
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
    let order = |a: &Scored, b: &Scored| {
        let age = |one: &Scored| index.entry(one.entry).chunk_id;
        b.score.total_cmp(&a.score).then_with(|| age(a).cmp(&age(b)))
    };
    let mut looked_at = top.max(1) * PIECES_OF_ONE;
    loop {
        // Only the front is put in order: there may be a hundred thousand behind it.
        let front = if looked_at < scored.len() {
            scored.select_nth_unstable_by(looked_at, order);
            &mut scored[..looked_at]
        } else {
            &mut scored[..]
        };
        front.sort_unstable_by(order);
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

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests;
