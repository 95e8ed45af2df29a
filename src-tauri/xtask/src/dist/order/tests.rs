//! What the arguments of `dist` order.

use super::{Kind, Profile, Variant, is_version, parse};

fn ordered(words: &str) -> Option<(usize, usize, Profile, String)> {
    let arguments: Vec<String> = words.split_whitespace().map(str::to_string).collect();
    let order = parse(&arguments, "0.1.0".into()).ok()?;
    Some((order.kinds.len(), order.variants.len(), order.profile, order.version))
}

#[test]
fn everything_is_made_when_nothing_is_named() {
    assert_eq!(ordered(""), Some((2, 3, Profile::Release, "0.1.0".into())));
}

#[test]
fn what_is_named_is_made_and_nothing_else() {
    assert_eq!(ordered("deb --variant light"), Some((1, 1, Profile::Release, "0.1.0".into())));
    assert_eq!(
        ordered("--profile dev --version 0.0.9"),
        Some((2, 3, Profile::Dev, "0.0.9".into()))
    );
}

#[test]
fn what_cannot_be_made_is_refused() {
    for words in ["exe", "--variant", "--variant huge", "--profile fast", "--version 1.0-beta"] {
        assert_eq!(ordered(words), None, "{words}");
    }
}

#[test]
fn versions_that_all_systems_sort_alike() {
    for (text, expected) in [("0.1.0", true), ("10.20.30", true), ("1.0", false), ("1.0.", false)] {
        assert_eq!(is_version(text), expected, "{text}");
    }
}

#[test]
fn only_what_has_programs_or_models_is_a_package() {
    for variant in Variant::ALL {
        assert!(variant.has_programs() || !variant.models().is_empty());
    }
    assert_ne!(Kind::Deb, Kind::Rpm);
}
