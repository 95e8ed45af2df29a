//! The rules every entry must keep that its types cannot say.

use super::{Calibration, Embedding, Entry, Purpose};
use crate::{CatalogError, licences};

/// The rules that types cannot say, in the order of the fields.
pub(super) fn check(entry: &Entry, earlier: &[Entry]) -> Result<(), CatalogError> {
    let wrong = |field: &str, reason: &str| {
        Err(CatalogError::Entry {
            entry: entry.id.clone(),
            field: field.into(),
            reason: reason.into(),
        })
    };
    if !is_plain_name(&entry.id) {
        return wrong("id", "only letters, digits, dots, dashes and underscores");
    }
    if earlier.iter().any(|other| other.id == entry.id) {
        return wrong("id", "used twice");
    }
    if !is_plain_name(&entry.file) || !entry.file.ends_with(".gguf") {
        return wrong("file", "a plain file name ending in .gguf");
    }
    if earlier.iter().any(|other| other.file == entry.file) {
        return wrong("file", "used twice");
    }
    if entry.summary.trim().is_empty() || entry.summary.contains('\n') {
        return wrong("summary", "one line");
    }
    if entry.rank == 0 {
        return wrong("rank", "must not be 0");
    }
    if earlier.iter().any(|other| other.purpose == entry.purpose && other.rank == entry.rank) {
        return wrong("rank", "used twice");
    }
    if entry.size_bytes == 0 {
        return wrong("size_bytes", "must not be 0");
    }
    if !is_sha256(&entry.sha256) {
        return wrong("sha256", "64 lower-case hex digits");
    }
    if let Some(reason) = wrong_licence(&entry.licence) {
        return wrong("licence", reason);
    }
    match (&entry.origin, &entry.url) {
        (None, None) => return wrong("url", "required for a model that no package carries"),
        (_, Some(url)) if !is_safe_address(url) => {
            return wrong("url", "an https address with a host, without a name or a password");
        }
        (Some(origin), _) if !is_sha256(&origin.wheel_sha256) => {
            return wrong("from.wheel_sha256", "64 lower-case hex digits");
        }
        _ => {}
    }
    if entry.origin.is_some() && !entry.size_exact {
        return wrong("size", "exact for a model that comes with the program");
    }
    if let Some(conversion) = &entry.conversion {
        if !entry.converted {
            return wrong("conversion", "only for converted models");
        }
        if !is_sha256(&conversion.member_sha256) {
            return wrong("conversion.member_sha256", "64 lower-case hex digits");
        }
    }
    if entry.languages.is_empty() {
        return wrong("languages", "must not be empty");
    }
    if entry.context_tokens == 0 {
        return wrong("context_tokens", "must not be 0");
    }
    if let Some((field, reason)) = wrong_shape(entry) {
        return wrong(field, reason);
    }
    match (entry.purpose, &entry.embedding) {
        (Purpose::Chat, None) => Ok(()),
        (Purpose::Chat, Some(_)) => wrong("embedding", "only for embedding models"),
        (Purpose::Embedding, None) => wrong("embedding", "required for embedding models"),
        (Purpose::Embedding, Some(embedding)) => {
            match wrong_embedding(embedding, entry.context_tokens) {
                Some((field, reason)) => wrong(field, reason),
                None => Ok(()),
            }
        }
    }
}

/// Nothing is offered whose licence forbids what a shop does, or whose text is not shipped.
fn wrong_licence(licence: &str) -> Option<&'static str> {
    let lower = licence.to_lowercase();
    let forbids = ["research", "-nc", "non-commercial", "noncommercial"];
    if forbids.iter().any(|word| lower.contains(word)) {
        return Some("allows no use in a business");
    }
    let is_known = licences::text(licence).is_some();
    (!is_known).then_some("not one whose text is in models/licences")
}

/// Figures that no model has.
fn wrong_shape(entry: &Entry) -> Option<(&'static str, &'static str)> {
    let shape = &entry.shape;
    let rules = [
        (shape.weights_bytes > 0, "shape.weights_bytes", "must not be 0"),
        (
            shape.weights_bytes <= entry.size_bytes,
            "shape.weights_bytes",
            "no more than the file's size",
        ),
        (shape.lookup_bytes <= shape.weights_bytes, "shape.lookup_bytes", "a part of the weights"),
        (
            (1..=shape.weights_bytes).contains(&shape.active_bytes),
            "shape.active_bytes",
            "a part of the weights",
        ),
        (
            (1..=shape.parameters).contains(&shape.active_parameters),
            "shape.active_parameters",
            "a part of the parameters",
        ),
        (shape.layers > 0, "shape.layers", "must not be 0"),
        (shape.vocabulary > 0, "shape.vocabulary", "must not be 0"),
        (shape.width > 0, "shape.width", "must not be 0"),
        (shape.feed_forward > 0, "shape.feed_forward", "must not be 0"),
        (shape.heads > 0, "shape.heads", "must not be 0"),
        (shape.head_numbers > 0, "shape.head_numbers", "must not be 0"),
        (
            entry.context_tokens <= shape.context_tokens,
            "shape.context_tokens",
            "at least context_tokens",
        ),
        (
            (shape.window_kv_numbers > 0) == (shape.window_tokens > 0),
            "shape.window_tokens",
            "exactly where layers have a window",
        ),
        (
            entry.purpose == Purpose::Embedding
                || entry.embedding.is_some()
                || shape.kv_numbers + shape.window_kv_numbers + shape.state_bytes > 0,
            "shape.kv_numbers",
            "a model that writes keeps something of each token",
        ),
    ];
    rules.into_iter().find(|(holds, _, _)| !holds).map(|(_, field, reason)| (field, reason))
}

/// An address that says who is asked, over a connection that nobody can listen to.
fn is_safe_address(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    host.contains('.')
        && host.chars().all(plain)
        && rest.len() > host.len() + 1
        && url.chars().all(|c| c.is_ascii_graphic())
}

fn wrong_embedding(
    embedding: &Embedding,
    context_tokens: u32,
) -> Option<(&'static str, &'static str)> {
    let Calibration { c0, r, alpha, t_refuse, t_answer } = embedding.calibration;
    let rules = [
        (embedding.width > 0, "embedding.width", "must not be 0"),
        (
            (1..=context_tokens).contains(&embedding.max_input_tokens),
            "embedding.max_input_tokens",
            "between 1 and context_tokens",
        ),
        ((-1.0..=1.0).contains(&c0), "embedding.calibration.c0", "a cosine"),
        (r > 0.0 && r <= 2.0, "embedding.calibration.r", "above 0, at most 2"),
        ((0.0..=1.0).contains(&alpha), "embedding.calibration.alpha", "between 0 and 1"),
        (t_refuse > 0.0, "embedding.calibration.t_refuse", "above 0"),
        (t_answer > t_refuse, "embedding.calibration.t_answer", "above t_refuse"),
    ];
    rules.into_iter().find(|(holds, _, _)| !holds).map(|(_, field, reason)| (field, reason))
}

/// A name that stays one file in one folder on every system.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
