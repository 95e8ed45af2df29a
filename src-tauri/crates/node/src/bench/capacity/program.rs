//! The program under load: `frontdesk-node serve` as a process of its own, on a new desk.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use commands::wire::{Generation, Health, SettingsChange, StaffCommand};
use serde_json::Value;

use super::broken;
use super::visitor::Door;
use crate::bench::engine::process::processor_time;
use crate::exit::Failure;
use crate::open::Place;

/// How long it may take to be ready.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long it is waited for between two loads; work in the background may go on.
const REST: Duration = Duration::from_secs(20);
/// It is at rest when all its processes together use less of a core than this.
const AT_REST: f64 = 0.08;

/// Processor seconds used so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    /// The program itself.
    pub(super) node_s: f64,
    /// Its engines that make vectors.
    pub(super) embedding_s: f64,
    /// Its engine that writes.
    pub(super) chat_s: f64,
    /// The visitors themselves, who share the computer with it.
    pub(super) visitors_s: f64,
}

impl Used {
    /// What was used since an earlier moment, divided among so many.
    pub(super) fn since(self, before: Self, count: usize) -> Self {
        let count = count.max(1) as f64;
        Self {
            node_s: (self.node_s - before.node_s) / count,
            embedding_s: (self.embedding_s - before.embedding_s) / count,
            chat_s: (self.chat_s - before.chat_s) / count,
            visitors_s: (self.visitors_s - before.visitors_s) / count,
        }
    }

    /// Everything but the writing.
    pub(super) fn light_s(self) -> f64 {
        self.node_s + self.embedding_s + self.visitors_s
    }

    fn all_s(self) -> f64 {
        self.light_s() + self.chat_s
    }
}

/// The running program. Dropping it ends it.
pub(super) struct Program {
    process: Child,
    visitors: Door,
    staff: Door,
}

/// How a node is started that is one of several.
pub(super) struct Shared {
    /// Where visitors ask, through the balancer.
    pub(super) listen: SocketAddr,
    /// The name under which they ask.
    pub(super) host: String,
    /// The keys of all nodes.
    pub(super) keys: PathBuf,
    /// The cores that it may use.
    pub(super) cores: Vec<usize>,
    /// Whether a model writes.
    pub(super) writes: bool,
}

impl Program {
    /// Starts it and waits until the sample shop is read, a model may speak, and nothing goes on.
    pub(super) fn start(place: &Place, data: &Path) -> Result<Self, Failure> {
        let own = std::env::current_exe().map_err(broken)?;
        let mut command = Command::new(own);
        arguments(&mut command, place, data).args(["serve", "--listen", "127.0.0.1:0"]);
        Self::launch(command, true)
    }

    /// The same for one of several nodes.
    pub(super) fn start_shared(
        place: &Place,
        data: &Path,
        shared: &Shared,
    ) -> Result<Self, Failure> {
        let own = std::env::current_exe().map_err(broken)?;
        let cores: Vec<String> = shared.cores.iter().map(usize::to_string).collect();
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &cores.join(",")]).arg(own);
        arguments(&mut command, place, data)
            .args(["serve", "--share", "--listen", &shared.listen.to_string()])
            .args(["--staff-listen", "127.0.0.1:0", "--host", &shared.host])
            .arg("--key-file")
            .arg(&shared.keys);
        Self::launch(command, shared.writes)
    }

    fn launch(mut command: Command, writes: bool) -> Result<Self, Failure> {
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(broken)?;
        let told = process.stdout.take().map(|stdout| {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).map(|_| line)
        });
        let told = told.and_then(Result::ok).unwrap_or_default();
        let told: Value = serde_json::from_str(&told).unwrap_or_default();
        let address = told["listening"].as_str().unwrap_or_default();
        let staff_at = told["staff_listening"].as_str().unwrap_or(address);
        let door = |address: &str, url: &str| {
            let key = told[url].as_str().and_then(|url| url.split_once("#key="));
            Door::new(address, key.map_or("", |(_, key)| key))
        };
        let visitors = door(address, "visitor_url");
        let program = Self { visitors, staff: door(staff_at, "staff_url"), process };
        if address.is_empty() {
            return Err(broken("the program did not say where it listens"));
        }
        if writes {
            program.let_a_model_speak()?;
        }
        if !program.rests_within(PATIENCE)? {
            return Err(broken("the program does not come to rest"));
        }
        Ok(program)
    }

    /// Where visitors ask.
    pub(super) fn visitors(&self) -> &Door {
        &self.visitors
    }

    /// Asks as staff.
    pub(super) fn manage(&self, command: &StaffCommand) -> Result<Value, Failure> {
        self.staff.manage(command)
    }

    fn let_a_model_speak(&self) -> Result<(), Failure> {
        let generation = Some(Generation::Always);
        let change = SettingsChange { generation, ..SettingsChange::default() };
        self.manage(&StaffCommand::ChangeSettings(change))?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let health = self.manage(&StaffCommand::Health)?;
            let chat: Option<Health> = serde_json::from_value(health["chat"].clone()).ok();
            match chat {
                Some(Health::Ready | Health::Busy { .. }) => return Ok(()),
                Some(Health::Failed { reason }) => return Err(broken(reason)),
                _ if Instant::now() > deadline => return Err(broken("the model is not ready")),
                _ => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    /// Waits for a while until nothing goes on: vectors are made, answers are written.
    pub(super) fn rest(&self) -> Result<(), Failure> {
        self.rests_within(REST).map(drop)
    }

    fn rests_within(&self, limit: Duration) -> Result<bool, Failure> {
        let deadline = Instant::now() + limit;
        while Instant::now() < deadline {
            let (before, since) = (self.used()?, Instant::now());
            std::thread::sleep(Duration::from_millis(700));
            let busy = (self.used()?.all_s() - before.all_s()) / since.elapsed().as_secs_f64();
            if busy < AT_REST {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What its processes have used so far.
    pub(super) fn used(&self) -> Result<Used, Failure> {
        let own = self.process.id();
        let seconds = |id: u32| processor_time(id).map_or(0.0, |time| time.as_secs_f64());
        let mut used = Used {
            node_s: processor_time(own)?.as_secs_f64(),
            visitors_s: seconds(std::process::id()),
            ..Used::default()
        };
        for child in children(own) {
            let line = std::fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
            match String::from_utf8_lossy(&line).contains("embedding") {
                true => used.embedding_s += seconds(child),
                false => used.chat_s += seconds(child),
            }
        }
        Ok(used)
    }
}

fn arguments<'a>(command: &'a mut Command, place: &Place, data: &Path) -> &'a mut Command {
    command.arg("--data").arg(data).args(["--engine", place.engine_name(), "--json", "--quiet"])
}

/// The processes that a process has started. Linux only, as the processor's times are.
fn children(id: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let ids = |list: String| list.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    lists.flat_map::<Vec<u32>, _>(ids).collect()
}

impl Drop for Program {
    fn drop(&mut self) {
        // Killed, not asked: its desk is thrown away, and its engines end with it.
        if let Err(error) = self.process.kill().and_then(|()| self.process.wait()) {
            tracing::warn!(%error, "the program under load did not end");
        }
    }
}
