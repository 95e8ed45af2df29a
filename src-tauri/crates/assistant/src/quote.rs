//! The shop's own sentences as the answer: choosing them and keeping them whole. Pure.
//!
//! Every sentence of the passages gets a worth (`rank.rs`). A quote is the best sentence with those
//! that make it likeliest to hold the answer within sixty words: neighbours, because the fact is
//! often one sentence further on, or one other place where that fits nearly as well. Each place is
//! shown as it stands and cited by itself. Rows of a table stand for themselves, and a list is not
//! torn from the sentence that announces it.

mod gather;
mod layout;
mod rank;

use std::ops::Range;

use knowledge::{Hit, ScoredSentence};

use crate::cues::Asked;

/// A passage with its sentences, ready to be quoted.
pub(crate) struct Passage {
    /// The hit it came from.
    pub(crate) hit: Hit,
    /// Its sentences in reading order; for an FAQ the whole answer as one.
    pub(crate) sentences: Vec<ScoredSentence>,
    /// The share of the question's weight that it holds, headings included.
    pub(crate) coverage: f32,
}

/// The chosen words: at least one place, the best first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quote {
    /// Where the words stand.
    pub(crate) places: Vec<Place>,
    /// The best sentence, of the first place's passage.
    pub(crate) best: usize,
}

/// Neighbouring sentences of one passage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// Index of the passage.
    pub(crate) passage: usize,
    /// Sentences of it, first to last.
    pub(crate) sentences: Range<usize>,
    /// The words as they stand in the source.
    pub(crate) text: String,
}

impl Quote {
    /// Index of the passage that the best sentence is from.
    pub(crate) fn passage(&self) -> usize {
        self.places[0].passage
    }

    /// The quoted words as passages, one for each that is quoted from, the best first.
    pub(crate) fn evidence(&self, passages: &[Passage]) -> Vec<Passage> {
        let mut narrowed: Vec<(usize, Passage)> = Vec::new();
        for place in &self.places {
            match narrowed.iter_mut().find(|(from, _)| *from == place.passage) {
                Some((_, passage)) => {
                    passage.hit.text.push('\n');
                    passage.hit.text.push_str(&place.text);
                }
                None => {
                    let Passage { hit, coverage, .. } = &passages[place.passage];
                    let hit = Hit { text: place.text.clone(), ..hit.clone() };
                    let passage = Passage { hit, sentences: Vec::new(), coverage: *coverage };
                    narrowed.push((place.passage, passage));
                }
            }
        }
        narrowed.into_iter().map(|(_, passage)| passage).collect()
    }

    /// The words of all places.
    pub(crate) fn text(&self) -> String {
        let texts: Vec<&str> = self.places.iter().map(|place| place.text.as_str()).collect();
        texts.join("\n\n")
    }
}

/// Picks the words to show, or `None` when no passage has any sentence.
pub(crate) fn choose(asked: &Asked, passages: &[Passage]) -> Option<Quote> {
    let ranked = rank::rank(asked, passages);
    let best = ranked.first()?.sentence;
    let chosen = gather::gather(&ranked, passages)?;
    let places = chosen.into_iter().map(|(passage, sentences)| {
        let sentences = layout::with_its_list(&passages[passage], sentences);
        let text = layout::words_of(&passages[passage], &sentences);
        Place { passage, sentences, text }
    });
    Some(Quote { places: places.collect(), best })
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests;
