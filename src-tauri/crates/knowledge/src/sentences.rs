//! The sentences of a section, scored against a question, so that the best can be quoted.

use std::collections::HashMap;

use engine::Side;
use store::{ChunkRow, VectorRow};

use crate::concept::Concept;
use crate::index::Index;
use crate::retrieve::MOST_SHARE;
use crate::vector::Coded;
use crate::{Knowledge, KnowledgeError, Retrieval, ScoredSentence, text};

/// Sentences that are embedded while somebody waits, at most.
const EMBEDDED_AT_ONCE: usize = 40;

impl Knowledge {
    /// Sentences and table rows of a section in their order, scored with the same fused score as
    /// sections: heading path and sentence against the question of `retrieval`.
    ///
    /// Saved vectors are used; a few that are missing are made on the spot. A section that is gone
    /// has no sentences.
    pub fn sentences(
        &self,
        retrieval: &Retrieval,
        section_id: i64,
    ) -> Result<Vec<ScoredSentence>, KnowledgeError> {
        let Some(section) = self.store.section(section_id)? else { return Ok(Vec::new()) };
        let sentences = self.store.sentences_of(section_id)?;
        let index = self.index();
        // Another model may have taken over since: its vectors are no measure for this one.
        let question = retrieval.vector.as_deref();
        let question = question.filter(|_| retrieval.embedder == index.meaning.identity());
        let question = question.map(Coded::of);
        let vectors = match &question {
            Some(_) => self.sentence_vectors(&index, section_id, &sentences)?,
            None => HashMap::new(),
        };
        let concepts = index.concepts(&retrieval.question);
        let language = index.question_language(&retrieval.question);
        let whole: f32 = concepts.iter().map(|concept| concept.weight).sum();
        let mut scored = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let Some(bytes) = sentence.bytes.clone() else { continue };
            let Some(words) = section.text.get(bytes.clone()) else { continue };
            let share = index.keyword_share(&concepts, &sentence.terms, index.mean_sentence_terms);
            let bm25 = share.min(MOST_SHARE);
            let vector = vectors.get(&sentence.hash);
            let cosine =
                question.as_ref().zip(vector).map(|(question, vector)| question.cosine(vector));
            let own = text::terms(words, language);
            let share = |concept: &Concept| concept.weight * concept.share_in(&own) / whole;
            scored.push(ScoredSentence {
                text: words.to_owned(),
                start: bytes.start,
                end: bytes.end,
                score: index.meaning.calibration.score(cosine, bm25),
                cosine: cosine.unwrap_or(0.0),
                bm25,
                held: concepts.iter().map(share).collect(),
            });
        }
        Ok(scored)
    }

    /// The vectors of a section's sentences that are there.
    pub(crate) fn saved_sentence_vectors(
        &self,
        index: &Index,
        section_id: i64,
    ) -> Result<HashMap<[u8; 32], Coded>, KnowledgeError> {
        let saved = self.store.sentence_vectors(index.meaning.identity(), section_id)?;
        let coded = |row: VectorRow| (row.hash, Coded::from_bytes(row.scale, &row.codes));
        Ok(saved.into_iter().map(coded).collect())
    }

    /// How close two texts are in meaning: about 0 where they have nothing to do with each other, 1
    /// where they say the same. `None` without an embedder that answers.
    pub fn likeness(&self, one: &str, other: &str) -> Option<f32> {
        let index = self.index();
        let embedder = index.meaning.embedder.as_deref()?;
        let made = embedder.embed(&[one.to_owned(), other.to_owned()], Side::Passage).ok()?;
        let [one, other] = made.as_slice() else { return None };
        let cosine = Coded::of(one).cosine(&Coded::of(other));
        Some(index.meaning.calibration.closeness(cosine))
    }

    /// Whether any published text or answer holds a search term.
    pub fn knows(&self, term: &str) -> bool {
        self.index().documents_with(term) > 0
    }

    fn sentence_vectors(
        &self,
        index: &Index,
        section_id: i64,
        sentences: &[ChunkRow],
    ) -> Result<HashMap<[u8; 32], Coded>, KnowledgeError> {
        let Some(embedder) = index.meaning.embedder.as_deref() else { return Ok(HashMap::new()) };
        let mut vectors = self.saved_sentence_vectors(index, section_id)?;
        let missing: Vec<&ChunkRow> = sentences
            .iter()
            .filter(|sentence| !vectors.contains_key(&sentence.hash))
            .take(EMBEDDED_AT_ONCE)
            .collect();
        if missing.is_empty() {
            return Ok(vectors);
        }
        let texts: Vec<String> = missing.iter().map(|sentence| sentence.text.clone()).collect();
        match embedder.embed(&texts, Side::Passage) {
            Ok(made) => {
                let made = missing.iter().zip(&made);
                let rows: Vec<(VectorRow, Coded)> =
                    made.map(|(sentence, vector)| coded_row(sentence.hash, vector)).collect();
                let to_save = rows.iter().map(|(row, _)| row.clone()).collect();
                self.store.save_vectors(embedder.identity(), to_save)?;
                vectors.extend(rows.into_iter().map(|(row, coded)| (row.hash, coded)));
            }
            Err(error) => tracing::info!(%error, "scoring sentences by words alone"),
        }
        Ok(vectors)
    }
}

/// A vector ready to save, and ready to use.
pub(crate) fn coded_row(hash: [u8; 32], vector: &[f32]) -> (VectorRow, Coded) {
    let coded = Coded::of(vector);
    (VectorRow { hash, scale: coded.scale, codes: coded.bytes() }, coded)
}
