//! Requests for vectors, and how vectors are packed.

use serde_json::json;

use super::*;

fn asked(fields: Value) -> Result<Wanted, Refusal> {
    let mut body = json!({"model": "frontdesk", "input": "Boots"});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    check(read(body.to_string().as_bytes())?)
}

#[test]
fn what_cannot_become_a_vector_is_refused_by_name() {
    let check = |fields: Value, status: u16, param: &str| {
        let refusal = asked(fields.clone()).unwrap_err();
        assert_eq!(refusal.status, status, "{fields}");
        assert_eq!(refusal.failed.param.as_deref(), Some(param), "{fields}");
    };
    check(json!({"model": "text-embedding-3-small"}), 404, "model");
    check(json!({"input": []}), 400, "input");
    check(json!({"input": ["a", " "]}), 400, "input[1]");
    check(json!({"input": ""}), 400, "input[0]");
    check(json!({"input": [1, 2, 3]}), 400, "input");
    check(json!({"input": [[1, 2], [3]]}), 400, "input");
    check(json!({"input": {"text": "a"}}), 400, "input");
    check(json!({"input": vec!["a"; 513]}), 400, "input");
    check(json!({"encoding_format": "int8"}), 400, "encoding_format");
    check(json!({"input_type": "image"}), 400, "input_type");
    check(json!({"dimensions": 0}), 400, "dimensions");
    let tokens = asked(json!({"input": [1, 2]})).unwrap_err().failed.message;
    assert!(tokens.contains("check_embedding_ctx_length"), "{tokens}");
}

#[test]
fn texts_keep_their_order_and_side() {
    let wanted = asked(json!({"input": ["a", "b"], "encoding_format": "base64"})).unwrap();
    assert_eq!(wanted.texts, ["a", "b"]);
    assert!(wanted.in_base64);
    assert_eq!(wanted.side, TextSide::Passage);
    assert_eq!(asked(json!({"input_type": "query"})).unwrap().side, TextSide::Query);
}

#[test]
fn base64_is_little_endian() {
    assert_eq!(packed(&[1.0, -2.0]), "AACAPwAAAMA=");
}
