//! The numbers of a tiny corpus, worked out by hand; any way to the same entries gives the same.

mod following;

use store::{Changes, IndexRow, Role, SearchUnit};

use super::*;
use crate::retrieve::words::Words;

fn row(chunk_id: i64, unit: SearchUnit, role: Role, terms: &str) -> IndexRow {
    IndexRow {
        chunk_id,
        unit,
        role,
        hash: [0; 32],
        language: "en".to_owned(),
        terms: terms.to_owned(),
        valid_until: None,
        vector: None,
    }
}

fn index(rows: &[IndexRow]) -> Index {
    let mut keeper = Keeper::empty(Meaning::default());
    keeper.apply(Changes { rows: rows.to_vec(), ..Changes::default() });
    keeper.index
}

fn close(found: f32, expected: f32) {
    assert!((found - expected).abs() < 1e-5, "found {found}, expected {expected}");
}

/// Concepts of one word each, without other wordings.
fn plain(index: &Index, terms: &[&str]) -> Vec<Concept> {
    let concept = |term: &&str| Concept {
        weight: index.idf(term),
        wordings: vec![Wording { terms: vec![(*term).to_owned()], share: 1.0 }],
    };
    terms.iter().map(concept).collect()
}

fn three_texts() -> Index {
    index(&[
        row(1, SearchUnit::Section(1), Role::Body, "boot wax boot"),
        row(2, SearchUnit::Section(2), Role::Body, "wax jacket"),
        row(3, SearchUnit::Section(3), Role::Body, "tent"),
    ])
}

#[test]
fn weights_follow_the_formula() {
    let index = three_texts();
    close(index.idf("boot"), (1.0_f32 + 2.5 / 1.5).ln());
    close(index.idf("wax"), (1.0_f32 + 1.5 / 2.5).ln());
    close(index.idf("unknown"), 4.0_f32.ln());
}

#[test]
fn shares_follow_the_formula() {
    let index = three_texts();
    // Mean length 2. "boot" twice in 3 terms: 2*2.2/(2 + 1.2*(0.25 + 0.75*1.5)).
    let boot = 4.4 / (2.0 + 1.2 * 1.375);
    let shares = Words::of(&index, &plain(&index, &["boot"]), None).shares;
    close(shares[0], boot);
    assert_eq!(&shares[1..], &[0.0, 0.0]);

    let shares = Words::of(&index, &plain(&index, &["wax", "unknown"]), None).shares;
    let part = index.idf("wax") / (index.idf("wax") + 4.0_f32.ln());
    close(shares[1], part);
    close(shares[0], part * 2.2 / (1.0 + 1.2 * 1.375));
}

#[test]
fn a_sentence_is_scored_like_an_entry() {
    let index = three_texts();
    let terms = plain(&index, &["boot", "wax"]);
    let entry = Words::of(&index, &terms, None).shares[0];
    close(index.keyword_share(&terms, "boot wax boot", 2.0), entry);
    assert_eq!(index.keyword_share(&[], "boot", 2.0), 0.0);
    assert_eq!(index.keyword_share(&terms, "", 0.0), 0.0);
}

#[test]
fn an_faq_counts_once_however_many_wordings_it_has() {
    let index = index(&[
        row(1, SearchUnit::Faq(1), Role::FaqQuestion, "return boot"),
        row(2, SearchUnit::Faq(1), Role::FaqAlternative, "boot return"),
        row(3, SearchUnit::Faq(1), Role::FaqWhole, "return boot thirti day"),
        row(4, SearchUnit::Section(1), Role::Body, "tent peg"),
    ]);
    close(index.idf("boot"), (1.0_f32 + 1.5 / 1.5).ln());
    close(index.idf("nothing"), 3.0_f32.ln());
    let shares = Words::of(&index, &plain(&index, &["boot"]), None).shares;
    close(shares[0], 1.0);
    assert!(shares[2] < 1.0, "texts are measured by the length of texts");
}

#[test]
fn an_empty_index_answers_nothing() {
    let index = index(&[]);
    assert!(Words::of(&index, &plain(&index, &["boot"]), None).shares.is_empty());
    assert!(index.cosines(&[1.0, 0.0]).is_empty());
    assert_eq!(index.idf("boot"), 0.0);
    assert_eq!(index.question_terms("Can I return boots and boots?"), ["return", "boot"]);
}
