//! Where programs keep their things: the folders of this computer, and the program that has no
//! list of its own.

use std::path::{Path, PathBuf};

use super::{Found, file_below, is_model, printable};
use crate::bring::Walk;

/// The folders in which programs keep models. Empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The person's own folder.
    pub home: Option<PathBuf>,
    /// Where programs keep what belongs to this computer.
    pub local_data: Vec<PathBuf>,
    /// Where Ollama was told to keep models.
    pub ollama_models: Option<PathBuf>,
    /// Where Ollama keeps models when it runs for everybody.
    pub ollama_service: Option<PathBuf>,
    /// Where the tools of Hugging Face were told to keep models.
    pub hugging_face: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this computer and the person at it.
    pub fn of_this_computer() -> Self {
        let set = |name: &str| {
            std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
        };
        let home = set(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let mut all = home.map(|home| Self::of_home(&home)).unwrap_or_default();
        all.local_data
            .extend(["XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"].iter().filter_map(|it| set(it)));
        all.ollama_models = set("OLLAMA_MODELS");
        all.ollama_service = Some("/usr/share/ollama/.ollama/models".into());
        all.hugging_face = set("HF_HUB_CACHE").or_else(|| Some(set("HF_HOME")?.join("hub")));
        all
    }

    /// Those of a person with this folder, on any system.
    pub fn of_home(home: &Path) -> Self {
        let local =
            [".local/share", "Library/Application Support", "AppData/Local", "AppData/Roaming"];
        Self {
            home: Some(home.into()),
            local_data: local.iter().map(|folder| home.join(folder)).collect(),
            ..Self::default()
        }
    }

    /// A folder below the person's own.
    pub(super) fn at_home(&self, folder: &str) -> Option<PathBuf> {
        Some(self.home.as_ref()?.join(folder))
    }
}

/// GPT4All keeps plain files in one folder.
pub(super) fn gpt4all(surroundings: &Surroundings) -> Vec<Found> {
    let folders = surroundings.local_data.iter().map(|base| base.join("nomic.ai/GPT4All"));
    folders.flat_map(|folder| files_below("GPT4All", &folder, |_, stem| stem.into())).collect()
}

/// Every model file below a folder; `name` makes a name of the path below it and the file's stem.
pub(super) fn files_below(
    program: &'static str,
    folder: &Path,
    name: impl Fn(&Path, &str) -> String,
) -> Vec<Found> {
    let Ok(root) = std::fs::canonicalize(folder) else { return Vec::new() };
    let mut found = Vec::new();
    let mut walk = Walk::with_links_below(&root);
    while let Some(path) = walk.next_file() {
        let Some(file) = path.file_name().and_then(|file| file.to_str()) else { continue };
        if !is_model(file) {
            continue;
        }
        let Some((real, size_bytes)) = file_below(&root, &path) else { continue };
        let below = path.strip_prefix(&root).unwrap_or(&path);
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or(file);
        let name = printable(&name(below, stem));
        found.push(Found { program, name, path: real, size_bytes, sha256: None });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}
