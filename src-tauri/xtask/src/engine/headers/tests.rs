//! Versions, and the mirror among what apt lists.

use super::*;

fn check_version(said: &str, expected: Option<(u32, u32)>) {
    assert_eq!(version(said), expected, "{said:?}");
}

#[test]
fn versions_are_compared_by_their_first_two_numbers() {
    check_version("1.4.309\n", Some((1, 4)));
    check_version("1.3.239", Some((1, 3)));
    check_version("2.0", Some((2, 0)));
    check_version("1", None);
    check_version("", None);
    assert!((1, 3) < OLDEST && (1, 4) >= OLDEST && (2, 0) >= OLDEST);
}

#[test]
fn the_mirror_is_where_the_release_itself_comes_from() {
    let listed = "http://b.example/debian-security/ bookworm-security main\n\
                  http://a.example/debian/ bookworm contrib\n\
                  http://a.example/debian/ bookworm main\n\
                  http://a.example/debian/ bookworm-updates main\n";
    assert_eq!(mirror(listed), Some("http://a.example/debian/"));
    assert_eq!(mirror("http://a.example/debian/ bookworm-updates main\n"), None);
    assert_eq!(mirror(""), None);
}
