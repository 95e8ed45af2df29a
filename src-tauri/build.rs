//! Hands tauri-build our capability and permission files, which live under `src-tauri/`
//! while the manifest and `tauri.conf.json` are at the repository root.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let manifest = tauri_build::AppManifest::new()
        .permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!(
            "tauri-build failed: {error:#}. Is ui/dist there? `cargo xtask run` builds it first."
        );
    }
}
