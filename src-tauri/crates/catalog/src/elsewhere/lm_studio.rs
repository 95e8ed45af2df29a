//! LM Studio keeps `publisher/model/file.gguf` below a folder of models.

use std::path::PathBuf;

use super::folders::{Surroundings, files_below};
use super::{Found, small_text};

const PROGRAM: &str = "LM Studio";

pub(super) fn find(surroundings: &Surroundings) -> Vec<Found> {
    let usual = [".lmstudio/models", ".cache/lm-studio/models"];
    let usual = usual.iter().filter_map(|folder| surroundings.at_home(folder));
    let all = usual.chain(moved(surroundings).map(|folder| folder.join("models")));
    all.flat_map(|folder| files_below(PROGRAM, &folder, |_, stem| stem.into())).collect()
}

/// Where it says that its own folder was moved to.
fn moved(surroundings: &Surroundings) -> Option<PathBuf> {
    let text = small_text(&surroundings.at_home(".lmstudio-home-pointer")?)?;
    Some(PathBuf::from(text.trim())).filter(|folder| folder.is_absolute())
}
