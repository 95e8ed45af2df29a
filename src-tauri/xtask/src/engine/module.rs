//! Building `libggml-vulkan.so`, and nothing else, from the sources of llama.cpp that cargo has
//! for the engine: the same version and the same flags, so that it fits the engine's other parts.

use std::ffi::OsString;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;

use super::headers;
use crate::files::{holds, link_or_copy, write_whole};
use crate::process;
use crate::workspace::Workspace;

const PACKAGE: &str = "llama-cpp-sys-2";
const TARGET: &str = "ggml-vulkan";
const FILE: &str = "libggml-vulkan.so";

/// How the package's own build sets up llama.cpp, as far as it matters to this part.
const OPTIONS: &[&str] = &[
    "-DCMAKE_BUILD_TYPE=Release",
    "-DCMAKE_SKIP_RPATH=ON",
    "-DBUILD_SHARED_LIBS=ON",
    "-DGGML_BACKEND_DL=ON",
    "-DGGML_NATIVE=OFF",
    "-DGGML_OPENMP=ON",
    "-DGGML_CPU=OFF",
    "-DGGML_VULKAN=ON",
    "-DLLAMA_BUILD_APP=OFF",
    "-DLLAMA_BUILD_COMMON=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_SERVER=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_TOOLS=OFF",
    "-DLLAMA_CURL=OFF",
    "-DLLAMA_OPENSSL=OFF",
];

/// For every processor of its family; the loops that must be fast run on the card.
const FLAGS: &str = "-ffunction-sections -fdata-sections -fPIC -w";
const FLAGS_X86_64: &str = "-m64 -march=x86-64";

/// The part in the cache, made where it is missing or was made in another way.
pub(super) fn make(workspace: &Workspace) -> Result<PathBuf> {
    let (version, sources) = sources(workspace)?;
    let folder = workspace.cache.join("vulkan").join(version);
    let headers = headers::find_or_download(workspace)?;
    let options = options(&headers);
    let (made, recipe) = (folder.join(FILE), folder.join("recipe"));
    if made.is_file() && holds(&recipe, &options.join("\n")) {
        return Ok(made);
    }
    eprintln!("building the engine's part for graphics cards; this takes some minutes, once");
    let started = Instant::now();
    let build = folder.join("build");
    let mut configure = workspace.command("cmake");
    configure.arg("-S").arg(&sources).arg("-B").arg(&build).args(&options);
    process::run(&mut configure)?;
    let mut compile = workspace.command("cmake");
    compile.arg("--build").arg(&build).args(["--target", TARGET]).arg("--parallel");
    compile.arg(available_parallelism().map_or(1, NonZeroUsize::get).to_string());
    process::run(&mut compile)?;
    link_or_copy(&build.join("bin").join(FILE), &made)?;
    write_whole(&recipe, |out| std::io::Write::write_all(out, options.join("\n").as_bytes()))?;
    fs::remove_dir_all(&build)?;
    eprintln!("made {FILE} in {:.0} s", started.elapsed().as_secs_f32());
    Ok(made)
}

fn options(headers: &Path) -> Vec<String> {
    let include = headers.join("include").display().to_string();
    let processor = if cfg!(target_arch = "x86_64") { FLAGS_X86_64 } else { "" };
    let flags = format!("{FLAGS} {processor} -I{include}");
    let spirv = headers.join("share/cmake/SPIRV-Headers");
    let mut options: Vec<String> = OPTIONS.iter().map(ToString::to_string).collect();
    options.extend([
        format!("-DCMAKE_C_FLAGS={flags}"),
        format!("-DCMAKE_CXX_FLAGS={flags}"),
        format!("-DVulkan_INCLUDE_DIR={include}"),
        format!("-DSPIRV-Headers_DIR={}", spirv.display()),
    ]);
    options
}

/// The version that the engine is built with, and where cargo keeps its llama.cpp.
fn sources(workspace: &Workspace) -> Result<(String, PathBuf)> {
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--format-version", "1", "--locked"]);
    let metadata: Value = serde_json::from_str(&process::capture(&mut cargo)?)?;
    find(&metadata).with_context(|| format!("cargo does not know {PACKAGE}"))
}

fn find(metadata: &Value) -> Option<(String, PathBuf)> {
    let package = metadata["packages"].as_array()?.iter().find(|it| it["name"] == PACKAGE)?;
    let manifest = PathBuf::from(OsString::from(package["manifest_path"].as_str()?));
    Some((package["version"].as_str()?.to_owned(), manifest.with_file_name("llama.cpp")))
}

#[cfg(test)]
mod tests;
