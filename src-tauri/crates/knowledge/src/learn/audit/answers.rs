//! Answers that are twice there, say nothing, or say too much.

use std::collections::{BTreeSet, HashMap};

use store::FaqRow;

use super::{Finding, FindingKind};
use crate::index::Index;
use crate::learn::likeness::{Marks, Reading};
use crate::text;

/// Words of an answer below which it says nothing.
const FEWEST_CHARACTERS: usize = 3;
/// Characters above which an answer is too long to be read at a counter.
const MOST_CHARACTERS: usize = 900;
/// Shared weight of two questions that ask the same.
const SAME: f32 = 0.95;
/// Words from which the same answer twice is no accident.
const TELLING_WORDS: usize = 6;
/// What people write where an answer is still missing.
const PLACEHOLDERS: &[&str] =
    &["todo", "tbd", "tba", "xxx", "n/a", "test", "lorem ipsum", "-", "?"];

/// Pairs of answers to one question, or with one text.
pub(super) fn duplicates(index: &Index, faqs: &[FaqRow]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut by_words: HashMap<BTreeSet<String>, Vec<usize>> = HashMap::new();
    let mut by_answer: HashMap<String, usize> = HashMap::new();
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, faq) in faqs.iter().enumerate() {
        for wording in std::iter::once(&faq.question).chain(&faq.alternatives) {
            let terms: BTreeSet<String> = index.question_terms(wording).into_iter().collect();
            let known = by_words.entry(terms).or_default();
            for other in known.iter().filter(|other| **other != at) {
                let same =
                    faqs[*other].wordings().any(|theirs| asks_the_same(index, wording, theirs));
                if same && told.insert((*other, at)) {
                    findings.push(pair(&faqs[*other], faq, "are answers to the same question"));
                }
            }
            known.push(at);
        }
        let answer = text::normalise(&faq.answer).to_lowercase();
        if answer.split(' ').count() >= TELLING_WORDS {
            match by_answer.get(&answer) {
                Some(other) if told.insert((*other, at)) => {
                    findings.push(pair(&faqs[*other], faq, "have the same answer"));
                }
                Some(_) => {}
                None => {
                    by_answer.insert(answer, at);
                }
            }
        }
    }
    findings
}

trait Wordings {
    fn wordings(&self) -> impl Iterator<Item = &String>;
}

impl Wordings for FaqRow {
    fn wordings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.question).chain(&self.alternatives)
    }
}

fn asks_the_same(index: &Index, one: &str, other: &str) -> bool {
    let overlap = Reading::of(index, one).overlap(&Reading::of(index, other));
    // Stop words are gone by now, and some of them tell questions apart.
    let asks = |question: &str| question_word(question);
    overlap.least >= SAME
        && !overlap.differs
        && asks(one) == asks(other)
        && Marks::of(one).names == Marks::of(other).names
}

/// "When is the rental desk open?" is another question than "Where is the rental desk?".
fn question_word(question: &str) -> Option<&'static str> {
    const ASKED: &[&str] = &["when", "where", "who", "why", "how", "what", "which"];
    let lower = question.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    ASKED.iter().find(|word| **word == first).copied()
}

fn pair(one: &FaqRow, other: &FaqRow, what: &str) -> Finding {
    Finding {
        kind: FindingKind::Duplicate,
        message: format!(
            "answers {} and {} {what}: \"{}\" and \"{}\"",
            one.id, other.id, one.question, other.question
        ),
        hint: "Keep one of them, and add the question of the other as another wording.".into(),
        keys: vec![format!("faq:{}", one.id), format!("faq:{}", other.id)],
    }
}

/// Answers that say nothing or too much.
pub(super) fn lengths(faqs: &[FaqRow]) -> Vec<Finding> {
    faqs.iter().filter_map(length).collect()
}

fn length(faq: &FaqRow) -> Option<Finding> {
    let answer = faq.answer.trim().to_lowercase();
    let letters = answer.chars().filter(|c| c.is_alphanumeric()).count();
    let bare = answer.trim_matches(['.', '!', ' ', '…']);
    let is_empty = letters < FEWEST_CHARACTERS && !matches!(bare, "no" | "ja" | "sí" | "si")
        || PLACEHOLDERS.contains(&bare)
        || bare.starts_with("todo")
        || bare.starts_with("lorem ipsum");
    let finding = |kind, message: String, hint: &str| Finding {
        kind,
        message,
        hint: hint.into(),
        keys: vec![format!("faq:{}", faq.id)],
    };
    if is_empty {
        return Some(finding(
            FindingKind::EmptyAnswer,
            format!("answer {} to \"{}\" says nothing: \"{}\"", faq.id, faq.question, faq.answer),
            "Write the answer, or take it back until there is one.",
        ));
    }
    let characters = faq.answer.chars().count();
    (characters > MOST_CHARACTERS).then(|| {
        finding(
            FindingKind::LongAnswer,
            format!("answer {} to \"{}\" has {characters} characters", faq.id, faq.question),
            "Say the most important thing in two or three sentences and move the rest to a \
             document.",
        )
    })
}
