//! Only what is linked is listed.

use serde_json::json;

use super::read;

#[test]
fn what_is_linked_and_not_ours() {
    let package = |name: &str, source: Option<&str>| {
        json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source,
            "authors": ["A. Person <a@example.org>"], "repository": "https://example.org"})
    };
    let edge = |to: &str, kind: Option<&str>| json!({"pkg": to, "dep_kinds": [{"kind": kind}]});
    let metadata = json!({
        "packages": [
            package("node", None), package("store", None), package("linked", Some("r")),
            package("inner", Some("r")), package("builder", Some("r")), package("tester", Some("r")),
            package("elsewhere", Some("r")),
        ],
        "resolve": {"nodes": [
            {"id": "node", "deps": [edge("store", None), edge("tester", Some("dev"))]},
            {"id": "store", "deps": [edge("linked", None), edge("builder", Some("build"))]},
            {"id": "linked", "deps": [edge("inner", None)]},
            {"id": "elsewhere", "deps": []},
        ]},
    });
    let found = read(&metadata).unwrap();
    let names: Vec<&str> = found.iter().map(|notice| notice.name.as_str()).collect();
    assert_eq!(names, ["inner", "linked"]);
    assert_eq!(found[0].from, "A. Person; https://example.org");
}
