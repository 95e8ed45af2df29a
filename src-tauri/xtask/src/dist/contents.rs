//! What is in a package, and where it lies: the one table that staging follows and the audit compares.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::order::{Order, Variant};
use crate::models::catalogue;
use crate::workspace::Workspace;

/// Everything of ours that is not for reading lies here.
pub const HOME: &str = "usr/lib/frontdesk";

/// The name of the program for desktops, icons and stores of programs.
pub const IDENTIFIER: &str = "io.frontdesk.app";

/// The programs, and whether people start them by name.
const PROGRAMS: [(&str, bool); 4] = [
    ("frontdesk", true),
    ("frontdesk-node", true),
    ("frontdesk-engine", false),
    ("frontdesk-reader", false),
];

/// Folders beside the programs with parts of the engine. The second is there where it was built.
const ENGINE: &str = "engine";
const GRAPHICS: &str = "graphics";

/// Pictures in `icons`, and how many dots wide they are.
const ICONS: [(&str, u32); 8] = [
    ("16x16.png", 16),
    ("24x24.png", 24),
    ("32x32.png", 32),
    ("48x48.png", 48),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];

/// What of the sample shop is for people; the rest are questions for tests.
const SAMPLE: [&str; 5] = ["shop.json", "facts.json", "faq.csv", "orders.csv", "documents"];

/// Where something comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file as it stands.
    File(PathBuf),
    /// A file with the version and the package's name put in where it leaves room.
    Template(PathBuf),
    /// The same, compressed, as pages of the manual are.
    Manual(PathBuf),
    /// A program or a library: stripped, and without the building machine's folders.
    Built(PathBuf),
    /// Another name of a program.
    Link(String),
}

/// One thing in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it lies, without the first slash.
    pub place: String,
    pub source: Source,
    /// Its permissions.
    pub mode: u32,
}

/// Everything in a package but the papers, which `stage` writes.
pub fn list(workspace: &Workspace, order: &Order, variant: Variant) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    if variant.has_programs() {
        let built = workspace.target.join(order.profile.folder());
        programs(&built, &mut items)?;
        desktop(workspace, &mut items);
        for name in SAMPLE {
            let from = workspace.root.join("src-tauri/demo").join(name);
            tree(&from, &format!("usr/share/frontdesk/sample/{name}"), &mut items)?;
        }
    }
    let known = catalogue::read(&workspace.root)?;
    for id in variant.models() {
        let entry = known.iter().find(|entry| entry.id == *id);
        let entry = entry.with_context(|| format!("the catalogue has no model {id}"))?;
        let from = workspace.models().join(&entry.file);
        add(&mut items, format!("{HOME}/models/{}", entry.file), Source::File(from), 0o644);
    }
    items.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(items)
}

fn programs(built: &Path, items: &mut Vec<Item>) -> Result<()> {
    for (name, is_for_people) in PROGRAMS {
        let from = built.join(name);
        ensure!(from.is_file(), "{} is missing; build it without --built", from.display());
        add(items, format!("{HOME}/{name}"), Source::Built(from), 0o755);
        if is_for_people {
            let link = Source::Link(format!("../lib/frontdesk/{name}"));
            add(items, format!("usr/bin/{name}"), link, 0o777);
        }
    }
    for folder in [ENGINE, GRAPHICS] {
        let from = built.join(folder);
        for file in files(&from).unwrap_or_default() {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            add(items, format!("{HOME}/{folder}/{name}"), Source::Built(file), 0o644);
        }
    }
    let parts = items.iter().filter(|item| item.place.contains("/engine/libggml-cpu")).count();
    ensure!(parts > 1, "the engine in {} has no parts for processors", built.display());
    Ok(())
}

fn desktop(workspace: &Workspace, items: &mut Vec<Item>) {
    let data = workspace.root.join("src-tauri/packaging/linux");
    let template = |name: &str| Source::Template(data.join(name));
    let entry = format!("usr/share/applications/{IDENTIFIER}.desktop");
    add(items, entry, template("frontdesk.desktop"), 0o644);
    let about = format!("usr/share/metainfo/{IDENTIFIER}.metainfo.xml");
    add(items, about, template("frontdesk.metainfo.xml"), 0o644);
    for (name, is_for_people) in PROGRAMS {
        if is_for_people {
            let page = Source::Manual(data.join(format!("{name}.1")));
            add(items, format!("usr/share/man/man1/{name}.1.gz"), page, 0o644);
        }
    }
    let icons = workspace.root.join("icons");
    for (name, dots) in ICONS {
        let place = format!("usr/share/icons/hicolor/{dots}x{dots}/apps/{IDENTIFIER}.png");
        add(items, place, Source::File(icons.join(name)), 0o644);
    }
    let place = format!("usr/share/icons/hicolor/scalable/apps/{IDENTIFIER}.svg");
    add(items, place, Source::File(icons.join("icon.svg")), 0o644);
}

/// A file, or every file below a folder.
fn tree(from: &Path, place: &str, items: &mut Vec<Item>) -> Result<()> {
    if from.is_file() {
        add(items, place.to_string(), Source::File(from.to_owned()), 0o644);
        return Ok(());
    }
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        tree(&entry.path(), &format!("{place}/{}", name.to_string_lossy()), items)?;
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn add(items: &mut Vec<Item>, place: String, source: Source, mode: u32) {
    items.push(Item { place, source, mode });
}
