//! What the built pages contain, from the lock file of npm.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Notice;

/// Needed to build only, by the lock file's own words, and still partly in what is built. A name
/// ending in `*` is a prefix.
const BUNDLED: [&str; 4] = ["@fontsource*", "clsx", "esm-env", "svelte"];

/// The packages in the pages.
pub(super) fn notices(lock: &str) -> Result<Vec<Notice>> {
    let lock: Value = serde_json::from_str(lock).context("package-lock.json")?;
    let packages = lock["packages"].as_object().context("package-lock.json has no packages")?;
    let mut notices = Vec::new();
    for (path, about) in packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        if about["dev"] == true && !is_bundled(name) {
            continue;
        }
        let text = |key: &str| about[key].as_str().unwrap_or_default().to_string();
        notices.push(Notice {
            name: name.into(),
            version: text("version"),
            licence: text("license"),
            from: format!("npm package {name}"),
            folder: path.into(),
        });
    }
    Ok(notices)
}

fn is_bundled(name: &str) -> bool {
    BUNDLED.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests;
