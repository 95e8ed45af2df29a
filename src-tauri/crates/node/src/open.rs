//! Where the desk lies and what it runs on.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::wire::{ApiError, Code, StaffCommand, StaffReply};
use commands::{Core, EngineChoice, GivenServer, Llama, NoHost, OpenOptions, Session};
use hardware::Machine;

use crate::arguments::Arguments;
use crate::engines::read_key;
use crate::exit::Failure;
use crate::output::Output;

/// Where to find everything.
pub(crate) struct Place {
    /// Everything the desk owns lies below.
    pub(crate) data: PathBuf,
    engine: Engine,
    /// A description that stands in for this computer.
    machine: Option<Machine>,
}

/// Where the key of the server that answers may be put.
pub(crate) const KEY_VARIABLE: &str = "FRONTDESK_ENGINE_KEY";

/// What answers.
#[derive(Clone)]
enum Engine {
    Llama,
    Scripted,
    /// The server and its address, as it was given.
    Server(GivenServer, String),
}

/// A description of a computer has a thousand bytes.
const MOST_DESCRIPTION_BYTES: u64 = 64 << 10;

/// What an empty desk is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    /// Somebody wants an answer: the sample shop gives one.
    GetsTheSample,
    /// Somebody is filling it.
    StaysEmpty,
}

impl Place {
    pub(crate) fn from(arguments: &Arguments) -> Result<Self, Failure> {
        let engine = match arguments.engine.as_str() {
            "llama" => Engine::Llama,
            "scripted" => Engine::Scripted,
            address if address.contains("://") => Engine::Server(given(arguments)?, address.into()),
            other => {
                return Err(Failure::usage(
                    format!("there is no engine {other:?} in this version"),
                    "Use --engine llama, --engine scripted, or the address of a server such as \
                     --engine http://192.168.1.20:8080/v1.",
                ));
            }
        };
        let data = match &arguments.data {
            Some(data) => data.clone(),
            None => default_data_folder().ok_or_else(|| {
                Failure::usage("there is no home folder", "Name a folder with --data.")
            })?,
        };
        let machine = arguments.machine.as_deref().map(described).transpose()?;
        Ok(Self { data, engine, machine })
    }

    /// What answers, as the command line names it.
    pub(crate) fn engine_name(&self) -> &str {
        match &self.engine {
            Engine::Llama => "llama",
            Engine::Scripted => "scripted",
            Engine::Server(_, address) => address,
        }
    }

    /// A desk of this name below this one's folder, on the same engines.
    pub(crate) fn below(&self, name: &str) -> Self {
        let (engine, machine) = (self.engine.clone(), self.machine.clone());
        Self { data: self.data.join(name), engine, machine }
    }

    /// Opens the desk.
    pub(crate) fn open(&self, empty: Empty) -> Result<Arc<Core>, Failure> {
        let llama = Llama::beside_this_program;
        let engine = match &self.engine {
            Engine::Llama => EngineChoice::Llama(llama()),
            Engine::Scripted => EngineChoice::Scripted,
            Engine::Server(server, _) => {
                EngineChoice::Server { llama: llama(), server: server.clone() }
            }
        };
        let core = Core::open(OpenOptions {
            data: self.data.clone(),
            engine,
            sample: empty == Empty::GetsTheSample,
            machine: self.machine.clone(),
            host: Arc::new(NoHost),
        })?;
        if let Err(error) = logs::keep_in(core.folder()) {
            tracing::warn!(%error, "nothing is kept of what is logged");
        }
        Ok(core)
    }

    /// Opens the desk for somebody who wants answers, and says what will make them worse.
    pub(crate) fn open_to_answer(&self, output: &Output) -> Result<Arc<Core>, Failure> {
        let core = self.open(Empty::GetsTheSample)?;
        self.warn_about_models(&core, output)?;
        Ok(core)
    }

    /// A chosen model that is not here or not right is no reason to stop, but to say so.
    pub(crate) fn warn_about_models(&self, core: &Core, output: &Output) -> Result<(), Failure> {
        let StaffReply::Doctor(doctor) = core.manage(&self.session(), StaffCommand::Doctor)? else {
            return Ok(());
        };
        let about_models =
            |problem: &&ApiError| matches!(problem.code, Code::NotFound | Code::ModelRefused);
        for problem in doctor.problems.iter().filter(about_models) {
            let finds_passages = doctor
                .models
                .iter()
                .any(|model| model.purpose == "embedding" && problem.message.contains(&model.id));
            let meanwhile =
                if finds_passages { "searching by words alone" } else { "quoting the documents" };
            output.warn(&format!("{}; {meanwhile}", problem.message));
            output.warn(&format!("  {}", problem.hint.as_deref().unwrap_or_default()));
        }
        Ok(())
    }

    /// The person at this keyboard owns the desk.
    pub(crate) fn session(&self) -> Session {
        Session::staff("command line")
    }
}

/// The server that the command line names. Its key is no argument, because everybody on this
/// computer can see those.
fn given(arguments: &Arguments) -> Result<GivenServer, Failure> {
    let key = match &arguments.engine_key_file {
        Some(file) => Some(read_key(file)?),
        None => std::env::var(KEY_VARIABLE).ok().filter(|key| !key.trim().is_empty()),
    };
    let model = arguments.engine_model.as_deref().unwrap_or_default();
    let server = GivenServer::read(&arguments.engine, model, key.as_deref());
    // A wrong address is a wrong command line.
    server.map_err(|error| {
        Failure::usage(error.message.clone(), error.hint.as_deref().unwrap_or_default())
    })
}

/// Reads the description of a computer.
fn described(path: &Path) -> Result<Machine, Failure> {
    let hint = "Name a file such as {\"physical_cores\": 4, \"memory_bytes\": 17179869184}.";
    let wrong = |reason: String| Failure::usage(format!("{}: {reason}", path.display()), hint);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    let read = file.take(MOST_DESCRIPTION_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| wrong(error.to_string()))?;
    if bytes.len() as u64 > MOST_DESCRIPTION_BYTES {
        return Err(wrong("it is too long to describe a computer".into()));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is no text".into()))?;
    Machine::parse(&text).map_err(|error| wrong(error.to_string()))
}

/// The platform's folder for application data: the same one the window uses.
fn default_data_folder() -> Option<PathBuf> {
    const NAME: &str = "io.frontdesk.app";
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(target_os = "windows") {
        set("APPDATA")?
    } else if cfg!(target_os = "macos") {
        set("HOME")?.join("Library/Application Support")
    } else {
        set("XDG_DATA_HOME").or_else(|| Some(set("HOME")?.join(".local/share")))?
    };
    Some(base.join(NAME))
}
