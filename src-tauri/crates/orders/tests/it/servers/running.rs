//! A server's process and folder; both are gone when it is dropped.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(40);

/// A running server.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts `command` and waits until `is_ready`.
    pub(super) fn start(
        mut command: Command,
        port: u16,
        folder: tempfile::TempDir,
        is_ready: impl Fn() -> bool,
    ) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut server = Self { child, port, _folder: folder };
        let began = Instant::now();
        while !is_ready() {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("the server ended with {status} before it was ready");
            }
            assert!(began.elapsed() < PATIENCE, "the server did not start in time");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The signal to stop is sent to this process alone; a killed one leaves its children.
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            if began.elapsed() > PATIENCE {
                self.child.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A program in one of the usual folders, or a line that says what is skipped.
pub(super) fn program(name: &str, folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = |folder: &str| -> Vec<PathBuf> {
        let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
        found.map(|entry| entry.path().join("bin")).collect()
    };
    let places = std::env::split_paths(&path)
        .chain(folders.iter().map(PathBuf::from))
        .chain(folders.iter().flat_map(|folder| versions(folder)));
    // The real place: a server finds its own parts beside its program.
    let found = places.map(|place| place.join(name)).find(|path| path.is_file());
    let found = found.and_then(|path| std::fs::canonicalize(path).ok());
    if found.is_none() {
        // Past the test harness, which would swallow it.
        let line = format!("skipped: {name} is not installed\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    found
}

/// A command that runs as an account without rights where this one has all of them: the servers
/// refuse to be started by the system's owner.
pub(super) fn without_rights(program: &Path, folder: &Path) -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt;
        own.uid() == 0
    });
    if !is_root {
        return Command::new(program);
    }
    let status = Command::new("chown").arg("-R").arg("nobody").arg(folder).status().unwrap();
    assert!(status.success());
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]).arg(program);
    command
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Runs a command to its end.
pub(super) fn run(mut command: Command) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
