//! What Linux tells in files: services, autostart, the programs above this one, the account.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Service, System};
use crate::kiosk::lock::SERVICE;

/// How far up the programs are followed.
const MOST_ABOVE: usize = 20;

/// Looks below `root`, which is `/` except in tests.
pub(super) fn look(root: &Path) -> System {
    System {
        service: service(root),
        autostart: autostart(root),
        above: above(root),
        no_other_terminals: no_other_terminals(root),
        mighty_account: mighty_account(root),
    }
}

fn service(root: &Path) -> Option<Service> {
    let places = ["etc/systemd/system", "usr/lib/systemd/system", "lib/systemd/system"];
    let unit =
        places.iter().find_map(|place| fs::read_to_string(root.join(place).join(SERVICE)).ok())?;
    let wanted = ["graphical.target.wants", "multi-user.target.wants"];
    let link = |target: &&str| {
        fs::symlink_metadata(root.join("etc/systemd/system").join(target).join(SERVICE)).is_ok()
    };
    Some(Service {
        enabled: wanted.iter().any(link),
        always_again: unit.lines().any(|line| line.trim() == "Restart=always"),
    })
}

/// Somebody's session, or everybody's, starts the program as visitors' screen.
fn autostart(root: &Path) -> bool {
    let mut folders = vec![root.join("etc/xdg/autostart")];
    if root == Path::new("/") {
        let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
        folders.extend(config.or(home).map(|config| config.join("autostart")));
    }
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    files.filter_map(|file| fs::read_to_string(file.path()).ok()).any(|entry| starts_screen(&entry))
}

fn starts_screen(entry: &str) -> bool {
    let mut lines = entry.lines().map(str::trim);
    let hidden = entry.lines().any(|line| line.trim() == "Hidden=true");
    let starts = lines.any(|line| {
        line.starts_with("Exec=") && line.contains("frontdesk") && line.contains("--kiosk")
    });
    starts && !hidden
}

fn above(root: &Path) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut process = "self".to_string();
    for _ in 0..MOST_ABOVE {
        let folder = root.join("proc").join(&process);
        let Some(parent) =
            fs::read_to_string(folder.join("stat")).ok().and_then(|stat| parent(&stat))
        else {
            break;
        };
        if parent == 0 {
            break;
        }
        let line = fs::read(root.join(format!("proc/{parent}/cmdline"))).unwrap_or_default();
        let words = line.split(|byte| *byte == 0).filter(|word| !word.is_empty());
        found.push(words.map(|word| String::from_utf8_lossy(word).into_owned()).collect());
        process = parent.to_string();
    }
    found
}

/// The parent's number: it follows the state, after the name in brackets, which may hold anything.
fn parent(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// X itself refuses to change terminals where it is told so.
fn no_other_terminals(root: &Path) -> bool {
    let folder = fs::read_dir(root.join("etc/X11/xorg.conf.d")).into_iter().flatten().flatten();
    let files = folder.map(|file| file.path()).chain([root.join("etc/X11/xorg.conf")]);
    files.filter_map(|file| fs::read_to_string(file).ok()).any(|text| {
        let lines =
            text.lines().map(|line| line.split('#').next().unwrap_or_default().to_lowercase());
        lines.into_iter().any(|line| {
            line.contains("\"dontvtswitch\"")
                && !["\"false\"", "\"off\"", "\"no\"", "\"0\""].iter().any(|no| line.contains(no))
        })
    })
}

/// Whether the account is the administrator's, or in a group that may act for the administrator.
fn mighty_account(root: &Path) -> Option<bool> {
    let status = fs::read_to_string(root.join("proc/self/status")).ok()?;
    let numbers = |name: &str| -> Option<Vec<u32>> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.split_whitespace().filter_map(|number| number.parse().ok()).collect())
    };
    if numbers("Uid:")?.contains(&0) {
        return Some(true);
    }
    let mine = [numbers("Gid:")?, numbers("Groups:").unwrap_or_default()].concat();
    let groups = fs::read_to_string(root.join("etc/group")).ok()?;
    Some(groups.lines().any(|line| {
        let mut parts = line.split(':');
        let name = parts.next().unwrap_or_default();
        let number = parts.nth(1).and_then(|number| number.parse().ok());
        ["sudo", "wheel", "admin"].contains(&name) && number.is_some_and(|one| mine.contains(&one))
    }))
}
