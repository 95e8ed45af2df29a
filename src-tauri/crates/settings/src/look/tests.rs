//! What a look may be.

use crate::Settings;

fn check_set(key: &str, value: &str, fits: bool) {
    assert_eq!(Settings::default().set(key, value).is_ok(), fits, "{key}={value:?}");
}

#[test]
fn only_a_colour_is_a_colour() {
    check_set("look.colour", "", true);
    check_set("look.colour", "#C8102e", true);
    check_set("look.colour", "#c8102", false);
    check_set("look.colour", "#c8102eff", false);
    check_set("look.colour", "#gggggg", false);
    check_set("look.colour", "red", false);
    check_set("look.colour", "#12345é", false);
    check_set("look.colour", "#fff;}", false);
}

#[test]
fn welcomes_belong_to_a_language() {
    check_set("look.welcomes", "", true);
    check_set("look.welcomes", "de\u{1e}Willkommen", true);
    check_set("look.welcomes", "de\u{1e}Willkommen\u{1f}pt-BR\u{1e}Bem-vindo", true);
    check_set("look.welcomes", "Willkommen", false);
    check_set("look.welcomes", "de\u{1e}x\u{1e}Willkommen", false);
    check_set("look.welcomes", "d e\u{1e}Willkommen", false);
    check_set("look.welcomes", &format!("de\u{1e}{}", "w".repeat(501)), false);
    check_set("look.welcomes", &"de\u{1e}x\u{1f}".repeat(41), false);
}

#[test]
fn a_look_comes_back_as_it_was() {
    let mut settings = Settings::default();
    settings.look.colour = "#c8102e".into();
    settings.look.welcomes = vec![("de".into(), "Willkommen!".into()), ("ar".into(), "أهلًا".into())];
    let saved: Vec<_> =
        settings.differences().into_iter().map(|(key, value)| (key.into(), value)).collect();
    assert_eq!(Settings::merged(&saved), (settings, vec![]));
}
