//! Some nodes on this computer that follow one desk.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::visitors::get;

const PROGRAM: &str = env!("CARGO_BIN_EXE_frontdesk-node");

/// The name under which visitors ask.
pub(crate) const SITE: &str = "desk.test";

/// Nodes, the desk that they follow, and the folder between them.
pub(crate) struct Cluster {
    nodes: Vec<Node>,
    publisher: String,
    folder: TempDir,
}

struct Node {
    number: usize,
    address: SocketAddr,
    child: Option<Child>,
}

/// The approved answers of the desk, in its version `edition`.
fn answers(edition: u32) -> String {
    format!(
        "question,answer,alternatives\n\
         Do you sell gift cards?,\"Yes, gift cards are sold from {edition} pounds.\",\
         Can I buy a voucher?|gift voucher\n\
         Is there parking at the shop?,There are twelve free places behind the shop.,\
         Where can I park?\n"
    )
}

impl Cluster {
    /// So many nodes, ready, on the first edition.
    pub(crate) fn start(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut cluster = Self { nodes: Vec::new(), publisher: String::new(), folder };
        cluster.publish(1);
        for number in 1..=count {
            let address = free_address();
            cluster.nodes.push(Node { number, address, child: None });
            cluster.start_node(number);
        }
        (1..=count).for_each(|number| cluster.wait_until_ready(number));
        cluster
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn addresses(&self) -> Vec<SocketAddr> {
        self.nodes.iter().map(|node| node.address).collect()
    }

    /// The key that every node takes from visitors.
    pub(crate) fn visitors_key(&self) -> String {
        self.key("visitor ")
    }

    /// The key that every node takes from programs.
    pub(crate) fn programs_key(&self) -> String {
        self.key("program ")
    }

    fn key(&self, whose: &str) -> String {
        let keys = fs::read_to_string(self.path("keys")).unwrap();
        keys.lines().find_map(|line| line.strip_prefix(whose)).unwrap().trim().to_owned()
    }

    /// Writes an edition of the answers, and publishes it; answers its version.
    pub(crate) fn publish(&mut self, edition: u32) -> i64 {
        self.publish_in("kb", edition)
    }

    /// The same in another folder than the one that is followed.
    pub(crate) fn publish_in(&mut self, shelf: &str, edition: u32) -> i64 {
        let table = self.path("answers.csv");
        fs::write(&table, answers(edition)).unwrap();
        self.writer(&["import", table.to_str().unwrap()]);
        self.published(shelf, &[])
    }

    /// Publishes the edition before the newest one again.
    pub(crate) fn roll_back(&mut self) -> i64 {
        self.published("kb", &["--roll-back"])
    }

    fn published(&mut self, shelf: &str, more: &[&str]) -> i64 {
        let shelf = self.path(shelf);
        let mut arguments = vec!["publish", shelf.to_str().unwrap()];
        arguments.extend(more);
        let told: Value = serde_json::from_str(&self.writer(&arguments)).unwrap();
        self.publisher = told["publisher"].as_str().unwrap().to_owned();
        told["version"].as_i64().unwrap()
    }

    fn writer(&self, arguments: &[&str]) -> String {
        let output = self.program("writer").args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn program(&self, data: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .env("FRONTDESK_MODELS", self.path("no-models"))
            .env_remove("FRONTDESK_LOG")
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path())
            .arg("--data")
            .arg(self.path(data))
            .args(["--engine", "scripted", "--json"])
            .stdin(Stdio::null());
        command
    }

    /// Starts a node again, on the folder and the address that it had.
    pub(crate) fn start_node(&mut self, number: usize) {
        let address = self.node(number).address;
        let log = fs::File::create(self.path(&format!("node{number}.log"))).unwrap();
        let mut command = self.program(&format!("node{number}"));
        command
            .args(["serve", "--share", "--listen", &address.to_string(), "--host", SITE])
            .args(["--drain", "3", "--require-knowledge", "1", "--follow-every", "0.2"])
            .arg("--key-file")
            .arg(self.path("keys"))
            .arg("--follow")
            .arg(self.path("kb"))
            .args(["--publisher", &self.publisher])
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("listening"), "node {number} did not start: {line}");
        self.node(number).child = Some(child);
    }

    pub(crate) fn wait_until_ready(&mut self, number: usize) {
        let address = self.node(number).address;
        wait(&format!("node {number} is ready"), || get(address, SITE, "/ready") == Some(200));
    }

    /// Waits until a node says yes to this version of the knowledge.
    pub(crate) fn wait_for_version(&self, number: usize, version: i64) {
        let address = self.nodes[number - 1].address;
        let path = format!("/ready?knowledge={version}");
        wait(&format!("node {number} has version {version}"), || {
            get(address, SITE, &path) == Some(200)
        });
    }

    /// As a power cut does it.
    pub(crate) fn kill(&mut self, number: usize) {
        let mut child = self.node(number).child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// As the system does it before an update: asks, and waits until it has ended.
    pub(crate) fn stop(&mut self, number: usize) {
        let mut child = self.node(number).child.take().unwrap();
        ask_to_end(&child);
        let ended = child.wait().unwrap();
        assert!(ended.success(), "node {number} ended with {ended}");
    }

    fn node(&mut self, number: usize) -> &mut Node {
        self.nodes.iter_mut().find(|node| node.number == number).unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for node in &mut self.nodes {
            if let Some(mut child) = node.child.take() {
                let _gone = child.kill().and_then(|()| child.wait());
            }
        }
    }
}

/// Asks a process politely.
pub(crate) fn ask_to_end(child: &Child) {
    let id = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
}

/// An address that nobody listens on at the moment.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Looks again and again, for half a minute.
pub(crate) fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Writes a file that holds what `text` says.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
