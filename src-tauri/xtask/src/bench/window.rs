//! From the start of the program to the shown page, and the memory of each of its processes.
//!
//! A first start has an empty data folder and reads the sample shop; a later start finds it.
//! Runs under Xvfb, one window at a time.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::write;
use crate::workspace::Workspace;

/// Starts of each kind.
const ROUNDS: usize = 5;
/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// What the shell logs when a page has been loaded.
const SHOWN: &str = "page shown";

/// Measures starts and memory.
pub fn run(workspace: &Workspace) -> Result<()> {
    let (mut first, mut later, mut memory) = (Vec::new(), Vec::new(), Value::Null);
    for round in 0..ROUNDS {
        let desk = tempfile::tempdir()?;
        first.push(start(workspace, desk.path(), Duration::from_secs(20))?.0);
        let (time, processes) = start(workspace, desk.path(), Duration::from_secs(3))?;
        later.push(time);
        if round == ROUNDS - 1 {
            memory = processes;
        }
    }
    let document = json!({
        "figure": "window", "rounds": ROUNDS,
        "first_start_shown_ms": sorted(first), "later_start_shown_ms": sorted(later),
        "memory": memory,
    });
    write(workspace, "window", &serde_json::to_string_pretty(&document)?)
}

fn sorted(mut times: Vec<u64>) -> Value {
    times.sort_unstable();
    json!({ "all": times, "p50": times[times.len() / 2], "max": times[times.len() - 1] })
}

/// One start; stays open for `open` so that background work settles before memory is read.
fn start(workspace: &Workspace, desk: &Path, open: Duration) -> Result<(u64, Value)> {
    let (mut screen, display) = screen(workspace)?;
    let mut command = workspace.command(workspace.program("frontdesk"));
    command
        .arg("--data")
        .arg(desk)
        .env("DISPLAY", display)
        .env("FRONTDESK_MODELS", workspace.models())
        .env("FRONTDESK_LOG", "frontdesk_lib=info")
        .env("XDG_DATA_HOME", desk.join("xdg"))
        .env("NO_AT_BRIDGE", "1")
        .stderr(Stdio::piped());
    let started = Instant::now();
    let mut window = command.spawn().context("cannot start frontdesk")?;
    let shown = wait_until_shown(&mut window, started);
    std::thread::sleep(open);
    let processes = processes(window.id());
    for child in [&mut window, &mut screen] {
        child.kill().context("it was running a moment ago")?;
        child.wait()?;
    }
    Ok((shown?, processes))
}

fn screen(workspace: &Workspace) -> Result<(Child, String)> {
    let mut command = workspace.command("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start Xvfb")?;
    let mut number = String::new();
    let stdout = child.stdout.take().context("Xvfb has a stdout")?;
    BufReader::new(stdout).read_line(&mut number)?;
    Ok((child, format!(":{}", number.trim())))
}

fn wait_until_shown(window: &mut Child, started: Instant) -> Result<u64> {
    let stderr = window.stderr.take().context("the window has a stderr")?;
    let (sender, shown) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if line.contains(SHOWN) && sender.send(started.elapsed()).is_err() {
                return;
            }
        }
    });
    match shown.recv_timeout(PATIENCE) {
        Ok(time) => Ok(time.as_millis() as u64),
        Err(_) => bail!("no page was shown within {} s", PATIENCE.as_secs()),
    }
}

/// Proportional and resident memory of a process and all below it, in MB.
fn processes(root: u32) -> Value {
    let mut rows = Vec::new();
    let mut left = vec![root];
    while let Some(id) = left.pop() {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let megabytes = |field: &str| {
            let line = rollup.lines().find(|line| line.starts_with(field));
            let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
            number.map(|kilobytes| kilobytes / 1024)
        };
        rows.push(json!({
            "process": name.trim(), "rss_mb": megabytes("Rss:"), "pss_mb": megabytes("Pss:"),
        }));
        let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            left.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
        }
    }
    Value::Array(rows)
}
