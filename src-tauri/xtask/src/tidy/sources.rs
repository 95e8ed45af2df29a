//! Rules about a source file, each a function from its path and text to findings.

/// More lines than this hold more than one idea.
const MOST_LINES: usize = 400;

type Check = fn(&str, &str) -> Vec<String>;

const CHECKS: &[Check] =
    &[check_header, check_unwrap, check_length, check_unsafe, check_leftovers, check_tauri_import];

/// All findings in one file, each with its path and line.
pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    CHECKS.iter().flat_map(|check| check(path, text)).collect()
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn is_source(path: &str) -> bool {
    let kinds = [".rs", ".ts", ".svelte", ".js", ".mjs", ".css", ".html", ".sql"];
    kinds.iter().any(|kind| path.ends_with(kind)) && !path.starts_with("ui/src/bindings/")
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.contains("/e2e/")
        || path.ends_with("/tests.rs")
        || path.contains(".test.")
        || path.starts_with("src-tauri/crates/testkit/")
}

/// The code of a line: without what follows `//`. A `//` inside a string cuts too much, which can
/// hide a finding and never makes one up.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn has_word(text: &str, word: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_inner) && !text[at + word.len()..].starts_with(is_inner)
    })
}

fn findings(path: &str, text: &str, about: &str, is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| is_bad(line))
        .map(|(index, _)| format!("{path}:{}: {about}", index + 1))
        .collect()
}

fn check_header(path: &str, text: &str) -> Vec<String> {
    if !is_rust(path) || text.starts_with("//!") {
        return Vec::new();
    }
    vec![format!("{path}:1: the first line must say in `//!` what the file is")]
}

fn check_unwrap(path: &str, text: &str) -> Vec<String> {
    if !is_rust(path) || is_test(path) {
        return Vec::new();
    }
    let word = concat!(".unw", "rap()");
    let about = "say with `expect` why it cannot fail, or return the error";
    findings(path, before_tests(text), about, |line| code(line).contains(word))
}

/// A file's text up to its own tests, which come last.
fn before_tests(text: &str) -> &str {
    let start = text.match_indices("\n#[cfg(test)]\nmod ").find(|(at, _)| {
        let module = text[at + 1..].lines().nth(1).unwrap_or_default();
        module.ends_with('{')
    });
    start.map_or(text, |(at, _)| &text[..at])
}

fn check_length(path: &str, text: &str) -> Vec<String> {
    let counted = [".rs", ".ts", ".svelte"].iter().any(|kind| path.ends_with(kind));
    let lines = text.lines().count();
    if !counted || !is_source(path) || is_test(path) || lines <= MOST_LINES {
        return Vec::new();
    }
    vec![format!("{path}: {lines} lines, more than {MOST_LINES}; look for the second idea")]
}

fn check_unsafe(path: &str, text: &str) -> Vec<String> {
    if !is_rust(path) || path.starts_with("src-tauri/crates/engine-llama/") {
        return Vec::new();
    }
    let word = concat!("uns", "afe");
    // The word inside a text, such as a content policy, is not the keyword.
    let uses = [" {", " fn", " impl", " extern", " trait"].map(|next| format!("{word}{next}"));
    findings(path, text, "only engine-llama may do this", |line| {
        uses.iter().any(|used| code(line).contains(used))
    })
}

fn check_leftovers(path: &str, text: &str) -> Vec<String> {
    if !is_source(path) {
        return Vec::new();
    }
    let about = "finish it, or write it down as a decision";
    findings(path, text, about, |line| {
        has_word(line, concat!("TO", "DO"))
            || has_word(line, concat!("FIX", "ME"))
            || has_word(&line.to_lowercase(), concat!("for ", "now"))
    })
}

fn check_tauri_import(path: &str, text: &str) -> Vec<String> {
    let knows_tauri = ["ui/src/host/tauri.ts", "ui/src/host/tauri.test.ts"].contains(&path);
    if !path.starts_with("ui/src/") || knows_tauri {
        return Vec::new();
    }
    findings(path, text, "only host/tauri.ts may know Tauri", |line| {
        ["'@tauri-apps/", "\"@tauri-apps/", "`@tauri-apps/"].iter().any(|name| line.contains(name))
    })
}

#[cfg(test)]
mod tests;
