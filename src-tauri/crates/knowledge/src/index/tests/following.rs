//! An index that followed many changes is the one that is built anew.

use std::collections::BTreeMap;

use store::FaqStatus;

use crate::index::Index;
use crate::retrieve::words::Words;
use crate::testing::{Desk, shop};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

const WORDS: &[&str] = &[
    "boot",
    "tent",
    "return",
    "thirty",
    "days",
    "voucher",
    "kayak",
    "zip",
    "rope",
    "stove",
    "repair",
    "open",
    "Sunday",
    "price",
    "pounds",
    "deposit",
    "membership",
    "shop",
];
const QUESTIONS: &[&str] =
    &["return boots thirty days", "price of a kayak deposit", "Sunday opening", "rop repair"];

fn text(dice: &mut Dice, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        text.push_str(WORDS[dice.below(WORDS.len())]);
        text.push_str(if dice.below(9) == 0 { ". " } else { " " });
    }
    text
}

/// Every number a search may use, by piece.
fn numbers(index: &Index, question: &str, vector: &[f32]) -> BTreeMap<i64, (u32, Option<u32>)> {
    let shares = Words::of(index, &index.concepts(question), None).shares;
    let cosines = index.cosines(vector);
    let both = shares.iter().zip(&cosines).enumerate();
    let there = both.filter(|(_, (share, cosine))| **share > 0.0 || cosine.is_some());
    there
        .map(|(at, (share, cosine))| {
            (index.entry(at).chunk_id, (share.to_bits(), cosine.map(f32::to_bits)))
        })
        .collect()
}

fn check_same(desk: &Desk) {
    let (followed, anew) = (desk.knowledge.index(), desk.reopened().index());
    assert_eq!(followed.totals, anew.totals);
    assert_eq!(followed.version, anew.version);
    assert_eq!(followed.mean_sentence_terms.to_bits(), anew.mean_sentence_terms.to_bits());
    for term in followed.known_terms().chain(anew.known_terms()) {
        assert_eq!(followed.documents_with(term), anew.documents_with(term), "{term}");
        assert_eq!(followed.idf(term).to_bits(), anew.idf(term).to_bits(), "{term}");
    }
    for question in QUESTIONS {
        let retrieval = desk.knowledge.retrieve(question, 10).unwrap();
        let vector = retrieval.vector.clone().unwrap();
        let same = numbers(&followed, question, &vector) == numbers(&anew, question, &vector);
        assert!(same, "{question}");
        let again = desk.reopened().retrieve(question, 10).unwrap();
        assert_eq!(retrieval.hits, again.hits, "{question}");
        assert_eq!(retrieval.best_keyword, again.best_keyword);
        assert_eq!(retrieval.best_meaning, again.best_meaning);
    }
}

#[test]
fn after_any_changes_it_is_the_one_built_anew() {
    let desk = shop();
    let mut dice = Dice(7);
    for step in 0..120 {
        match dice.below(8) {
            0..=2 => {
                let sections: String = (0..=dice.below(6))
                    .map(|number| {
                        let words = 5 + dice.below(40);
                        format!("## Part {number}\n\n{}\n\n", text(&mut dice, words))
                    })
                    .collect();
                let path =
                    desk.write(&format!("{}.md", dice.below(20)), format!("# A\n\n{sections}"));
                desk.import(&path);
            }
            3 => {
                let rows: String = (0..=dice.below(5))
                    .map(|_| format!("{}?,{}\n", text(&mut dice, 4), text(&mut dice, 9)))
                    .collect();
                let path = desk
                    .write(&format!("{}.csv", dice.below(4)), format!("question,answer\n{rows}"));
                desk.import(&path);
            }
            4 => {
                let sources = desk.knowledge.sources().unwrap();
                let chosen = sources.get(dice.below(sources.len().max(1)));
                if let Some(source) = chosen {
                    assert!(desk.knowledge.remove_source(source.id).unwrap());
                }
            }
            5 => {
                let question = text(&mut dice, 5);
                desk.knowledge.add_faq(&question, "An answer of the shop.", &[]).unwrap();
            }
            6 => {
                let (faqs, _) = desk.knowledge.faqs("", 0, 100).unwrap();
                if let Some(faq) = faqs.get(dice.below(faqs.len().max(1))) {
                    let all = [FaqStatus::Draft, FaqStatus::Approved, FaqStatus::Retired];
                    let status = all[dice.below(3)];
                    desk.knowledge.set_faq_status(faq.id, status).unwrap();
                }
            }
            _ => {
                // Stopped after a batch or two, so that some pieces have vectors and some have not.
                let batches = std::cell::Cell::new(dice.below(3));
                let stop = || batches.replace(batches.get().saturating_sub(1)) == 0;
                desk.knowledge.embed_pending(&stop, &mut |_, _| {}).unwrap();
            }
        }
        if step % 10 == 9 {
            check_same(&desk);
        }
    }
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let desk = shop();
    let before = desk.knowledge.index();
    let vector = desk.knowledge.retrieve("boots", 1).unwrap().vector.unwrap();
    let seen = numbers(&before, "return boots", &vector);
    for source in desk.knowledge.sources().unwrap() {
        desk.knowledge.remove_source(source.id).unwrap();
    }
    desk.import(&desk.write("new.md", "# Boots\n\nBoots can be returned, boots and boots.\n"));
    desk.embed();
    assert_eq!(numbers(&before, "return boots", &vector), seen);
    assert_eq!(numbers(&desk.knowledge.index(), "return boots", &vector).len(), 1);
}

#[test]
fn a_small_change_leaves_the_large_parts_alone() {
    let desk = Desk::new();
    let mut dice = Dice(3);
    let sections: String =
        (0..900).map(|number| format!("## Part {number}\n\n{}\n\n", text(&mut dice, 20))).collect();
    desk.import(&desk.write("large.md", format!("# Large\n\n{sections}")));
    let large = desk.knowledge.index().largest_segment();
    let path = desk.write("small.md", "# Small\n\nA kayak is a small boat.\n");
    for round in 0..30 {
        std::fs::write(&path, format!("# Small\n\nA kayak of {round} metres.\n")).unwrap();
        desk.import(&path);
    }
    desk.knowledge.remove_source(desk.knowledge.sources().unwrap()[1].id).unwrap();
    let after = desk.knowledge.index();
    assert_eq!(after.largest_segment(), large, "the large part was not built again");
    assert!(after.count_segments() < 20, "small parts are merged");
    check_same(&desk);
}
