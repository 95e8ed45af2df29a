//! Writes a deb with Debian's own tools: `dpkg-shlibdeps` knows which packages of this release
//! bring the libraries that the programs ask for, `dpkg-deb` packs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::contents::HOME;
use super::elf;
use super::order::Variant;
use super::stage::Staged;
use crate::process;

/// What a package's scripts are called; each is a template in `packaging/linux/debian`.
const SCRIPTS: [&str; 5] = ["preinst", "postinst", "prerm", "postrm", "templates"];

const MAINTAINER: &str = "The Frontdesk authors <packages@frontdesk.invalid>";

/// Writes the package into `out`.
pub fn write(staged: &Staged, out: &Path) -> Result<PathBuf> {
    let control = staged.root.join("DEBIAN");
    fs::create_dir_all(&control)?;
    put(&control.join("control"), &description(staged)?, 0o644)?;
    put(&control.join("md5sums"), &sums(staged)?, 0o644)?;
    if staged.variant.has_programs() {
        for name in SCRIPTS {
            let from = staged.data.join("debian").join(name);
            let text = fs::read_to_string(&from).with_context(|| from.display().to_string())?;
            let text = text.replace("@VERSION@", &staged.version);
            let text = text.replace("@PACKAGE@", staged.variant.package());
            put(&control.join(name), &text, if name == "templates" { 0o644 } else { 0o755 })?;
        }
    }
    let package = staged.variant.package();
    let file = out.join(format!("{package}_{}_{}.deb", staged.version, architecture(staged)?));
    let mut pack = Command::new("dpkg-deb");
    // zstd packs weights better than xz, and unpacks them ten times as fast.
    pack.args(["--build", "--root-owner-group", "-Zzstd", "-z12"]).arg(&staged.root).arg(&file);
    pack.env("SOURCE_DATE_EPOCH", staged.changed_s.to_string());
    process::run(&mut pack)?;
    fs::remove_dir_all(&control)?;
    Ok(file)
}

/// Models alone are for any processor.
fn architecture(staged: &Staged) -> Result<String> {
    if !staged.variant.has_programs() {
        return Ok("all".into());
    }
    let said = process::capture(Command::new("dpkg").arg("--print-architecture"))?;
    Ok(said.trim().to_string())
}

fn description(staged: &Staged) -> Result<String> {
    let bytes: u64 = staged
        .items
        .iter()
        .filter_map(|(place, _)| fs::symlink_metadata(staged.root.join(place)).ok())
        .map(|metadata| metadata.len())
        .sum();
    let mut fields = vec![
        ("Package", staged.variant.package().to_string()),
        ("Version", staged.version.clone()),
        ("Architecture", architecture(staged)?),
        ("Maintainer", MAINTAINER.into()),
        ("Installed-Size", bytes.div_ceil(1024).to_string()),
        ("Section", "misc".into()),
        ("Priority", "optional".into()),
    ];
    fields.extend(relations(staged)?);
    fields.push(("Description", about(staged.variant).into()));
    Ok(fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect())
}

fn relations(staged: &Staged) -> Result<Vec<(&'static str, String)>> {
    let other = match staged.variant {
        Variant::Multilingual => {
            return Ok(vec![("Enhances", "frontdesk, frontdesk-light".into())]);
        }
        Variant::Full => "frontdesk-light",
        Variant::Light => "frontdesk",
    };
    let suggested = match staged.variant {
        // A graphics card is used where its driver is there; letters of many scripts are shown.
        Variant::Full => ("Suggests", "frontdesk-multilingual".to_string()),
        _ => ("Suggests", "frontdesk-multilingual, frontdesk".to_string()),
    };
    Ok(vec![
        ("Depends", libraries(staged)?),
        ("Recommends", "libvulkan1, fonts-noto-core".into()),
        suggested,
        ("Conflicts", other.into()),
        ("Replaces", other.into()),
    ])
}

fn about(variant: Variant) -> &'static str {
    match variant {
        Variant::Full => {
            "offline help desk for one computer\n Visitors ask in their own words and get the shop's \
             own approved answers and\n documents, quoted and with their source, without the \
             internet. With a small\n language model and a search model for English."
        }
        Variant::Light => {
            "offline help desk for one computer, without models\n Visitors ask in their own words and \
             get the shop's own approved answers and\n documents, quoted and with their source, \
             without the internet. Models are\n brought on a stick or downloaded when staff agree; \
             until then it searches\n by words."
        }
        Variant::Multilingual => {
            "search model of Frontdesk for other languages\n With it Frontdesk finds by meaning in a \
             hundred languages; without it by\n meaning in English and by words in the others."
        }
    }
}

/// The packages that bring what the programs need to start. Parts for graphics cards are left
/// out: they are loaded only where a driver is.
fn libraries(staged: &Staged) -> Result<String> {
    let work = tempfile::tempdir()?;
    let source = "Source: frontdesk\nMaintainer: nobody\n\nPackage: frontdesk\nArchitecture: any\n";
    fs::create_dir(work.path().join("debian"))?;
    fs::write(work.path().join("debian/control"), source)?;
    let home = staged.root.join(HOME);
    let mut find = Command::new("dpkg-shlibdeps");
    find.current_dir(work.path()).args(["-O", "--ignore-missing-info", "--warnings=0"]);
    find.arg(format!("-l{}", home.join("engine").display()));
    for (place, _) in &staged.items {
        let path = staged.root.join(place);
        let is_ours = place.starts_with(HOME) && !place.contains("/graphics/");
        if is_ours && path.is_file() && elf::is_elf(&path)? {
            find.arg(format!("-e{}", path.display()));
        }
    }
    let said = process::capture(&mut find)?;
    let found = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    let found = found.with_context(|| format!("dpkg-shlibdeps named no packages: {said}"))?;
    // Asks about what was written here when everything is taken off; any of its kinds will do.
    Ok(format!("{found}, debconf (>= 0.5) | debconf-2.0"))
}

fn sums(staged: &Staged) -> Result<String> {
    let mut text = String::new();
    for (place, _) in &staged.items {
        let path = staged.root.join(place);
        if path.is_symlink() {
            continue;
        }
        let said = process::capture(Command::new("md5sum").arg("--").arg(&path))?;
        let sum = said.split_whitespace().next().unwrap_or_default();
        text.push_str(&format!("{sum}  {place}\n"));
    }
    Ok(text)
}

fn put(path: &Path, text: &str, mode: u32) -> Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}
