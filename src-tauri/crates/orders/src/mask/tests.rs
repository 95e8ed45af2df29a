//! Shapes learned from numbers.

use super::*;

fn masks(numbers: &[&str]) -> Masks {
    Masks::learn(numbers.iter().copied())
}

fn check_fit(masks: &Masks, number: &str, expected: bool) {
    let key = OrderKey::read(number).unwrap();
    assert_eq!(masks.fit(&key), expected, "{number:?}");
}

#[test]
fn letters_and_lengths_are_learned() {
    let shop = masks(&["HO-104106", "HO-104107", "HO-99912"]);
    check_fit(&shop, "ho 104999", true);
    check_fit(&shop, "HO12345", true);
    check_fit(&shop, "HX-104106", false);
    check_fit(&shop, "HO-1041067", false);
    check_fit(&shop, "104106", false);
    assert_eq!(Masks::from_text(&shop.to_text()), shop);
}

#[test]
fn a_slip_of_the_pen_is_no_shape() {
    let mut numbers: Vec<String> = (0..100).map(|number| format!("{}", 500_000 + number)).collect();
    numbers.push("SEE 12".to_owned());
    let shop = Masks::learn(numbers.iter().map(String::as_str));
    check_fit(&shop, "500001", true);
    check_fit(&shop, "SEE 99", false);
}

#[test]
fn many_beginnings_mean_any() {
    let shop = masks(&["AA1000", "BB1000", "CC1000", "DD1000", "EE1000", "FF1000", "GG1000"]);
    check_fit(&shop, "ZZ1000", true);
    check_fit(&shop, "ZZZ1000", false);
}

#[test]
fn what_people_leave_out_is_put_back() {
    let key = |text| OrderKey::read(text).unwrap();
    assert_eq!(masks(&["HO-104106"]).spellings(&key("104106")), ["104106", "HO104106"]);
    assert_eq!(masks(&["00123842"]).spellings(&key("123842")), ["123842", "00123842"]);
    assert_eq!(masks(&["00123842"]).spellings(&key("00123842")), ["00123842", "123842"]);
}

#[test]
fn only_a_telling_number_stands_alone() {
    let key = |text| OrderKey::read(text).unwrap();
    assert!(masks(&["HO-1041"]).tell(&key("HO1042")));
    assert!(masks(&["104106"]).tell(&key("104107")));
    assert!(!masks(&["10410"]).tell(&key("10417")), "five digits could be a price");
}
