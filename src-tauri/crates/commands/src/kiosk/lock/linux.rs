//! Linux: cage as the only program on the screen, started by systemd for an account of its own;
//! or, lighter, an autostart entry for an ordinary session.

use std::path::Path;

use super::{ACCOUNT, Facts, LockFile, SERVICE};

/// Where the desk lies once the screen has an account of its own.
const DATA: &str = "/var/lib/frontdesk-kiosk";
const AUTOSTART: &str = "frontdesk-kiosk.desktop";

pub(super) fn files(facts: &Facts) -> Vec<LockFile> {
    vec![
        LockFile { name: "README.txt", text: readme() },
        LockFile { name: SERVICE, text: service(facts) },
        LockFile { name: "set-up.sh", text: set_up(facts) },
        LockFile { name: "undo.sh", text: undo() },
        LockFile { name: AUTOSTART, text: autostart(facts) },
    ]
}

/// Cage without `-s`: with it the keyboard could change to another terminal.
fn service(facts: &Facts) -> String {
    let program = systemd_word(&facts.program);
    format!(
        "\
[Unit]
Description=Frontdesk, the visitors' screen
After=systemd-user-sessions.service plymouth-quit-wait.service getty@tty1.service
Conflicts=getty@tty1.service
StartLimitIntervalSec=0

[Service]
User={ACCOUNT}
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty1
UtmpMode=user
ExecStart=/usr/bin/cage -d -- {program} --kiosk --data {DATA}
Restart=always
RestartSec=1
NoNewPrivileges=yes

[Install]
WantedBy=graphical.target
"
    )
}

fn set_up(facts: &Facts) -> String {
    let (program, data) = (shell_word(&facts.program), shell_word(&facts.data));
    format!(
        "\
#!/bin/sh
# Makes this computer show the visitors' screen and nothing else. Run it with: sudo sh set-up.sh
set -eu
here=$(CDPATH= cd -- \"$(dirname -- \"$0\")\" && pwd)
[ \"$(id -u)\" = 0 ] || {{ echo 'Please run it with: sudo sh set-up.sh'; exit 1; }}
[ -x {program} ] || {{ echo {program} 'is not there. Install Frontdesk first.'; exit 1; }}
command -v cage >/dev/null || {{ echo 'The program cage is missing. Install it with: apt install cage xwayland'; exit 1; }}
if [ -e {data}/kb.db ] && command -v fuser >/dev/null && fuser -s {data}/lock; then
  echo 'Frontdesk is running. Close it, then run this again.'; exit 1
fi
id {ACCOUNT} >/dev/null 2>&1 || useradd --system --create-home --home-dir {DATA}/home --shell /usr/sbin/nologin {ACCOUNT}
mkdir -p {DATA}
# The desk moves along once; a desk that is there already stays.
[ -e {DATA}/kb.db ] || [ ! -e {data}/kb.db ] || cp -R {data}/. {DATA}/
chown -R {ACCOUNT}: {DATA}
chmod 700 {DATA}
install -m 644 \"$here/{SERVICE}\" /etc/systemd/system/{SERVICE}
systemctl daemon-reload
systemctl set-default graphical.target
# Two programs cannot have one screen.
manager=$(readlink /etc/systemd/system/display-manager.service || true)
if [ -n \"$manager\" ]; then
  basename \"$manager\" >{DATA}/display-manager
  systemctl disable \"$(basename \"$manager\")\"
fi
systemctl enable {SERVICE}
echo 'Done. Start the computer again.'
"
    )
}

fn undo() -> String {
    format!(
        "\
#!/bin/sh
# Takes everything back that set-up.sh did, except the desk itself. Run it with: sudo sh undo.sh
set -eu
[ \"$(id -u)\" = 0 ] || {{ echo 'Please run it with: sudo sh undo.sh'; exit 1; }}
systemctl disable {SERVICE} || true
rm -f /etc/systemd/system/{SERVICE}
systemctl daemon-reload
if [ -s {DATA}/display-manager ]; then
  systemctl enable \"$(cat {DATA}/display-manager)\"
  rm -f {DATA}/display-manager
fi
echo 'Done. Start the computer again. The desk is still in {DATA}.'
"
    )
}

fn autostart(facts: &Facts) -> String {
    let (program, data) = (desktop_word(&facts.program), desktop_word(&facts.data));
    format!(
        "\
[Desktop Entry]
Type=Application
Name=Frontdesk, the visitors' screen
Exec={program} --kiosk --data {data}
X-GNOME-Autostart-enabled=true
"
    )
}

fn readme() -> String {
    format!(
        "\
FRONTDESK: THE VISITORS' SCREEN, LOCKED BY THE COMPUTER

The program keeps visitors on its own page. These files make the computer do its part as well:
the screen comes by itself, comes back by itself, and no key leads to another program.
Set a PIN in Frontdesk before; you leave the screen with it.

For a computer that shows nothing else (recommended)
 1. Close Frontdesk. Open a terminal in this folder.
 2. Type: sudo sh set-up.sh
    It makes the account {ACCOUNT}, which may do nothing else, copies your desk to
    {DATA}, and sets up a service. It needs the program cage.
 3. Start the computer again. The visitors' screen is there after a few seconds.
To take it back: log in from another computer or a rescue system, then: sudo sh undo.sh

For a computer on which people also work (weaker: the desktop's own keys still work)
 1. Copy {AUTOSTART} into the folder .config/autostart of the account.
 2. Log out and in again.
 3. Open Frontdesk's page \"Visitors' screen\" and look at the list of what is in force.

Without a PIN the screen can be left only from outside: with the power switch, from another
computer, or with the rights of an administrator.
"
    )
}

/// One word of a line in a unit file.
fn systemd_word(path: &Path) -> String {
    let path = path.display().to_string();
    let escaped = path.replace('\\', r"\\").replace('"', "\\\"").replace('%', "%%");
    format!("\"{}\"", escaped.replace('$', "$$"))
}

/// One word in a shell.
fn shell_word(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

/// One word of an `Exec` line; the value as a whole is unescaped once before its quotes are read.
fn desktop_word(path: &Path) -> String {
    let mut word = String::new();
    for character in path.display().to_string().chars() {
        match character {
            '\\' => word.push_str(r"\\\\"),
            '"' | '`' | '$' => word.extend(['\\', '\\', character]),
            '%' => word.push_str("%%"),
            _ => word.push(character),
        }
    }
    format!("\"{word}\"")
}
