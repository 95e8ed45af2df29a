//! The tools of Hugging Face keep files under their hashes, and links to them under their names:
//! `models--maker--model/snapshots/revision/file.gguf` leads to `models--maker--model/blobs/hash`.

use super::folders::{Surroundings, files_below};
use super::{Found, sha256};

const PROGRAM: &str = "Hugging Face";

pub(super) fn find(surroundings: &Surroundings) -> Vec<Found> {
    let usual = surroundings.at_home(".cache/huggingface/hub");
    let folders = [surroundings.hugging_face.clone(), usual];
    let mut found = Vec::new();
    for folder in folders.into_iter().flatten() {
        for model in files_below(PROGRAM, &folder, |_, stem| stem.into()) {
            // A large file is kept under its sha256, a small one under another hash.
            let kept_as = model.path.file_name().and_then(|name| name.to_str());
            let sha256 = kept_as.and_then(sha256);
            found.push(Found { sha256, ..model });
        }
    }
    found
}
