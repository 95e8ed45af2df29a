//! Which sources, and with which flags.

use serde_json::json;

use super::*;

#[test]
fn the_sources_are_those_of_the_engine() {
    let metadata = json!({"packages": [
        {"name": "llama-cpp-2", "version": "0.1.160", "manifest_path": "/r/other/Cargo.toml"},
        {"name": "llama-cpp-sys-2", "version": "0.1.161", "manifest_path": "/r/sys/Cargo.toml"},
    ]});
    assert_eq!(find(&metadata), Some(("0.1.161".into(), PathBuf::from("/r/sys/llama.cpp"))));
    assert_eq!(find(&json!({"packages": []})), None);
}

#[test]
fn the_part_is_loadable_and_for_every_processor() {
    let options = options(Path::new("/h/usr"));
    let has = |option: &str| options.iter().any(|it| it == option);
    assert!(has("-DGGML_BACKEND_DL=ON") && has("-DGGML_NATIVE=OFF"));
    assert!(has("-DVulkan_INCLUDE_DIR=/h/usr/include"));
    let flags = options.iter().find(|it| it.starts_with("-DCMAKE_CXX_FLAGS=")).unwrap();
    assert!(!flags.contains("native"), "{flags}");
    assert!(flags.ends_with("-I/h/usr/include"), "{flags}");
}
