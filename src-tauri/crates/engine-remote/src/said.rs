//! What a server says when it refuses, made fit for people: short, one line, without its key. Pure.

use serde_json::Value;

/// Characters that are shown of it.
const LONGEST: usize = 200;

/// `: ` and the server's words, or nothing where it says nothing that people can read.
pub(crate) fn said(body: &[u8], key: Option<&str>) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return match std::str::from_utf8(body) {
            // A page is for browsers.
            Ok(text) if !text.contains('<') => as_clause(text, key),
            _ => String::new(),
        };
    };
    said_in(&value, key)
}

/// The same for something already read.
pub(crate) fn said_in(value: &Value, key: Option<&str>) -> String {
    // One cloud wraps its error into a list.
    let value = value.get(0).unwrap_or(value);
    let error = &value["error"];
    let words = [&error["message"], &value["message"], &value["detail"], error];
    let words = words.into_iter().find_map(Value::as_str).unwrap_or_default();
    as_clause(words, key)
}

/// Words of somebody else, in one line.
pub(crate) fn plain(text: &str, key: Option<&str>) -> String {
    let text = match key {
        Some(key) if !key.is_empty() => text.replace(key, "…"),
        _ => text.to_owned(),
    };
    let visible = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: String = text.chars().map(|c| if visible(c) { c } else { ' ' }).collect();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn as_clause(text: &str, key: Option<&str>) -> String {
    let line = plain(text, key);
    if line.is_empty() { line } else { format!(": {}", line.trim_end_matches('.')) }
}

#[cfg(test)]
mod tests;
