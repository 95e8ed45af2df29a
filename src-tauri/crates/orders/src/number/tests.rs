//! One order, many spellings.

use super::*;

fn check(text: &str, full: &str, short: &str) {
    let key = OrderKey::read(text).unwrap();
    assert_eq!((key.full(), key.short()), (full, short), "{text:?}");
}

#[test]
fn spelling_does_not_count() {
    check("HO-104106", "HO104106", "104106");
    check(" # ho 104106 ", "HO104106", "104106");
    check("ＨＯ－１０４１０６", "HO104106", "104106");
    check("١٠٤١٠٦", "104106", "104106");
    check("۱۰۴۱۰۶", "104106", "104106");
    check("HO–104106", "HO104106", "104106");
}

#[test]
fn leading_zeros_stay_and_have_a_short_form() {
    check("00123842", "00123842", "123842");
    check("0012", "0012", "0012");
    check("AB-7", "AB7", "AB7");
}

#[test]
fn what_cannot_be_a_number_is_none() {
    for text in
        ["", "   ", "hello", "#", "١٢ and much more text than any number has, for sixty characters"]
    {
        assert_eq!(OrderKey::read(text), None, "{text:?}");
    }
    assert_eq!(OrderKey::read(&"9".repeat(33)), None);
    assert!(OrderKey::read(&"9".repeat(32)).is_some());
}
