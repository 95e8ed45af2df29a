//! The visitors' window stays closed.

use super::check;

#[test]
fn the_kiosk_may_only_visit() {
    let kiosk = "src-tauri/capabilities/kiosk.json";
    let check = |path: &str, text: &str, expected: bool| {
        assert_eq!(check(path, text).is_empty(), expected, "{text}");
    };
    check(kiosk, r#"{"windows":["kiosk"],"permissions":["allow-visit"]}"#, true);
    check(kiosk, r#"{"windows":["kiosk"],"permissions":["allow-visit","allow-manage"]}"#, false);
    check(kiosk, r#"{"windows":["kiosk"],"permissions":["core:default"]}"#, false);
    check(kiosk, r#"{"windows":["kiosk"],"permissions":[]}"#, false);
    check(kiosk, r#"{"windows":["kiosk"],"permissions":["allow-visit"],"remote":{}}"#, false);
    check(kiosk, "{", false);
    let staff = "src-tauri/capabilities/staff.json";
    check(staff, r#"{"windows":["staff"],"permissions":["allow-visit","allow-manage"]}"#, true);
    check(staff, r#"{"windows":["staff","kiosk"],"permissions":["allow-manage"]}"#, false);
    check(staff, r#"{"windows":["*"],"permissions":["allow-manage"]}"#, false);
    check(staff, r#"{"webviews":["kiosk"],"permissions":["allow-manage"]}"#, false);
    check("ui/kiosk.json", "{", true);
}
