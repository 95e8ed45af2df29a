//! Which PINs are taken.

use super::*;

fn check_pin(typed: &str, expected: Result<&str, &str>) {
    let found = new_pin(typed).map_err(|error| error.to_string());
    assert_eq!(found.as_deref().map_err(String::as_str), expected, "{typed:?}");
}

const DIGITS: &str = "a PIN has 6 to 12 digits and nothing else";
const SIMPLE: &str = "this PIN would be guessed among the first";

#[test]
fn a_pin_has_6_to_12_digits() {
    check_pin("246813", Ok("246813"));
    check_pin(" 246813\n", Ok("246813"));
    check_pin("902817364510", Ok("902817364510"));
    check_pin("٢٤٦٨١٣", Ok("246813"));
    check_pin("۲۴۶۸۱۳", Ok("246813"));
    check_pin("２４６８１３", Ok("246813"));
    for typed in ["", "24681", "9028173645109", "2468a3", "24 6813", "-46813", "²46813", "\u{0}"] {
        check_pin(typed, Err(DIGITS));
    }
    check_pin(&"7".repeat(1 << 20), Err(DIGITS));
}

#[test]
fn what_everybody_tries_first_is_refused() {
    for typed in [
        "000000",
        "111111",
        "999999999999",
        "123456",
        "234567",
        "012345",
        "654321",
        "987654321",
        "890123",
        "210987",
        "121212",
        "123123",
        "12341234",
        "123412",
        "٠٠٠٠٠٠",
    ] {
        let expected = if typed == "123412" { Ok(typed) } else { Err(SIMPLE) };
        check_pin(typed, expected);
    }
    for typed in ["123457", "112233", "102030", "246810", "135791"] {
        check_pin(typed, Ok(typed));
    }
}
