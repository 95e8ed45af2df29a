//! What is wrong with the computer itself, and what is good to know: pure, over facts.

use hardware::{Disk, Machine, Power};

use crate::wire::{ApiError, Code, NoteView};

/// Less room than this, and backups, imports and logs begin to fail.
const LEAST_DISK_BYTES: u64 = 2 << 30;

/// Less free memory than this, and the next program that starts makes the desk slow.
const LEAST_MEMORY_BYTES: u64 = 1 << 30;

/// The first of November 2026: this program did not exist before, so no right clock says less.
const EARLIEST: i64 = 1_793_491_200;

/// Twenty years later nobody runs this program.
const LATEST: i64 = EARLIEST + 20 * 365 * 86_400;

/// Clocks are set back by a little all the time.
const SET_BACK_SECONDS: i64 = 3600;

/// Facts to judge.
pub(super) struct Seen<'a> {
    pub(super) machine: &'a Machine,
    /// The machine is a description of another computer.
    pub(super) machine_is_given: bool,
    /// The disk of the data folder.
    pub(super) disk: Disk,
    /// Seconds since 1970 by this computer's clock.
    pub(super) now: i64,
    /// The latest time of a saved turn.
    pub(super) latest_turn_at: Option<i64>,
    /// Why the engine could not be asked for graphics cards.
    pub(super) graphics_problem: Option<String>,
}

/// What was found.
pub(super) struct Checked {
    pub(super) problems: Vec<ApiError>,
    pub(super) notes: Vec<NoteView>,
}

/// Looks for everything that is wrong with this computer, or good to know of it.
pub(super) fn check(seen: &Seen<'_>) -> Checked {
    let clock = clock(seen.now, seen.latest_turn_at);
    let problems = [disk_room(seen.machine), disk_place(seen.disk), clock];
    let notes = [
        description(seen.machine_is_given),
        graphics(seen.graphics_problem.as_deref()),
        processor(seen.machine),
        memory(seen.machine),
        power(seen.machine.power),
    ];
    let problem = |(message, hint): (String, &str)| ApiError {
        code: Code::Unavailable,
        message,
        hint: Some(hint.into()),
    };
    let note = |(message, hint): (String, &str)| NoteView { message, hint: hint.into() };
    Checked {
        problems: problems.into_iter().flatten().map(problem).collect(),
        notes: notes.into_iter().flatten().map(note).collect(),
    }
}

/// A message and a hint, where there is something to say.
pub(super) type Found = Option<(String, &'static str)>;

fn disk_room(machine: &Machine) -> Found {
    let free = machine.disk_free_bytes.filter(|free| *free < LEAST_DISK_BYTES)?;
    Some((
        format!("only {} are free on the disk that holds the desk", size(free)),
        "Free some space on this disk: backups, imports and models need it.",
    ))
}

fn disk_place(disk: Disk) -> Found {
    if disk.is_read_only {
        Some((
            "the disk that holds the desk cannot be written to".into(),
            "Make the disk writable, or choose a folder on another one with --data.",
        ))
    } else if disk.is_network {
        Some((
            "the desk lies on a disk of another computer".into(),
            "Choose a folder on a disk in this computer with --data: a network that breaks off \
             can damage the data.",
        ))
    } else {
        None
    }
}

/// What is wrong with the clock.
pub(super) fn clock(now: i64, latest_turn_at: Option<i64>) -> Found {
    let says = |at: i64| {
        let time = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        time.strftime("%Y-%m-%d %H:%M UTC").to_string()
    };
    let hint = "Set the date and time of this computer: opening hours, offers and the age of \
                orders are told by them.";
    if now < EARLIEST {
        return Some((format!("the clock says {}, which is in the past", says(now)), hint));
    }
    if now > LATEST {
        return Some((format!("the clock says {}, which is far in the future", says(now)), hint));
    }
    let latest = latest_turn_at.filter(|at| *at > now.saturating_add(SET_BACK_SECONDS))?;
    Some((
        format!(
            "the clock went back: it says {}, and a question was answered on {}",
            says(now),
            says(latest)
        ),
        hint,
    ))
}

fn description(machine_is_given: bool) -> Found {
    machine_is_given.then(|| {
        (
            "the facts of the computer are from a description".into(),
            "Leave out --machine to look at this computer.",
        )
    })
}

fn graphics(problem: Option<&str>) -> Found {
    Some((
        problem?.to_string(),
        "Install the newest driver of the graphics card and start the computer again. Until then \
         everything works, only slower.",
    ))
}

fn processor(machine: &Machine) -> Found {
    let knows = !machine.instructions.is_empty() && machine.architecture == "x86_64";
    let has = machine.instructions.iter().any(|set| set == "avx2");
    (knows && !has).then(|| {
        (
            "the processor has no AVX2, so models are slow on it".into(),
            "Everything works. A small model, or none, suits this computer best.",
        )
    })
}

fn memory(machine: &Machine) -> Found {
    let free = machine.memory_free_bytes;
    (machine.memory_bytes > 0 && free < LEAST_MEMORY_BYTES).then(|| {
        (
            format!("only {} of memory are free", size(free)),
            "Close programs that are not needed, or choose a smaller model.",
        )
    })
}

fn power(power: Power) -> Found {
    (power == Power::Battery).then(|| {
        (
            "this computer runs on its battery".into(),
            "Plug it in: on a battery, computers are slower and end without warning.",
        )
    })
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    if bytes >= 1 << 30 {
        format!("{:.1} GB", bytes as f64 / (1u64 << 30) as f64)
    } else {
        format!("{} MB", bytes >> 20)
    }
}

#[cfg(test)]
mod tests;
