//! Every rule, kept and broken.

use super::check;

#[track_caller]
fn check_finds(path: &str, text: &str, expected: &[&str]) {
    let found = check(path, text);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (finding, start) in found.iter().zip(expected) {
        assert!(finding.starts_with(&format!("{path}{start}")), "{finding}");
    }
}

const LIB: &str = "src-tauri/crates/store/src/lib.rs";

#[test]
fn every_rust_file_says_what_it_is() {
    check_finds(LIB, "//! Rows.\n", &[]);
    check_finds(LIB, "", &[":1: the first line"]);
    check_finds(LIB, "// Rows.\n", &[":1: the first line"]);
    check_finds("ui/src/app.ts", "", &[]);
}

#[test]
fn unwrap_is_for_tests() {
    let text = "//! A.\nlet a = b.unwrap();\n";
    check_finds(LIB, text, &[":2: say with"]);
    check_finds(LIB, "//! A.\n// b.unwrap() would hide it.\nb.unwrap_or(1);\n", &[]);
    let inside = format!("//! A.\n#[cfg(test)]\nmod tests {{\n{text}}}\n");
    check_finds(LIB, &inside, &[]);
    let after = format!("//! A.\n#[cfg(test)]\nmod tests;\n{text}");
    check_finds(LIB, &after, &[":5: say with"]);
    check_finds("src-tauri/crates/store/src/rows/tests.rs", text, &[]);
    check_finds("src-tauri/tests/it/main.rs", text, &[]);
    check_finds("src-tauri/crates/testkit/src/lib.rs", text, &[]);
}

#[test]
fn long_files_are_found() {
    let lines = |count: usize| format!("//! A.\n{}", "\n".repeat(count - 1));
    check_finds(LIB, &lines(400), &[]);
    check_finds(LIB, &lines(401), &[": 401 lines"]);
    check_finds("src-tauri/crates/store/src/rows/tests.rs", &lines(401), &[]);
    check_finds("ui/src/views/Chat.svelte", &lines(401), &[": 401 lines"]);
    check_finds("ui/src/views/chat.test.ts", &lines(401), &[]);
    check_finds("ui/src/bindings/wire.ts", &lines(401), &[]);
    check_finds("docs/decisions.md", &lines(401), &[]);
}

#[test]
fn unsafe_has_one_place() {
    let text = "//! A.\nlet a = unsafe { b() };\n";
    check_finds(LIB, text, &[":2: only engine-llama"]);
    check_finds("src-tauri/crates/engine-llama/src/main.rs", text, &[]);
    check_finds(LIB, "//! A.\n#![forbid(unsafe_code)]\n// unsafe\n", &[]);
}

#[test]
fn leftovers_are_found() {
    // Written apart, so that this file does not find itself.
    check_finds(LIB, concat!("//! A.\n// TO", "DO: rows\n"), &[":2: finish"]);
    let text = concat!("// FIX", "ME\n\n// Good enough for ", "now.\n");
    check_finds("ui/src/app.ts", text, &[":1:", ":3:"]);
    check_finds(LIB, "//! A.\nconst TODOS: u8 = 1;\n// A place for nowhere.\n", &[]);
    check_finds("docs/style.md", concat!("no TO", "DO\n"), &[]);
}

#[test]
fn one_file_knows_tauri() {
    let text = "import { invoke } from '@tauri-apps/api/core';\n";
    check_finds("ui/src/host/tauri.ts", text, &[]);
    check_finds("ui/src/views/chat.ts", text, &[":1: only host"]);
    check_finds("ui/src/views/Chat.svelte", "await import(\"@tauri-apps/api\")", &[":1: only"]);
    check_finds("ui/package.json", "\"@tauri-apps/api\": \"2\"", &[]);
}
