//! What makes a build of the pages stale.

use std::fs;

use super::sources_hash;

#[test]
fn sources_count_and_products_do_not() {
    let ui = std::env::temp_dir().join(format!("frontdesk-xtask-ui-{}", std::process::id()));
    fs::create_dir_all(ui.join("src/chat")).unwrap();
    fs::create_dir_all(ui.join("dist")).unwrap();
    let change = |name: &str, text: &str| {
        let before = sources_hash(&ui).unwrap();
        fs::write(ui.join(name), text).unwrap();
        sources_hash(&ui).unwrap() != before
    };
    assert!(change("index.html", "a"));
    assert!(!change("index.html", "a"));
    assert!(change("src/chat/Answer.svelte", "a"));
    assert!(change("src/chat/Answer.svelte", "b"));
    assert!(!change("dist/index.html", "a"));
    assert!(!change("notes.md", "a"));
    fs::remove_dir_all(ui).unwrap();
}
