//! The texts of the licences of everything by others, as their packages bring them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::notices::{self, Notice};
use crate::workspace::Workspace;

/// Beginnings of the names of files with such texts, in small letters.
const NAMES: [&str; 7] =
    ["licence", "license", "copying", "copyright", "notice", "unlicense", "third-party"];

/// Larger files are something else.
const MOST_BYTES: u64 = 200_000;

/// What llama.cpp carries inside, and where its texts lie below the crate's folder.
const INSIDE_LLAMA: [(&str, &str); 2] = [
    ("llama.cpp and ggml", "llama.cpp/LICENSE"),
    ("llama.cpp's carried parts", "llama.cpp/vendor"),
];

/// All texts, each once, with everything it belongs to. What brings no text of its own is named with its licence.
pub fn collect(workspace: &Workspace) -> Result<String> {
    let parts = notices::parts(workspace)?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    let pages = parts.packages.iter().map(|notice| (notice, workspace.ui().join(&notice.folder)));
    let crates = parts.crates.iter().map(|notice| (notice, notice.folder.clone()));
    for (notice, folder) in crates.chain(pages) {
        let found = texts_in(&folder)?;
        if found.is_empty() {
            without.push(format!("{} ({}; {})", label(notice), notice.licence, notice.from));
        }
        for text in found {
            texts.entry(text).or_default().push(label(notice));
        }
    }
    let llama = parts.crates.iter().find(|notice| notice.name == "llama-cpp-sys-2");
    let llama = llama.context("the engine is made of llama.cpp")?;
    for (name, place) in INSIDE_LLAMA {
        for text in texts_below(&llama.folder.join(place))? {
            texts.entry(text).or_default().push(name.to_string());
        }
    }
    for (name, file) in
        [("models under Apache-2.0", "Apache-2.0.txt"), ("models under MIT", "MIT.txt")]
    {
        let path = workspace.models().join("licences").join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        texts.entry(tidied(&text)).or_default().push(name.to_string());
    }
    ensure!(texts.len() > 50, "only {} texts of licences were found", texts.len());
    Ok(render(texts, &without))
}

fn label(notice: &Notice) -> String {
    format!("{} {}", notice.name, notice.version)
}

fn render(texts: BTreeMap<String, Vec<String>>, without: &[String]) -> String {
    let mut out = String::from(
        "The texts of the licences of what Frontdesk is made of, besides its own code. Each text is\n\
         followed by nothing that is ours. The list with authors and sources is third-party.md.\n",
    );
    let mut sorted: Vec<_> = texts
        .into_iter()
        .map(|(text, mut of)| {
            of.sort();
            of.dedup();
            (of, text)
        })
        .collect();
    sorted.sort();
    for (of, text) in sorted {
        out.push_str(&format!("\n======== {}\n\n{text}\n", of.join(", ")));
    }
    out.push_str("\n======== without a text of their own, under the licences named\n\n");
    for line in without {
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// The texts that lie in a folder, not below it.
fn texts_in(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(texts) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let metadata = fs::metadata(entry.path())?;
        let is_text = NAMES.iter().any(|known| name.starts_with(known)) && !name.ends_with(".rs");
        if is_text && metadata.is_file() && metadata.len() <= MOST_BYTES {
            texts.push(tidied(&String::from_utf8_lossy(&fs::read(entry.path())?)));
        }
    }
    Ok(texts)
}

/// The text of a file, or those in a folder and in the folders directly below it.
fn texts_below(path: &Path) -> Result<Vec<String>> {
    if path.is_file() {
        return Ok(vec![tidied(&fs::read_to_string(path)?)]);
    }
    let mut texts = texts_in(path)?;
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        texts.extend(texts_in(&entry?.path())?);
    }
    Ok(texts)
}

/// Without what differs from file to file and means nothing.
fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_string()
}
