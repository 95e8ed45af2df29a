//! Questions that lean on the one before. Pure.

use std::collections::HashMap;

use knowledge::text::content_terms;
use knowledge::{Hit, HitKey, Retrieval};

/// Words that open a question which goes on from the last one.
const OPENERS: &[&str] =
    &["and", "or", "but", "what about", "how about", "it", "they", "them", "that", "those", "so"];

/// Words that stand for something said before, anywhere in a question.
const STAND_INS: &[&str] = &["it", "they", "them", "that one", "those", "this one", "then", "too"];

/// A question of more words than this says what it is about.
const SHORT: usize = 8;

/// What the new words count at least and at most, where there are any.
const LEAST_OWN: f32 = 0.3;
const MOST_OWN: f32 = 0.5;

/// The joined search is taken from this share of the other's score on.
const OPENLY_ENOUGH: f32 = 0.5;
const PERHAPS_ENOUGH: f32 = 0.7;

/// A word that is a function word in no language.
const MARK: &str = "zyzzyva";

/// How much a question leans on the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaning {
    /// It goes on from there: "and what about boots?"
    Openly,
    /// It says too little by itself: "how much?"
    Perhaps,
}

/// Whether a question leans on another. The previous question helps to search; it is never
/// evidence.
pub(crate) fn leaning(question: &str) -> Option<Leaning> {
    let lower = question.to_lowercase();
    let opens = OPENERS.iter().any(|opener| {
        lower.strip_prefix(opener).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if opens {
        return Some(Leaning::Openly);
    }
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let padded = format!(" {} ", words.join(" "));
    let stands_in = STAND_INS.iter().any(|word| padded.contains(&format!(" {word} ")));
    // A question of function words alone counts all its words as content: "how much?".
    let says_little = words.len() < 3 || content_terms(question).len() < 2;
    ((stands_in && words.len() <= SHORT) || says_little).then_some(Leaning::Perhaps)
}

/// What the new words count, against those of the question before.
///
/// What the joined search found must suit the new words too, or "and boots?" would be answered with
/// what was asked before. "How much?" has no words that anything could suit.
pub(crate) fn own_share(question: &str, previous: &str) -> f32 {
    let content = |text: &str| if is_bare(text) { 0 } else { content_terms(text).len() };
    let (own, before) = (content(question) as f32, content(previous) as f32);
    if own == 0.0 { 0.0 } else { (own / (own + before)).clamp(LEAST_OWN, MOST_OWN) }
}

/// Whether a question is made of function words alone.
fn is_bare(question: &str) -> bool {
    let with_content = format!("{question} {MARK}");
    content_terms(&with_content).len() == 1
}

/// The better of two searches: the question alone, or joined to the one before, where a hit counts
/// by both its scores.
pub(crate) fn better(
    alone: Retrieval,
    mut joined: Retrieval,
    leaning: Leaning,
    own_share: f32,
) -> Retrieval {
    let own: HashMap<HitKey, f32> = alone.hits.iter().map(|hit| (hit.key, hit.score)).collect();
    for hit in &mut joined.hits {
        let own = own.get(&hit.key).copied().unwrap_or(0.0);
        hit.score += own_share * (own - hit.score);
    }
    joined.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = |retrieval: &Retrieval| retrieval.hits.first().map_or(0.0, |hit: &Hit| hit.score);
    let enough = match leaning {
        Leaning::Openly => OPENLY_ENOUGH,
        Leaning::Perhaps => PERHAPS_ENOUGH,
    };
    // A word for word answer needs a question that is whole.
    joined.best_keyword = None;
    joined.best_meaning = None;
    if best(&joined) >= enough * best(&alone) { joined } else { alone }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: Option<Leaning>) {
        assert_eq!(leaning(question), expected, "{question:?}");
    }

    #[test]
    fn leaning_questions_are_seen() {
        check("And how long does it take?", Some(Leaning::Openly));
        check("what about Sweden?", Some(Leaning::Openly));
        check("how much?", Some(Leaning::Perhaps));
        check("on Sundays", Some(Leaning::Perhaps));
        check("what does it cost", Some(Leaning::Perhaps));
        check("are they free", Some(Leaning::Perhaps));
        check("Can I return waxed jackets after the sale?", None);
        check("Andorra shipping price list", None);
        check("do you sell gift cards", None);
        check("I lost my wallet in your shop on Monday, did somebody hand it in?", None);
    }

    fn found(hits: &[(i64, f32)]) -> Retrieval {
        let hit = |&(id, score): &(i64, f32)| Hit {
            key: HitKey::Faq(id),
            source: String::new(),
            title: String::new(),
            locator: String::new(),
            text: String::new(),
            score,
            cosine: 0.0,
            bm25: 0.0,
            matched: String::new(),
        };
        Retrieval { hits: hits.iter().map(hit).collect(), ..Retrieval::default() }
    }

    fn check_better(
        alone: &[(i64, f32)],
        joined: &[(i64, f32)],
        leaning: Leaning,
        expected: (i64, f32),
    ) {
        let best = better(found(alone), found(joined), leaning, 0.5).hits.remove(0);
        assert_eq!(best.key, HitKey::Faq(expected.0), "{alone:?} {joined:?}");
        assert!((best.score - expected.1).abs() < 1e-6, "{} {alone:?} {joined:?}", best.score);
    }

    #[test]
    fn a_hit_must_suit_both_questions() {
        // "How long may I return clothing?", "and boots?": 1 is clothing, 2 boots, 3 boot polish.
        let joined = [(1, 0.9), (2, 0.8)];
        check_better(&[(3, 0.6), (2, 0.5)], &joined, Leaning::Openly, (2, 0.65));
        // A new subject after all: the old one is no answer to it.
        check_better(&[(3, 0.7)], &[(1, 0.9)], Leaning::Perhaps, (3, 0.7));
        check_better(&[(3, 1.0)], &[(1, 0.9)], Leaning::Openly, (3, 1.0));
        check_better(&[(3, 0.9)], &[(3, 0.7), (1, 0.9)], Leaning::Perhaps, (3, 0.8));
        assert!(better(found(&[]), found(&[]), Leaning::Openly, 0.5).hits.is_empty());
    }

    fn check_share(question: &str, expected: f32) {
        let share = own_share(question, "Do you ship gift cards to Ireland?");
        assert!((share - expected).abs() < 1e-6, "{question} {share}");
    }

    #[test]
    fn new_words_count_where_there_are_any() {
        check_share("how much?", 0.0);
        check_share("and how long does it take?", 0.3);
        check_share("and heavy sleeping bags for four grown people?", 0.5);
    }
}
