//! What is embedded again and what is not; the change from one model to another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::scripted::ScriptedEmbedder;
use engine::{Embedder, EngineError, Health, Side};

use crate::testing::{CALIBRATION, Desk, shop};
use crate::{Calibration, Knowledge};

/// A second model: the vectors of the first the other way round, and a count of its texts.
#[derive(Default)]
struct Other {
    inner: ScriptedEmbedder,
    texts: AtomicUsize,
    passages: AtomicUsize,
}

impl Embedder for Other {
    fn embed(&self, texts: &[String], side: Side) -> Result<Vec<Vec<f32>>, EngineError> {
        self.texts.fetch_add(texts.len(), Ordering::Relaxed);
        if side == Side::Passage {
            self.passages.fetch_add(texts.len(), Ordering::Relaxed);
        }
        let mut vectors = self.inner.embed(texts, side)?;
        vectors.iter_mut().for_each(|vector| vector.reverse());
        Ok(vectors)
    }

    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError> {
        self.inner.count_tokens(texts)
    }

    fn width(&self) -> usize {
        self.inner.width()
    }

    fn identity(&self) -> &str {
        "other"
    }

    fn health(&self) -> Health {
        self.inner.health()
    }
}

fn check_answers(knowledge: &Knowledge) {
    let found = knowledge.retrieve("Are dogs allowed in the shop?", 3).unwrap();
    assert!(!found.keyword_only);
    assert!(found.hits[0].title.contains("dogs"), "{:?}", found.hits[0].title);
    assert!(found.hits[0].cosine > 0.3, "the question and the texts are of one model");
}

#[test]
fn another_model_takes_over_when_all_its_vectors_are_there() {
    let desk = shop();
    let other = Arc::new(Other::default());
    let changed = Calibration { c0: 0.2, ..CALIBRATION };
    desk.knowledge.change_embedder(other.clone(), changed);
    let mut steps = 0;
    let before = desk.knowledge.embedder_in_use();
    // One batch at a time, with questions in between and an import in the middle.
    while desk.knowledge.embedder_in_use() == before {
        check_answers(&desk.knowledge);
        assert_eq!(desk.knowledge.calibration(), CALIBRATION);
        if steps == 1 {
            desk.import(&desk.write("kayaks.md", "# Kayaks\n\nKayaks are rented by the hour.\n"));
        }
        let asked = std::cell::Cell::new(0);
        let stop = || asked.replace(asked.get() + 1) > 0;
        desk.knowledge.embed_pending(&stop, &mut |_, _| {}).unwrap();
        steps += 1;
        assert!(steps < 100, "it never took over");
    }
    assert!(steps > 3, "it took over after {steps} steps");
    check_answers(&desk.knowledge);
    assert_eq!(desk.knowledge.calibration(), changed);
    assert!(!desk.store.has_vectors(&before).unwrap(), "the old ones are gone");
    let found = desk.knowledge.retrieve("kayaks by the hour", 1).unwrap();
    assert!(found.hits[0].cosine > 0.3);
    assert_eq!(
        Knowledge::embedder_used_before(&desk.store).unwrap().as_deref(),
        Some("other"),
        "the next start begins with it"
    );
}

#[test]
fn a_change_that_is_taken_back_leaves_the_model_in_use() {
    let desk = shop();
    let before = desk.knowledge.embedder_in_use();
    desk.knowledge.change_embedder(Arc::new(Other::default()), CALIBRATION);
    desk.knowledge.change_embedder(desk.embedder.clone(), CALIBRATION);
    desk.embed();
    assert_eq!(desk.knowledge.embedder_in_use(), before);
    check_answers(&desk.knowledge);
}

#[test]
fn only_what_changed_is_embedded_again() {
    let desk = Desk::new();
    let other = Arc::new(Other::default());
    let knowledge = Knowledge::open(desk.store.clone(), Some(other.clone()), CALIBRATION).unwrap();
    let knowledge = knowledge.with_reader(documents::Reader::within());
    let import = |text: String| {
        let path = desk.write("book.md", text);
        knowledge.import_one(&path, crate::ImportKind::Auto).unwrap();
        let before = other.passages.load(Ordering::Relaxed);
        knowledge.embed_pending(&|| false, &mut |_, _| {}).unwrap();
        other.passages.load(Ordering::Relaxed) - before
    };
    let book = |changed: usize| {
        let parts = (0..50).map(|number| {
            let price = if number == changed { 999 } else { number };
            format!("## Part {number}\n\nPart {number} costs {price} pounds.\n\n")
        });
        format!("# Book\n\n{}", parts.collect::<String>())
    };
    assert_eq!(import(book(77)), 100, "a text and a sentence for each part");
    assert_eq!(import(book(3)), 2, "the text and the sentence of the part that changed");
    let found = knowledge.retrieve("what does part 3 cost", 1).unwrap();
    assert!(found.hits[0].text.contains("999") && found.hits[0].cosine > 0.3);
}
