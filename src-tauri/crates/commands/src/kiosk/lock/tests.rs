//! The files as they are written.

use super::*;

fn facts(program: &str, data: &str) -> Facts {
    Facts { program: program.into(), data: data.into() }
}

fn text(facts: &Facts, system: System, name: &str) -> String {
    let file = files(facts, system).into_iter().find(|file| file.name == name);
    file.unwrap_or_else(|| panic!("{name}")).text
}

fn check_holds(system: System, name: &str, program: &str, data: &str, expected: &str) {
    let text = text(&facts(program, data), system, name);
    assert!(text.contains(expected), "{name} lacks {expected}:\n{text}");
}

#[test]
fn each_file_names_the_program_in_its_own_way_of_quoting() {
    use System::*;
    let desk = "/home/anna/desk";
    check_holds(
        Linux,
        SERVICE,
        "/usr/bin/frontdesk",
        desk,
        "cage -d -- \"/usr/bin/frontdesk\" --kiosk",
    );
    check_holds(Linux, SERVICE, "/opt/50% \"x\" $y", desk, r#""/opt/50%% \"x\" $$y" --kiosk"#);
    check_holds(Linux, "set-up.sh", "/opt/anna's", desk, r"[ -x '/opt/anna'\''s' ]");
    check_holds(
        Linux,
        "frontdesk-kiosk.desktop",
        "/opt/my desk",
        desk,
        "Exec=\"/opt/my desk\" --kiosk --data \"/home/anna/desk\"",
    );
    check_holds(Linux, "frontdesk-kiosk.desktop", "/opt/$x%", desk, r#"Exec="/opt/\\$x%%""#);
    check_holds(
        Windows,
        "shell-launcher.xml",
        "C:\\P & Q\\f.exe",
        "D:\\d",
        "Shell=\"&quot;C:\\P &amp; Q\\f.exe&quot; --kiosk --data &quot;D:\\d&quot;\"",
    );
    check_holds(
        Windows,
        "assigned-access.xml",
        "C:\\<f>.exe",
        "D:\\d",
        "DesktopAppPath=\"C:\\&lt;f&gt;.exe\" rs5:AutoLaunch",
    );
}

#[test]
fn the_service_always_comes_back_and_reaches_no_other_terminal() {
    let service = text(&facts("/usr/bin/frontdesk", "/d"), System::Linux, SERVICE);
    for line in
        ["Restart=always", "StartLimitIntervalSec=0", "User=frontdesk-kiosk", "NoNewPrivileges=yes"]
    {
        assert!(service.lines().any(|one| one == line), "{line}");
    }
    let start = service.lines().find(|line| line.starts_with("ExecStart=")).unwrap();
    assert!(!start.split(' ').any(|word| word == "-s"), "{start}");
}

#[test]
fn whatever_a_path_holds_no_line_is_added() {
    // Such a path cannot be typed by accident, but it must not become a command either.
    let facts = facts("/opt/a b", "/d; rm -rf /");
    for file in files(&facts, System::Linux) {
        assert!(
            !file.text.lines().any(|line| line.trim_start().starts_with("rm -rf")),
            "{}",
            file.name
        );
        assert!(!file.text.contains("\t"), "{}", file.name);
    }
}

#[test]
fn files_for_windows_have_its_line_ends_and_both_ways_back() {
    for file in files(&facts("C:\\f.exe", "D:\\d"), System::Windows) {
        assert!(file.text.contains("\r\n") && !file.text.contains("\r\r"), "{}", file.name);
    }
    let undo = text(&facts("C:\\f.exe", "D:\\d"), System::Windows, "undo.ps1");
    assert!(undo.contains("ShellLauncher = $null") && undo.contains("Configuration = $null"));
}

#[test]
fn files_are_written_into_a_folder_of_their_own_and_again() {
    let place = tempfile::tempdir().unwrap();
    let files = files(&facts("/usr/bin/frontdesk", "/d"), System::Linux);
    for _ in 0..2 {
        let (folder, names) = write(place.path(), &files).unwrap();
        assert_eq!(folder, place.path().join("frontdesk-kiosk"));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), names.len());
        assert_eq!(fs::read_to_string(folder.join("README.txt")).unwrap(), files[0].text);
    }
}

fn check_refused(place: &Path) {
    let error = write(place, &[]).unwrap_err();
    assert!(error.hint.is_some(), "{error:?}");
}

#[test]
fn a_place_that_is_none_is_named() {
    let place = tempfile::tempdir().unwrap();
    check_refused(Path::new(""));
    check_refused(Path::new("relative"));
    check_refused(&place.path().join("nowhere"));
    fs::write(place.path().join("frontdesk-kiosk"), "a file").unwrap();
    check_refused(place.path());
}

#[cfg(unix)]
#[test]
fn files_never_go_through_a_link() {
    let (place, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), place.path().join("frontdesk-kiosk")).unwrap();
    check_refused(place.path());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}
