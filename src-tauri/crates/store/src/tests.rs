//! The tables through the store's public face.

use rusqlite::Connection;

use crate::{
    CitationRow, DeviceTestKey, DeviceTestRow, FaqOrigin, FaqStatus, IndexRow, NewChunk, NewFaq,
    NewSection, NewSource, PendingRow, PendingTurn, Role, Signed, Store, TurnRow, VectorRow,
};

mod access;
mod erasing;
mod learning;
mod packs;
mod speeds;
mod spendings;
mod transcripts;

struct Desk {
    store: Store,
    folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    Desk { store: Store::open(folder.path()).unwrap(), folder }
}

impl Desk {
    fn count(&self, query: &str) -> i64 {
        let connection = Connection::open(self.folder.path().join("kb.db")).unwrap();
        connection.query_row(query, [], |row| row.get(0)).unwrap()
    }

    fn import(&self, uri: &str, words: &[&str], faqs: Vec<NewFaq>) -> i64 {
        let sections = words.iter().map(|text| section(text)).collect();
        self.store.replace_source(source(uri), sections, faqs).unwrap()
    }

    /// Contents without a vector, each once, in the order they are embedded.
    fn pending(&self, embedder: &str) -> Vec<PendingRow> {
        let mut rows: Vec<PendingRow> = Vec::new();
        for turn in PendingTurn::ALL {
            for row in self.store.pending(embedder, turn, 0, 1_000).unwrap().rows {
                if rows.iter().all(|known| known.hash != row.hash) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// What visitors may find.
    fn searchable(&self) -> Vec<IndexRow> {
        let mut rows = Vec::new();
        self.store.each_searchable("m", &mut |row| rows.push(row)).unwrap();
        rows
    }

    fn embed(&self, embedder: &str) -> usize {
        let pending = self.pending(embedder);
        let vectors = pending
            .iter()
            .map(|row| VectorRow { hash: row.hash, scale: 0.5, codes: vec![1, 2, 255] })
            .collect();
        self.store.save_vectors(embedder, vectors).unwrap();
        pending.len()
    }

    /// Every row that would be left behind by a careless removal.
    fn orphans(&self) -> i64 {
        self.count("SELECT count(*) FROM chunk_fts WHERE rowid NOT IN (SELECT id FROM chunk)")
            + self
                .count("SELECT count(*) FROM embedding WHERE hash NOT IN (SELECT hash FROM chunk)")
            + self.count("SELECT count(*) FROM pragma_foreign_key_check")
    }
}

fn source(uri: &str) -> NewSource {
    NewSource {
        uri: uri.to_owned(),
        kind: "text".to_owned(),
        name: uri.to_owned(),
        title: "Returns".to_owned(),
        hash: vec![1],
        warnings: vec!["read as windows-1252".to_owned(), "2 hidden characters removed".to_owned()],
        ..NewSource::default()
    }
}

fn chunk(role: Role, text: &str) -> NewChunk {
    let mut hash = [0; 32];
    for (at, byte) in text.bytes().enumerate() {
        hash[at % 32] ^= byte.wrapping_add(at as u8);
    }
    NewChunk {
        role,
        bytes: Some(0..text.len()),
        text: text.to_owned(),
        tokens: 3,
        hash,
        language: "en".to_owned(),
        title_terms: "return".to_owned(),
        body_terms: text.to_lowercase(),
    }
}

fn section(text: &str) -> NewSection {
    NewSection {
        heading_path: "Returns > Time".to_owned(),
        pages: Some((3, 4)),
        text: text.to_owned(),
        tokens: 3,
        chunks: vec![chunk(Role::Body, text), chunk(Role::Sentence, &format!("s {text}"))],
    }
}

fn faq(question: &str, answer: &str, status: FaqStatus) -> NewFaq {
    NewFaq {
        question: question.to_owned(),
        answer: answer.to_owned(),
        alternatives: vec![format!("{question} again")],
        status,
        origin: FaqOrigin::Import,
        chunks: vec![
            chunk(Role::FaqQuestion, question),
            chunk(Role::FaqWhole, &format!("{question} {answer}")),
        ],
        ..NewFaq::default()
    }
}

#[test]
fn knowledge_has_a_version_that_every_change_raises() {
    let desk = desk();
    assert_eq!(desk.store.kb_version().unwrap(), 0);
    let id = desk.import("a.txt", &["thirty days"], Vec::new());
    assert_eq!(desk.store.kb_version().unwrap(), 1);
    let faq_id = desk.store.add_faq(faq("Why?", "Because.", FaqStatus::Draft), "").unwrap();
    desk.store.set_faq_status(faq_id, FaqStatus::Approved, Signed::default()).unwrap();
    assert_eq!(desk.store.kb_version().unwrap(), 3);
    desk.store.remove_source(id).unwrap();
    assert_eq!(desk.store.kb_version().unwrap(), 4);
    assert!(!desk.store.remove_source(id).unwrap());
    assert_eq!(desk.store.kb_version().unwrap(), 4, "nothing changed");
}

#[test]
fn the_full_text_follows_the_pieces() {
    let desk = desk();
    let find = |term: &str| desk.store.full_text(&[term.to_owned()], 10).unwrap().len();
    let id = desk.import("a.txt", &["thirty days", "sixty days"], Vec::new());
    assert_eq!((find("thirty"), find("days"), find("s")), (1, 2, 0), "sentences are left out");
    assert_eq!(find("x\" OR \"days"), 0, "a quotation mark is a letter, not syntax");
    desk.import("a.txt", &["ninety days"], Vec::new());
    assert_eq!((find("thirty"), find("ninety")), (0, 1));
    desk.store.remove_source(id).unwrap();
    assert_eq!(find("days"), 0);
    assert_eq!(desk.orphans(), 0);
}

#[test]
fn vectors_are_kept_for_what_stays_and_removed_with_what_goes() {
    let desk = desk();
    let faqs = || vec![faq("Why?", "Because.", FaqStatus::Approved)];
    let id = desk.import("a.txt", &["thirty days", "sixty days"], faqs());
    assert_eq!(desk.embed("m"), 6);
    assert_eq!(desk.embed("m"), 0);
    desk.import("a.txt", &["thirty days", "ninety days"], faqs());
    assert_eq!(desk.pending("m").len(), 2, "the new text and its sentence");
    assert_eq!(desk.orphans(), 0);
    assert_eq!(desk.pending("other").len(), 6, "another model has none");
    assert_eq!(desk.store.sources("m").unwrap()[0].embedded, 1);
    desk.store.remove_source(id).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM embedding"), 0);
    assert_eq!(desk.count("SELECT count(*) FROM chunk"), 0);
    assert_eq!(desk.count("SELECT count(*) FROM faq"), 0);
    assert_eq!(desk.orphans(), 0);
}

#[test]
fn a_very_large_removal_leaves_no_orphan_either() {
    let desk = desk();
    let words: Vec<String> = (0..6_000).map(|number| format!("text {number}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let id = desk.import("a.txt", &words, Vec::new());
    desk.import("b.txt", &["text 7", "another"], Vec::new());
    for turn in PendingTurn::ALL {
        let rows = desk.store.pending("m", turn, 0, 20_000).unwrap().rows.into_iter();
        let vector = |hash| VectorRow { hash, scale: 0.5, codes: vec![1, 2] };
        desk.store.save_vectors("m", rows.map(|row| vector(row.hash)).collect()).unwrap();
    }
    assert_eq!(desk.count("SELECT count(*) FROM embedding"), 12_002);
    assert!(desk.store.remove_source(id).unwrap());
    while desk.store.sweep_vectors().unwrap() {}
    assert_eq!(desk.count("SELECT count(*) FROM embedding"), 4, "the other source keeps its own");
    assert_eq!(desk.count("SELECT count(*) FROM gone_content"), 0);
    assert_eq!(desk.count("SELECT sentences FROM sentence_total"), 2);
    assert_eq!(desk.orphans(), 0);
}

#[test]
fn pending_goes_from_questions_to_texts_to_sentences() {
    let desk = desk();
    desk.import("a.txt", &["thirty days"], vec![faq("Why?", "So.", FaqStatus::Draft)]);
    let roles: Vec<Role> = desk.pending("m").into_iter().map(|row| row.role).collect();
    assert_eq!(roles, [Role::FaqQuestion, Role::Body, Role::FaqWhole, Role::Sentence]);
}

#[test]
fn an_answer_that_did_not_change_keeps_its_number_and_status() {
    let desk = desk();
    let import = |answer: &str| {
        let faqs = vec![
            faq("Why?", answer, FaqStatus::Approved),
            faq("When?", "Now.", FaqStatus::Approved),
        ];
        desk.import("faq.csv", &[], faqs);
        let mut faqs = desk.store.faqs("", 0, 10).unwrap().faqs;
        faqs.sort_by_key(|faq| faq.id);
        faqs
    };
    let first = import("Because.");
    desk.store.set_faq_status(first[0].id, FaqStatus::Retired, Signed::default()).unwrap();
    let second = import("Because.");
    assert_eq!((second[0].id, second[0].status), (first[0].id, FaqStatus::Retired));
    let third = import("For another reason.");
    assert_eq!((third[0].id, third[0].status), (first[0].id, FaqStatus::Approved));
    assert_eq!(third[0].alternatives, ["Why? again"]);
    assert_eq!(desk.orphans(), 0);
}

#[test]
fn visitors_find_approved_answers_only() {
    let desk = desk();
    let id = desk.store.add_faq(faq("Why?", "Because.", FaqStatus::Draft), "").unwrap();
    assert_eq!(desk.searchable().len(), 0);
    desk.store.set_faq_status(id, FaqStatus::Approved, Signed::default()).unwrap();
    assert_eq!(desk.searchable().len(), 2);
    desk.store.set_faq_status(id, FaqStatus::Retired, Signed::default()).unwrap();
    assert_eq!(desk.searchable().len(), 0);
    assert!(!desk.store.set_faq_status(99, FaqStatus::Draft, Signed::default()).unwrap());
    assert!(desk.store.remove_faq(id).unwrap());
    assert_eq!(desk.orphans(), 0);
}

#[test]
fn faqs_are_paged_and_searched_literally() {
    let desk = desk();
    for (question, answer) in [("50% off?", "Yes."), ("Parking?", "50 spaces."), ("Dogs?", "Yes.")]
    {
        desk.store.add_faq(faq(question, answer, FaqStatus::Draft), "").unwrap();
    }
    let questions = |contains: &str, offset, limit| {
        let page = desk.store.faqs(contains, offset, limit).unwrap();
        let questions: Vec<String> = page.faqs.into_iter().map(|faq| faq.question).collect();
        (questions, page.total)
    };
    assert_eq!(questions("%", 0, 10), (vec!["50% off?".to_owned()], 1));
    assert_eq!(questions("SPACES", 0, 10).1, 1);
    assert_eq!(questions("", 1, 1), (vec!["Parking?".to_owned()], 3));
}

#[test]
fn a_turn_comes_back_as_it_was_saved() {
    let desk = desk();
    let turn = TurnRow {
        conversation: "c1".to_owned(),
        question: "Can I return shoes?".to_owned(),
        answer: "Within 30 days.".to_owned(),
        route: "quote".to_owned(),
        score: 0.5,
        support: 1.0,
        kb_version: 3,
        model: Some("tiny".to_owned()),
        at: 1_800_000_000,
        retrieve_ms: 1.5,
        total_ms: 2.5,
        generated_tokens: 7,
        interrupted: true,
        citations: vec![CitationRow {
            n: 1,
            source: "returns.md".to_owned(),
            score: 0.25,
            section_id: Some(4),
            ..CitationRow::default()
        }],
        ..TurnRow::default()
    };
    let id = desk.store.save_turn(&turn).unwrap();
    assert_eq!(desk.store.turn(id).unwrap(), Some(TurnRow { id, ..turn.clone() }));
    assert!(desk.store.rate_turn(id, true).unwrap());
    assert_eq!(desk.store.turn(id).unwrap().unwrap().helpful, Some(true));
    assert!(!desk.store.rate_turn(id + 1, true).unwrap());

    let odd = TurnRow { score: f32::NAN, question: "And boots?".to_owned(), ..turn };
    desk.store.save_turn(&odd).unwrap();
    assert_eq!(desk.store.previous_question("c1").unwrap().as_deref(), Some("And boots?"));
    assert_eq!(desk.store.count_turns().unwrap(), 2);
    assert!(desk.store.leave_conversation("c1", false, 1).unwrap());
    assert_eq!(desk.store.turn(id).unwrap(), None);
    assert_eq!(desk.store.previous_question("c1").unwrap(), None);
}

#[test]
fn exams_settings_and_facts_keep_the_last_value() {
    let desk = desk();
    assert_eq!(desk.store.exam("m").unwrap(), None);
    desk.store.save_exam("m", 0.25, "{}").unwrap();
    desk.store.save_exam("m", 0.75, "{\"a\":1}").unwrap();
    assert_eq!(desk.store.exam("m").unwrap(), Some(0.75));
    assert_eq!(desk.store.exam_report("m").unwrap().as_deref(), Some("{\"a\":1}"));
    desk.store.setting_set("caution", "careful").unwrap();
    desk.store.setting_set("caution", "balanced").unwrap();
    let expected = vec![("caution".to_owned(), "balanced".to_owned())];
    assert_eq!(desk.store.settings_all().unwrap(), expected);
    assert_eq!(desk.store.meta_get("kb_version").unwrap().as_deref(), Some("0"));
}

#[test]
fn a_device_test_counts_only_for_what_it_was_about() {
    let desk = desk();
    let key = |device: &str, build: &str| DeviceTestKey {
        device: device.into(),
        description: "A card".into(),
        build: build.into(),
        model_sha256: "abc".into(),
    };
    let failed = DeviceTestRow { reason: "other words".into(), ..DeviceTestRow::default() };
    let passed = DeviceTestRow {
        passed: true,
        processor_prefill_per_second: 100.0,
        device_prefill_per_second: 900.0,
        ..DeviceTestRow::default()
    };
    desk.store.save_device_test(key("Vulkan1", "b1"), failed.clone()).unwrap();
    desk.store.save_device_test(key("Vulkan0", "b1"), failed.clone()).unwrap();
    desk.store.save_device_test(key("Vulkan0", "b1"), passed.clone()).unwrap();
    assert_eq!(desk.store.device_test(&key("Vulkan0", "b1")).unwrap(), Some(passed));
    assert_eq!(desk.store.device_test(&key("Vulkan1", "b1")).unwrap(), Some(failed));
    assert_eq!(desk.store.device_test(&key("Vulkan0", "b2")).unwrap(), None);
    desk.store.forget_failed_device_tests().unwrap();
    assert_eq!(desk.store.device_test(&key("Vulkan1", "b1")).unwrap(), None);
    assert!(desk.store.device_test(&key("Vulkan0", "b1")).unwrap().is_some());
}

#[test]
fn readers_do_not_wait_for_one_another() {
    let desk = desk();
    desk.import("a.txt", &["thirty days"], Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let store = desk.store.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(store.languages().unwrap().len(), 1);
                    store.meta_set("beat", "1").unwrap();
                }
            });
        }
    });
}

#[test]
fn warnings_of_a_source_are_kept_apart() {
    let desk = desk();
    desk.import("a.txt", &["thirty days"], Vec::new());
    let found = desk.store.source_of("a.txt").unwrap().unwrap();
    assert_eq!(found.warnings.len(), 2);
    assert_eq!((found.passages, found.faqs), (1, 0));
    assert!(desk.store.source_of("b.txt").unwrap().is_none());
}

#[test]
fn terms_can_be_made_anew() {
    let desk = desk();
    desk.import("a.txt", &["thirty days"], Vec::new());
    let texts = desk.store.chunk_texts().unwrap();
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0].heading_path, "Returns > Time");
    let terms = texts.iter().map(|text| (text.id, String::new(), "fresh".to_owned())).collect();
    desk.store.replace_terms(terms).unwrap();
    assert_eq!(desk.store.full_text(&["fresh".to_owned()], 9).unwrap().len(), 1);
    assert_eq!(desk.store.full_text(&["thirty".to_owned()], 9).unwrap().len(), 0);
}
