//! Writes an rpm with `rpmbuild`, which finds the libraries that the programs ask for by itself and
//! names them as every distribution of its kind does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::order::Variant;
use super::stage::Staged;
use crate::process;

/// Writes the package into `out`.
pub fn write(staged: &Staged, out: &Path) -> Result<PathBuf> {
    let work = tempfile::tempdir()?;
    let spec = work.path().join("frontdesk.spec");
    fs::write(&spec, text(staged))?;
    let architecture =
        if staged.variant.has_programs() { std::env::consts::ARCH } else { "noarch" };
    let mut build = Command::new("rpmbuild");
    build.args(["-bb", "--quiet", "--target", architecture]);
    build.arg("--define").arg(format!("_topdir {}", work.path().display()));
    build.arg("--buildroot").arg(work.path().join("root")).arg(&spec);
    build.env("SOURCE_DATE_EPOCH", staged.changed_s.to_string());
    process::run(&mut build)?;
    let made = work.path().join("RPMS").join(architecture);
    let Some(file) = fs::read_dir(&made)?.next() else { bail!("rpmbuild wrote no package") };
    let file = file?.path();
    let to = out.join(file.file_name().context("a file has a name")?);
    fs::copy(&file, &to).with_context(|| to.display().to_string())?;
    Ok(to)
}

/// What rpmbuild is told.
fn text(staged: &Staged) -> String {
    let package = staged.variant.package();
    let mut lines: Vec<String> = [
        // The files are as they shall be: nothing is stripped, compressed or compiled again.
        "%global debug_package %{nil}",
        "%global __os_install_post %{nil}",
        "%global _build_id_links none",
        "%global _binary_payload w12.zstdio",
        "%global clamp_mtime_to_source_date_epoch 1",
        "%global use_source_date_epoch_as_buildtime 1",
        "%global _buildhost frontdesk",
        // Our own parts are nobody else's, and a graphics card's library is looked for when needed.
        "%global __requires_exclude ^lib(ggml|llama|vulkan).*$",
        "%global __provides_exclude_from ^/usr/lib/frontdesk/.*$",
    ]
    .map(String::from)
    .into();
    lines.push(format!("Name: {package}"));
    lines.push(format!("Version: {}", staged.version));
    lines.push("Release: 1".into());
    lines.push("License: MIT OR Apache-2.0".into());
    lines.push("Summary: Offline help desk for one computer".into());
    match staged.variant {
        Variant::Full => lines.push("Conflicts: frontdesk-light".into()),
        Variant::Light => lines.push("Conflicts: frontdesk".into()),
        Variant::Multilingual => lines.push("Enhances: frontdesk".into()),
    }
    if staged.variant.has_programs() {
        lines.push("Recommends: vulkan-loader".into());
    }
    lines.push(format!(
        "\n%description\nVisitors ask in their own words and get the shop's own approved answers and documents,\n\
         quoted and with their source, without the internet.\n\n%install\nmkdir -p %{{buildroot}}\n\
         cp -a \"{}/.\" %{{buildroot}}/\n\n%files\n%defattr(-,root,root,-)",
        staged.root.display()
    ));
    lines.extend(files(staged));
    lines.join("\n") + "\n"
}

/// Folders that are ours alone, and every file with its permissions.
fn files(staged: &Staged) -> Vec<String> {
    let documents = format!("usr/share/doc/{}", staged.variant.package());
    let ours = ["usr/lib/frontdesk", "usr/share/frontdesk", documents.as_str()];
    let mut folders = BTreeSet::new();
    for (place, _) in &staged.items {
        for folder in Path::new(place).ancestors().skip(1) {
            if ours.iter().any(|ours| folder.starts_with(ours)) {
                folders.insert(folder.display().to_string());
            }
        }
    }
    let folders = folders.iter().map(|folder| format!("%dir %attr(0755,root,root) \"/{folder}\""));
    let file = |(place, mode): &(String, u32)| match *mode {
        // A link has no permissions of its own.
        0o777 => format!("\"/{place}\""),
        mode => format!("%attr({mode:04o},root,root) \"/{place}\""),
    };
    folders.chain(staged.items.iter().map(file)).collect()
}
