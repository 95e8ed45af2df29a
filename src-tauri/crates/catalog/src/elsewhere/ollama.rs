//! Ollama keeps files under their hashes, `blobs/sha256-...`, and a list for each model and tag,
//! `manifests/host/space/model/tag`, that says which of them it is made of.

use std::path::Path;

use serde::Deserialize;

use super::folders::Surroundings;
use super::{Found, file_below, printable, sha256, small_text};
use crate::bring::Walk;

const PROGRAM: &str = "Ollama";

/// What a list calls the file with the weights.
const WEIGHTS: &str = "application/vnd.ollama.image.model";

/// Where models come from unless somebody says otherwise; people leave it out.
const USUAL: &str = "registry.ollama.ai/library/";

/// Of a list only what is needed. What else is in it may be anything.
#[derive(Deserialize)]
struct Manifest {
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(rename = "mediaType")]
    kind: String,
    digest: String,
}

pub(super) fn find(surroundings: &Surroundings) -> Vec<Found> {
    let usual = surroundings.at_home(".ollama/models");
    let stores = [surroundings.ollama_models.clone(), usual, surroundings.ollama_service.clone()];
    stores.into_iter().flatten().flat_map(|store| models(&store)).collect()
}

fn models(store: &Path) -> Vec<Found> {
    let Ok(store) = std::fs::canonicalize(store) else { return Vec::new() };
    let lists = store.join("manifests");
    let mut walk = Walk::below(&lists);
    let mut found = Vec::new();
    while let Some(list) = walk.next_file() {
        let Some(name) = list.strip_prefix(&lists).ok().and_then(called) else { continue };
        if let Some(model) = model(&store, &list, name) {
            found.push(model);
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn model(store: &Path, list: &Path, name: String) -> Option<Found> {
    let manifest: Manifest = serde_json::from_str(&small_text(list)?).ok()?;
    let layer = manifest.layers.iter().find(|layer| layer.kind == WEIGHTS)?;
    let hash = sha256(layer.digest.strip_prefix("sha256:")?)?;
    let blob = store.join("blobs").join(format!("sha256-{hash}"));
    let (path, size_bytes) = file_below(store, &blob)?;
    Some(Found { program: PROGRAM, name, path, size_bytes, sha256: Some(hash) })
}

/// `model:tag`, with the place it is from where that is not the usual one.
fn called(below: &Path) -> Option<String> {
    let parts: Vec<&str> = below.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    let (tag, model) = parts.split_last()?;
    let model = model.join("/");
    let model = model.strip_prefix(USUAL).unwrap_or(&model);
    (!model.is_empty()).then(|| printable(&format!("{model}:{tag}")))
}
