//! `models get`: asks first, brings exact bytes or nothing, and can be stopped anywhere.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hostile::{Manner, Server};
use rustix::process::{Pid, Signal, kill_process};
use sha2::{Digest, Sha256};

use crate::desk::{Desk, Run, finished, run, skip};

/// A desk, and a server with a file that it may get.
pub(crate) struct Mirror {
    pub(crate) desk: Desk,
    pub(crate) server: Server,
    pub(crate) file: Vec<u8>,
}

impl Mirror {
    pub(crate) fn new(size: u32) -> Self {
        let file: Vec<u8> =
            (0..size).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        Self { desk: Desk::new(), server: Server::start(file.clone()), file }
    }

    /// The command for the file in this manner, as a person who trusts this mirror types it.
    fn get(&self, manner: Manner) -> Command {
        self.get_from(&self.server.url(manner))
    }

    pub(crate) fn get_from(&self, url: &str) -> Command {
        let mut command = self.desk.scripted();
        let sha256: String =
            Sha256::digest(&self.file).iter().map(|byte| format!("{byte:02x}")).collect();
        let size = self.file.len().to_string();
        command.args(["models", "get", "own", "--url", url, "--sha256", &sha256]);
        command.args(["--size", &size]);
        command
    }

    fn run(&self, manner: Manner) -> Run {
        run(self.get(manner).args(["--yes", "--json"]))
    }

    fn models(&self) -> PathBuf {
        self.desk.data().join("models")
    }

    pub(crate) fn model(&self) -> PathBuf {
        self.models().join("own.gguf")
    }

    pub(crate) fn has_model(&self) -> bool {
        fs::read(self.model()).is_ok_and(|bytes| bytes == self.file)
    }

    fn part_bytes(&self) -> u64 {
        fs::metadata(self.models().join("own.gguf.part")).map_or(0, |part| part.len())
    }

    /// Starts a download of a slow server and waits until some bytes are here.
    fn under_way(&self) -> Child {
        let mut command = self.get(Manner::Paced);
        command.arg("--yes").stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.part_bytes() < 20_000 {
            assert!(Instant::now() < deadline, "nothing came");
            std::thread::sleep(Duration::from_millis(2));
        }
        child
    }
}

#[test]
fn nothing_is_asked_of_a_server_without_a_yes() {
    let mirror = Mirror::new(100_000);
    let refused = run(mirror.get(Manner::Ok).arg("--json"));
    assert_eq!(refused.status, 2, "{}", refused.stderr);
    let error = refused.error();
    assert!(error["hint"].as_str().unwrap().contains("models get own --yes --url"), "{error}");
    assert!(error["message"].as_str().unwrap().contains("100 kB"), "{error}");
    assert_eq!(mirror.server.asked(), []);
    assert!(!mirror.models().exists());
    // A model of the catalogue too: no server is called, whatever the network is like.
    let refused = run(mirror.desk.scripted().args(["models", "get", "qwen3-4b", "--json"]));
    assert_eq!(refused.status, 2);
    let error = refused.error();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Apache-2.0") && message.contains("huggingface.co"), "{error}");
}

#[test]
fn a_mirror_gives_the_exact_bytes_once() {
    let mirror = Mirror::new(100_000);
    let document = mirror.run(Manner::Ok).document();
    assert_eq!(document["state"], "ready");
    assert_eq!(document["path"], mirror.model().to_str().unwrap());
    assert_eq!(document["size_bytes"], 100_000);
    assert!(mirror.has_model());
    let asked = mirror.server.asked().len();
    assert_eq!(mirror.run(Manner::Ok).status, 0);
    assert_eq!(mirror.server.asked().len(), asked, "what is here is not asked for again");
}

#[test]
fn wrong_bytes_end_with_status_5_and_leave_nothing() {
    let mirror = Mirror::new(100_000);
    for manner in [Manner::WrongHash, Manner::LieShorter, Manner::LieLonger] {
        let refused = mirror.run(manner);
        assert_eq!(refused.status, 5, "{manner:?}: {}", refused.stdout);
        assert_eq!(refused.error()["code"], "model_refused");
        assert!(!mirror.model().exists() && mirror.part_bytes() == 0);
    }
}

#[test]
fn a_mirror_that_leads_astray_or_is_not_there_is_told_so() {
    let mirror = Mirror::new(100_000);
    for manner in [Manner::RedirectFile, Manner::RedirectHttp, Manner::RedirectMetadata] {
        let refused = mirror.run(manner);
        assert_eq!(refused.status, 1, "{manner:?}");
        assert_eq!(refused.error()["code"], "invalid");
    }
    for url in ["http://8.8.8.8/own.gguf", "file:///etc/passwd", "ftp://127.0.0.1/own.gguf"] {
        let refused = run(mirror.get_from(url).args(["--yes", "--json"]));
        assert_eq!((refused.status, refused.error()["code"].clone()), (1, "invalid".into()));
    }
    let gone = run(mirror.get_from("http://127.0.0.1:1/own.gguf").args(["--yes", "--json"]));
    assert_eq!(gone.status, 1);
    let error = gone.error();
    assert!(error["hint"].as_str().unwrap().contains("Bring it on a stick instead"), "{error}");
    assert!(!mirror.models().exists());
}

#[test]
fn a_command_line_that_makes_no_sense_ends_with_status_2_or_1_and_asks_nobody() {
    let mirror = Mirror::new(1_000);
    let url = mirror.server.url(Manner::Ok);
    let other = "0".repeat(64);
    for (arguments, status) in [
        (vec!["get"], 2),
        (vec!["get", "own", "--size", "5"], 2),
        (vec!["get", "own", "--yes", "--url", &url], 2),
        (vec!["get", "own", "--yes", "--url", &url, "--sha256", &other], 2),
        (vec!["get", "qwen3-4b", "--yes", "--url", &url, "--sha256", &other], 2),
        (vec!["get", "qwen3-4b", "--yes", "--url", &url, "--size", "1"], 2),
        (vec!["get", "no-such-model", "--yes"], 1),
        (vec!["get", "smollm2-135m-instruct", "--yes"], 1),
        (vec!["get", "../../evil", "--yes", "--url", &url, "--sha256", &other, "--size", "5"], 1),
        (vec!["get", "own", "--yes", "--url", &url, "--sha256", "abc", "--size", "5"], 1),
    ] {
        let refused = run(mirror.desk.scripted().arg("models").args(&arguments));
        assert_eq!(refused.status, status, "{arguments:?}: {}", refused.stderr);
    }
    assert_eq!(mirror.server.asked(), []);
}

#[test]
fn an_interrupt_pauses_and_the_same_command_goes_on() {
    let mirror = Mirror::new(800_000);
    let child = mirror.under_way();
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let stopped = finished(child.wait_with_output().unwrap());
    assert_eq!(stopped.status, 1);
    assert!(stopped.stderr.contains("paused"), "{}", stopped.stderr);
    assert!(stopped.stderr.contains("models get own"), "{}", stopped.stderr);
    let kept = mirror.part_bytes();
    assert!((20_000..800_000).contains(&kept), "{kept}");
    assert_eq!(mirror.run(Manner::Paced).status, 0);
    assert!(mirror.has_model());
    assert_eq!(mirror.server.asked().last().unwrap().from(), Some(kept));
}

#[test]
fn two_programs_never_write_one_part() {
    let mirror = Mirror::new(800_000);
    let mut first = mirror.under_way();
    let second = mirror.run(Manner::Paced);
    assert_eq!((second.status, second.error()["code"].clone()), (1, "busy".into()));
    assert!(first.wait().unwrap().success());
    assert!(mirror.has_model());
}

#[test]
fn a_hundred_kills_cost_no_tenth_of_the_bytes() {
    let mirror = Mirror::new(6_000_000);
    let (mut kills, mut moment) = (0, 7_u64);
    // Bytes come only as fast as a hundred kills leave time for.
    mirror.server.rest(Duration::from_millis(8));
    while kills < 100 && !mirror.model().exists() {
        let mut command = mirror.get(Manner::Paced);
        let mut child = command
            .args(["--yes", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_millis(40 + (moment >> 33) % 120));
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert_eq!(kills, 100, "the file came too soon");
    mirror.server.rest(Duration::from_micros(50));
    assert_eq!(mirror.run(Manner::Paced).status, 0);
    assert!(mirror.has_model());
    let sent = mirror.server.sent_bytes();
    assert!(sent <= 6_600_000, "{sent} bytes for 6000000");
    let asked = mirror.server.asked();
    let rests = asked.iter().filter(|asked| !asked.is_about_size());
    let rests: Vec<u64> = rests.filter_map(hostile::Asked::from).collect();
    assert!(rests.is_sorted() && rests.len() > 20, "{rests:?}");
    let names: Vec<_> = fs::read_dir(mirror.models())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["own.gguf"]);
}

/// A script in a mount namespace of its own, where a small disk can be had without any right.
fn on_a_small_disk(mirror: &Mirror, script: &str) -> Option<Run> {
    let get = mirror.get(Manner::Paced);
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-euc"]);
    command.arg(format!("mount -t tmpfs -o size=16m disk \"$DISK\"\n{script}"));
    command.arg("sh").arg(get.get_program()).args(get.get_args()).arg("--yes");
    command.env("DISK", mirror.desk.data());
    fs::create_dir_all(mirror.desk.data()).unwrap();
    let mut probe = Command::new("unshare");
    probe.args(["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "probe", "/mnt"]);
    if !probe.output().is_ok_and(|probe| probe.status.success()) {
        skip("this system lets nobody mount a small disk");
        return None;
    }
    Some(run(&mut command))
}

#[test]
fn a_disk_without_room_is_refused_before_a_byte_comes() {
    let mirror = Mirror::new(4_000_000);
    let Some(refused) =
        on_a_small_disk(&mirror, "head -c 13000000 /dev/zero >\"$DISK/others\"\n\"$@\"")
    else {
        return;
    };
    assert_eq!(refused.status, 1, "{}", refused.stderr);
    assert!(refused.stderr.contains("4400000 bytes are needed"), "{}", refused.stderr);
    assert!(mirror.server.sent_bytes() <= 1, "only the size was asked");
}

#[test]
fn a_disk_that_fills_up_while_downloading_keeps_what_came_and_hurts_nothing() {
    let mirror = Mirror::new(4_000_000);
    mirror.server.rest(Duration::from_micros(300));
    let script = r#"
"$@" 2>"$DISK/said" & get=$!
while [ ! -s "$DISK/models/own.gguf.part" ]; do sleep 0.02; done
head -c 16000000 /dev/zero >"$DISK/others" 2>/dev/null || true
set +e; wait $get; echo "first $?"; set -e
echo "part $(wc -c <"$DISK/models/own.gguf.part")"
ls "$DISK/models"
others=$(wc -c <"$DISK/others")
rm "$DISK/others"
"$@" 2>"$DISK/said-again"
echo "others $others"
sha256sum "$DISK/models/own.gguf"
"#;
    let Some(run) = on_a_small_disk(&mirror, script) else { return };
    assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "first 1", "{lines:?}");
    let part: u64 = lines[1].strip_prefix("part ").unwrap().parse().unwrap();
    assert!((1..4_000_000).contains(&part), "{lines:?}");
    let sum: String = Sha256::digest(&mirror.file).iter().map(|b| format!("{b:02x}")).collect();
    assert!(lines.last().unwrap().starts_with(&sum), "{lines:?}");
    let asked = mirror.server.asked();
    assert_eq!(asked.last().unwrap().from(), Some(part), "it went on from what was kept");
}
