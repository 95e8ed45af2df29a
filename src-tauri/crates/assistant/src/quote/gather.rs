//! Which sentences make a quote: the best one, and those that make it likeliest that the answer is
//! inside, within sixty words and two places. Pure.

use std::ops::Range;

use super::rank::Ranked;
use super::{Passage, count_words, layout};

/// Words a quote is grown to at most. A longer best sentence stands alone.
const LONGEST_QUOTE: usize = 60;
/// Sentences that are weighed against each other.
const WEIGHED: usize = 10;
/// Sentences besides the best one.
const MOST_OTHERS: u32 = 3;
/// Places a quote may be from.
const MOST_PLACES: usize = 2;
/// So far from the best sentence another one is its neighbourhood.
const NEIGHBOURHOOD: usize = 2;
/// A sentence elsewhere must be this likely, in parts of the best: on half A of SQuAD 2, .02 to .2
/// do about the same, and fewer sentences read better.
const ELSEWHERE: f32 = 0.1;
/// A row of a table beside another row is another item, so it must fit nearly as well.
const ROW_BESIDE_ROW: f32 = 0.5;

/// The chosen places as passage and sentences, the best one first.
pub(super) fn gather(
    ranked: &[Ranked],
    passages: &[Passage],
) -> Option<Vec<(usize, Range<usize>)>> {
    let best = *ranked.first()?;
    let others: Vec<Ranked> = ranked[1..]
        .iter()
        .take(WEIGHED - 1)
        .filter(|other| may_join(best, **other, passages))
        .copied()
        .collect();
    let words = |one: &Ranked| count_words(&passages[one.passage].sentences[one.sentence].text);
    let mut found = (0.0, vec![best]);
    for mask in 0..1u32 << others.len() {
        if mask.count_ones() > MOST_OTHERS {
            continue;
        }
        let taken = others.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
        let chosen: Vec<Ranked> =
            std::iter::once(best).chain(taken.map(|(_, other)| *other)).collect();
        let likelihood: f32 = chosen.iter().map(|one| one.likelihood).sum();
        let length: usize = chosen.iter().map(words).sum();
        let fits = chosen.len() == 1 || length <= LONGEST_QUOTE;
        if likelihood > found.0 && fits && places(&chosen).len() <= MOST_PLACES {
            found = (likelihood, chosen);
        }
    }
    let mut places = places(&found.1);
    let holds_best = |(passage, range): &(usize, Range<usize>)| {
        *passage == best.passage && range.contains(&best.sentence)
    };
    places.sort_by_key(|place| !holds_best(place));
    Some(places)
}

fn may_join(best: Ranked, other: Ranked, passages: &[Passage]) -> bool {
    let text = |one: Ranked| &passages[one.passage].sentences[one.sentence].text;
    let is_near =
        other.passage == best.passage && other.sentence.abs_diff(best.sentence) <= NEIGHBOURHOOD;
    if layout::is_row(text(best)) || layout::is_row(text(other)) {
        return other.likelihood >= ROW_BESIDE_ROW;
    }
    is_near || other.likelihood >= ELSEWHERE
}

/// Runs of neighbouring sentences, in the order of passages and sentences.
fn places(chosen: &[Ranked]) -> Vec<(usize, Range<usize>)> {
    let mut all: Vec<(usize, usize)> =
        chosen.iter().map(|one| (one.passage, one.sentence)).collect();
    all.sort_unstable();
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for (passage, sentence) in all {
        match places.last_mut() {
            Some((last, range)) if *last == passage && range.end == sentence => range.end += 1,
            _ => places.push((passage, sentence..sentence + 1)),
        }
    }
    places
}
