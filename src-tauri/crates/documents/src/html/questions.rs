//! Questions and answers that a page marks for machines (JSON-LD, `FAQPage`).

use serde_json::Value;

use super::reduce::find_end;
use crate::document::Faq;
use crate::hygiene;

/// Deepest nesting that is followed; the parser itself stops soon after.
const DEPTH: usize = 32;

/// The questions and answers of a page, in its order.
pub(super) fn find(source: &str) -> Vec<Faq> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find("application/ld+json") {
        rest = &rest[at..];
        let Some((_, content)) = rest.split_once('>') else { break };
        // Answers hold tags themselves.
        let end = find_end(content, "script").unwrap_or(content.len());
        if let Ok(value) = serde_json::from_str(content[..end].trim()) {
            collect(&value, DEPTH, &mut found);
        }
        rest = &content[end..];
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|faq: &Faq| seen.insert(faq.question.clone()));
    found
}

fn collect(value: &Value, depth: usize, found: &mut Vec<Faq>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth, found)),
        Value::Object(fields) => {
            if is_a(value, "Question") {
                found.extend(faq(value));
            }
            fields.values().for_each(|value| collect(value, depth, found));
        }
        _ => {}
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    let named = |name: &Value| name.as_str().is_some_and(|name| name.ends_with(kind));
    match &value["@type"] {
        Value::Array(names) => names.iter().any(named),
        name => named(name),
    }
}

/// A question of which somebody said that this is the answer; others only suggest one.
fn faq(question: &Value) -> Option<Faq> {
    let answer = match &question["acceptedAnswer"] {
        Value::Array(answers) => answers.first()?,
        answer => answer,
    };
    let asked = hygiene::normalise(&super::words_of(question["name"].as_str()?));
    let answer = super::lines_of(answer["text"].as_str()?);
    (!asked.is_empty() && !answer.is_empty()).then_some(Faq { question: asked, answer })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, &str)]) {
        let found = find(source);
        let found: Vec<(&str, &str)> =
            found.iter().map(|faq| (faq.question.as_str(), faq.answer.as_str())).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn marked_questions_are_found() {
        let question = r#"{"@type":"Question","name":"Dogs?","acceptedAnswer":{"@type":"Answer",
            "text":"<p>Yes, on a <b>lead</b>.</p>"}}"#;
        check(
            &format!(
                r#"<script type="application/ld+json">{{"@context":"https://schema.org",
                "@graph":[{{"@type":["WebPage","FAQPage"],"mainEntity":[{question},{question}]}}]}}
                </script><p>Text</p>"#
            ),
            &[("Dogs?", "Yes, on a lead.")],
        );
        check(
            r#"<script type="application/ld+json">{"@type":"Question","name":"x"}</script>"#,
            &[],
        );
        check(r#"<script type="application/ld+json">{"@type": broken"#, &[]);
        check(&format!("<script type='application/ld+json'>{}", "[".repeat(50_000)), &[]);
    }
}
