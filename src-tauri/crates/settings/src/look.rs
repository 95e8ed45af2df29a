//! The shop's own look: its colour, and its welcome in other languages.

/// What makes a desk look like its shop. The logo is no setting: it lies in a table of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The brand colour as `#rrggbb`; empty for the desk's own.
    pub colour: String,
    /// BCP 47 language and the welcome in it, where it is another than the desk's.
    pub welcomes: Vec<(String, String)>,
}

/// Between two welcomes, and between a language and its line; nobody types these characters.
const SEPARATOR: char = '\u{1f}';
const AFTER_LANGUAGE: char = '\u{1e}';

/// Languages that a desk may welcome in, and characters of a line.
const MOST_WELCOMES: usize = 40;
const LONGEST_WELCOME: usize = 500;

impl Look {
    /// Sets one value by its saved name; `None` when it makes no sense.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "look.colour" => {
                if !is_colour(value) {
                    return None;
                }
                self.colour = value.to_ascii_lowercase();
            }
            _ => {
                let lines = value.split(SEPARATOR).filter(|line| !line.is_empty());
                let pairs = lines.map(|line| line.split_once(AFTER_LANGUAGE));
                let pairs: Vec<(&str, &str)> = pairs.collect::<Option<_>>()?;
                let fit = |(language, text): &(&str, &str)| {
                    let is_line = text.chars().count() <= LONGEST_WELCOME;
                    is_line && is_language(language) && !text.contains(AFTER_LANGUAGE)
                };
                if pairs.len() > MOST_WELCOMES || !pairs.iter().all(fit) {
                    return None;
                }
                let owned =
                    pairs.into_iter().map(|(language, text)| (language.into(), text.into()));
                self.welcomes = owned.collect();
            }
        }
        Some(())
    }

    /// The welcomes as one saved value.
    pub fn saved_welcomes(&self) -> String {
        let lines: Vec<String> = self
            .welcomes
            .iter()
            .map(|(language, text)| format!("{language}{AFTER_LANGUAGE}{text}"))
            .collect();
        lines.join(&SEPARATOR.to_string())
    }
}

/// Nothing, or `#` and six hexadecimal digits: what a page may put into its styles.
fn is_colour(value: &str) -> bool {
    let digits = |digits: &str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    value.is_empty() || value.strip_prefix('#').is_some_and(digits)
}

fn is_language(value: &str) -> bool {
    let fits = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits && (2..=35).contains(&value.len())
}

#[cfg(test)]
mod tests;
