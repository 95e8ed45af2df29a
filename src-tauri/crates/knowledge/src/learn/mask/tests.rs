//! What goes and what stays.

use super::*;

fn check_mask(text: &str, expected: &str) {
    assert_eq!(mask(text), expected, "{text:?}");
}

#[test]
fn what_names_a_person_is_taken_out() {
    check_mask("Where is order #10423?", "Where is order [number]?");
    check_mask("where is HX-104233, please", "where is [number], please");
    check_mask("order 2024 is late", "order [number] is late");
    check_mask("write to ann.lee@example.org!", "write to [e-mail]!");
    check_mask("call me on 01632 960140.", "call me on [phone].");
    check_mask("call +441632960140 or (01632) 960 140", "call [phone] or [phone]");
    check_mask("card 4111 1111 1111 1111", "card [phone]");
    check_mask("card 4111-1111-1111-1111.", "card [number].");
}

#[test]
fn what_was_asked_about_stays() {
    check_mask("Are you open on 24 December 2026?", "Are you open on 24 December 2026?");
    check_mask("Is it £1200 or 1,500 €?", "Is it £1200 or 1,500 €?");
    check_mask("open at 10:30?", "open at 10:30?");
    check_mask("Do you have the X200 in size 42?", "Do you have the X200 in size 42?");
    check_mask("今天天气怎么样？", "今天天气怎么样？");
    check_mask("", "");
}

#[test]
fn accounts_and_addresses_are_taken_out() {
    check_mask("my IBAN is DE89 3704 0044 0532 0130 00.", "my IBAN is [account].");
    check_mask("gb29nwbk60161331926819", "[account]");
    check_mask("DE88 3704 0044 0532 0130 00", "DE88 [phone]");
    check_mask("send it to Hauptstraße 12a, 10115 Berlin", "send it to [address], [number] Berlin");
    check_mask("I live at 12 Long Mill Road, Leeds", "I live at [address], Leeds");
    check_mask("12 rue de la Paix", "[address]");
    check_mask("my postcode is SW1A 1AA?", "my postcode is [address]?");
    check_mask("is LS14AP near you", "is [address] near you");
}

#[test]
fn what_only_looks_like_an_address_stays() {
    check_mask("Is it 3 minutes by road?", "Is it 3 minutes by road?");
    check_mask("Where is Harbour Street?", "Where is Harbour Street?");
    check_mask("Which way 2 go?", "Which way 2 go?");
    check_mask("In welchem Weg?", "In welchem Weg?");
    check_mask("Are 2 A4 pages OK?", "Are 2 A4 pages OK?");
    check_mask("ab", "ab");
}

#[test]
fn lines_stay_lines() {
    assert_eq!(
        mask_lines("Write to a@b.example\nor call 0163 4711 000"),
        "Write to [e-mail]\nor call [phone]"
    );
    assert_eq!(mask_lines(""), "");
}

#[test]
fn a_caller_hears_what_is_taken_out() {
    let mut heard = Vec::new();
    let text = "Order #10423, call (01632) 960 140.\nOr a@b.example?";
    let masked = mask_lines_with(text, &mut |words, mask| {
        heard.push(format!("{words}={mask}"));
        format!("<{}>", heard.len())
    });
    assert_eq!(masked, "Order <1>, call <2>.\nOr <3>?");
    assert_eq!(heard, ["10423=[number]", "(01632) 960 140=[phone]", "a@b.example=[e-mail]"]);
}
