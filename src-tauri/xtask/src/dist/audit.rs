//! Looks at a finished package as somebody who trusts nobody would, and writes what was found beside
//! it. Fails when a check does; the package then stays for who wants to see why.

mod checks;
mod opened;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::order::Variant;
use super::stage::Staged;
use crate::files::write_whole;
use crate::workspace::Workspace;
use checks::Finding;
use opened::Opened;

/// Audits a package that was just made, against what was staged for it.
pub fn package(workspace: &Workspace, file: &Path, staged: &Staged) -> Result<()> {
    let opened = Opened::open(file)?;
    let mut findings = vec![checks::contents(&opened, &staged.items)];
    findings.extend(checks::all(workspace, &opened, staged.variant)?);
    report(file, &opened, &findings)
}

/// Audits a package that lies somewhere: all checks but the one against the staged files.
pub fn again(workspace: &Workspace, file: &Path) -> Result<()> {
    let opened = Opened::open(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let variants = [Variant::Light, Variant::Multilingual, Variant::Full];
    let variant = variants.into_iter().find(|variant| name.starts_with(variant.package()));
    let variant = variant.with_context(|| format!("{name} is none of our packages"))?;
    report(file, &opened, &checks::all(workspace, &opened, variant)?)
}

/// Writes the table and the list of contents; fails when a finding is bad.
fn report(file: &Path, opened: &Opened, findings: &[Finding]) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut text =
        format!("# Audit of {name}\n\n| check | result | what was found |\n|---|---|---|\n");
    for finding in findings {
        let word = if finding.is_good() { "pass" } else { "FAIL" };
        text.push_str(&format!("| {} | {word} | {} |\n", finding.name, finding.told()));
    }
    text.push_str("\n## Libraries\n\n");
    for (place, libraries) in &opened.libraries {
        text.push_str(&format!("- {place}: {}\n", libraries.join(", ")));
    }
    text.push_str("\n## Contents\n\n```\n");
    for entry in &opened.entries {
        text.push_str(&format!(
            "{} {:>10} {}{}\n",
            entry.permissions,
            entry.bytes,
            entry.place,
            entry.target.as_ref().map(|target| format!(" -> {target}")).unwrap_or_default()
        ));
    }
    text.push_str("```\n");
    let path = PathBuf::from(format!("{}.audit.md", file.display()));
    write_whole(&path, |out| out.write_all(text.as_bytes()))?;
    let bad: Vec<String> =
        findings.iter().filter(|finding| !finding.is_good()).map(Finding::line).collect();
    ensure!(bad.is_empty(), "{name} is not fit for people:\n  {}", bad.join("\n  "));
    eprintln!("{name}: {} checks passed, {}", findings.len(), path.display());
    Ok(())
}
