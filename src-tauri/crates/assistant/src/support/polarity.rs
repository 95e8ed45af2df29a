//! Whether two sentences deny each other. Pure.

/// Whether one denies and the other does not, or one says the opposite of a word of the other.
pub(super) fn differ(sentence: &str, evidence: &str) -> bool {
    let (sentence, evidence) = (words(sentence), words(evidence));
    denies(&sentence) != denies(&evidence) || has_opposite(&sentence, &evidence)
}

fn denies(words: &[String]) -> bool {
    words.iter().any(|word| word.ends_with("n't") || DENIALS.contains(&word.as_str()))
}

/// "Before" where the evidence has only "after".
fn has_opposite(sentence: &[String], evidence: &[String]) -> bool {
    let has =
        |words: &[String], side: &str| side.split(' ').any(|own| words.iter().any(|w| w == own));
    let turned = |one: &str, other: &str| {
        has(sentence, one) && !has(evidence, one) && has(evidence, other) && !has(sentence, other)
    };
    OPPOSITES.iter().any(|(one, other)| turned(one, other) || turned(other, one))
}

fn words(sentence: &str) -> Vec<String> {
    let lower = sentence.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

const DENIALS: &[&str] = &[
    "not",
    "no",
    "never",
    "cannot",
    "none",
    "nobody",
    "nothing",
    "without",
    "neither",
    "nor",
    "unable",
    "except",
    "unless",
    "excluded",
    "excluding",
    "closed",
    "forbidden",
    "prohibited",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nie",
    "niemals",
    "ohne",
    "außer",
    "geschlossen",
    "ne",
    "pas",
    "jamais",
    "sans",
    "aucun",
    "aucune",
    "fermé",
    "nunca",
    "sin",
    "ningún",
    "ninguna",
    "cerrado",
    "non",
    "mai",
    "senza",
    "chiuso",
    "niet",
    "geen",
    "nooit",
    "zonder",
    "gesloten",
    "inte",
    "ej",
    "aldrig",
    "utan",
    "ingen",
    "inga",
    "stängt",
    "não",
    "nunca",
    "sem",
    "fechado",
    "لا",
    "ليس",
    "ليست",
    "لن",
    "لم",
    "غير",
    "بدون",
    "ما",
    "مغلق",
];

/// Pairs that turn a rule round, where neither side is a denial by itself; forms of one side are
/// separated by blanks.
const OPPOSITES: &[(&str, &str)] = &[
    ("before", "after"),
    ("more", "less fewer"),
    ("minimum least", "maximum most"),
    ("above over", "below under"),
    ("earliest", "latest"),
    ("included includes", "extra"),
    ("first", "last"),
    ("indoors inside", "outdoors outside"),
    ("free", "charged charge"),
    ("increase increases", "decrease decreases"),
    ("accept accepts", "refuse refuses reject rejects"),
    ("vor", "nach"),
    ("avant", "après"),
    ("antes", "después"),
    ("före", "efter"),
];
