//! The process that locks itself in and then does what its test asks, one act per process.
//!
//! Every line on stdout is a finding for the test; a panic fails it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::net::UdpSocket;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::mpsc::channel;
use std::thread;
use std::time::SystemTime;

use sandbox::{Confinement, Hold, Layer, confine_calls, confine_files, escape_attempts};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// Numbers that the tests look for again.
pub(crate) const MEMORY_BYTES: u64 = 256 << 20;
pub(crate) const OPEN_FILES: u64 = 40;
pub(crate) const FILE_BYTES: u64 = 1 << 20;

/// First word of a line that says why the act cannot be played on this machine.
pub(crate) const SKIPPED: &str = "skipped:";

/// The place of an act: a file that may be read, a folder that may be written, a file that neither.
struct Cell(PathBuf);

impl Cell {
    fn model(&self) -> PathBuf {
        self.0.join("model")
    }

    fn states(&self) -> PathBuf {
        self.0.join("states")
    }

    fn secret(&self) -> PathBuf {
        self.0.join("secret")
    }

    fn confinement(&self) -> Confinement {
        Confinement {
            read: vec![self.model()],
            write: vec![self.states()],
            graphics_card: false,
            memory_bytes: Some(MEMORY_BYTES),
            open_files: OPEN_FILES,
            file_bytes: FILE_BYTES,
            ..Confinement::default()
        }
    }
}

/// Plays one act in a folder that the test has prepared.
pub(crate) fn live(act: &str, folder: &Path) -> ExitCode {
    let cell = Cell(folder.to_owned());
    match act {
        "free" => escape_attempts().iter().for_each(|attempt| println!("{attempt}")),
        "missing-model" => missing_model(&cell),
        "late" => late(&cell),
        "old-kernel" => old_kernel(&cell),
        "earlier-thread" => earlier_thread(&cell),
        _ if !lock_in(&cell) => {}
        "escape" => escape_attempts().iter().for_each(|attempt| println!("{attempt}")),
        "work" => work(&cell),
        "threads" => threads(),
        "become-another" => become_another(),
        "limits" => limits(&cell),
        "large-file" => large_file(&cell),
        "end-itself" => end_itself(),
        other => panic!("no act {other}"),
    }
    ExitCode::SUCCESS
}

/// Both steps. `false`, with a line that says why, if this system lacks a lock.
fn lock_in(cell: &Cell) -> bool {
    let report = confine_files(&cell.confinement()).unwrap().and(confine_calls().unwrap());
    let holds = report.layers().iter().all(|(_, hold)| !matches!(hold, Hold::Not(_)));
    if !holds {
        println!("{SKIPPED} {report}");
    }
    holds
}

fn assert_denied<T>(answer: std::io::Result<T>) {
    let error = answer.map(|_| ()).expect_err("it worked");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{error}");
}

/// What an engine does all day.
fn work(cell: &Cell) {
    assert_eq!(fs::read_to_string(cell.model()).unwrap(), "weights");
    assert_denied(fs::read(cell.secret()));
    assert_denied(OpenOptions::new().write(true).open(cell.model()));
    assert_denied(fs::remove_file(cell.model()));
    fs::hard_link(cell.model(), cell.states().join("link")).expect_err("it worked");
    assert_denied(std::os::unix::fs::symlink("/", cell.states().join("root")));

    let (draft, state) = (cell.states().join("draft"), cell.states().join("state"));
    fs::write(&draft, "tokens").unwrap();
    fs::rename(&draft, &state).unwrap();
    let opened = File::open(&state).unwrap();
    opened.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(opened.metadata().unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
    File::create(&state).unwrap().write_all(b"more").unwrap();
    assert_eq!(fs::read_dir(cell.states()).unwrap().count(), 1);
    fs::remove_file(&state).unwrap();

    assert!(thread::available_parallelism().unwrap().get() > 0);
    assert!(fs::read_to_string("/proc/cpuinfo").unwrap().contains("processor"));
    assert!(fs::read_to_string("/proc/self/maps").unwrap().contains("[stack]"));
    println!("worked");
}

/// Threads of threads, as the runtime of OpenMP starts them, with the same call of the C library.
fn threads() {
    let teams: Vec<_> = (0..4)
        .map(|_| thread::spawn(|| (0..4).map(|_| thread::spawn(|| 1)).collect::<Vec<_>>()))
        .collect();
    let members = teams.into_iter().flat_map(|team| team.join().unwrap());
    println!("{} threads", members.map(|member| member.join().unwrap()).sum::<i32>());
    assert_denied(thread::spawn(|| UdpSocket::bind("127.0.0.1:0")).join().unwrap());
}

/// A thread from before the second step is bound by it, and one from before the first is counted.
fn earlier_thread(cell: &Cell) {
    let files = confine_files(&cell.confinement()).unwrap();
    let (go, wait) = channel::<()>();
    let earlier = thread::spawn(move || {
        wait.recv().unwrap();
        UdpSocket::bind("127.0.0.1:0")
    });
    let report = files.and(confine_calls().unwrap());
    if matches!(report.hold(Layer::Network), Some(Hold::Not(_))) {
        println!("{SKIPPED} {report}");
        return;
    }
    go.send(()).unwrap();
    assert_denied(earlier.join().unwrap());
    println!("bound");
}

/// The first step with another thread about: it must not claim to bind that one.
fn late(cell: &Cell) {
    let (go, wait) = channel::<()>();
    let secret = cell.secret();
    let earlier = thread::spawn(move || {
        wait.recv().unwrap();
        fs::read(secret).is_ok()
    });
    let report = confine_files(&cell.confinement()).unwrap();
    go.send(()).unwrap();
    let is_free = earlier.join().unwrap();
    println!("{} {report}", if is_free { "free" } else { "bound" });
}

fn missing_model(cell: &Cell) {
    let confinement = Confinement { read: vec![cell.0.join("gone")], ..cell.confinement() };
    println!("{}", confine_files(&confinement).unwrap_err());
}

/// A kernel that knows none of the locks, as far as this process can tell.
fn old_kernel(cell: &Cell) {
    let unknown = [libc::SYS_landlock_create_ruleset, libc::SYS_seccomp];
    let filter = SeccompFilter::new(
        unknown.map(|call| (call, Vec::new())).into(),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS.unsigned_abs()),
        std::env::consts::ARCH.try_into().unwrap(),
    );
    seccompiler::apply_filter(&BpfProgram::try_from(filter.unwrap()).unwrap()).unwrap();
    println!("{}", confine_files(&cell.confinement()).unwrap().and(confine_calls().unwrap()));
    fs::read(cell.secret()).unwrap();
}

/// Without a new process, only with another program in this one.
fn become_another() {
    let error = Command::new("/bin/true").exec();
    assert_denied::<()>(Err(error));
    println!("refused");
}

fn limits(cell: &Cell) {
    let mut kept = Vec::new();
    let error = loop {
        match File::open(cell.model()) {
            Ok(file) => kept.push(file),
            Err(error) => break error,
        }
    };
    assert!(kept.len() < usize::try_from(OPEN_FILES).unwrap(), "{error}");
    drop(kept);

    let mut memory = Vec::<u8>::new();
    let most = usize::try_from(MEMORY_BYTES).unwrap();
    memory.try_reserve_exact(most / 2).unwrap();
    assert!(Vec::<u8>::new().try_reserve_exact(most).is_err());
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let dump = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(dump.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{dump}");
    println!("limited");
}

fn large_file(cell: &Cell) {
    let most = usize::try_from(FILE_BYTES).unwrap();
    let path = cell.states().join("large");
    fs::write(&path, vec![0; most]).unwrap();
    println!("full");
    let answer = OpenOptions::new().append(true).open(&path).unwrap().write_all(&[0]);
    panic!("the file grew: {answer:?}");
}

/// The end that an engine makes for itself when the desk goes away.
fn end_itself() {
    use rustix::process::{Signal, getpid, kill_process};
    kill_process(getpid(), Signal::KILL).unwrap();
}
