//! One run of the `frontdesk-engine` program, from its start until the system has let go of it.

use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::pipes::{LastWords, Pipes};
use super::{ChildConfig, Purpose, QUEUE, Tuning};

/// How long a child may take to end by itself after its stdin is closed.
const FAREWELL: Duration = Duration::from_millis(500);

/// How long a killed process may take to vanish before it is looked at only rarely. Only a driver
/// or a disk that hangs makes it longer.
const BURIAL: Duration = Duration::from_secs(1);

/// How often a process that is about to end is looked at.
const OFTEN: Duration = Duration::from_millis(5);

/// How often a process that cannot end is looked at.
const RARELY: Duration = Duration::from_secs(5);

/// Frames on their way to a child. Each request that waits has at most two, its own and a cancel,
/// and there is one ping, so only a child that does not read can fill this.
const FRAMES: usize = 4 * QUEUE;

/// One running program. Its stdin closes when this is dropped.
pub(super) struct Process {
    child: std::process::Child,
    frames: SyncSender<Vec<u8>>,
    last_words: LastWords,
}

impl Process {
    /// Starts the program. Nothing is read or written before [`Pipes::attend`].
    ///
    /// On Linux the program asks to be killed with the thread that calls this, so that thread
    /// must stay as long as the process does.
    pub(super) fn spawn(config: &ChildConfig) -> io::Result<(Self, Pipes)> {
        let mut child = command(config).spawn()?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (frames, outgoing) = sync_channel(FRAMES);
        let last_words = LastWords::default();
        let pipes = Pipes {
            stdin: stdin.expect("stdin was asked to be a pipe"),
            stdout: stdout.expect("stdout was asked to be a pipe"),
            stderr: stderr.expect("stderr was asked to be a pipe"),
            outgoing,
            last_words: last_words.clone(),
        };
        Ok((Self { child, frames, last_words }, pipes))
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Hands a frame to the thread that writes. `false` if the child takes no more.
    pub(super) fn send(&self, frame: Vec<u8>) -> bool {
        self.frames.try_send(frame).is_ok()
    }

    /// How it ended, if it has.
    pub(super) fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The last line it wrote on stderr.
    pub(super) fn last_words(&self) -> String {
        self.last_words.get()
    }

    pub(super) fn kill(&mut self) {
        kill(&mut self.child);
    }

    /// Closes stdin and gives the child a moment.
    pub(super) fn let_go(self, now: Instant) -> Ending {
        Ending { child: self.child, kill_at: now + FAREWELL, is_killed: false }
    }

    /// Kills the child.
    pub(super) fn put_down(mut self, now: Instant) -> Ending {
        self.kill();
        Ending { child: self.child, kill_at: now, is_killed: true }
    }
}

/// A process that was told to end. It stays a zombie until somebody looks.
pub(super) struct Ending {
    child: std::process::Child,
    kill_at: Instant,
    is_killed: bool,
}

impl Ending {
    /// Looks whether it has ended, and kills it when its time is up.
    pub(super) fn is_over(&mut self, now: Instant) -> bool {
        match self.child.try_wait() {
            Ok(None) if now >= self.kill_at && !self.is_killed => {
                kill(&mut self.child);
                self.is_killed = true;
                false
            }
            Ok(None) => false,
            Ok(Some(_)) => true,
            Err(error) => {
                tracing::debug!(%error, "the engine could not be waited for");
                true
            }
        }
    }

    /// Whether even killing it did not help.
    pub(super) fn is_stuck(&self, now: Instant) -> bool {
        now >= self.kill_at + BURIAL
    }

    /// When to look again.
    pub(super) fn next_look(&self, now: Instant) -> Instant {
        now + if self.is_stuck(now) { RARELY } else { OFTEN }
    }
}

fn kill(child: &mut std::process::Child) {
    if let Err(error) = child.kill() {
        tracing::debug!(%error, "the engine had already ended");
    }
}

fn tune(command: &mut Command, tuning: &Tuning) {
    let mut option = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            command.arg(name).arg(value);
        }
    };
    option("--threads", tuning.threads.map(|threads| threads.to_string()));
    option("--slots", tuning.slots.map(|slots| slots.to_string()));
    option("--context", tuning.context_tokens.map(|tokens| tokens.to_string()));
    if tuning.may_use_graphics() {
        option("--device", tuning.device.clone());
        option("--gpu-layers", tuning.gpu_layers.map(|layers| layers.to_string()));
    }
    option("--drafts", tuning.without_drafts.then(|| "off".to_string()));
    option("--states-bytes", tuning.states_bytes.map(|bytes| bytes.to_string()));
    if let Some(folder) = &tuning.states {
        command.arg("--states").arg(folder);
    }
}

/// Variables that a development build or a system finds its libraries by.
const ALWAYS_PASSED: &[&str] = &["SystemRoot", "LD_LIBRARY_PATH"];

/// Variables that drivers of graphics cards find their parts by, or that choose a card.
const PASSED_FOR_GRAPHICS: &[&str] =
    &["XDG_RUNTIME_DIR", "XDG_DATA_DIRS", "GGML_VK_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES"];

/// How the variables of the Vulkan loader and its layers begin.
const VULKAN: &str = "VK_";

/// Whether a child gets this variable of the desk's. Secrets that lie in others are none of its
/// business.
fn is_passed(name: &str, with_graphics: bool) -> bool {
    ALWAYS_PASSED.contains(&name)
        || with_graphics && (PASSED_FOR_GRAPHICS.contains(&name) || name.starts_with(VULKAN))
}

fn command(config: &ChildConfig) -> Command {
    let mut command = Command::new(&config.program);
    command.arg("--model").arg(&config.model).arg("--purpose").arg(match config.purpose {
        Purpose::Chat => "chat",
        Purpose::Embedding => "embedding",
    });
    surround(&mut command, config.tuning.may_use_graphics());
    command.stdin(Stdio::piped());
    tune(&mut command, &config.tuning);
    command
}

/// What every run of the program is surrounded by, whatever it is asked to do: few variables, and
/// pipes for what it says. Drivers of graphics cards get theirs where one may be loaded.
pub(crate) fn surround(command: &mut Command, with_graphics: bool) {
    command
        .env_clear()
        .envs(
            std::env::vars_os().filter(|(name, _)| {
                name.to_str().is_some_and(|name| is_passed(name, with_graphics))
            }),
        )
        // Spinning OpenMP threads starve the window on a busy machine. One is for GNU's threads,
        // the other, in milliseconds, for LLVM's.
        .env("GOMP_SPINCOUNT", "1000")
        .env("KMP_BLOCKTIME", "1")
        // An assertion would otherwise fork a debugger.
        .env("GGML_NO_BACKTRACE", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if with_graphics {
        // A locked program cannot write there, and nothing of it should outlive the program.
        command.env("MESA_SHADER_CACHE_DISABLE", "true").env("__GL_SHADER_DISK_CACHE", "0");
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        /// A program with a console would open a black window in front of the visitor.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
}

#[cfg(test)]
mod tests;
