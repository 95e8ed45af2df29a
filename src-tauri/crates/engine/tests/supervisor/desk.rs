//! A supervised fake child in a folder of its own, and ways to wait for what should happen.

use std::time::{Duration, Instant};

use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use engine::{Author, Engine, EngineError, Event, Finish, GenerateRequest, Health, Message, Reply};
use tempfile::TempDir;

use crate::fake::WIDTH;

/// Nothing that should happen takes longer, even on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(10);

/// A supervised fake child.
pub(crate) struct Desk {
    pub(crate) child: Child,
    folder: TempDir,
}

impl Desk {
    /// A child whose model file says `script`.
    pub(crate) fn new(script: &str) -> Self {
        Self::with(script, |_| {})
    }

    /// The same with other settings.
    pub(crate) fn with(script: &str, change: impl FnOnce(&mut ChildConfig)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("model");
        std::fs::write(&model, script).unwrap();
        let mut config = ChildConfig {
            program: std::env::current_exe().unwrap(),
            model,
            model_id: "fake".into(),
            purpose: Purpose::Chat,
            query_prefix: "query: ".into(),
            passage_prefix: "passage: ".into(),
            width: WIDTH,
            identity: "fake-1".into(),
            tuning: Tuning::default(),
            eager: false,
            limits: Limits {
                start: LONG,
                silence: LONG,
                heartbeat: Duration::from_millis(100),
                heartbeat_silence: LONG,
                back_off: Duration::from_millis(50),
                longest_back_off: Duration::from_secs(20),
                // Standing down has tests of its own.
                most_failures: 1_000,
                stand_down: 6 * LONG,
            },
        };
        change(&mut config);
        Self { child: Child::new(config), folder }
    }

    /// Changes what the next start does.
    pub(crate) fn rewrite(&self, script: &str) {
        std::fs::write(self.folder.path().join("model"), script).unwrap();
    }

    /// What all children wrote down.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("model.log")).unwrap_or_default()
    }

    /// How many lines of the log begin so.
    pub(crate) fn count(&self, start: &str) -> usize {
        self.log().lines().filter(|line| line.starts_with(start)).count()
    }

    /// Asks for a text that goes as `script` says.
    pub(crate) fn ask(&self, script: &str) -> Result<Reply, EngineError> {
        self.ask_within(script, None)
    }

    /// The same with a deadline.
    pub(crate) fn ask_within(
        &self,
        script: &str,
        deadline: Option<Duration>,
    ) -> Result<Reply, EngineError> {
        let messages = vec![Message { author: Author::User, text: script.into() }];
        self.child.generate(GenerateRequest { messages, deadline, ..Default::default() })
    }

    /// Asks and reads to the end.
    pub(crate) fn answer(&self, script: &str) -> Result<(String, Finish), EngineError> {
        read(&self.ask(script)?)
    }

    /// Waits for a child that has said hello and returns its process number.
    pub(crate) fn ready(&self) -> u32 {
        self.child.warm_up();
        wait_for("a ready child", || self.health() == Health::Ready);
        self.child.process_id().unwrap()
    }

    pub(crate) fn health(&self) -> Health {
        Engine::health(&self.child)
    }

    /// Why it does not work, once it says that it does not.
    pub(crate) fn failure(&self) -> String {
        let mut why = None;
        wait_for("a failed child", || {
            why = match self.health() {
                Health::Failed { reason } => Some(reason),
                _ => None,
            };
            why.is_some()
        });
        why.unwrap()
    }
}

/// Reads a reply to its end.
pub(crate) fn read(reply: &Reply) -> Result<(String, Finish), EngineError> {
    let mut text = String::new();
    loop {
        match reply.next_within(LONG).expect("an event in time")? {
            Event::Waiting { .. } | Event::Reading { .. } => {}
            Event::Text(more) => text.push_str(&more),
            Event::Done(finish) => return Ok((text, finish)),
        }
    }
}

/// Polls until something is so, and says what if it never is.
pub(crate) fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what} never came");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether a process exists, be it as a zombie.
#[cfg(target_os = "linux")]
pub(crate) fn exists(process_id: u32) -> bool {
    std::path::Path::new(&format!("/proc/{process_id}")).exists()
}

/// Processes of which this one is the parent.
#[cfg(target_os = "linux")]
pub(crate) fn children() -> Vec<u32> {
    let own = std::process::id().to_string();
    let folders = std::fs::read_dir("/proc").unwrap().flatten();
    let ids = folders.filter_map(|folder| folder.file_name().to_str()?.parse::<u32>().ok());
    let parent = |id: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name may hold spaces and brackets; the state and the parent follow the last one.
        let (_, rest) = stat.rsplit_once(')')?;
        rest.split_whitespace().nth(1).map(str::to_string)
    };
    ids.filter(|id| parent(id).as_deref() == Some(own.as_str())).collect()
}

/// Sends a signal, such as `KILL` or `STOP`.
#[cfg(unix)]
pub(crate) fn signal(process_id: u32, name: &str) {
    let sent = std::process::Command::new("kill")
        .args([format!("-{name}"), process_id.to_string()])
        .stderr(std::process::Stdio::null())
        .status();
    sent.expect("the system has a kill program");
}

/// Bytes of memory that this process holds.
#[cfg(target_os = "linux")]
pub(crate) fn resident_bytes() -> usize {
    const PAGE_BYTES: usize = 4096;
    let counts = std::fs::read_to_string("/proc/self/statm").unwrap();
    counts.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * PAGE_BYTES
}

/// How many entries a folder has.
#[cfg(target_os = "linux")]
pub(crate) fn entries(folder: &str) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}
