//! Which packages of a lock file are in the pages.

use super::notices;

#[test]
fn what_runs_is_listed_and_what_builds_is_not() {
    let lock = r#"{"packages": {
        "": {"name": "ui"},
        "node_modules/@tauri-apps/api": {"version": "2.1.0", "license": "Apache-2.0 OR MIT"},
        "node_modules/@fontsource/noto": {"version": "5.0.0", "license": "OFL-1.1", "dev": true},
        "node_modules/vite": {"version": "8.0.0", "license": "MIT", "dev": true},
        "node_modules/svelte": {"version": "5.0.0", "license": "MIT", "dev": true},
        "node_modules/a/node_modules/b": {"version": "1.0.0"}
    }}"#;
    let mut found: Vec<String> = notices(lock)
        .unwrap()
        .iter()
        .map(|notice| format!("{} {} {}", notice.name, notice.version, notice.licence))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "@fontsource/noto 5.0.0 OFL-1.1",
            "@tauri-apps/api 2.1.0 Apache-2.0 OR MIT",
            "b 1.0.0 ",
            "svelte 5.0.0 MIT"
        ]
    );
    assert!(notices("{}").is_err());
}
