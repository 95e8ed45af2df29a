//! Which stages run, and the last line.

use serde_json::json;

use super::{parse, summary, test_targets};

#[test]
fn stages_by_name_in_our_order() {
    let check = |names: &[&str], expected: &str| {
        let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        let found = match parse(&names) {
            Ok(stages) => stages.iter().map(|stage| stage.name).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected);
    };
    check(&[], "fmt lint tidy deny unit ui models e2e nodes clients torture");
    check(&["unit"], "unit");
    check(&["e2e", "fmt"], "fmt e2e");
    check(&["peers", "unit"], "unit peers");
    check(
        &["fmt", "unti"],
        "there is no stage `unti`; stages are: fmt lint tidy deny unit ui models e2e nodes clients torture peers",
    );
}

#[test]
fn the_last_line() {
    assert_eq!(summary(7, None, 7), "7 passed, 0 failed");
    assert_eq!(summary(3, Some("unit"), 7), "3 passed, 1 failed: unit; 3 not run");
}

#[test]
fn integration_tests_of_some_packages() {
    let target = |name: &str, kind: &str| json!({"name": name, "kind": [kind]});
    let metadata = json!({"packages": [
        {"name": "engine-llama", "targets": [target("it", "test"), target("main", "bin")]},
        {"name": "frontdesk", "targets": [target("it", "test")]},
        {"name": "store", "targets": [target("other", "test")]},
    ]});
    assert_eq!(test_targets(&metadata), ["it".to_string()].into());
}
