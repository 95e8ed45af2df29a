//! Utterances about anything else, by language and subject: our own words, read from tables.

const BANKS: &[(&str, &str)] = &[
    ("en", include_str!("off_topic/en.txt")),
    ("de", include_str!("off_topic/de.txt")),
    ("fr", include_str!("off_topic/fr.txt")),
    ("es", include_str!("off_topic/es.txt")),
    ("ar", include_str!("off_topic/ar.txt")),
];
/// Languages of a desk whose banks are used, its first one first.
const MOST_LANGUAGES: usize = 2;

/// Subject and words of each utterance in a desk's languages; English where there is no bank.
pub(super) fn utterances(languages: &[&str]) -> Vec<(&'static str, &'static str)> {
    let of = |language: &str| BANKS.iter().find(|(code, _)| *code == language);
    let mut banks: Vec<_> =
        languages.iter().filter_map(|language| of(language)).take(MOST_LANGUAGES).collect();
    if banks.is_empty() {
        banks.extend(of("en"));
    }
    banks.into_iter().flat_map(|(_, table)| read(table)).collect()
}

fn read(table: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut subject = "";
    let mut read = Vec::new();
    for line in table.lines().map(str::trim) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(next) => subject = next,
            None if line.is_empty() || line.starts_with('#') => {}
            None => read.push((subject, line)),
        }
    }
    read
}
