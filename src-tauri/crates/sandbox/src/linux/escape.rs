//! Tries to get out, with ordinary means. What works here works for a hostile model too.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio, id};

use rustix::process::{
    Pid, Resource, getppid, getrlimit, setrlimit, test_kill_current_process_group,
    test_kill_process,
};

use crate::{Attempt, Outcome};

type Try = fn() -> Outcome;

const TRIES: &[(&str, Try)] = &[
    ("read the list of users", read_users),
    ("list the home folder", list_home),
    ("make a file in the home folder", write_home),
    ("make a file in the folder for temporary files", write_temporary),
    ("change the rights of this program's file", change_rights),
    ("connect over TCP", connect_tcp),
    ("listen on TCP", listen_tcp),
    ("open a UDP socket", open_udp),
    ("open a local socket", open_local),
    ("start a program", start_program),
    ("signal the parent", signal_parent),
    ("signal the group of processes", signal_group),
    ("read the parent's environment", read_parent),
    ("write into the parent's memory", write_parent),
    ("set a limit", set_limit),
];

pub(crate) fn escape_attempts() -> Vec<Attempt> {
    TRIES.iter().map(|(name, attempt)| Attempt { name, outcome: attempt() }).collect()
}

/// What the system's answer means. Only a plain refusal counts as one.
fn outcome<T>(answer: io::Result<T>, reached: &str) -> Outcome {
    match answer {
        Ok(_) => Outcome::Escaped(reached.into()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Outcome::Denied,
        Err(error) => Outcome::Skipped(error.to_string()),
    }
}

fn skipped(reason: &str) -> Outcome {
    Outcome::Skipped(reason.into())
}

fn read_users() -> Outcome {
    outcome(read_some(Path::new("/etc/passwd")), "it can be read")
}

fn read_some(path: &Path) -> io::Result<()> {
    File::open(path)?.read_exact(&mut [0])
}

fn list_home() -> Outcome {
    match env::home_dir() {
        Some(home) => outcome(fs::read_dir(home), "its names can be read"),
        None => skipped("no home folder is known"),
    }
}

fn write_home() -> Outcome {
    match env::home_dir() {
        Some(home) => write_in(&home),
        None => skipped("no home folder is known"),
    }
}

fn write_temporary() -> Outcome {
    write_in(&env::temp_dir())
}

fn write_in(folder: &Path) -> Outcome {
    let path: PathBuf = folder.join(format!("frontdesk-escape-{}", id()));
    let made = OpenOptions::new().write(true).create_new(true).open(&path);
    let reached = match made.is_ok().then(|| fs::remove_file(&path)) {
        Some(Err(error)) => format!("{} was made and cannot be removed: {error}", path.display()),
        _ => "a file was made, and removed again".into(),
    };
    outcome(made, &reached)
}

/// Gives the file the rights that it has.
fn change_rights() -> Outcome {
    let unchanged = || {
        let program = env::current_exe()?;
        fs::set_permissions(&program, fs::metadata(&program)?.permissions())
    };
    outcome(unchanged(), "they can be changed")
}

/// Nobody listens on this port, so being turned away there means that the way was open.
fn connect_tcp() -> Outcome {
    match TcpStream::connect(("127.0.0.1", 9)) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
            Outcome::Escaped("the other side was asked".into())
        }
        answer => outcome(answer, "the other side answered"),
    }
}

fn listen_tcp() -> Outcome {
    outcome(TcpListener::bind(("127.0.0.1", 0)), "others can connect")
}

fn open_udp() -> Outcome {
    outcome(UdpSocket::bind(("127.0.0.1", 0)), "messages can be sent")
}

fn open_local() -> Outcome {
    outcome(UnixDatagram::unbound(), "local services can be asked")
}

fn start_program() -> Outcome {
    let silent = || Stdio::null();
    let mut command = Command::new("/bin/true");
    outcome(command.stdin(silent()).stdout(silent()).stderr(silent()).status(), "it ran")
}

fn signal_parent() -> Outcome {
    with_parent(|parent| {
        outcome(test_kill_process(parent).map_err(io::Error::from), "it can be ended")
    })
}

fn signal_group() -> Outcome {
    outcome(test_kill_current_process_group().map_err(io::Error::from), "all can be ended")
}

fn read_parent() -> Outcome {
    with_parent(|parent| outcome(read_some(&page(parent, "environ")), "it can be read"))
}

fn write_parent() -> Outcome {
    with_parent(|parent| {
        outcome(OpenOptions::new().write(true).open(page(parent, "mem")), "it can be changed")
    })
}

fn with_parent(attempt: impl FnOnce(Pid) -> Outcome) -> Outcome {
    getppid().map_or_else(|| skipped("the parent is out of sight"), attempt)
}

fn page(process: Pid, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{}/{name}", process.as_raw_nonzero()))
}

/// Sets a limit to what it is.
fn set_limit() -> Outcome {
    let now = getrlimit(Resource::Core);
    outcome(setrlimit(Resource::Core, now).map_err(io::Error::from), "limits can be raised")
}
