//! Searching through the public face, with the scripted embedder.

use store::FaqStatus;

use crate::testing::{CALIBRATION, shop};
use crate::{Calibration, HitKey, Knowledge};

fn close(found: f32, expected: f32) {
    assert!((found - expected).abs() < 1e-4, "found {found}, expected {expected}");
}

#[test]
fn the_fused_score_is_the_weighted_sum() {
    close(CALIBRATION.fuse(0.7, 1.0), 0.6 * (0.7 - 0.1) / 0.6 + 0.4);
    close(CALIBRATION.fuse(0.1, 0.0), 0.0);
    close(CALIBRATION.fuse(0.1, 9.0), 0.4 * 1.2);
    assert!(CALIBRATION.fuse(-0.2, 0.0) < 0.0);
}

#[test]
fn hits_say_what_they_are_and_where_they_are_from() {
    let desk = shop();
    let found = desk.knowledge.retrieve("Can boots worn outside be returned?", 3).unwrap();
    assert!(!found.keyword_only && found.vector.is_some());
    let hit = &found.hits[0];
    assert_eq!((hit.source.as_str(), hit.title.as_str()), ("returns.md", "Returns"));
    assert_eq!(hit.locator, "Returns > Footwear");
    assert!(hit.text.contains("Boots worn outside cannot be returned."));
    assert!(hit.matched.starts_with("Returns > Footwear\n"));
    // A text is scored by its meaning, a little less than a question, and by its best sentence.
    let HitKey::Section(id) = hit.key else { panic!("a section was expected") };
    let sentences = desk.knowledge.sentences(&found, id).unwrap();
    let best = sentences.iter().map(|sentence| sentence.score).fold(0.0, f32::max);
    let text = Calibration { alpha: 0.5, ..CALIBRATION }.fuse(hit.cosine, hit.bm25);
    close(hit.score, 0.6 * text + 0.4 * best);
    assert_eq!(found.best_keyword, Some(hit.key));
    assert_eq!(found.best_meaning, Some(hit.key));

    let found = desk.knowledge.retrieve("may I bring my spaniel", 3).unwrap();
    let hit = &found.hits[0];
    assert_eq!((hit.source.as_str(), hit.title.as_str()), ("faq", "Are dogs allowed in the shop?"));
    assert_eq!((hit.locator.as_str(), hit.text.as_str()), ("", "Yes, on a lead."));
    assert_eq!(hit.matched, "Can I bring my spaniel?");
}

#[test]
fn each_faq_and_section_is_one_hit_and_the_best_is_first() {
    let desk = shop();
    let found = desk.knowledge.retrieve("shop dogs gift cards returned days", 50).unwrap();
    let mut keys: Vec<HitKey> = found.hits.iter().map(|hit| hit.key).collect();
    assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    keys.sort_by_key(|key| format!("{key:?}"));
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all);
    assert_eq!(desk.knowledge.retrieve("dogs", 1).unwrap().hits.len(), 1);
    assert!(desk.knowledge.retrieve("dogs", 0).unwrap().hits.is_empty());
}

#[test]
fn drafts_are_not_for_visitors() {
    let desk = shop();
    let ask = || desk.knowledge.retrieve("What is the secret of the cellar?", 1).unwrap();
    let is_secret = |hits: &[crate::Hit]| hits.iter().any(|hit| hit.text.contains("Nobody knows"));
    assert!(!is_secret(&ask().hits));
    let (faqs, total) = desk.knowledge.faqs("secret", 0, 10).unwrap();
    assert_eq!((total, faqs[0].status), (1, FaqStatus::Draft));
    assert!(desk.knowledge.set_faq_status(faqs[0].id, FaqStatus::Approved).unwrap());
    assert!(is_secret(&ask().hits));
    assert!(ask().hits[0].cosine > 0.9, "its vector was there before it was approved");
    assert!(desk.knowledge.set_faq_status(faqs[0].id, FaqStatus::Retired).unwrap());
    assert!(!is_secret(&ask().hits));
    assert!(!desk.knowledge.set_faq_status(9_999, FaqStatus::Retired).unwrap());
}

#[test]
fn an_answer_past_its_day_is_not_shown() {
    let desk = shop();
    let ask =
        || desk.knowledge.retrieve("Is the summer sale on?", 1).unwrap().hits[0].title.clone();
    for (day, is_shown) in [("2020-01-01", false), ("2999-01-01", true)] {
        let table = format!("question,answer,valid_until\nIs the summer sale on?,Yes.,{day}\n");
        desk.import(&desk.write("sale.csv", table));
        assert_eq!(ask() == "Is the summer sale on?", is_shown, "{day}");
    }
}

#[test]
fn a_new_answer_starts_as_a_draft() {
    let desk = shop();
    let other = vec!["Is there a toilet?".to_owned(), " ".to_owned()];
    let id = desk.knowledge.add_faq(" Where are  the toilets? ", "On floor 2.\n", &other).unwrap();
    let faq = desk.knowledge.faq(id).unwrap().unwrap();
    assert_eq!(
        (faq.question.as_str(), faq.answer.as_str()),
        ("Where are the toilets?", "On floor 2.")
    );
    assert_eq!((faq.status, faq.alternatives.len()), (FaqStatus::Draft, 1));
    desk.knowledge.set_faq_status(id, FaqStatus::Approved).unwrap();
    let found = desk.knowledge.retrieve("where are the toilets", 1).unwrap();
    assert_eq!(found.hits[0].key, HitKey::Faq(id));
    assert!(desk.knowledge.add_faq("", "x", &[]).is_err());
    assert!(desk.knowledge.add_faq("x", " \u{200b} ", &[]).is_err());
}

#[test]
fn words_alone_never_pass_for_certainty() {
    let desk = shop();
    desk.embedder.set_down(true);
    let found = desk.knowledge.retrieve("Do you sell gift cards?", 3).unwrap();
    assert!(found.keyword_only && found.vector.is_none());
    assert_eq!(found.hits[0].title, "Do you sell gift cards?");
    assert!(found.hits[0].score > 0.48 && found.hits[0].score <= 0.84, "{}", found.hits[0].score);
    assert_eq!(found.hits[0].cosine, 0.0);

    let without = Knowledge::open(desk.store.clone(), None, CALIBRATION).unwrap();
    let same = without.retrieve("Do you sell gift cards?", 3).unwrap();
    assert_eq!(same.hits, found.hits);
}

#[test]
fn odd_questions_are_answered_with_nothing_or_something_but_never_a_panic() {
    let desk = shop();
    let long = "boots ".repeat(200_000);
    for question in [
        "",
        "   ",
        "\u{0}\u{200b}",
        "?",
        "a",
        "the",
        "\"'; DROP TABLE chunk; --",
        "🥾",
        "靴は返品できますか",
        &long,
    ] {
        let found = desk.knowledge.retrieve(question, 5).unwrap();
        assert!(found.question.chars().count() <= 1_000);
        if found.question.is_empty() {
            assert!(found.hits.is_empty());
        }
    }
}

#[test]
fn sentences_are_scored_where_they_stand() {
    let desk = shop();
    let found = desk.knowledge.retrieve("Can boots worn outside be returned?", 1).unwrap();
    let HitKey::Section(id) = found.hits[0].key else { panic!("a section was expected") };
    let sentences = desk.knowledge.sentences(&found, id).unwrap();
    assert_eq!(sentences.len(), 2);
    for sentence in &sentences {
        assert_eq!(&found.hits[0].text[sentence.start..sentence.end], sentence.text);
        close(sentence.score, CALIBRATION.fuse(sentence.cosine, sentence.bm25));
    }
    assert_eq!(sentences[1].text, "Boots worn outside cannot be returned.");
    assert!(sentences[1].score > sentences[0].score);
    assert!(desk.knowledge.sentences(&found, 9_999).unwrap().is_empty());
}

#[test]
fn missing_sentence_vectors_are_made_once_on_the_spot() {
    let desk = shop();
    let path = desk.write("new.md", "# Kayaks\n\nKayaks are rented by the hour. Helmets are free.");
    desk.import(&path);
    let found = desk.knowledge.retrieve("kayaks by the hour", 1).unwrap();
    let HitKey::Section(id) = found.hits[0].key else { panic!("a section was expected") };
    let sentences = desk.knowledge.sentences(&found, id).unwrap();
    assert!(sentences[0].cosine > 0.3);
    desk.embedder.set_down(true);
    assert_eq!(desk.knowledge.sentences(&found, id).unwrap(), sentences, "they were saved");
}

#[test]
fn table_rows_are_quoted_whole() {
    let desk = shop();
    let found = desk.knowledge.retrieve("is it closed on sunday", 1).unwrap();
    let HitKey::Section(id) = found.hits[0].key else { panic!("a section was expected") };
    let mut sentences = desk.knowledge.sentences(&found, id).unwrap();
    sentences.sort_by(|a, b| b.score.total_cmp(&a.score));
    assert_eq!(sentences[0].text, "Day: Sunday; Opens: closed");
}

#[test]
fn a_restart_finds_the_same() {
    let desk = shop();
    let ask = |knowledge: &Knowledge| knowledge.retrieve("boots worn outside", 5).unwrap().hits;
    assert_eq!(ask(&desk.reopened()), ask(&desk.knowledge));
    desk.store.meta_set("term_rules_version", "older").unwrap();
    assert_eq!(ask(&desk.reopened()), ask(&desk.knowledge), "terms made anew are the same terms");
}

#[test]
fn searching_goes_on_while_knowledge_changes() {
    let desk = shop();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let found = desk.knowledge.retrieve("boots worn outside", 5).unwrap();
                    assert!(found.hits.iter().all(|hit| !hit.text.is_empty()));
                }
            });
        }
        for number in 0..10 {
            let text = format!("# Returns\n\nBoots, version {number}, worn outside.");
            desk.import(&desk.write("returns.md", text));
        }
    });
}
