//! Takes out of a text what may name a person, a shop, a folder or a computer.
//!
//! A word too many is lost rather than one too few: a path goes as a whole, with everything up to
//! the last word of its line that may be a part of it.

use std::path::Path;

/// Words to take out, and what stands in their place.
#[derive(Debug, Default)]
pub(super) struct Private {
    words: Vec<(String, &'static str)>,
}

/// Names shorter than this would be found inside of everything.
const SHORTEST_NAME: usize = 2;

impl Private {
    /// The names of this person and this computer, and of models that staff brought.
    pub(super) fn of_this_computer(models: Vec<String>) -> Self {
        let told = |name: &str| std::env::var(name).ok();
        let users = [told("USER"), told("LOGNAME"), told("USERNAME")];
        let homes = [told("HOME"), told("USERPROFILE")];
        let last = |home: &String| Some(Path::new(home).file_name()?.to_str()?.to_string());
        let of_homes = homes.iter().flatten().filter_map(last);
        let users: Vec<String> = users.into_iter().flatten().chain(of_homes).collect();
        Self::new(models, users, hardware::host_name())
    }

    fn new(models: Vec<String>, users: Vec<String>, host: Option<String>) -> Self {
        let models = models.into_iter().map(|name| (name, "(own model)"));
        let users = users.into_iter().map(|name| (name, "(user)"));
        let host = host.into_iter().map(|name| (name, "(computer)"));
        let mut words: Vec<_> = models.chain(users).chain(host).collect();
        words.retain(|(name, _)| name.chars().count() >= SHORTEST_NAME);
        // A name inside of another one must not hide it.
        words.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Self { words }
    }

    /// One line without them.
    pub(super) fn take_out(&self, line: &str) -> String {
        let line = without_files(&without_paths(line));
        self.words.iter().fold(line, |line, (name, instead)| without_word(&line, name, instead))
    }
}

/// Without absolute paths and addresses, which may hold blanks.
fn without_paths(line: &str) -> String {
    let Some(start) = path_start(line) else { return line.to_string() };
    let rest = &line[start..];
    let mut end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let mut at = 0;
    for word in rest.split_inclusive(char::is_whitespace) {
        at += word.len();
        let word = word.trim_end();
        if word.contains(['/', '\\']) || is_file_name(word) {
            end = at;
        }
    }
    let (path, after) = rest.split_at(end);
    let tail = path.trim_end().trim_end_matches([':', ',', ';', ')', '"', '`', '\'']);
    format!("{}(a path){}{after}", &line[..start], &path[tail.len()..])
}

/// Where an absolute path or an address begins.
fn path_start(line: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        let rest = &line[at..];
        let begins_word = !before.is_alphanumeric();
        let next = rest.chars().nth(1).unwrap_or(' ');
        let is_slash = letter == '/' && !next.is_whitespace();
        let is_share = rest.starts_with(r"\\");
        let is_drive = letter.is_ascii_alphabetic()
            && (rest[1..].starts_with(r":\") || rest[1..].starts_with(":/"));
        let is_home = letter == '~' && (next == '/' || next == '\\');
        let is_address = rest.split_once("://").is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric())
        });
        if begins_word && (is_slash || is_share || is_drive || is_home || is_address) {
            return Some(at);
        }
        before = letter;
    }
    None
}

/// Whether a word ends as names of files do.
fn is_file_name(word: &str) -> bool {
    let word = word.trim_end_matches([':', ',', ';', '.', ')', '"', '`', '\'']);
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (2..=5).contains(&ending.len())
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
            && ending.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Without names of model files that the catalogue does not know.
fn without_files(line: &str) -> String {
    let catalog = catalog::Catalog::bundled();
    let is_known = |name: &str| catalog.models.iter().any(|entry| entry.file == name);
    let words = line.split_inclusive(char::is_whitespace).map(|word| {
        let name = word.trim().trim_matches(['"', '`', '\'', ',', ':', ';', '(', ')']);
        if name.ends_with(".gguf") && !is_known(name) {
            word.replace(name, "(a file)")
        } else {
            word.to_string()
        }
    });
    words.collect()
}

/// Without a word, whatever its case; letters and digits beside it make another word of it.
fn without_word(line: &str, name: &str, instead: &str) -> String {
    let mut clean = String::new();
    let mut before = ' ';
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let is_name = !before.is_alphanumeric()
            && rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && !rest[name.len()..].starts_with(char::is_alphanumeric);
        let length = if is_name { name.len() } else { letter.len_utf8() };
        clean.push_str(if is_name { instead } else { &rest[..length] });
        before = rest[..length].chars().last().unwrap_or(' ');
        rest = &rest[length..];
    }
    clean
}

#[cfg(test)]
mod tests;
