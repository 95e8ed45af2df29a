//! Who may depend on whom. The tables are those of `docs/architecture.md`.

use serde_json::Value;

/// Dependencies that only some packages may have, for tests too. A name ending in `*` is a prefix.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tauri*", &["frontdesk"]),
    ("gtk", &["frontdesk"]),
    ("webkit2gtk", &["frontdesk"]),
    ("rusqlite", &["store"]),
    ("llama-cpp-2", &["engine-llama"]),
    ("pdf_oxide", &["reader"]),
    ("axum", &["server"]),
    ("reqwest", &["engine-remote", "catalog", "xtask"]),
    ("ureq", &["node"]),
];

/// Our packages, and which of ours each may use.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "frontdesk",
        &[
            "catalog",
            "commands",
            "engine",
            "engine-remote",
            "hardware",
            "logs",
            "server",
            "settings",
            "store",
        ],
    ),
    (
        "node",
        &[
            "capacity",
            "catalog",
            "commands",
            "engine",
            "engine-remote",
            "hardware",
            "logs",
            "server",
            "settings",
            "store",
        ],
    ),
    ("server", &["commands", "hardware"]),
    (
        "commands",
        &[
            "access",
            "assistant",
            "backup",
            "capacity",
            "catalog",
            "documents",
            "engine",
            "engine-remote",
            "gguf",
            "hardware",
            "knowledge",
            "logs",
            "orders",
            "packs",
            "settings",
            "store",
        ],
    ),
    ("access", &["store"]),
    ("backup", &["hardware", "store"]),
    ("assistant", &["engine", "knowledge", "orders", "store"]),
    ("knowledge", &["documents", "engine", "store"]),
    ("orders", &["documents", "store"]),
    ("packs", &["catalog"]),
    ("documents", &[]),
    ("reader", &["documents", "sandbox"]),
    ("capacity", &[]),
    ("catalog", &["gguf", "hardware"]),
    ("gguf", &[]),
    ("engine-llama", &["engine", "gguf", "sandbox"]),
    ("engine-remote", &["engine"]),
    ("engine", &[]),
    ("hardware", &[]),
    ("hostile", &[]),
    ("sandbox", &[]),
    ("logs", &[]),
    ("settings", &[]),
    ("store", &[]),
    (
        "testkit",
        &[
            "assistant",
            "catalog",
            "commands",
            "documents",
            "engine",
            "hardware",
            "knowledge",
            "orders",
            "settings",
            "store",
        ],
    ),
    ("xtask", &[]),
];

/// One line for every edge that must not be. `metadata` is what `cargo metadata` prints.
pub(super) fn check(metadata: &Value) -> Vec<String> {
    let empty = Vec::new();
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_else(|| empty.clone());
    let mut findings = Vec::new();
    for package in list(&metadata["packages"]) {
        let from = package["name"].as_str().unwrap_or_default();
        if !MAY_USE.iter().any(|(name, _)| *name == from) {
            findings.push(format!("{from}: not in the table of who may use whom"));
        }
        for dependency in list(&package["dependencies"]) {
            let to = dependency["name"].as_str().unwrap_or_default();
            let for_tests = dependency["kind"] == "dev";
            findings.extend(check_edge(from, to, for_tests));
        }
    }
    findings
}

fn check_edge(from: &str, to: &str, for_tests: bool) -> Option<String> {
    for (pattern, allowed) in ONLY_IN {
        let matches = match pattern.strip_suffix('*') {
            Some(prefix) => to.starts_with(prefix),
            None => to == *pattern,
        };
        if matches && !allowed.contains(&from) {
            return Some(format!("{from} uses {to}, which only {} may", allowed.join(", ")));
        }
    }
    let ours = MAY_USE.iter().any(|(name, _)| *name == to);
    if !ours || for_tests {
        return None;
    }
    let (_, allowed) = MAY_USE.iter().find(|(name, _)| *name == from)?;
    (!allowed.contains(&to)).then(|| format!("{from} must not use {to}"))
}

#[cfg(test)]
mod tests;
