//! The part of a chatty question that asks: visitors tell a story first.

/// Words that open a clause which asks.
const ASKING: &[&str] = &[
    "what", "what's", "when", "where", "which", "who", "whose", "why", "how", "is", "are", "am",
    "was", "can", "could", "do", "does", "did", "will", "would", "should", "may", "must", "have",
    "has", "any", "anything", "anyone", "shall",
];
/// Words that join one clause to the next.
const JOINING: &[&str] = &["and", "but", "so", "because", "if", "or", "then", "when"];
/// A clause of fewer words says too little to be searched by itself.
const FEWEST_WORDS: usize = 3;

/// The clause that asks, where a question has several; the last of them where several ask.
pub(crate) fn asking_clause(question: &str) -> Option<&str> {
    let clauses = clauses(question);
    if clauses.len() < 2 {
        return None;
    }
    let long = |clause: &&&str| clause.split_whitespace().count() >= FEWEST_WORDS;
    clauses.iter().rev().filter(long).find(|clause| asks(clause)).copied()
}

fn asks(clause: &str) -> bool {
    let first = clause.split_whitespace().find(|word| !is_joining(word));
    let first = first.map(|word| word.trim_end_matches([',', '?']).to_lowercase().replace('’', "'"));
    first.is_some_and(|first| ASKING.contains(&first.as_str()))
}

fn is_joining(word: &str) -> bool {
    JOINING.contains(&word.to_lowercase().as_str())
}

/// Cuts at the ends of sentences, at commas and dashes, and before joining words.
fn clauses(question: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for word in question.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if at > start && is_joining(bare) {
            clauses.push(question[start..at].trim());
            start = at;
        }
        at += word.len();
        if bare.ends_with(['.', '!', '?', ',', ';', ':', '–', '—']) || bare == "-" {
            clauses.push(question[start..at].trim());
            start = at;
        }
    }
    clauses.push(question[start..].trim());
    clauses.retain(|clause| clause.chars().any(char::is_alphanumeric));
    clauses
}
