//! What every kit must be.

use super::*;

const LANGUAGES: [&str; 3] = ["en", "de", "ar"];

fn rows(kit: &Kit) -> Vec<(&'static str, String)> {
    let lines = kit.answers.lines().skip(1);
    lines.map(|line| (line, line.split(',').next().unwrap_or_default().to_owned())).collect()
}

#[test]
fn every_kit_speaks_three_languages_and_names_its_shop() {
    for kit in KITS {
        let words = kit.words().expect("a kit's lines can be read");
        for lines in [&words.name, &words.welcome, &words.refusal, &words.hand_over] {
            assert!(LANGUAGES.iter().all(|one| lines.contains_key(*one)), "{}: {lines:?}", kit.id);
            assert!(lines.values().all(|line| !line.contains('[')), "{}: {lines:?}", kit.id);
        }
        for language in LANGUAGES {
            let welcome = Words::say(&words.welcome, language, "Rosa's");
            assert!(welcome.contains("Rosa's") && !welcome.contains(NAME), "{welcome}");
        }
    }
}

#[test]
fn every_kit_has_drafts_only_and_marks_what_the_shop_must_say() {
    for kit in KITS {
        let rows = rows(kit);
        assert!((12..=18).contains(&rows.len()), "{} has {}", kit.id, rows.len());
        assert!(rows.iter().all(|(line, _)| line.ends_with(",en,draft")), "{}", kit.id);
        let blanks = rows.iter().filter(|(line, _)| knowledge::blank(line).is_some()).count();
        assert!(blanks * 4 >= rows.len() * 3, "{} leaves too much unsaid: {blanks}", kit.id);
        // Whatever stands in brackets is a blank, or it would go live.
        for (line, _) in &rows {
            assert_eq!(line.matches('[').count(), line.matches("[your ").count(), "{line}");
        }
    }
}

#[test]
fn every_topic_asks_a_question_of_its_kit() {
    for kit in KITS {
        let questions: Vec<String> = rows(kit).into_iter().map(|(_, question)| question).collect();
        let topics = kit.words().expect("readable").topics;
        assert!((3..=6).contains(&topics.len()), "{}", kit.id);
        for topic in topics {
            assert!(questions.contains(&topic.question), "{}: {topic:?}", kit.id);
        }
    }
}

#[test]
fn an_unknown_language_gets_the_usual_one() {
    let words = KITS[0].words().expect("readable");
    assert_eq!(
        (words.language("de-AT"), words.language("sv"), words.language("")),
        ("de", "en", "en")
    );
    assert!(find("casino").is_none());
}
