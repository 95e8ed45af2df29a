//! What becomes of schemas.

use serde_json::json;

use super::*;

/// The rules that a schema adds to the common ones.
fn rules(schema: &Value) -> String {
    let grammar = of_schema(schema).unwrap();
    let (root, rest) = grammar.split_once('\n').unwrap();
    format!("{root}\n{}", rest.strip_prefix(COMMON).unwrap())
}

fn check(schema: Value, expected: &[&str]) {
    assert_eq!(rules(&schema).lines().collect::<Vec<_>>(), expected, "{schema}");
}

#[test]
fn schemas_become_rules() {
    check(json!({"type": "string"}), &["root ::= string"]);
    check(json!({}), &["root ::= value"]);
    check(json!(true), &["root ::= value"]);
    check(json!({"type": "object"}), &["root ::= object"]);
    check(
        json!({"enum": ["a", "say \"b\"", 3]}),
        &["root ::= part-0", r#"part-0 ::= "\"a\"" | "\"say \\\"b\\\"\"" | "3""#],
    );
    check(
        json!({"type": ["string", "null"], "description": "a name"}),
        &["root ::= part-0", "part-0 ::= string | null"],
    );
    check(
        json!({"type": "array", "items": {"type": "integer"}}),
        &["root ::= part-0", r#"part-0 ::= "[" ws (integer (ws "," ws integer)*)? ws "]""#],
    );
    check(
        json!({
            "type": "object",
            "properties": {"a": {"type": "boolean"}, "b": {"$ref": "#/$defs/B"}},
            "required": ["a"],
            "additionalProperties": false,
            "$defs": {"B": {"type": "number"}},
        }),
        &[
            "root ::= part-1",
            "def-0 ::= number",
            r#"part-1 ::= "{" ws "\"a\"" ws ":" ws boolean ws "," ws "\"b\"" ws ":" ws def-0 ws "}""#,
        ],
    );
}

#[test]
fn what_is_not_understood_is_named() {
    let check = |schema: Value, says: &str| {
        let refused = of_schema(&schema).unwrap_err();
        assert!(refused.contains(says), "{schema}: {refused}");
    };
    check(json!({"type": "string", "pattern": "^a+$"}), "\"pattern\"");
    check(json!({"type": "integer", "minimum": 3}), "\"minimum\"");
    check(json!({"type": "king"}), "\"king\"");
    check(json!({"$ref": "#/nowhere"}), "\"#/nowhere\"");
    check(json!({"anyOf": []}), "`anyOf` is empty");
    check(json!({"enum": []}), "`enum` is empty");
    check(json!(7), "A schema is an object");
    check(json!({"type": "object", "properties": {}, "required": ["a"]}), "\"a\"");
    let deep =
        (0..40).fold(json!({"type": "null"}), |inner, _| json!({"type": "array", "items": inner}));
    check(deep, "too large");
    let wide: Map<String, Value> =
        (0..900).map(|n| (format!("field{n}"), json!({"type": "string"}))).collect();
    check(json!({"type": "object", "properties": wide}), "too large");
}
