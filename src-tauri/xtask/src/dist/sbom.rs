//! The bill of materials of a package: CycloneDX 1.5 in JSON, from the same lists as the notices.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::order::Variant;
use crate::models::catalogue;
use crate::notices::{self, Notice};
use crate::workspace::Workspace;

/// The bill as text. It has no time and no number of its own, so that the same sources give the same bytes.
pub fn write(workspace: &Workspace, version: &str, variant: Variant) -> Result<String> {
    let mut components = Vec::new();
    if variant.has_programs() {
        let parts = notices::parts(workspace)?;
        let lock = workspace.root.join("Cargo.lock");
        let lock = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
        let sums = checksums(&lock);
        components.extend(parts.crates.iter().map(|part| library("cargo", part, &sums)));
        components.extend(parts.packages.iter().map(|part| library("npm", part, &sums)));
        for [name, licence, from] in notices::CARRIED {
            components.push(json!({"type": "library", "name": name, "description": from,
                "licenses": [{"license": {"name": licence}}]}));
        }
    }
    let known = catalogue::read(&workspace.root)?;
    for entry in known.iter().filter(|entry| variant.models().contains(&entry.id.as_str())) {
        components.push(json!({
            "type": "machine-learning-model",
            "bom-ref": format!("model:{}", entry.id),
            "name": entry.name,
            "version": entry.version,
            "hashes": [{"alg": "SHA-256", "content": entry.sha256}],
            "licenses": [{"expression": entry.licence}],
            "purl": format!("pkg:pypi/{}@{}", entry.package.to_lowercase(), entry.version),
        }));
    }
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": variant.package(),
            "name": variant.package(),
            "version": version,
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
        }},
        "components": components,
    });
    Ok(format!("{bill:#}\n"))
}

fn library(kind: &str, part: &Notice, sums: &BTreeMap<(String, String), String>) -> Value {
    // An `@` at the beginning names the group of an npm package.
    let name = part.name.replace('@', "%40");
    let purl = format!("pkg:{kind}/{name}@{}", part.version.replace('+', "%2B"));
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": part.name,
        "version": part.version,
        "licenses": [{"expression": part.licence.replace('/', " OR ")}],
        "purl": purl,
    });
    if let Some(sum) = sums.get(&(part.name.clone(), part.version.clone()))
        && kind == "cargo"
    {
        component["hashes"] = json!([{"alg": "SHA-256", "content": sum}]);
    }
    component
}

/// The checksums that cargo's lock file gives, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |entry: &str, key: &str| {
        let line = entry.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")))?;
        Some(line.trim_end_matches('"').to_string())
    };
    let entries = lock.split("[[package]]");
    entries
        .filter_map(|entry| {
            let key = (value(entry, "name")?, value(entry, "version")?);
            Some((key, value(entry, "checksum")?))
        })
        .collect()
}

#[cfg(test)]
mod tests;
