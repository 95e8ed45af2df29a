//! Sections: paths, clean text, and units that fit it exactly.

use super::*;
use documents::{BULLET, Item};

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn drafts(blocks: Vec<Block>) -> Vec<Draft> {
    sections("Returns", Document { blocks, ..Document::default() }, &Counter::new(None))
}

fn check_paths(blocks: Vec<Block>, expected: &[&str]) {
    let drafts = drafts(blocks);
    let paths: Vec<&str> = drafts.iter().map(|draft| draft.path.as_str()).collect();
    assert_eq!(paths, expected);
}

#[test]
fn paths_hold_title_and_headings_without_repeating() {
    check_paths(vec![paragraph("Text.")], &["Returns"]);
    check_paths(vec![heading(1, "returns"), paragraph("Text.")], &["Returns"]);
    check_paths(
        vec![
            heading(1, "Returns"),
            paragraph("A."),
            heading(2, "Shoes"),
            paragraph("B."),
            heading(3, "Boots"),
            paragraph("C."),
            heading(2, "Tents"),
            paragraph("D."),
        ],
        &["Returns", "Returns > Shoes", "Returns > Shoes > Boots", "Returns > Tents"],
    );
    check_paths(
        vec![heading(3, "Deep"), paragraph("A."), heading(2, "Up"), paragraph("B.")],
        &["Returns > Deep", "Returns > Up"],
    );
    check_paths(
        vec![heading(2, "Empty"), heading(2, "Full"), paragraph("A.")],
        &["Returns > Full"],
    );
    check_paths(vec![], &[]);
}

#[test]
fn units_are_parts_of_the_text() {
    let items =
        ["A receipt", "A box"].map(|text| Item { mark: BULLET.to_owned(), text: text.to_owned() });
    let drafts = drafts(vec![
        paragraph("Bring these. Please!\nNew line."),
        Block::List(items.to_vec()),
        Block::Rows(vec!["Day: Monday; Opens: 9 am".to_owned(), "Day: Sunday".to_owned()]),
    ]);
    let draft = &drafts[0];
    assert_eq!(
        draft.text,
        "Bring these. Please!\nNew line.\n\n• A receipt\n• A box\n\nDay: Monday; Opens: 9 am\nDay: Sunday"
    );
    let units: Vec<&str> = draft.units.iter().map(|unit| &draft.text[unit.bytes.clone()]).collect();
    assert_eq!(
        units,
        [
            "Bring these.",
            "Please!",
            "New line.",
            "A receipt",
            "A box",
            "Day: Monday; Opens: 9 am",
            "Day: Sunday"
        ]
    );
}

#[test]
fn long_sections_are_cut_at_the_end_of_paragraphs() {
    let sentence = "This sentence has exactly ten words in it as counted. ";
    let blocks: Vec<Block> = (0..12).map(|_| paragraph(sentence.repeat(8).trim())).collect();
    let drafts = drafts(blocks);
    assert!(drafts.len() > 2);
    for draft in &drafts {
        assert!(draft.tokens <= SECTION_TOKENS, "{}", draft.tokens);
        assert_eq!(draft.units.len() % 8, 0, "whole paragraphs");
    }
}

#[test]
fn one_endless_word_is_cut_and_nothing_is_lost() {
    for text in ["x".repeat(1_000_000), "word ".repeat(50_000), "語".repeat(20_000)] {
        let drafts = drafts(vec![paragraph(&text)]);
        let mut kept = 0;
        for draft in &drafts {
            assert!(draft.tokens <= SECTION_TOKENS);
            for unit in &draft.units {
                assert!(unit.tokens <= UNIT_TOKENS, "{}", unit.tokens);
                kept +=
                    draft.text[unit.bytes.clone()].chars().filter(|c| !c.is_whitespace()).count();
            }
        }
        assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).count());
    }
}

#[test]
fn sections_know_their_pages() {
    let drafts = drafts(vec![
        Block::Page(3),
        heading(1, "Shoes"),
        paragraph("A."),
        Block::Page(4),
        paragraph("B."),
        heading(1, "Tents"),
        paragraph("C."),
    ]);
    let pages: Vec<_> = drafts.iter().map(|draft| (draft.path.as_str(), draft.pages)).collect();
    assert_eq!(pages, [("Returns > Shoes", Some((3, 4))), ("Returns > Tents", Some((4, 4)))]);
}
