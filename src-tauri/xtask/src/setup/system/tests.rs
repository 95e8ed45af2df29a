//! The listing of dpkg, and what each purpose needs.

use super::{Purpose, parse_installed, wanted};

#[test]
fn only_fully_installed_packages_count() {
    let listing = "cmake ii \nclang rc \nxvfb un \nlibclang-dev ii \n\nbroken\n";
    assert_eq!(parse_installed(listing), ["cmake", "libclang-dev"]);
}

#[test]
fn running_needs_no_test_browser() {
    assert!(!wanted(Purpose::Run).contains(&"chromium"));
    assert!(wanted(Purpose::Test).contains(&"chromium"));
    assert!(wanted(Purpose::Test).contains(&"cmake"));
    assert!(wanted(Purpose::Test).contains(&"glslc"));
    assert!(wanted(Purpose::Graphics).contains(&"glslc"));
    assert!(wanted(Purpose::Graphics).contains(&"cmake"));
    assert!(wanted(Purpose::Balancers).contains(&"haproxy"));
    assert!(
        !wanted(Purpose::Test).contains(&"nginx"),
        "a web server is asked for by its tests only"
    );
    assert!(!wanted(Purpose::Graphics).contains(&"chromium"));
    assert!(!wanted(Purpose::Run).contains(&"glslc"));
}
