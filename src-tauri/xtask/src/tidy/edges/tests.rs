//! Edges that may be, and edges that must not.

use serde_json::json;

use super::{check, check_edge};

#[test]
fn edges() {
    let check = |from: &str, to: &str, for_tests: bool, expected: bool| {
        assert_eq!(check_edge(from, to, for_tests).is_none(), expected, "{from} to {to}");
    };
    check("frontdesk", "tauri", false, true);
    check("frontdesk", "tauri-plugin-dialog", false, true);
    check("node", "tauri-plugin-dialog", false, false);
    check("testkit", "tauri", true, false);
    check("store", "rusqlite", false, true);
    check("knowledge", "rusqlite", true, false);
    check("engine", "llama-cpp-2", false, false);
    check("commands", "axum", false, false);
    check("server", "axum", false, true);
    check("node", "axum", false, false);
    check("assistant", "reqwest", false, false);
    check("assistant", "serde", false, true);

    check("commands", "assistant", false, true);
    check("assistant", "commands", false, false);
    check("store", "engine", false, false);
    check("store", "engine", true, true);
    check("engine-llama", "sandbox", false, true);
    check("engine", "sandbox", false, false);
    check("sandbox", "engine", false, false);
    check("hardware", "catalog", false, false);
    check("frontdesk", "assistant", false, false);
    check("node", "testkit", false, false);
    check("node", "server", false, true);
    check("frontdesk", "server", false, true);
    check("commands", "server", false, false);
    check("node", "testkit", true, true);
    check("xtask", "catalog", false, false);
}

#[test]
fn whole_metadata() {
    let metadata = json!({"packages": [
        {"name": "engine", "dependencies": [{"name": "store", "kind": null}]},
        {"name": "engine", "dependencies": [{"name": "testkit", "kind": "dev"}]},
        {"name": "newcomer", "dependencies": []},
    ]});
    assert_eq!(
        check(&metadata),
        ["engine must not use store", "newcomer: not in the table of who may use whom"]
    );
}
