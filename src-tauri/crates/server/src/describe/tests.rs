//! The description holds together.

use commands::wire::VisitorCommand;

use super::*;

/// Every `$ref` below a value.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_route_is_described() {
    let document = document(Doors::Everybody);
    for route in ROUTES {
        let operation = &document["paths"][route.path][route.method];
        assert!(
            operation["summary"].as_str().is_some_and(|text| text.ends_with('.')),
            "{}",
            route.path
        );
        assert!(operation["responses"]["200"].is_object(), "{}", route.path);
        assert_eq!(operation["requestBody"].is_object(), route.method == "post", "{}", route.path);
        let is_open = operation["security"].as_array().unwrap().is_empty();
        assert_eq!(is_open, route.who == Who::Anyone, "{}", route.path);
    }
    let described: usize =
        document["paths"].as_object().unwrap().values().map(|p| p.as_object().unwrap().len()).sum();
    assert_eq!(described, ROUTES.len(), "each route once, and nothing else");
}

#[test]
fn every_schema_resolves() {
    let document = document(Doors::Everybody);
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 10, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in ["ChatRequest", "ChatCompletion", "ChatChunk", "EmbeddingList", "Failure"] {
        assert!(schemas.contains_key(name), "{name}");
    }
    let required = &schemas["ChatRequest"]["required"];
    assert_eq!(required, &json!(["model", "messages"]), "everything else may be left out");
}

#[test]
fn visitors_commands_are_those_there_are() {
    for name in VISITOR_COMMANDS {
        let read = serde_json::from_value::<VisitorCommand>(json!({"do": name}));
        let unknown = read.is_err_and(|error| error.to_string().contains("unknown variant"));
        assert!(!unknown, "{name}");
    }
}
