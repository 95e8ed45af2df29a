//! What a look at this computer finds.

use std::fs;

use super::*;

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(String::from).collect()
}

fn check_state(id: LockCheckId, seen: &Seen, expected: LockState) {
    let rows = checks(seen);
    let row = rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!(row.state, expected, "{row:?} {seen:?}");
    assert_eq!(row.hint.is_empty(), expected == LockState::InForce, "{row:?}");
}

fn with(system: System) -> Seen {
    Seen { system: Some(system), ..Seen::default() }
}

#[test]
fn each_row_tells_what_was_found() {
    use LockCheckId::*;
    use LockState::*;
    check_state(Pin, &Seen { has_pin: true, ..Seen::default() }, InForce);
    check_state(Pin, &Seen::default(), NotInForce);
    for id in [Starts, ComesBack, Alone, Terminals, Account] {
        check_state(id, &Seen::default(), Unknown);
    }
    for id in [Starts, ComesBack, Alone, Terminals] {
        check_state(id, &with(System::default()), NotInForce);
    }
    let service = |enabled, always_again| System {
        service: Some(Service { enabled, always_again }),
        ..System::default()
    };
    check_state(Starts, &with(service(true, false)), InForce);
    check_state(Starts, &with(service(false, true)), NotInForce);
    check_state(ComesBack, &with(service(true, true)), InForce);
    check_state(ComesBack, &with(service(true, false)), NotInForce);
    check_state(Starts, &with(System { autostart: true, ..System::default() }), InForce);
    let under = |line: &str| System { above: vec![words("sh"), words(line)], ..System::default() };
    check_state(Alone, &with(under("/usr/bin/cage -d -- frontdesk --kiosk")), InForce);
    check_state(Alone, &with(under("/usr/bin/gnome-shell")), NotInForce);
    check_state(Terminals, &with(under("cage -d -- frontdesk --kiosk")), InForce);
    check_state(Terminals, &with(under("cage -s -- frontdesk --kiosk")), NotInForce);
    let x = System { no_other_terminals: true, ..System::default() };
    check_state(Terminals, &with(x), InForce);
    let account = |mighty| System { mighty_account: mighty, ..System::default() };
    check_state(Account, &with(account(Some(false))), InForce);
    check_state(Account, &with(account(Some(true))), NotInForce);
    check_state(Account, &with(account(None)), Unknown);
}

#[test]
fn linux_is_read_from_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let nothing = linux::look(root);
    assert!(nothing.service.is_none() && !nothing.autostart && nothing.above.is_empty());
    assert_eq!(nothing.mighty_account, None);

    write("etc/systemd/system/frontdesk-kiosk.service", "[Service]\nRestart=always\n");
    let disabled = linux::look(root).service.unwrap();
    assert_eq!(disabled, Service { enabled: false, always_again: true });
    write("etc/systemd/system/graphical.target.wants/frontdesk-kiosk.service", "");
    write("etc/xdg/autostart/desk.desktop", "[Desktop Entry]\nExec=frontdesk --kiosk\n");
    write("etc/X11/xorg.conf.d/10.conf", "Option \"DontVTSwitch\" \"on\" # closed\n");
    write("proc/self/stat", "9 (a (b) c) S 7 1 1");
    write("proc/7/stat", "7 (cage) S 0 1 1");
    write("proc/7/cmdline", "/usr/bin/cage\0-d\0--\0frontdesk\0");
    write("proc/self/status", "Uid:\t1001 1001 1001 1001\nGid:\t1001 1001\nGroups:\t27 1001\n");
    write("etc/group", "root:x:0:\nsudo:x:27:anna\n");
    let full = linux::look(root);
    assert_eq!(full.service, Some(Service { enabled: true, always_again: true }));
    assert!(full.autostart && full.no_other_terminals);
    assert_eq!(full.above, [words("/usr/bin/cage -d -- frontdesk")]);
    assert_eq!(full.mighty_account, Some(true));

    write("etc/group", "root:x:0:\nsudo:x:28:\n");
    write(
        "etc/xdg/autostart/desk.desktop",
        "[Desktop Entry]\nExec=frontdesk --kiosk\nHidden=true\n",
    );
    write("etc/X11/xorg.conf.d/10.conf", "Option \"DontVTSwitch\" \"off\"\n");
    let less = linux::look(root);
    assert_eq!(less.mighty_account, Some(false));
    assert!(!less.autostart && !less.no_other_terminals);
}
