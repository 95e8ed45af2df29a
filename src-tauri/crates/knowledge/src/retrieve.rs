//! From a question to evidence with scores.

use std::collections::HashMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use engine::Side;

use crate::index::Index;
use crate::{Hit, HitKey, Knowledge, KnowledgeError, Retrieval, text};

/// Characters of a question that are read.
const QUESTION_CHARACTERS: usize = 1_000;
/// The share of words above which more of them says nothing new.
pub(crate) const MOST_SHARE: f32 = 1.2;
/// What words alone are worth where there is no vector to confirm them.
///
/// A question all of whose words are found comes to 0.84 at most: enough to be answered with a
/// quote, never the 0.9 that an answer word for word asks for.
pub(crate) const KEYWORD_ONLY: f32 = 0.7;

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
            retrieval.vector = self.question_vector(&retrieval.question);
            retrieval.keyword_only = retrieval.vector.is_none();
            self.search(&mut retrieval, top)?;
        }
        retrieval.elapsed = started.elapsed();
        Ok(retrieval)
    }

    fn search(&self, retrieval: &mut Retrieval, top: usize) -> Result<(), KnowledgeError> {
        let index = self.index();
        let scored = self.score_all(&index, retrieval);
        retrieval.best_keyword = best(&index, &scored, |one| (one.bm25 > 0.0).then_some(one.bm25));
        retrieval.best_meaning = best(&index, &scored, |one| one.cosine);
        for one in best_of_each(&index, scored).into_iter().take(top) {
            retrieval.hits.extend(self.hit(&index, one)?);
        }
        Ok(())
    }

    fn question_vector(&self, question: &str) -> Option<Vec<f32>> {
        let embedder = self.embedder.as_deref()?;
        match embedder.embed(&[question.to_owned()], Side::Query) {
            Ok(vectors) => vectors.into_iter().next().filter(|vector| !vector.is_empty()),
            Err(error) => {
                tracing::info!(%error, "searching by words alone");
                None
            }
        }
    }

    fn score_all(&self, index: &Index, retrieval: &Retrieval) -> Vec<Scored> {
        let shares = index.keyword_shares(&index.concepts(&retrieval.question));
        let cosines = match &retrieval.vector {
            Some(vector) => index.cosines(vector),
            None => vec![None; index.entries.len()],
        };
        let now = now();
        let both = shares.into_iter().zip(cosines).enumerate();
        both.filter(|(entry, _)| index.entries[*entry].valid_until.is_none_or(|end| now <= end))
            .filter(|(_, (share, cosine))| *share > 0.0 || cosine.is_some())
            .map(|(entry, (share, cosine))| {
                let bm25 = share.min(MOST_SHARE);
                Scored { entry, score: self.score(cosine, bm25), cosine, bm25 }
            })
            .collect()
    }

    /// The fused score, or what words alone are worth.
    pub(crate) fn score(&self, cosine: Option<f32>, bm25: f32) -> f32 {
        match cosine {
            Some(cosine) => self.calibration.fuse(cosine, bm25),
            None => KEYWORD_ONLY * bm25.min(MOST_SHARE),
        }
    }

    /// Reads the words of a hit; `None` when it was removed a moment ago.
    fn hit(&self, index: &Index, one: Scored) -> Result<Option<Hit>, KnowledgeError> {
        let entry = &index.entries[one.entry];
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

fn best(index: &Index, scored: &[Scored], by: impl Fn(&Scored) -> Option<f32>) -> Option<HitKey> {
    let mut found: Option<(f32, usize)> = None;
    for one in scored {
        // The first of equals wins, so that the same question always finds the same.
        if let Some(number) = by(one)
            && found.is_none_or(|(most, _)| number > most)
        {
            found = Some((number, one.entry));
        }
    }
    found.map(|(_, entry)| index.entries[entry].key)
}

fn best_of_each(index: &Index, scored: Vec<Scored>) -> Vec<Scored> {
    let mut best: HashMap<HitKey, Scored> = HashMap::new();
    for one in scored {
        let known = best.entry(index.entries[one.entry].key).or_insert(one);
        if one.score > known.score {
            *known = one;
        }
    }
    let mut best: Vec<Scored> = best.into_values().collect();
    best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
    best
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests;
