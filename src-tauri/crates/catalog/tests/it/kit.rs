//! A folder, a server and a download, with what must be true after every one of them.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use catalog::download::{Download, DownloadError, Limits, Policy, Progress, State, Wanted};
use hostile::{Manner, Server};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The name that the file is to have.
pub(crate) const FILE: &str = "model.gguf";

/// A server's file and a folder for it.
pub(crate) struct Kit {
    pub(crate) server: Server,
    pub(crate) file: Vec<u8>,
    folder: TempDir,
}

impl Kit {
    pub(crate) fn new() -> Self {
        Self::of(300_000)
    }

    pub(crate) fn of(size: usize) -> Self {
        let file = noise(size);
        Self { server: Server::start(file.clone()), file, folder: TempDir::new().unwrap() }
    }

    /// The folder of the models. Beside it lies nothing, and nothing may appear there.
    pub(crate) fn models(&self) -> PathBuf {
        self.folder.path().join("models")
    }

    pub(crate) fn wanted(&self, manner: Manner) -> Wanted {
        Wanted {
            id: "model".into(),
            url: self.server.url(manner),
            file: FILE.into(),
            size_bytes: self.file.len() as u64,
            sha256: sha256(&self.file),
        }
    }

    pub(crate) fn start(&self, wanted: Wanted) -> Result<Download, DownloadError> {
        self.start_within(wanted, quick())
    }

    pub(crate) fn start_within(
        &self,
        wanted: Wanted,
        limits: Limits,
    ) -> Result<Download, DownloadError> {
        let models = self.models();
        Download::start(&models, None, wanted, Policy::Mirror, limits, Box::new(|_| {}))
    }

    /// Downloads to the end, whatever that is, and checks what must always be true.
    pub(crate) fn get(&self, manner: Manner) -> State {
        let progress = self.start(self.wanted(manner)).unwrap().wait();
        self.check_tree(&progress);
        progress.state
    }

    /// Downloads, and expects the file.
    pub(crate) fn gets(&self, manner: Manner) {
        let state = self.get(manner);
        assert!(matches!(state, State::Done(_)), "{manner:?}: {state:?}");
    }

    /// Downloads, and expects an error and no file.
    pub(crate) fn fails(&self, manner: Manner) -> DownloadError {
        match self.get(manner) {
            State::Failed(error) => error,
            other => panic!("{manner:?}: {other:?}"),
        }
    }

    /// The name appears with the right bytes or not at all, and nothing lies anywhere else.
    fn check_tree(&self, progress: &Progress) {
        let outside: Vec<_> = names(self.folder.path());
        assert_eq!(outside, ["models"]);
        let inside = names(&self.models());
        match &progress.state {
            State::Done(path) => {
                assert_eq!(path, &self.models().join(FILE));
                assert!(fs::read(path).unwrap() == self.file, "other bytes under the right name");
                assert_eq!(inside, [FILE]);
            }
            _ => {
                let allowed = ["model.gguf.part", "model.gguf.part.json"];
                assert!(inside.iter().all(|name| allowed.contains(&name.as_str())), "{inside:?}");
            }
        }
    }

    /// Bytes of the part, if there is one.
    pub(crate) fn part_bytes(&self) -> Option<u64> {
        fs::metadata(self.models().join("model.gguf.part")).ok().map(|part| part.len())
    }
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Limits that let a test end within a second.
pub(crate) fn quick() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        stall: Duration::from_millis(150),
        least_bytes_per_second: 1 << 10,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(20),
        ..Limits::default()
    }
}

/// Bytes without a pattern, the same in every run.
pub(crate) fn noise(size: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(size).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Looks until it is so; panics after ten seconds.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
