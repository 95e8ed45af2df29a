//! The bundled document, and documents with one thing wrong.

use serde_json::{Value, json};

use super::Prices;

const BUNDLED: &str = include_str!("../../data/prices.json");

fn check_refused(change: impl FnOnce(&mut Value), named: &str) {
    let mut document: Value = serde_json::from_str(BUNDLED).unwrap();
    change(&mut document);
    let error = Prices::parse(&document.to_string()).unwrap_err().to_string();
    assert!(error.contains(named), "{error} does not name {named}");
}

#[test]
fn the_bundled_prices_are_read() {
    let prices = Prices::bundled();
    assert!(prices.machines.len() >= 8 && prices.claims.len() >= 12);
    assert!(prices.seed_prices.len() >= 9);
}

#[test]
fn what_is_wrong_is_named() {
    check_refused(|it| it["as_of"] = json!(5), "as_of");
    check_refused(|it| it["colour"] = json!("red"), "colour");
    check_refused(|it| it["machines"][0]["prefill_per_second"] = json!(0), "vm2.prefill");
    check_refused(|it| it["machines"][1]["id"] = json!("vm2"), "used twice");
    check_refused(|it| it["machines"][4]["usd_per_hour"] = json!(-1), "cpu24.usd_per_hour");
    check_refused(|it| it["machines"][0]["slots"] = json!(0), "vm2.slots");
    check_refused(|it| it["claims"][0]["check"]["machine"] = json!("moon"), "claims.0");
    check_refused(|it| it["rented_hours_per_month"] = json!(0), "hours per month");
    let error = Prices::parse("{").unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}
