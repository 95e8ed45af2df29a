//! What a question asks about: its words, each with the other words it is found by.
//!
//! A concept weighs what its words tell together: "voucher" is as common in a shop as its "gift
//! card". A word that the desk does not hold at all is looked for among the words it holds, one
//! slip of the keyboard away.

use crate::index::Index;
use crate::spelling::is_one_slip;
use crate::text::synonyms;
use crate::{Knowledge, text};

/// What finding another word of the same meaning is worth: .8 and .9 answered the same on the
/// demo's hard questions and on SQuAD 2, .9 let two more of 1,000 off-topic utterances through.
const SYNONYM: f32 = 0.8;
/// What finding the word that was probably meant is worth.
const SPELT: f32 = 0.9;
/// Shorter words are one slip away from too many others.
const SHORTEST_SLIP: usize = 5;

/// Languages of a desk that a question's words are looked for in.
const MOST_LANGUAGES: usize = 5;

/// One word of a question and what counts as finding it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Concept {
    /// How much it tells.
    pub(crate) weight: f32,
    /// The word itself first.
    pub(crate) wordings: Vec<Wording>,
}

/// Terms that must all be there, and what that is worth.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wording {
    pub(crate) terms: Vec<String>,
    pub(crate) share: f32,
}

impl Index {
    /// The concepts of a question, in the order of its words.
    pub(crate) fn concepts(&self, question: &str) -> Vec<Concept> {
        let language = self.question_language(question);
        let mut spoken = text::terms(question, language);
        let mut meant = Vec::new();
        for term in &mut spoken {
            if let Some(known) = self.probably_meant(term) {
                meant.push((term.clone(), known.clone()));
                *term = known;
            }
        }
        let elsewhere = self.stems_elsewhere(question, language);
        let found = synonyms(language).map(|table| table.find(&spoken)).unwrap_or_default();
        let concept = |term: String| {
            let known = meant.iter().find(|(written, _)| *written == term);
            let mut wordings = vec![Wording { terms: vec![term.clone()], share: 1.0 }];
            if let Some((_, known)) = known {
                wordings.push(Wording { terms: vec![known.clone()], share: SPELT });
            }
            for (_, other) in elsewhere.iter().filter(|(own, _)| *own == term) {
                push_wording(&mut wordings, std::slice::from_ref(other), 1.0);
            }
            let said = known.map_or(&term, |(_, known)| known);
            for group in found.iter().filter(|group| group.terms.contains(said)) {
                for other in &group.others {
                    push_wording(&mut wordings, other, SYNONYM);
                }
            }
            Concept { weight: self.weight(&wordings), wordings }
        };
        self.question_terms(question).into_iter().map(concept).collect()
    }

    /// The terms of a question in one language with what the desk's other languages make of the
    /// same words, where that is another term: a short question does not show its language.
    fn stems_elsewhere(&self, question: &str, language: &str) -> Vec<(String, String)> {
        let own = text::terms(question, language);
        let mut pairs = Vec::new();
        for other in self.languages().into_iter().take(MOST_LANGUAGES) {
            let terms = if other == language { Vec::new() } else { text::terms(question, other) };
            if terms.len() == own.len() {
                let both = own.iter().cloned().zip(terms);
                pairs.extend(
                    both.filter(|(own, other)| own != other && self.documents_with(other) > 0),
                );
            }
        }
        pairs
    }

    /// What the wordings tell together: as much as one word that is wherever one of them is.
    fn weight(&self, wordings: &[Wording]) -> f32 {
        let with = wordings.iter().map(|wording| {
            wording.terms.iter().map(|term| self.documents_with(term)).min().unwrap_or(0)
        });
        self.idf_of(with.sum())
    }

    /// The word of the desk that one slip turns into this unknown one; the commonest of several.
    fn probably_meant(&self, term: &str) -> Option<String> {
        let is_word = term.chars().all(char::is_alphabetic);
        if !is_word || term.chars().count() < SHORTEST_SLIP || self.documents_with(term) > 0 {
            return None;
        }
        let near = self.known_terms().filter(|known| is_one_slip(term, known));
        let near = near.map(|known| (known, self.documents_with(known)));
        let best = near
            .filter(|(_, documents)| *documents > 0)
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        best.map(|(known, _)| known.to_owned())
    }
}

fn push_wording(wordings: &mut Vec<Wording>, terms: &[String], share: f32) {
    if !wordings.iter().any(|wording| wording.terms == terms) {
        wordings.push(Wording { terms: terms.to_vec(), share });
    }
}

impl Knowledge {
    /// The share of a question's weight that each text holds, from 0 to 1: by the question's own
    /// words, or for a little less by others of the same meaning.
    pub fn coverage(&self, question: &str, texts: &[String]) -> Vec<f32> {
        let index = self.index();
        let language = index.question_language(question);
        let concepts = index.concepts(question);
        let whole: f32 = concepts.iter().map(|concept| concept.weight).sum();
        let share = |text: &String| {
            let held = text::terms(text, language);
            let found = concepts.iter().map(|concept| concept.weight * concept.share_in(&held));
            let found: f32 = found.sum();
            if whole > 0.0 { found / whole } else { 0.0 }
        };
        texts.iter().map(share).collect()
    }
}

impl Concept {
    /// The worth of the best wording that is in a text.
    pub(crate) fn share_in(&self, held: &[String]) -> f32 {
        let is_in = |wording: &&Wording| wording.terms.iter().all(|term| held.contains(term));
        let shares = self.wordings.iter().filter(is_in).map(|wording| wording.share);
        shares.fold(0.0, f32::max)
    }
}

#[cfg(test)]
mod tests;
