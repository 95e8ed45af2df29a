//! Puts the built pages into the program: a table of paths and bytes of `ui/dist`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let dist = manifest.join("../../../ui/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    collect(&dist, &mut files);
    files.sort();
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut table = String::from("const FILES: &[(&str, &[u8])] = &[\n");
    for (number, file) in files.iter().enumerate() {
        let name = file.strip_prefix(&dist).expect("it was found below it");
        let name = name.to_string_lossy().replace('\\', "/");
        // A copy: the next build of the pages must not pull the files from under the compiler.
        let copy = out.join(format!("page-{number}"));
        if let Err(error) = fs::copy(file, &copy) {
            panic!("{} cannot be copied: {error}", file.display());
        }
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", copy.display().to_string())
            .expect("writing to a string cannot fail");
    }
    table.push_str("];\n");
    fs::write(out.join("pages.rs"), table).expect("the build folder can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
