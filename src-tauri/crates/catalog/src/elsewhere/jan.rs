//! Jan keeps a folder for each model below `llamacpp/models` in its own folder, with a `model.yml`
//! that says which file it is; the file lies beside it or where its owner left it.

use std::path::{Path, PathBuf};

use super::folders::{Surroundings, files_below};
use super::{Found, file_below, is_model, printable, small_text};
use crate::bring::Walk;

const PROGRAM: &str = "Jan";

pub(super) fn find(surroundings: &Surroundings) -> Vec<Found> {
    let own = surroundings.local_data.iter().map(|base| base.join("Jan"));
    let mut folders: Vec<PathBuf> = own.clone().map(|folder| folder.join("data")).collect();
    folders.extend(own.filter_map(|folder| moved(&folder)));
    // Where versions before the current one kept everything.
    folders.extend(surroundings.at_home("jan"));
    folders.iter().flat_map(|folder| models(folder)).collect()
}

/// The folder that was chosen in its settings.
fn moved(folder: &Path) -> Option<PathBuf> {
    let text = small_text(&folder.join("settings.json"))?;
    let settings: serde_json::Value = serde_json::from_str(&text).ok()?;
    let chosen = PathBuf::from(settings.get("data_folder")?.as_str()?);
    chosen.is_absolute().then_some(chosen)
}

fn models(data: &Path) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for below in ["llamacpp/models", "models"] {
        let folder = data.join(below);
        let mut walk = Walk::below(&folder);
        while let Some(path) = walk.next_file() {
            if path.file_name().is_some_and(|name| name == "model.yml") {
                found.extend(described(data, &folder, &path));
            }
        }
        let name = |below: &Path, stem: &str| match below.parent().and_then(Path::to_str) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => stem.to_owned(),
        };
        for model in files_below(PROGRAM, &folder, name) {
            if !found.iter().any(|other| other.path == model.path) {
                found.push(model);
            }
        }
    }
    found
}

/// The model that a `model.yml` describes. A path in it starts at Jan's folder or is whole.
fn described(data: &Path, folder: &Path, description: &Path) -> Option<Found> {
    let text = small_text(description)?;
    let path = PathBuf::from(value(&text, "model_path")?);
    let is_model = path.file_name().and_then(|name| name.to_str()).is_some_and(is_model);
    if !is_model {
        return None;
    }
    let (path, size_bytes) = if path.is_absolute() {
        // Its owner left it somewhere and told Jan so: a file of its own and no link.
        let is_link = std::fs::symlink_metadata(&path).ok()?.is_symlink();
        let folder = std::fs::canonicalize(path.parent()?).ok()?;
        file_below(&folder, &path).filter(|_| !is_link)?
    } else {
        file_below(&std::fs::canonicalize(data).ok()?, &data.join(path))?
    };
    let id = description.parent()?.strip_prefix(folder).ok()?.to_str()?;
    let name = value(&text, "name").unwrap_or_else(|| id.to_owned());
    Some(Found { program: PROGRAM, name: printable(&name), path, size_bytes, sha256: None })
}

/// The value of a key at the outermost level of a description, which is one line each.
fn value(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let value = line.trim();
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    (!value.is_empty()).then(|| value.to_owned())
}
