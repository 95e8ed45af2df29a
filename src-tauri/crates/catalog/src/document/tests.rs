//! The bundled catalogue is right, and every rule can fail.

use serde_json::{Value, json};

use super::{BUNDLED, Catalog, Purpose};
use crate::{CatalogError, licences};

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
    check_wrong("/models/0/from", Value::Null, chat, "url");
    check_wrong("/models/0/size", json!("computed"), chat, "size");
    check_wrong("/models/0/size", json!("roughly"), chat, "size");
    check_wrong("/models/0/summary", json!(" "), chat, "summary");
    check_wrong("/models/0/summary", json!("two\nlines"), chat, "summary");
    check_wrong("/models/0/rank", json!(0), chat, "rank");
    check_wrong("/models/0/offered", json!("yes"), chat, "offered");
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

/// Where the first model is that no package carries.
fn downloaded() -> (usize, String) {
    let catalog = Catalog::bundled();
    let index = catalog.models.iter().position(|entry| entry.origin.is_none()).unwrap();
    (index, catalog.models[index].id.clone())
}

#[track_caller]
fn check_wrong_download(pointer: &str, value: Value, field: &str) {
    let (index, id) = downloaded();
    check_wrong(&format!("/models/{index}/{pointer}"), value, &id, field);
}

#[test]
fn an_unknown_field_is_refused() {
    check_wrong_download("colour", json!("red"), "colour");
    check_wrong_download("shape/colour", json!("red"), "shape.colour");
}

#[test]
fn an_id_a_file_or_a_rank_is_used_once() {
    let first = Catalog::bundled().models[0].clone();
    let (index, _) = downloaded();
    let twice = changed(&format!("/models/{index}/id"), json!(first.id)).unwrap_err();
    assert!(twice.to_string().contains("smollm2-135m-instruct, field id: used twice"), "{twice}");
    check_wrong_download("file", json!(first.file), "file");
    check_wrong_download("rank", json!(first.rank), "rank");
}

#[test]
fn only_licences_whose_text_is_shipped_are_offered() {
    for licence in ["", " ", "Unknown", "apache 2", "llama3.1", "gemma", "GPL-3.0", "unknown"] {
        check_wrong_download("licence", json!(licence), "licence");
    }
    for entry in Catalog::bundled().models {
        let text = licences::text(&entry.licence).unwrap();
        assert!(text.len() > 1000 && text.is_ascii(), "{}", entry.licence);
    }
}

#[test]
fn a_licence_for_research_only_is_refused() {
    let (index, _) = downloaded();
    for licence in ["qwen-research", "CC-BY-NC-4.0", "mnpl-non-commercial", "Research only"] {
        let refused = changed(&format!("/models/{index}/licence"), json!(licence)).unwrap_err();
        assert!(refused.to_string().contains("allows no use in a business"), "{refused}");
    }
}

#[test]
fn a_download_has_a_safe_address() {
    for url in [
        "http://models.example/model.gguf",
        "ftp://models.example/model.gguf",
        "https://",
        "https://models.example",
        "https://models.example/",
        "https:///model.gguf",
        "https://localhost/model.gguf",
        "https://user:secret@models.example/model.gguf",
        "https://models.example:8443/model.gguf",
        "https://models.example/a model.gguf",
        "https://models.example/\u{e9}.gguf",
        "/models/model.gguf",
        "",
    ] {
        check_wrong_download("url", json!(url), "url");
    }
    check_wrong_download("url", Value::Null, "url");
    let (index, _) = downloaded();
    let good = json!("https://models.example/resolve/main/model.gguf");
    assert!(changed(&format!("/models/{index}/url"), good).is_ok());
}

#[test]
fn a_hash_is_64_lower_case_digits() {
    let good = "0123456789abcdef".repeat(4);
    let long = format!("{good}0");
    for hash in ["", "AB", &good[1..], &long, &good.to_uppercase(), &good.replace('f', "g")] {
        check_wrong_download("sha256", json!(hash), "sha256");
    }
    check_wrong_download("sha256", Value::Null, "sha256");
}

#[test]
fn missing_figures_are_named() {
    for figure in [
        "weights_bytes",
        "lookup_bytes",
        "parameters",
        "active_parameters",
        "active_bytes",
        "layers",
        "kv_numbers",
        "vocabulary",
        "width",
        "feed_forward",
        "heads",
        "head_numbers",
        "context_tokens",
    ] {
        let field = format!("shape.{figure}");
        check_wrong_download(&format!("shape/{figure}"), Value::Null, &field);
    }
    for field in ["shape", "size", "size_bytes", "rank", "summary", "licence", "context_tokens"] {
        check_wrong_download(field, Value::Null, field);
    }
}

#[test]
fn figures_that_no_model_has_are_named() {
    let huge = json!(1u64 << 50);
    for (figure, value) in [
        ("weights_bytes", json!(0)),
        ("weights_bytes", huge.clone()),
        ("weights_bytes", json!(-1)),
        ("lookup_bytes", huge.clone()),
        ("active_bytes", json!(0)),
        ("active_bytes", huge.clone()),
        ("active_parameters", json!(0)),
        ("active_parameters", huge.clone()),
        ("layers", json!(0)),
        ("kv_numbers", json!(0)),
        ("vocabulary", json!(0)),
        ("width", json!(0)),
        ("feed_forward", json!(0)),
        ("heads", json!(0)),
        ("head_numbers", json!(1.5)),
        ("window_tokens", json!(512)),
        ("context_tokens", json!(1)),
    ] {
        check_wrong_download(&format!("shape/{figure}"), value, &format!("shape.{figure}"));
    }
}

#[test]
fn there_is_a_choice_for_every_class_of_computers() {
    let catalog = Catalog::bundled();
    let chat: Vec<_> = catalog.for_purpose(Purpose::Chat).collect();
    assert!(chat.len() >= 16, "{}", chat.len());
    assert!(chat.iter().filter(|entry| entry.size_exact).count() >= 15);
    let offered = chat.iter().filter(|entry| entry.offered).count();
    assert!(offered >= 12, "{offered}");
    // What cannot forget an end, or thinks all the time, is for those who know what they do.
    for entry in &chat {
        let has_reason = !entry.notes.is_empty();
        assert!(entry.shape.can_forget_an_end() || !entry.offered && has_reason, "{}", entry.id);
    }
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
