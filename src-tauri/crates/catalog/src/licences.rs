//! The licences of models that are offered: their texts come with the program.

/// SPDX expressions and the texts of `models/licences`.
const TEXTS: &[(&str, &str)] = &[
    ("Apache-2.0", include_str!("../../../../models/licences/Apache-2.0.txt")),
    ("MIT", include_str!("../../../../models/licences/MIT.txt")),
];

/// The text of a licence, if it is one that models are offered under.
pub fn text(licence: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(name, _)| *name == licence).map(|(_, text)| *text)
}
