//! Which licences may be in the programs. An SPDX expression is acceptable when one of its
//! alternatives asks nothing of us that we do not do.

/// The licences, as SPDX names them.
pub const ACCEPTABLE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    // Asks for the source of its own files, which we use unchanged and link to.
    "MPL-2.0",
    "NCSA",
    // Fonts, which may be carried along but not sold alone.
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Whether we may carry work under this SPDX expression. Older crates write `/` for `OR`.
pub fn is_acceptable(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let mut words = Vec::new();
    for word in expression.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        words.push(word.to_string());
    }
    let mut at = 0;
    either(&words, &mut at) && at == words.len()
}

/// `all (OR all)*`
fn either(words: &[String], at: &mut usize) -> bool {
    let mut acceptable = all(words, at);
    while words.get(*at).is_some_and(|word| word == "OR") {
        *at += 1;
        acceptable |= all(words, at);
    }
    acceptable
}

/// `one (AND one)*`
fn all(words: &[String], at: &mut usize) -> bool {
    let mut acceptable = one(words, at);
    while words.get(*at).is_some_and(|word| word == "AND") {
        *at += 1;
        acceptable &= one(words, at);
    }
    acceptable
}

/// `( either )`, a licence, or a licence `WITH` an exception
fn one(words: &[String], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if word == "(" {
        let acceptable = either(words, at);
        *at += 1;
        return acceptable;
    }
    let mut licence = word.clone();
    if words.get(*at).is_some_and(|word| word == "WITH") {
        licence = words[*at - 1..words.len().min(*at + 2)].join(" ");
        *at += 2;
    }
    ACCEPTABLE.contains(&licence.as_str())
}

#[cfg(test)]
mod tests;
