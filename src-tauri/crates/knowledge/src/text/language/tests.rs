//! Texts and the language they are taken for.

use super::*;

fn check(text: &str, expected: Option<&str>) {
    assert_eq!(language_of(text), expected, "{text}");
}

#[test]
fn scripts_without_blanks_are_told_by_their_letters() {
    check("営業時間は午前九時からです。", Some("ja"));
    check("退货政策：三十天内可以退货。", Some("zh"));
    check("ร้านเปิดทุกวันจันทร์ถึงวันเสาร์", Some("th"));
    check("犬", None);
    check("Our shop in Tokyo is called 東京店 and sells boots for walking.", Some("en"));
}

#[test]
fn other_languages_are_told_by_their_words() {
    check("يمكن إرجاع الأحذية خلال ثلاثين يوما من تاريخ الشراء", Some("ar"));
    check("Les chaussures peuvent être retournées dans les trente jours.", Some("fr"));
    check("Die Schuhe können innerhalb von dreißig Tagen zurückgegeben werden.", Some("de"));
    check("Kängorna kan lämnas tillbaka inom trettio dagar efter köpet.", Some("sv"));
}

fn check_section(text: &str, whole: &str, expected: &str) {
    assert_eq!(section_language(text, whole), expected, "{text}");
}

#[test]
fn a_section_is_of_its_documents_language_unless_it_is_certain() {
    let swedish = "Kängorna kan lämnas tillbaka inom trettio dagar efter köpet om de inte har \
                   använts utomhus, och pengarna betalas tillbaka inom fem arbetsdagar.";
    check_section(swedish, "en", "sv");
    check_section("Salomon Quest 4 GTX, Lowa Renegade Mid", "en", "en");
    check_section("Kanken Mini", "sv", "sv");
    check_section("退货政策：三十天内可以退货。", "en", "zh");
}
