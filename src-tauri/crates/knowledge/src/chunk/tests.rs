//! Pieces: never too long, never empty, each with its headings.

use engine::{EngineError, Health, Side};
use store::{FaqOrigin, FaqStatus};

use super::*;

/// Counts every character, which is more than any model makes of it.
struct Characters;

impl Embedder for Characters {
    fn embed(&self, _: &[String], _: Side) -> Result<Vec<Vec<f32>>, EngineError> {
        Err(EngineError::Restarting)
    }

    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError> {
        Ok(texts.iter().map(|text| text.chars().count()).collect())
    }

    fn width(&self) -> usize {
        4
    }

    fn identity(&self) -> &str {
        "characters"
    }

    fn health(&self) -> Health {
        Health::Ready
    }
}

fn random_document(seed: u64) -> Document {
    let mut state = seed;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) % below
    };
    let blocks = (0..60).map(|_| {
        let words: Vec<String> = (0..1 + next(200))
            .map(|_| match next(12) {
                0 => "Stop. Then".to_owned(),
                1 => "x".repeat(next(90) as usize + 1),
                2 => "3.50".to_owned(),
                3 => "語".repeat(next(30) as usize + 1),
                _ => "word".repeat(next(3) as usize + 1),
            })
            .collect();
        match next(6) {
            0 => Block::Heading { level: 1 + next(4) as u8, text: words.join(" ") },
            1 => Block::Rows(words),
            _ => Block::Paragraph(words.join(" ")),
        }
    });
    Document { blocks: blocks.collect(), ..Document::default() }
}

#[test]
fn no_piece_is_longer_than_the_model_reads() {
    let embedders: [Option<&dyn Embedder>; 2] = [None, Some(&Characters)];
    for embedder in embedders {
        let counter = Counter::new(embedder);
        for seed in 1..12 {
            for draft in section::sections("The title", random_document(seed), &counter) {
                let section = section_to_save(draft, "en", &counter);
                for chunk in section.chunks.iter().filter(|chunk| chunk.role != Role::Sentence) {
                    let tokens = counter.count_one(&chunk.text);
                    assert!(tokens <= MOST_TOKENS, "{tokens} {:?}", chunk.text);
                    assert!(!chunk.text.trim().is_empty());
                    let bytes = chunk.bytes.clone().unwrap();
                    assert!(section.text.get(bytes).is_some());
                }
            }
        }
    }
}

fn section_of(blocks: Vec<Block>) -> NewSection {
    let counter = Counter::new(None);
    let document = Document { blocks, ..Document::default() };
    let mut drafts = section::sections("Guide", document, &counter);
    section_to_save(drafts.remove(0), "en", &counter)
}

fn bodies(section: &NewSection) -> Vec<&NewChunk> {
    section.chunks.iter().filter(|chunk| chunk.role != Role::Sentence).collect()
}

#[test]
fn a_short_section_is_one_piece_with_its_headings() {
    let section = section_of(vec![
        Block::Heading { level: 2, text: "Shoes".to_owned() },
        Block::Paragraph("Within 30 days. Unworn only.".to_owned()),
    ]);
    let bodies = bodies(&section);
    assert_eq!(bodies.len(), 1);
    assert_eq!(bodies[0].text, "Guide > Shoes\nWithin 30 days. Unworn only.");
    assert_eq!(bodies[0].title_terms, "guid shoe");
    let sentences: Vec<&str> = section
        .chunks
        .iter()
        .filter(|chunk| chunk.role == Role::Sentence)
        .map(|chunk| chunk.text.as_str())
        .collect();
    assert_eq!(sentences, ["Guide > Shoes: Within 30 days.", "Guide > Shoes: Unworn only."]);
}

#[test]
fn pieces_of_a_section_share_one_short_sentence() {
    let text: Vec<String> = (0..20)
        .map(|number| format!("Sentence number {number} tells one more small thing."))
        .collect();
    let section = section_of(vec![Block::Paragraph(text.join(" "))]);
    let bodies = bodies(&section);
    assert!(bodies.len() >= 2);
    for pair in bodies.windows(2) {
        let (before, after) = (pair[0].bytes.clone().unwrap(), pair[1].bytes.clone().unwrap());
        let shared = &section.text[after.start..before.end];
        assert!(shared.starts_with("Sentence number") && shared.ends_with("thing."), "{shared:?}");
    }
}

#[test]
fn six_rows_make_a_piece() {
    let rows =
        (0..14).map(|number| format!("Item: tent {number}; Price: {number} euros")).collect();
    let section = section_of(vec![Block::Rows(rows)]);
    let lines: Vec<usize> =
        bodies(&section).iter().map(|chunk| chunk.text.lines().count() - 1).collect();
    assert_eq!(lines, [6, 6, 2]);
    assert!(bodies(&section).iter().all(|chunk| chunk.role == Role::TableRow));
}

#[test]
fn a_short_list_is_never_cut() {
    use documents::{BULLET, Item};
    let item = |number| Item {
        mark: BULLET.to_owned(),
        text: format!("Item {number} of the list of things"),
    };
    let before = "This opening sentence tells what the list is about. ".repeat(12);
    let section =
        section_of(vec![Block::Paragraph(before), Block::List((0..8).map(item).collect())]);
    let with_items: Vec<&NewChunk> =
        bodies(&section).into_iter().filter(|chunk| chunk.text.contains("• Item")).collect();
    assert_eq!(with_items.len(), 1);
    assert_eq!(with_items[0].text.matches('•').count(), 8);
}

#[test]
fn an_faq_is_found_by_each_wording_and_by_its_answer() {
    let faq = NewFaq {
        question: "Are dogs allowed?".to_owned(),
        answer: "Yes, on a lead.\n\nAsk us for water.".to_owned(),
        alternatives: vec!["Can my dog come in?".to_owned()],
        status: FaqStatus::Approved,
        origin: FaqOrigin::Manual,
        ..NewFaq::default()
    };
    let found: Vec<(Role, String)> =
        faq_chunks(&faq, None).into_iter().map(|chunk| (chunk.role, chunk.text)).collect();
    assert_eq!(
        found,
        [
            (Role::FaqQuestion, "Are dogs allowed?".to_owned()),
            (Role::FaqAlternative, "Can my dog come in?".to_owned()),
            (Role::FaqWhole, "Are dogs allowed?\nYes, on a lead.\n\nAsk us for water.".to_owned()),
        ]
    );
}

#[test]
fn an_endless_faq_is_still_found() {
    let faq = NewFaq {
        question: "why ".repeat(5_000),
        answer: "because ".repeat(20_000),
        ..NewFaq::default()
    };
    let chunks = faq_chunks(&faq, Some(&Characters));
    assert!(chunks.len() > 100);
    assert!(chunks.iter().all(|chunk| chunk.text.chars().count() <= MOST_TOKENS));
}

#[test]
fn the_side_of_a_search_is_part_of_the_name() {
    assert_ne!(hash(Role::FaqQuestion, "Dogs?"), hash(Role::Body, "Dogs?"));
    assert_eq!(hash(Role::FaqQuestion, "Dogs?"), hash(Role::FaqAlternative, "Dogs?"));
}
