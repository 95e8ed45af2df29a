//! The system's packages, on Debian and its relatives.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Purpose;
use crate::process;

/// Package, what it is for, and what needs it.
const PACKAGES: &[(&str, &str, Purpose)] = &[
    ("build-essential", "the C++ compiler for llama.cpp", Purpose::Run),
    ("ccache", "not compiling the same C++ twice", Purpose::Run),
    ("clang", "reading llama.cpp's headers", Purpose::Run),
    ("cmake", "building llama.cpp", Purpose::Run),
    ("fonts-dejavu-core", "text in the window", Purpose::Run),
    ("fonts-noto-core", "text in other scripts", Purpose::Run),
    ("libclang-dev", "reading llama.cpp's headers", Purpose::Run),
    ("librsvg2-dev", "icons of the window", Purpose::Run),
    ("libwebkit2gtk-4.1-dev", "the window", Purpose::Run),
    ("pkg-config", "finding the libraries", Purpose::Run),
    ("glslc", "programs for graphics cards", Purpose::Graphics),
    ("libvulkan-dev", "finding graphics cards", Purpose::Graphics),
    ("spirv-headers", "programs for graphics cards", Purpose::Graphics),
    ("appstream", "checking the package's description", Purpose::Package),
    ("debootstrap", "a fresh system to try packages in", Purpose::Package),
    ("desktop-file-utils", "checking the package's entry", Purpose::Package),
    ("rpm", "packages for Fedora and openSUSE", Purpose::Package),
    ("strace", "watching for connections", Purpose::Package),
    ("chromium", "tests in a browser", Purpose::Test),
    ("mariadb-client-core", "making an empty database for tests", Purpose::Test),
    ("mariadb-server-core", "tests that read orders from a database", Purpose::Test),
    ("mesa-vulkan-drivers", "a graphics card that is none, for tests", Purpose::Test),
    ("openbox", "a window manager for tests", Purpose::Test),
    ("postgresql", "tests that read orders from a database", Purpose::Test),
    ("qemu-user", "tests on other processors", Purpose::Test),
    ("webkit2gtk-driver", "tests in the window", Purpose::Test),
    ("x11-utils", "looking at windows in tests", Purpose::Test),
    ("xdotool", "keys and touches in tests", Purpose::Test),
    ("xvfb", "a screen nobody sees", Purpose::Test),
    ("haproxy", "tests of several nodes behind a load balancer", Purpose::Balancers),
    ("nginx", "tests of several nodes behind a load balancer", Purpose::Balancers),
];

/// Installs what is missing, or says the one line to run and fails.
pub(super) fn install(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted: Vec<&str> = wanted(purpose);
    let Ok(installed) = installed(&wanted) else {
        eprintln!("not a Debian system; needed are the equivalents of: {}", wanted.join(" "));
        return Ok(());
    };
    let missing: Vec<&str> =
        wanted.into_iter().filter(|name| !installed.iter().any(|have| have == name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(rights) = rights() else {
        bail!(
            "packages of the system are missing; run this, then try again:\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
            missing.join(" ")
        );
    };
    eprintln!("installing {}", missing.join(" "));
    process::run(rights.apt().arg("update").arg("-qq"))?;
    process::run(rights.apt().args(["install", "-y", "--no-install-recommends"]).args(&missing))
        .context("the packages could not be installed")
}

fn wanted(purpose: Purpose) -> Vec<&'static str> {
    PACKAGES
        .iter()
        .filter(|(_, _, needed)| {
            let only_there = [Purpose::Package, Purpose::Balancers];
            let for_tests = purpose == Purpose::Test && !only_there.contains(needed);
            // A package is tried in a window, and has the part for graphics cards in it.
            let for_packages = purpose == Purpose::Package
                && ![Purpose::Test, Purpose::Balancers].contains(needed);
            [Purpose::Run, purpose].contains(needed) || for_tests || for_packages
        })
        .map(|(name, ..)| *name)
        .collect()
}

/// Which of these are installed; an error where there is no dpkg.
fn installed(names: &[&str]) -> Result<Vec<String>> {
    // dpkg-query fails when it does not know one of the names, and still lists the others.
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Abbrev}\n"])
        .args(names)
        .stderr(Stdio::null())
        .output()?;
    Ok(parse_installed(&String::from_utf8_lossy(&output.stdout)))
}

/// The packages of lines like `cmake ii `.
fn parse_installed(listing: &str) -> Vec<String> {
    listing
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, state)| state.trim() == "ii")
        .map(|(name, _)| name.to_string())
        .collect()
}

/// How we may install packages.
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn apt(&self) -> Command {
        let mut command = match self {
            Rights::Root => Command::new("env"),
            Rights::Sudo => Command::new("sudo"),
        };
        if let Rights::Sudo = self {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    }
}

fn rights() -> Option<Rights> {
    let says =
        |program: &str, arguments: &[&str]| process::capture(Command::new(program).args(arguments));
    if says("id", &["-u"]).is_ok_and(|user| user.trim() == "0") {
        return Some(Rights::Root);
    }
    says("sudo", &["-n", "true"]).is_ok().then_some(Rights::Sudo)
}

#[cfg(test)]
mod tests;
