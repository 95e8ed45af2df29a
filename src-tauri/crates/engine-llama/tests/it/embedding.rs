//! Vectors: of length one, near when the meaning is, and the same alone or in company.

use engine::protocol::{FromChild, ToChild};

use crate::child::{EMBEDDING_MODEL, Running};

fn embedding() -> Option<Running> {
    Running::serve(EMBEDDING_MODEL, "embedding", &[]).map(|(running, _)| running)
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn check_unit(vectors: &[Vec<f32>]) {
    for vector in vectors {
        assert_eq!(vector.len(), 384);
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-4);
    }
}

#[test]
fn hello_tells_the_width() {
    let Some((_running, hello)) = Running::serve(EMBEDDING_MODEL, "embedding", &[]) else {
        return;
    };
    assert_eq!(hello.architecture, "bert");
    assert_eq!((hello.embedding_width, hello.context_tokens), (384, 512));
    assert_eq!(hello.vocabulary, 30_522);
    assert!(!hello.has_chat_template);
}

#[test]
fn near_meanings_are_near() {
    let Some(mut running) = embedding() else { return };
    let vectors = running.vectors(&[
        "How long can I return an item?",
        "Returns are accepted within 30 days of delivery.",
        "The museum opens at nine on Sundays.",
        "How long can I return an item?",
    ]);
    check_unit(&vectors);
    assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]) + 0.2);
    assert!(cosine(&vectors[0], &vectors[3]) > 0.9999);
    assert_eq!(running.vectors(&["ﬁne"]), running.vectors(&["fine"]));
}

#[test]
fn any_text_has_a_vector() {
    let Some(mut running) = embedding() else { return };
    let words = "lighthouse ".repeat(600);
    let huge = "x y ".repeat(100_000);
    let texts = ["", " ", "\0", "\n\n", "[SEP] [CLS]", "🦀", words.as_str(), huge.as_str()];
    check_unit(&running.vectors(&texts));
    check_unit(&running.vectors(&[""]));
    assert!(running.vectors(&[]).is_empty());
}

#[test]
fn company_does_not_change_a_vector() {
    let Some(mut running) = embedding() else { return };
    let texts: Vec<String> = (0..100)
        .map(|n| format!("Item class {n} may be returned {}", "within some days ".repeat(n % 40)))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = running.vectors(&texts);
    assert_eq!(together.len(), 100);
    check_unit(&together);
    for (text, vector) in texts.iter().zip(&together) {
        let alone = running.vectors(&[text]);
        assert!(cosine(&alone[0], vector) > 0.999, "{text}");
    }
}

#[test]
fn a_question_does_not_wait_for_an_import() {
    let Some(mut running) = embedding() else { return };
    let passage = "The return window is thirty days and shipping is free. ".repeat(12);
    running.send(&ToChild::Embed { id: 1, texts: vec![passage; 60] });
    running.send(&ToChild::Embed { id: 2, texts: vec!["Where is my order?".into()] });
    running.send(&ToChild::Count { id: 3, texts: vec!["Where is my order?".into()] });
    let mut order = Vec::new();
    while order.len() < 3 {
        match running.receive_result() {
            FromChild::Vectors { id, .. } | FromChild::Counts { id, .. } => order.push(id),
            other => panic!("instead of vectors or counts: {other:?}"),
        }
    }
    assert_eq!(order[2], 1, "{order:?}");
}
