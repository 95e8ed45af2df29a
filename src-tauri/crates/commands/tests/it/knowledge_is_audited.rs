//! The knowledge doctor finds what was planted, and little else.

use commands::wire::{FindingKind, FindingView, LearningCommand, LearningReply};
use testkit::TestDesk;

use crate::a_desk_learns::{approved, learn};

fn findings(desk: &TestDesk) -> Vec<FindingView> {
    match learn(&desk.core, LearningCommand::KnowledgeDoctor) {
        LearningReply::Findings { findings } => findings,
        other => panic!("{other:?}"),
    }
}

fn kinds(findings: &[FindingView], kind: FindingKind) -> Vec<&FindingView> {
    findings.iter().filter(|finding| finding.kind == kind).collect()
}

#[test]
fn the_sample_shop_is_nearly_clean() {
    let desk = TestDesk::sample();
    let found = findings(&desk);
    let serious = found.iter().filter(|finding| finding.kind != FindingKind::NoExpiry);
    let serious: Vec<&FindingView> = serious.collect();
    assert!(serious.is_empty(), "{serious:#?}");
    assert_eq!(kinds(&found, FindingKind::NoExpiry).len(), 1, "one line for all of them");
}

#[test]
fn ten_planted_problems_are_found() {
    let desk = TestDesk::sample();
    let sure = |question: &str, answer: &str| approved(&desk, question, answer);
    let set = |id, review_by, valid_until| {
        let command = LearningCommand::SetReview { id, review_by, valid_until, by: String::new() };
        learn(&desk.core, command);
    };
    // 1, 2: other figures than a document says.
    desk.import_text(
        "old-rules.md",
        "# Old rules\n\n## Exchanges\n\nA second exchange of the same \
        item costs £7.50.\n\n## Clothing\n\nJackets, trousers, fleeces, shirts and base layers can \
        be returned within 90 days if they are unworn, unwashed and still carry all their tags.\n",
    );
    // 3: one question twice. 4: one answer twice.
    sure("Where is the shop located?", "You find us in the old harbour by the lighthouse.");
    sure("Where is the shop?", "You find us in a street of the town, near the water.");
    sure("Is there a piano teacher?", "Please ask our colleague at the desk on the second floor.");
    sure("Who mends violins?", "Please ask our colleague at the desk on the second floor.");
    // 5, 6: dates. 7, 8: lengths.
    let old = sure("Is the ferry running?", "Yes, every morning.");
    set(old, Some(1_000), None);
    let ending = sure("Is there a puppet show?", "Yes, in the yard.");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    set(ending, None, Some(now as i64 + 3 * 24 * 60 * 60));
    sure("Do you sell submarines?", concat!("TO", "DO"));
    sure("How does the sextant work?", &"You look through it and turn the wheel. ".repeat(40));
    // 9, 10: files.
    desk.import_text("gone.md", "# Gone\n\nThe lighthouse keeper has a parrot.\n");
    desk.import_text("edited.md", "# Edited\n\nThe harbour master has a cat.\n");
    std::fs::remove_file(desk.data().parent().unwrap().join("gone.md")).unwrap();
    desk.write("edited.md", b"# Edited\n\nThe harbour master has a dog.\n");

    let found = findings(&desk);
    let check = |kind: FindingKind, words: &[&str]| {
        let hits = kinds(&found, kind);
        let is_found = hits.iter().any(|one| words.iter().all(|word| one.message.contains(word)));
        assert!(is_found, "{kind:?} {words:?} in {found:#?}");
    };
    check(FindingKind::Contradiction, &["£7.50", "£3.95", "returns.md", "old-rules.md"]);
    check(FindingKind::Contradiction, &["60 days", "90 days"]);
    check(FindingKind::Duplicate, &["Where is the shop?", "same question"]);
    check(FindingKind::Duplicate, &["piano teacher", "violins"]);
    check(FindingKind::ReviewDue, &["ferry"]);
    check(FindingKind::Expiring, &["puppet", "3 days"]);
    check(FindingKind::EmptyAnswer, &["submarines"]);
    check(FindingKind::LongAnswer, &["sextant"]);
    check(FindingKind::FileMissing, &["gone.md"]);
    check(FindingKind::FileChanged, &["edited.md"]);
    assert!(found.len() <= 14, "few findings are none: {found:#?}");
}
