//! Landlock: only named files can be opened.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, RestrictSelfAttr,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError,
    Scope, make_bitflags,
};

use super::places;
use crate::{Confinement, Hold, SandboxError};

/// Running is not among them: what a program maps as a library is only read.
const READ: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir});

/// Files and folders, but no links, pipes, sockets and devices.
const WRITE: BitFlags<AccessFs> = make_bitflags!(AccessFs::{
    ReadFile | ReadDir | WriteFile | Truncate | MakeReg | MakeDir | RemoveFile | RemoveDir | Refer
});

const DEVICE: BitFlags<AccessFs> =
    make_bitflags!(AccessFs::{ReadFile | ReadDir | WriteFile | IoctlDev});

/// Since this version a file that may not be written cannot be cut short either.
const KNOWS_TRUNCATE: ABI = ABI::V3;

/// Locks away every file that is not named. Says how far that holds on this kernel.
pub(super) fn lock(confinement: &Confinement) -> Result<Hold, SandboxError> {
    let other_threads = count_threads().saturating_sub(1);
    let failed = |error: RulesetError| SandboxError::Files(Box::new(error));
    let mut rules = rules().map_err(failed)?;
    for path in &confinement.read {
        rules = allow(rules, path, READ)?;
    }
    for path in &confinement.write {
        rules = allow(rules, path, WRITE)?;
    }
    for path in places::readable(confinement.graphics_card) {
        rules = allow_if_there(rules, path, READ)?;
    }
    rules = allow_if_there(rules, Path::new("/dev/null"), DEVICE)?;
    if confinement.graphics_card {
        for path in places::cards() {
            rules = allow_if_there(rules, &path, DEVICE)?;
        }
    }
    let status = rules.restrict_self().map_err(failed)?;
    Ok(judge(&status, other_threads))
}

/// The rights that are taken away. What this kernel does not know yet is left out; `judge` says so.
fn rules() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V4))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .all_threads(true)
}

fn allow(
    rules: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, SandboxError> {
    let unopened = |source| SandboxError::Path { path: path.to_owned(), source };
    let opened = open_name(path).map_err(unopened)?;
    let is_folder = opened.metadata().map_err(unopened)?.is_dir();
    let access = if is_folder { access } else { access & AccessFs::from_file(ABI::V5) };
    rules
        .add_rule(PathBeneath::new(opened, access))
        .map_err(|error| SandboxError::Files(Box::new(error)))
}

fn allow_if_there(
    rules: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, SandboxError> {
    // A place of the system that cannot be opened now could not be opened later either.
    if open_name(path).is_ok() { allow(rules, path, access) } else { Ok(rules) }
}

/// Opens the name and not the content, so that devices do not notice.
fn open_name(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(libc::O_PATH | libc::O_CLOEXEC).open(path)
}

fn judge(status: &RestrictionStatus, other_threads: usize) -> Hold {
    let version = match status.landlock {
        LandlockStatus::NotImplemented => {
            return Hold::Not("the kernel has no Landlock, or it is kept from this process".into());
        }
        LandlockStatus::NotEnabled => {
            return Hold::Not("Landlock is switched off when the computer starts".into());
        }
        LandlockStatus::Available { effective_abi, .. } => effective_abi,
    };
    let mut gaps = Vec::new();
    if version < KNOWS_TRUNCATE {
        gaps.push("cutting files short is left to the lock on calls".to_owned());
    }
    if other_threads > 0 && !status.all_threads {
        gaps.push(format!("{other_threads} threads were running already and stay free"));
    }
    if gaps.is_empty() { Hold::Fully } else { Hold::Partly(gaps.join(", ")) }
}

fn count_threads() -> usize {
    fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}
