//! What the visitors' window may do: ask, and nothing else.

use serde_json::Value;

const FOLDER: &str = "src-tauri/capabilities/";
const KIOSK: &str = "kiosk";
const ALLOWED: [&str; 1] = ["allow-visit"];

/// Findings in a capability file that reaches the visitors' window.
pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with(FOLDER) || !path.ends_with(".json") {
        return Vec::new();
    }
    let Ok(capability) = serde_json::from_str::<Value>(text) else {
        return vec![format!("{path}: not JSON")];
    };
    let list = |key: &str| capability[key].as_array().cloned().unwrap_or_default();
    // A pattern may match the visitors' window without naming it.
    let reaches_kiosk = |name: &Value| match name.as_str() {
        Some(name) => name == KIOSK || name.contains('*'),
        None => true,
    };
    if ![list("windows"), list("webviews")].concat().iter().any(reaches_kiosk) {
        return Vec::new();
    }
    let permissions = list("permissions");
    if permissions == ALLOWED && capability.get("remote").is_none() {
        return Vec::new();
    }
    vec![format!("{path}: the visitors' window may have {ALLOWED:?} and nothing else")]
}

#[cfg(test)]
mod tests;
