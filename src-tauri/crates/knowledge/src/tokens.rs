//! Keeps saved search terms in step with the rules that make them.

use store::{Role, Store};

use crate::{KnowledgeError, text};

/// Raise this whenever [`text::terms`] gives other terms for the same text.
const RULES_VERSION: &str = "1";
const RULES_KEY: &str = "term_rules_version";

/// The terms of a piece: those of its heading path and those of its own words.
///
/// Pieces are saved with their heading path in front, because that is how they are embedded.
pub(crate) fn piece_terms(heading_path: &str, text: &str, language: &str) -> (String, String) {
    let body = text.strip_prefix(heading_path).unwrap_or(text);
    let join = |part: &str| text::terms(part, language).join(" ");
    (join(heading_path), join(body))
}

/// Makes all terms anew when the rules have changed since they were saved.
pub(crate) fn refresh(store: &Store) -> Result<(), KnowledgeError> {
    if store.meta_get(RULES_KEY)?.as_deref() == Some(RULES_VERSION) {
        return Ok(());
    }
    let terms = store.chunk_texts()?.into_iter().map(|chunk| {
        let heading_path = match chunk.role {
            Role::Body | Role::TableRow | Role::Sentence => text::normalise(&chunk.heading_path),
            Role::FaqQuestion | Role::FaqAlternative | Role::FaqWhole => String::new(),
        };
        let (title, body) = piece_terms(&heading_path, &chunk.text, &chunk.language);
        (chunk.id, title, body)
    });
    store.replace_terms(terms.collect())?;
    Ok(store.meta_set(RULES_KEY, RULES_VERSION)?)
}
