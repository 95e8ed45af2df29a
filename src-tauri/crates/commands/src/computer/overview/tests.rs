//! What is read out of an address.

use super::host;

#[test]
fn the_server_of_an_address_is_named() {
    let check = |url: &str, expected: &str| assert_eq!(host(url), expected);
    check("https://models.example/a/b.gguf", "models.example");
    check("https://models.example", "models.example");
    check("models.example/x", "models.example");
    check("", "");
}
