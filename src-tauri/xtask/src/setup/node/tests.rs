//! Versions as node writes them.

use super::major;

#[test]
fn the_major_version() {
    let check = |said: &str, expected: Option<u32>| assert_eq!(major(said), expected, "{said}");
    check("v20.20.2\n", Some(20));
    check("v9.0.0", Some(9));
    check("20.1.0", None);
    check("", None);
}
