//! Utterances with and without order numbers.

use super::*;

fn shop() -> Masks {
    Masks::learn(["HO-104106", "HO-104107", "HO-204107"].into_iter())
}

fn check(masks: &Masks, text: &str, expected: &[&str]) {
    let found: Vec<String> =
        detect(text, masks).into_iter().map(|found| found.key.full().to_owned()).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn numbers_beside_a_word_about_orders() {
    let none = Masks::default();
    check(&none, "where is my order 370795561790?", &["370795561790"]);
    check(&none, "cancel purhase 00123842", &["00123842"]);
    check(&none, "help with roder 113542617735902 please", &["113542617735902"]);
    check(&none, "cancelling order732201349959", &["732201349959"]);
    check(&none, "help me cancelingpurchase 113542617735902", &["113542617735902"]);
    check(&none, "I try to locate ODER113542617735902", &["113542617735902"]);
    check(&none, "order no. 12 345 678 has not come", &["12345678"]);
    check(&none, "order #12-3456", &["123456"]);
    check(&none, "Wo ist meine Bestellung AB-12345?", &["AB12345"]);
    check(&none, "commande n° 998877", &["998877"]);
    check(&none, "mi pedido 445566", &["445566"]);
    check(&none, "أين طلبي ١٠٤١٠٦", &["104106"]);
    check(&none, "order １０４１０６", &["104106"]);
}

#[test]
fn the_shops_own_shape_needs_no_word() {
    let shop = shop();
    check(&shop, "HO-104106", &["HO104106"]);
    check(&shop, "ho104106 where is it", &["HO104106"]);
    check(&shop, "it is HO 104106 thanks", &["HO104106"]);
    check(&shop, "orderHO104106", &["HO104106"]);
    check(&shop, "HO-104106 and HO-104107", &["HO104106", "HO104107"]);
    check(&shop, "my order is 104106", &["104106"]);
    check(&shop, "XX-104106", &[]);
    check(&shop, "104106", &[]);
}

#[test]
fn other_numbers_are_left_alone() {
    for masks in [Masks::default(), shop()] {
        for text in [
            "my order cost $1499",
            "an order over 1200 dollars",
            "order of 1.499,00",
            "I ordered on 12/11/2026, order it again",
            "order from 2026-11-22",
            "my order was late, invoice 37777",
            "invoice #85632 for my order",
            "order questions: call 01632 960 140",
            "call +441632960140 about my order",
            "my order, mail me at jane1234@example.com",
            "order at https://example.com/54321",
            "can I order a 1500 ml bottle",
            "I want to order 2000 metres of rope",
            "in 2026 I placed an order",
            "what is 12345 times 6",
            "order",
            "",
        ] {
            check(&masks, text, &[]);
        }
    }
}

#[test]
fn nothing_makes_it_panic() {
    let shop = shop();
    let parts = [
        "order",
        "HO",
        "-",
        "#",
        "1",
        "104106",
        " ",
        "٣",
        "１",
        "€",
        "@",
        "é",
        "👩‍🚀",
        "\u{0}",
        ".",
        ":",
        "+",
        "İ",
        "ß",
        "\u{301}",
        "'; DROP TABLE orders;--",
        "\u{202e}",
        "/",
        "invoice",
        "طلب",
        "ﷺ",
    ];
    let mut state = 7_u64;
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..(state % 9) + 1 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        for found in detect(&text, &shop) {
            assert_eq!(OrderKey::read(&found.text).as_ref(), Some(&found.key), "{text:?}");
        }
        crate::intent::looks_for_an_order(&text);
    }
}
