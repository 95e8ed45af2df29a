//! Vulkan's headers, new enough for llama.cpp: those of the system, or else of the next release of
//! Debian, downloaded by name with apt and unpacked beside the system, not into it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::files::{replace_folder, write_whole};
use crate::process;
use crate::workspace::Workspace;

/// Older ones lack names that llama.cpp uses.
const OLDEST: (u32, u32) = (1, 4);

/// The release that has them.
const SUITE: &str = "trixie";

/// What is downloaded from it.
const PACKAGES: [&str; 2] = ["libvulkan-dev", "spirv-headers"];

/// The keys that Debian's own lists are signed with, on every Debian system.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The folder with `include` and `share` of both packages.
pub(super) fn find_or_download(workspace: &Workspace) -> Result<PathBuf> {
    let system = Path::new("/usr");
    if are_whole(system) && system_version().is_some_and(|version| version >= OLDEST) {
        return Ok(system.to_owned());
    }
    let folder = workspace.cache.join("vulkan/headers");
    if !are_whole(&folder.join("usr")) {
        let part = folder.with_added_extension("part");
        download(&part).context(
            "Vulkan's headers could not be brought; packages libvulkan-dev 1.4 and spirv-headers \
             are needed, from this system or from Debian",
        )?;
        ensure!(are_whole(&part.join("usr")), "the packages do not hold Vulkan's headers");
        replace_folder(&part, &folder)?;
    }
    Ok(folder.join("usr"))
}

fn are_whole(prefix: &Path) -> bool {
    let files =
        ["include/vulkan/vulkan.hpp", "share/cmake/SPIRV-Headers/SPIRV-HeadersConfig.cmake"];
    files.iter().all(|file| prefix.join(file).is_file())
}

fn system_version() -> Option<(u32, u32)> {
    let said =
        process::capture(Command::new("pkg-config").args(["--modversion", "vulkan"])).ok()?;
    version(&said)
}

/// `(1, 4)` of `1.4.309`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Fills a folder with the unpacked packages.
fn download(to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    let work = tempfile::tempdir()?;
    for folder in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(work.path().join(folder))?;
    }
    let targets = ["indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"];
    let listed = process::capture(apt(work.path()).args(targets).arg("Created-By: Packages"))?;
    let mirror = mirror(&listed).context("apt knows no mirror of Debian")?;
    let sources = work.path().join("next.sources");
    let text = format!(
        "Types: deb\nURIs: {mirror}\nSuites: {SUITE}\nComponents: main\nSigned-By: {KEYS}\n\
         Languages: none\nTargets: Packages\n"
    );
    write_whole(&sources, |out| std::io::Write::write_all(out, text.as_bytes()))?;

    eprintln!("downloading {} of Debian {SUITE}", PACKAGES.join(" and "));
    process::run(only(&sources, apt(work.path())).args(["-qq", "update"]))?;
    let mut download = only(&sources, apt(work.path()));
    process::run(download.args(["-qq", "download"]).args(PACKAGES).current_dir(work.path()))?;
    for file in fs::read_dir(work.path())? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "deb") {
            process::run(Command::new("dpkg-deb").arg("-x").arg(&file).arg(to))?;
        }
    }
    Ok(())
}

/// apt with the system's sources, whose lists and locks are its own.
fn apt(work: &Path) -> Command {
    let mut apt = Command::new("apt-get");
    let own = |name: &str, folder: &str| format!("{name}={}", work.join(folder).display());
    // The lists of the system are only read, to learn the mirror.
    apt.args(["-o", &own("Dir::Cache", "cache"), "-o", "APT::Sandbox::User=root"]);
    apt
}

/// The same with other sources only.
fn only(sources: &Path, mut apt: Command) -> Command {
    let lists = sources.with_file_name("lists");
    apt.args(["-o", "Dir::Etc::SourceParts=/dev/null"]);
    apt.arg("-o").arg(format!("Dir::Etc::SourceList={}", sources.display()));
    apt.arg("-o").arg(format!("Dir::State::Lists={}", lists.display()));
    apt
}

/// Where this system gets its own packages from: lines of mirror, release and part.
fn mirror(listed: &str) -> Option<&str> {
    listed.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let (mirror, release, part) = (words.next()?, words.next()?, words.next()?);
        // Updates and security come from other places or under other names.
        (part == "main" && !release.contains('-')).then_some(mirror)
    })
}

#[cfg(test)]
mod tests;
