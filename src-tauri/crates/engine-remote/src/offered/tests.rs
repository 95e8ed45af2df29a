//! Lists of real servers.

use super::*;

fn check_read(body: &str, models: &[&str], product: Product) {
    let offered = read(body.as_bytes(), "127.0.0.1").unwrap();
    assert_eq!(
        (offered.models, offered.product),
        (models.iter().map(|m| (*m).into()).collect(), product)
    );
}

#[test]
fn lists_are_read_as_servers_write_them() {
    check_read(
        r#"{"models":[{"name":"a"}],"object":"list","data":[{"id":"smollm2.gguf","object":"model","owned_by":"llamacpp"}]}"#,
        &["smollm2.gguf"],
        Product::LlamaServer,
    );
    check_read(
        r#"{"data":[{"id":"models/gemini-3-flash","owned_by":"google"}]}"#,
        &["gemini-3-flash"],
        Product::Other,
    );
    check_read(r#"[{"id":"a"},{"id":"b"}]"#, &["a", "b"], Product::Other);
    check_read(
        r#"{"data":[{"id":""},{"id":"a\u0000b"},{"name":"c"},{"id":7}]}"#,
        &[],
        Product::Other,
    );
    for no_list in ["", "{}", "<html>", "{\"data\":{}}", "7"] {
        assert_eq!(read(no_list.as_bytes(), "h"), None, "{no_list:?}");
    }
}

#[test]
fn without_a_wish_the_first_model_is_taken_and_of_a_node_the_bare_one() {
    let offered = |models: &[&str], product| Offered {
        models: models.iter().map(|model| (*model).into()).collect(),
        product,
    };
    let choose = |offered: Offered, wanted: &str| offered.choose(wanted, "h");
    assert_eq!(choose(offered(&["a", "b"], Product::Other), ""), Ok("a".into()));
    assert_eq!(choose(offered(&["a", "b"], Product::Other), "c"), Ok("c".into()));
    assert_eq!(
        choose(offered(&["frontdesk", "frontdesk-raw"], Product::Frontdesk), ""),
        Ok("frontdesk-raw".into())
    );
    let none = choose(offered(&[], Product::Other), "").unwrap_err();
    assert_eq!(none.to_string(), "h offers no model \"\"; it has none that it tells");
    let many = offered(&["a", "b", "c", "d", "e", "f"], Product::Other).no_model("x", "h");
    assert!(many.to_string().ends_with("it has a, b, c, d, e and others"), "{many}");
}
