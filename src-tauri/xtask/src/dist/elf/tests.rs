//! Reading what `readelf` says.

use super::{Wishes, read_debug_sections, read_wishes};

#[test]
fn libraries_and_folders() {
    let said = "\
Dynamic section at offset 0x2df0 contains 28 entries:
  Tag        Type                         Name/Value
 0x000000000000000f (RPATH)              Library rpath: [$ORIGIN/engine:/opt/x]
 0x0000000000000001 (NEEDED)             Shared library: [libllama.so.0]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000000e (SONAME)             Library soname: [libother.so]
";
    let expected = Wishes {
        libraries: vec!["libllama.so.0".into(), "libc.so.6".into()],
        folders: vec!["$ORIGIN/engine".into(), "/opt/x".into()],
    };
    assert_eq!(read_wishes(said), expected);
    assert_eq!(read_wishes("There is no dynamic section in this file."), Wishes::default());
}

#[test]
fn only_sections_for_debuggers() {
    let said =
        "[ 1] .interp PROGBITS\n[28] .debug_info PROGBITS\n[30] .symtab SYMTAB\n[ 6] .dynsym";
    assert_eq!(read_debug_sections(said), [".debug_info", ".symtab"]);
    assert!(read_debug_sections("[ 1] .text PROGBITS").is_empty());
}
