//! Puts llama.cpp's libraries into a folder `engine` beside the program, and tells the program to
//! look for them there.
//!
//! llama.cpp is built in parts: its core, and one library for each generation of processors. The
//! program picks the processor's at run time, so one package runs on all of them at full speed.
//! Parts for graphics cards, where features asked for them, go into a folder of their own: the
//! program looks there only when a card is asked for.

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder, beside the program.
const FOLDER: &str = "engine";

/// The folder of the parts for graphics cards. `cargo xtask engine` puts its part there too.
const GRAPHICS_FOLDER: &str = "graphics";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let backends = env::var_os("DEP_LLAMA_BACKENDS_DIR").ok_or("llama.cpp was not built")?;
    let backends = PathBuf::from(backends);
    let built = backends.parent().ok_or("the libraries lie in a folder")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names a folder")?);
    // target/PROFILE/build/PACKAGE/out
    let programs = out.ancestors().nth(3).ok_or("the folder is deep enough")?;
    let folder = programs.join(FOLDER);
    fs::create_dir_all(&folder)?;

    remove_dangling_links(programs)?;
    for source in [backends.clone(), built.join("lib"), built.join("bin")] {
        for file in libraries(&source)? {
            link_or_copy(&file, &folder.join(file.file_name().ok_or("a file has a name")?))?;
        }
    }
    for file in graphics_parts(&backends)? {
        let folder = programs.join(GRAPHICS_FOLDER);
        fs::create_dir_all(&folder)?;
        link_or_copy(&file, &folder.join(file.file_name().ok_or("a file has a name")?))?;
    }
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("unix") {
        let here = match env::var("CARGO_CFG_TARGET_OS").as_deref() {
            Ok("macos") => "@executable_path",
            _ => "$ORIGIN",
        };
        println!("cargo:rustc-link-arg-bins=-Wl,-rpath,{here}/{FOLDER}");
        if here == "$ORIGIN" {
            // The libraries name each other without a path; only this older form of the entry
            // is followed for them too.
            println!("cargo:rustc-link-arg-bins=-Wl,--disable-new-dtags");
        }
    }
    println!("cargo:rustc-env=FRONTDESK_ENGINE_FOLDER={FOLDER}");
    println!("cargo:rustc-env=FRONTDESK_GRAPHICS_FOLDER={GRAPHICS_FOLDER}");
    Ok(())
}

/// The files a running program needs: on Linux those under the names the loader asks for.
fn libraries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let is_module = name.starts_with("libggml-cpu") || name.starts_with("ggml-cpu");
        let is_library = name.ends_with(".dll")
            || name.ends_with(".dylib")
            || name.rsplit_once(".so.").is_some_and(|(_, version)| !version.contains('.'));
        if !is_graphics_part(name) && (is_library || (is_module && name.ends_with(".so"))) {
            found.push(path);
        }
    }
    Ok(found)
}

/// What the features `vulkan`, `cuda` and `metal` built.
fn graphics_parts(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if is_graphics_part(name) {
            found.push(path);
        }
    }
    Ok(found)
}

fn is_graphics_part(name: &str) -> bool {
    ["ggml-vulkan", "ggml-cuda", "ggml-metal"].iter().any(|part| name.contains(part))
}

/// The build of llama.cpp leaves links without a target where the programs are, and fails on
/// them when it runs again.
fn remove_dangling_links(programs: &Path) -> Result<(), Box<dyn Error>> {
    for folder in [programs.to_owned(), programs.join("deps"), programs.join("examples")] {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            let is_ours = name.starts_with("libggml") || name.starts_with("libllama");
            if is_ours && path.is_symlink() && !path.exists() {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

/// A second name costs no room; another disk needs a copy.
fn link_or_copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let from = fs::canonicalize(from)?;
    if to.symlink_metadata().is_ok() {
        fs::remove_file(to)?;
    }
    if fs::hard_link(&from, to).is_err() {
        fs::copy(&from, to)?;
    }
    Ok(())
}
