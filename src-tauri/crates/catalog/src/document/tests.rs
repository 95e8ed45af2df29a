//! The bundled catalogue is right, and every rule can fail.

use serde_json::{Value, json};

use super::{BUNDLED, Catalog, Purpose};
use crate::CatalogError;

#[test]
fn the_bundled_catalogue_is_right() {
    let catalog = Catalog::parse(BUNDLED).unwrap();
    let embedders: Vec<&str> =
        catalog.for_purpose(Purpose::Embedding).map(|entry| entry.id.as_str()).collect();
    assert_eq!(embedders, ["all-minilm-l6-v2", "multilingual-e5-small"]);
    assert!(catalog.find("multilingual-e5-small").unwrap().languages.len() > 80);
    assert!(catalog.find("nothing").is_none());
    let chat = catalog.for_purpose(Purpose::Chat).next().unwrap();
    let conversion = chat.conversion.as_ref().unwrap();
    assert_ne!(conversion.member_sha256, chat.sha256, "the original's hash is kept beside ours");
}

/// Puts `value` at `pointer` of the bundled document (`null` removes) and reads it.
fn changed(pointer: &str, value: Value) -> Result<Catalog, CatalogError> {
    let mut document: Value = serde_json::from_str(BUNDLED).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(map) if value.is_null() => drop(map.remove(key)),
        Value::Object(map) => drop(map.insert(key.into(), value)),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{parent} has no members"),
    }
    Catalog::parse(&document.to_string())
}

#[track_caller]
fn check_wrong(pointer: &str, value: Value, entry: &str, field: &str) {
    match changed(pointer, value) {
        Err(CatalogError::Entry { entry: e, field: f, .. }) => {
            assert_eq!((e.as_str(), f.as_str()), (entry, field));
        }
        other => panic!("{pointer}: {other:?}"),
    }
}

#[test]
fn an_error_names_the_entry_and_the_field() {
    let chat = "smollm2-135m-instruct";
    let english = "all-minilm-l6-v2";
    check_wrong("/models/0/id", json!(7), "models[0]", "id");
    check_wrong("/models/0/id", Value::Null, "models[0]", "id");
    check_wrong("/models/0/id", json!("../x"), "../x", "id");
    check_wrong("/models/1/id", json!(chat), chat, "id");
    check_wrong("/models/0/sha256", Value::Null, chat, "sha256");
    check_wrong("/models/0/sha256", json!("AB"), chat, "sha256");
    check_wrong("/models/0/size_bytes", json!("1"), chat, "size_bytes");
    check_wrong("/models/0/size_bytes", json!(0), chat, "size_bytes");
    check_wrong("/models/0/file", json!("a/b.gguf"), chat, "file");
    check_wrong("/models/0/file", json!("model.bin"), chat, "file");
    check_wrong("/models/0/licence", json!(" "), chat, "licence");
    check_wrong("/models/0/purpose", json!("reranking"), chat, "purpose");
    check_wrong("/models/0/colour", json!("red"), chat, "colour");
    check_wrong("/models/0/from/wheel_sha256", json!(""), chat, "from.wheel_sha256");
    check_wrong("/models/0/from/member", Value::Null, chat, "from.member");
    check_wrong("/models/0/converted", json!(false), chat, "conversion");
    let member = "conversion.member_sha256";
    check_wrong("/models/0/conversion/member_sha256", json!("AB"), chat, member);
    check_wrong("/models/0/conversion/tensors", Value::Null, chat, "conversion.tensors");
    check_wrong("/models/0/languages", json!([]), chat, "languages");
    check_wrong("/models/1/embedding", Value::Null, english, "embedding");
    check_wrong("/models/1/purpose", json!("chat"), english, "embedding");
    check_wrong("/models/1/embedding/pooling", json!("max"), english, "embedding.pooling");
    let tokens = "embedding.max_input_tokens";
    check_wrong("/models/1/embedding/max_input_tokens", json!(513), english, tokens);
    let (r, answer) = ("embedding.calibration.r", "embedding.calibration.t_answer");
    check_wrong("/models/1/embedding/calibration/r", json!(0.0), english, r);
    check_wrong("/models/1/embedding/calibration/t_answer", json!(0.33), english, answer);
    check_wrong("/models/1/embedding/calibration/t_answer", Value::Null, english, answer);
}

#[test]
fn a_limit_itself_is_allowed() {
    assert!(changed("/models/1/embedding/max_input_tokens", json!(512)).is_ok());
    assert!(changed("/models/1/embedding/calibration/r", json!(2.0)).is_ok());
}

#[test]
fn the_document_itself_is_checked() {
    for text in ["", "[]", "{\"version\":1}", "{\"version\":1,\"models\":[]}"] {
        assert!(matches!(Catalog::parse(text), Err(CatalogError::Syntax { .. })), "{text}");
    }
    let none = "{\"version\":2,\"models\":[]}";
    assert!(Catalog::parse(none).unwrap_err().to_string().contains("no model is for chat"));
}
