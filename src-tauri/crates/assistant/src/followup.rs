//! Questions that lean on the one before. Pure.

use knowledge::text::content_terms;

/// Words that open a question which goes on from the last one.
const OPENERS: &[&str] =
    &["and", "or", "but", "what about", "how about", "it", "they", "them", "that", "those", "so"];

/// A question that says too little by itself is searched together with the one before.
///
/// The previous question helps to search; it is never evidence.
pub(crate) fn standalone(question: &str, previous: Option<&str>) -> Option<String> {
    let previous = previous?;
    let lower = question.to_lowercase();
    let opens = OPENERS.iter().any(|opener| {
        lower.strip_prefix(opener).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    // A question of function words alone counts all its words as content: "how much?".
    let says_little = question.split_whitespace().count() < 3 || content_terms(question).len() < 2;
    (opens || says_little).then(|| format!("{previous} {question}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, previous: Option<&str>, leans: bool) {
        assert_eq!(standalone(question, previous).is_some(), leans, "{question:?}");
    }

    #[test]
    fn leaning_questions_are_joined() {
        let previous = Some("Do you ship to Norway?");
        check("And how long does it take?", previous, true);
        check("what about Sweden?", previous, true);
        check("how much?", previous, true);
        check("And how long does it take?", None, false);
        check("Can I return waxed jackets after the sale?", previous, false);
        check("Andorra shipping price list", previous, false);
    }
}
