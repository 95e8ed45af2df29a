//! The visitors' window may send `visit` and nothing else; the pages' policy is closed.

use std::fs;
use std::path::PathBuf;

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The entries of a list in a JSON file.
fn list(json: &str, name: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(json).expect("valid JSON");
    let items = value[name].as_array().expect("a list").iter();
    items.map(|item| item.as_str().expect("a text").to_string()).collect()
}

#[test]
fn windows_may_send_only_their_own_commands() {
    let kiosk = read("src-tauri/capabilities/kiosk.json");
    assert_eq!(list(&kiosk, "permissions"), ["allow-visit"]);
    assert_eq!(list(&kiosk, "windows"), ["kiosk"]);
    let staff = read("src-tauri/capabilities/staff.json");
    assert_eq!(list(&staff, "permissions"), ["allow-visit", "allow-manage"]);
    assert_eq!(list(&staff, "windows"), ["staff"]);
}

#[test]
fn windows_may_send_only_their_own_commands_and_each_is_declared() {
    // Without a permission file Tauri would let every page send every command.
    let permissions = read("src-tauri/permissions/surfaces.toml");
    let handler = read("src-tauri/src/lib.rs");
    assert!(handler.contains("generate_handler![ipc::visit, ipc::manage]"));
    for command in ["visit", "manage"] {
        assert!(permissions.contains(&format!("commands.allow = [\"{command}\"]")), "{command}");
    }
}

#[test]
fn windows_may_send_only_their_own_commands_to_nobody_else() {
    let config: serde_json::Value =
        serde_json::from_str(&read("tauri.conf.json")).expect("valid JSON");
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(security["csp"]["default-src"], "'none'");
    assert_eq!(security["csp"]["connect-src"], "ipc: http://ipc.localhost");
    for (name, value) in security["csp"].as_object().expect("a policy") {
        let value = value.as_str().expect("a text");
        assert!(!value.contains("unsafe") && !value.contains('*'), "{name} {value}");
    }
}
