//! The real programs take the files that ship.

use std::fs;
use std::path::Path;
use std::process::Command;

use capacity::{Deployment, Front};

use crate::balancer::{Kind, command};
use crate::{skip, turn};

/// The shipped set-up for so many nodes, with a certificate that is there.
fn deployment(count: usize, folder: &Path) -> Deployment {
    let made = rcgen::generate_simple_self_signed(vec!["frontdesk.example.lan".into()]).unwrap();
    let pem = folder.join("frontdesk.pem");
    fs::write(&pem, made.cert.pem() + &made.signing_key.serialize_pem()).unwrap();
    let front = Front::Https { pem: pem.to_string_lossy().into_owned() };
    Deployment { front, ..Deployment::usual(count) }
}

#[test]
fn haproxy_and_nginx_take_the_files_for_one_two_and_four_nodes() {
    let Some(_turn) = turn() else { return };
    for count in [1, 2, 4] {
        let folder = tempfile::tempdir().unwrap();
        let deployment = deployment(count, folder.path());
        for (kind, check) in [(Kind::HaProxy, "-c"), (Kind::Nginx, "-t")] {
            let Some(program) = kind.found() else { continue };
            let output = command(kind, &program, &deployment, folder.path()).arg(check).output();
            let output = output.unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{kind:?}, {count} nodes: {said}");
            assert!(!said.to_lowercase().contains("[warning]"), "{kind:?}, {count}: {said}");
        }
    }
}

#[test]
fn systemd_takes_the_units() {
    let Some(_turn) = turn() else { return };
    if !Path::new("/usr/bin/systemd-analyze").exists() {
        return skip("there is no systemd-analyze; install the package systemd");
    }
    let folder = tempfile::tempdir().unwrap();
    for file in Deployment::usual(2).files().unwrap() {
        let Some(name) = file.path.strip_prefix("systemd/") else { continue };
        let path = folder.path().join(name);
        // The program is not installed here; what is looked at is everything around it.
        let text = file.text.replace("/usr/lib/frontdesk/frontdesk-node", "/bin/true");
        fs::write(&path, text).unwrap();
        let output = Command::new("systemd-analyze").arg("verify").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let about_it: Vec<&str> = said.lines().filter(|line| line.contains(name)).collect();
        assert!(output.status.success() && about_it.is_empty(), "{name}: {said}");
    }
}
