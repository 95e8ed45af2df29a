//! Backups from the command line: made, verified and brought back by a process that may be killed
//! at any moment, on a disk that may be full, beside another that has the desk open.
//!
//! With `FRONTDESK_SLOW` set, the process is killed a hundred times in each way instead of a few.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use store::Store;

use crate::desk::{Desk, Run, check_error, run, skip, tell};

/// A desk with the sample shop, and a backup of it.
fn sample() -> (Desk, String) {
    let desk = Desk::new();
    desk.json(&["ask", "When do you open?"]);
    let file = desk.path("sample.fdz").display().to_string();
    desk.json(&["backup", &file]);
    (desk, file)
}

/// What each table holds but for what moves with the act itself.
fn rows(data: &Path) -> Vec<(String, u64)> {
    let mut rows = Store::open(data).unwrap().hash_rows().unwrap();
    rows.retain(|(table, _)| !["meta", "knowledge_change"].contains(&table.as_str()));
    rows
}

/// How often the process is killed.
fn kills() -> u32 {
    if std::env::var_os("FRONTDESK_SLOW").is_some() { 100 } else { 6 }
}

#[test]
fn a_backup_is_proven_before_it_is_called_one_and_brought_back() {
    let (desk, file) = sample();
    let before = rows(&desk.data());
    let verified = desk.json(&["verify", &file]);
    assert!(verified["holds"]["answers"].as_u64().unwrap() > 10, "{verified}");
    desk.json(&["faq", "add", "Is there a sauna?", "Yes."]);
    let preview = desk.json(&["restore", &file, "--preview"]);
    assert_eq!(preview["is_own"], json!(true));
    let restored = desk.json(&["restore", &file]);
    assert_eq!(restored["now"], verified["holds"]);
    assert_eq!(rows(&desk.data()), before);
    let safety = restored["safety"].as_str().unwrap();
    let merged = desk.json(&["restore", safety, "--merge"]);
    assert_eq!(merged["added_answers"], json!(1), "{merged}");
    let elsewhere = Desk::new();
    elsewhere.json(&["restore", &file]);
    let told = run(elsewhere.scripted().args(["ask", "When do you open?"]));
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert_eq!(run(desk.scripted().args(["backup", &file])).status, 1, "nothing is overwritten");
}

#[test]
fn an_unreadable_desk_is_replaced_and_kept_aside() {
    let (desk, file) = sample();
    fs::write(desk.data().join("kb.db"), b"this was a desk once, and nobody can read it now")
        .unwrap();
    let refused = desk.run(&["doctor"]);
    assert_eq!(refused.status, 3);
    assert!(refused.stderr.contains("restore FILE"), "{}", refused.stderr);
    let restored = desk.json(&["restore", &file]);
    let aside = Path::new(restored["set_aside"].as_str().unwrap());
    assert!(fs::read(aside.join("kb.db")).unwrap().starts_with(b"this was a desk once"));
    assert!(rows(&desk.data()).len() > 40);
}

#[test]
fn what_is_no_backup_is_refused_with_its_reason() {
    let (desk, file) = sample();
    let before = rows(&desk.data());
    let bytes = fs::read(&file).unwrap();
    let torn = desk.write("torn.fdz", &bytes[..bytes.len() - 5]).display().to_string();
    let letter = desk.write("letter.fdz", "Dear desk,").display().to_string();
    for (file, words) in [(&torn, "damaged"), (&letter, "not a backup")] {
        for command in ["verify", "restore"] {
            let refused = run(desk.scripted().args(["--json", command, file]));
            assert_eq!(refused.status, 1);
            let error = refused.document()["error"].clone();
            check_error(&error);
            assert!(error["message"].as_str().unwrap().contains(words), "{error}");
        }
    }
    assert_eq!(rows(&desk.data()), before);
    // One of the day may be there: this can take a while on a busy computer.
    let made = fs::read_dir(desk.data().join("backups")).into_iter().flatten().flatten();
    let mut names = made.map(|entry| entry.file_name().into_string().unwrap());
    assert!(!names.any(|name| name.contains("before-restore")), "backed up for what was refused");
}

#[test]
fn a_desk_that_is_open_elsewhere_is_left_alone() {
    let (desk, file) = sample();
    let owner = Store::open(&desk.data()).unwrap();
    for arguments in [["restore", &file], ["backup", "/nowhere.fdz"]] {
        let refused = run(desk.scripted().args(["--json"]).args(arguments));
        assert_eq!(refused.status, 3, "{}", refused.stdout);
        assert!(refused.error()["message"].as_str().unwrap().contains("in use"));
    }
    assert_eq!(desk.run(&["verify", &file]).status, 0, "whoever only reads may");
    drop(owner);
    assert_eq!(desk.run(&["restore", &file]).status, 0, "the owner has gone");
}

/// Starts the program again and again, and kills it at another moment each time; then looks.
fn kill_often(mut program: impl FnMut(u32) -> Command, mut look: impl FnMut(u32)) {
    let started = Instant::now();
    let first = program(0).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(first.success());
    look(0);
    let whole = started.elapsed().as_millis() as u64;
    for round in 1..=kills() {
        let mut child = program(round).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Spread over the whole run, and a little beyond.
        let part = u64::from(round.wrapping_mul(2_654_435_761) % 1_000);
        std::thread::sleep(Duration::from_millis(whole * part / 900));
        child.kill().unwrap();
        child.wait().unwrap();
        look(round);
    }
}

#[test]
fn a_killed_backup_leaves_a_whole_file_or_none() {
    let (desk, _) = sample();
    let before = rows(&desk.data());
    let target = |round: u32| desk.path(&format!("{round}.fdz"));
    let mut made = 0;
    kill_often(
        |round| {
            let mut command = desk.scripted();
            command.arg("backup").arg(target(round));
            command
        },
        |round| {
            let target = target(round);
            if target.exists() {
                made += 1;
                desk.json(&["verify", &target.display().to_string()]);
            }
            assert_eq!(rows(&desk.data()), before, "round {round}");
        },
    );
    tell(&format!("killed {} times while backing up; {made} files, all whole", kills()));
}

#[test]
fn a_restore_is_all_or_nothing_however_it_is_killed() {
    let (desk, old_file) = sample();
    let old = rows(&desk.data());
    desk.json(&["faq", "add", "Is there a sauna?", "Yes."]);
    desk.json(&["ask", "Is there a sauna?"]);
    let new_file = desk.path("new.fdz").display().to_string();
    desk.json(&["backup", &new_file]);
    let new = rows(&desk.data());
    assert_ne!(old, new);
    let mut seen = [0, 0];
    kill_often(
        |round| {
            let mut command = desk.scripted();
            command.args(["restore", if round % 2 == 0 { &old_file } else { &new_file }]);
            command
        },
        |round| {
            let now = rows(&desk.data());
            assert!(now == old || now == new, "round {round}: neither the old desk nor the new");
            seen[usize::from(now == new)] += 1;
        },
    );
    tell(&format!("killed {} times while restoring: {seen:?} old and new", kills()));
    let left: Vec<_> = fs::read_dir(desk.data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    desk.json(&["verify", &new_file]);
    desk.json(&["backup", &desk.path("last.fdz").display().to_string()]);
    assert!(!desk.data().join("restore.part.db").exists(), "{left:?}");
}

/// Runs a script with a disk of 24 MB at `$DISK`, in a mount namespace of its own.
fn on_a_small_disk(desk: &Desk, disk: &Path, script: &str) -> Option<Run> {
    let mut probe = Command::new("unshare");
    probe.args(["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "probe", "/mnt"]);
    if !probe.output().is_ok_and(|probe| probe.status.success()) {
        skip("this system lets nobody mount a small disk");
        return None;
    }
    fs::create_dir_all(disk).unwrap();
    let program = desk.scripted();
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-euc"]);
    command.arg(format!("mount -t tmpfs -o size=24m disk \"$DISK\"\n{script}"));
    command.arg("sh").arg(program.get_program()).args(program.get_args());
    command.env("DISK", disk).env("FRONTDESK_MODELS", desk.path("no-models"));
    Some(run(&mut command))
}

#[test]
fn a_full_disk_gets_no_half_backup() {
    let (desk, file) = sample();
    let disk = desk.path("stick");
    // First with too little room from the start, then filling up below the program's estimate.
    let script = r#"
for left in 100 600 1200; do
  head -c $((24 * 1024 * 1024 - left * 1024)) /dev/zero >"$DISK/others"
  "$@" --json backup "$DISK/a.fdz" && exit 9
  test "$(ls "$DISK")" = others
done
rm "$DISK/others"
"$@" --json backup "$DISK/a.fdz" >&2
"$@" --json verify "$DISK/a.fdz" >&2
"#;
    let Some(told) = on_a_small_disk(&desk, &disk, script) else { return };
    assert_eq!(told.status, 0, "{} {}", told.stdout, told.stderr);
    for line in told.documents() {
        check_error(&line["error"]);
        let message = line["error"]["message"].as_str().unwrap();
        assert!(message.contains("stick"), "{message}");
    }
    desk.json(&["verify", &file]);
}

#[test]
fn a_full_disk_under_the_desk_changes_nothing() {
    let (desk, file) = sample();
    let disk = desk.data();
    // The mount hides the desk; it is copied in first.
    fs::rename(&disk, desk.path("kept")).unwrap();
    let script = format!(
        r#"
cp {kept}/kb.db "$DISK/"
"$@" --json verify {file} >/dev/null
head -c 40000000 /dev/zero >"$DISK/others" 2>/dev/null || true
"$@" --json backup {other} && exit 9
"$@" --json restore {file} && exit 9
rm "$DISK/others"
"$@" --json verify {file} >/dev/null
"$@" --json backup {other} >/dev/null
"#,
        kept = desk.path("kept").display(),
        other = desk.path("other.fdz").display(),
    );
    let Some(told) = on_a_small_disk(&desk, &disk, &script) else { return };
    assert_eq!(told.status, 0, "{} {}", told.stdout, told.stderr);
    for line in told.documents() {
        check_error(&line["error"]);
    }
    let (kept, after) = (desk.json(&["verify", &file]), desk.path("other.fdz"));
    let after = desk.json(&["verify", &after.display().to_string()]);
    assert_eq!(kept["holds"], after["holds"]);
}
