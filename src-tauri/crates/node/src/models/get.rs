//! `models get`: shows what would be downloaded, asks, and brings exactly those bytes.
//!
//! Needs no open desk, so that it also works beside a running one; a lock keeps the two apart.

mod interrupt;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use catalog::download::{Download, Limits, Offer, Policy, Progress, State, Wanted, offer};
use catalog::{Catalog, Entry, Located};
use commands::wire::{ApiError, Code};
use serde::Serialize;

use interrupt::Interrupt;

use crate::arguments::GetModel;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;

/// Between two looks at the download.
const LOOK: Duration = Duration::from_millis(50);
/// Between two lines of progress.
const TELL: Duration = Duration::from_millis(900);

/// What is wanted, and what to say about it.
struct Wish {
    wanted: Wanted,
    name: String,
    licence: String,
    is_exact: bool,
    policy: Policy,
    /// Whether the desk will know the file by itself.
    is_known: bool,
}

/// What is printed at the end.
#[derive(Serialize)]
struct Brought<'a> {
    id: &'a str,
    name: &'a str,
    state: &'static str,
    path: String,
    size_bytes: u64,
    sha256: &'a str,
}

pub(super) fn run(place: &Place, command: &GetModel, output: &Output) -> Result<(), Failure> {
    let catalog = Catalog::bundled();
    let entry = catalog.find(&command.id);
    let wish = match entry {
        Some(entry) => of_the_catalogue(entry, command)?,
        None => of_ones_own(command)?,
    };
    if let Some(path) = found_here(place, entry, &wish.wanted) {
        tell_brought(&wish, &path, output);
        return Ok(());
    }
    if !command.yes && !output.can_ask() {
        return Err(unasked(&wish, command));
    }
    let folder = place.data.join("models");
    let limits = Limits::default();
    let offered =
        offer(&folder, &wish.wanted, wish.is_exact, wish.policy, limits).map_err(ApiError::from)?;
    let wanted = Wanted { size_bytes: offered.size_bytes, ..wish.wanted.clone() };
    let facts = facts(&wish, &offered);
    if command.yes {
        output.warn(&facts);
    } else if !output.asks(&format!("{facts}\nDownload it?")) {
        let error = ApiError {
            code: Code::Cancelled,
            message: format!("{} is not downloaded", wish.name),
            hint: Some("Nothing was changed.".into()),
        };
        return Err(error.into());
    }
    let interrupted = Interrupt::listen()?;
    let remember = Some(place.data.as_path());
    let no_hook = Box::new(|_: &State| {});
    let mut download = Download::start(&folder, remember, wanted, wish.policy, limits, no_hook)
        .map_err(ApiError::from)?;
    follow(&mut download, &interrupted, output);
    let progress = download.wait();
    match progress.state {
        State::Done(path) => {
            let wish = Wish { wanted: download.wanted().clone(), ..wish };
            tell_brought(&wish, &path, output);
            Ok(())
        }
        State::Failed(error) => Err(ApiError::from(error).into()),
        _ => Err(paused(&progress, command)),
    }
}

/// A model that the catalogue knows byte for byte, from there or from a mirror.
fn of_the_catalogue(entry: &Entry, command: &GetModel) -> Result<Wish, Failure> {
    let sha256 = command.sha256.as_ref().map(|hash| hash.to_lowercase());
    let has_other_hash = sha256.is_some_and(|hash| hash != entry.sha256);
    let has_other_size = command.size.is_some_and(|size| size != entry.size_bytes);
    if has_other_hash || (has_other_size && entry.size_exact) {
        return Err(Failure::usage(
            format!("the catalogue knows other bytes as {}", entry.id),
            "Leave --sha256 and --size out, or give the model a name of your own.",
        ));
    }
    let size_bytes = command.size.unwrap_or(entry.size_bytes);
    let mut wanted = Wanted::of(entry, size_bytes);
    if let Some(url) = &command.url {
        let from = Entry { url: Some(url.clone()), ..entry.clone() };
        wanted = Wanted::of(&from, size_bytes);
    }
    let Some(wanted) = wanted else {
        let error = ApiError {
            code: Code::Unavailable,
            message: format!("the catalogue has no address for {}", entry.id),
            hint: Some(format!(
                "It comes with the program. Copy {} into the folder `models`, or name a mirror \
                 with --url.",
                entry.file
            )),
        };
        return Err(error.into());
    };
    Ok(Wish {
        wanted,
        name: entry.name.clone(),
        licence: entry.licence.clone(),
        is_exact: entry.size_exact || command.size.is_some(),
        policy: if command.url.is_some() { Policy::Mirror } else { Policy::Catalogue },
        is_known: true,
    })
}

/// A model that only the person at this keyboard knows.
fn of_ones_own(command: &GetModel) -> Result<Wish, Failure> {
    let id = &command.id;
    let Some(url) = &command.url else {
        let error = ApiError {
            code: Code::NotFound,
            message: format!("there is no model {id} in the catalogue"),
            hint: Some("Look at `frontdesk-node models list`, or name a mirror with --url.".into()),
        };
        return Err(error.into());
    };
    let (Some(sha256), Some(size_bytes)) = (&command.sha256, command.size) else {
        return Err(Failure::usage(
            format!("the catalogue does not know {id}, so nobody can tell the right bytes"),
            "Add --sha256 and --size as the one who made the file gives them.",
        ));
    };
    let file = if id.ends_with(".gguf") { id.clone() } else { format!("{id}.gguf") };
    Ok(Wish {
        wanted: Wanted {
            id: id.clone(),
            url: url.clone(),
            file,
            size_bytes,
            sha256: sha256.to_lowercase(),
        },
        name: id.clone(),
        licence: "unknown licence".into(),
        is_exact: true,
        policy: Policy::Mirror,
        is_known: false,
    })
}

/// The right file, if it is here already.
fn found_here(place: &Place, entry: Option<&Entry>, wanted: &Wanted) -> Option<PathBuf> {
    match entry {
        Some(entry) => {
            let folders = catalog::model_folders(&place.data, None);
            match catalog::locate(entry, &folders, Some(&place.data)) {
                Located::Ready { path } => Some(path),
                Located::Missing | Located::Damaged { .. } => None,
            }
        }
        None => {
            let path = place.data.join("models").join(&wanted.file);
            wanted.verify(&path, Some(&place.data)).is_ok().then_some(path)
        }
    }
}

/// Nobody can be asked, and nothing is downloaded unasked.
fn unasked(wish: &Wish, command: &GetModel) -> Failure {
    let mut line = format!("frontdesk-node models get {} --yes", command.id);
    for (name, value) in [
        ("url", command.url.clone()),
        ("sha256", command.sha256.clone()),
        ("size", command.size.map(|size| size.to_string())),
    ] {
        if let Some(value) = value {
            line.push_str(&format!(" --{name} {value}"));
        }
    }
    Failure::usage(
        format!(
            "{} ({}, {} from {}) is downloaded only after a yes",
            wish.name,
            wish.licence,
            size(wish.wanted.size_bytes),
            wish.wanted.host()
        ),
        &format!("Add --yes: {line}"),
    )
}

/// What a person should know before a yes.
fn facts(wish: &Wish, offer: &Offer) -> String {
    let room = match offer.disk_free_bytes {
        Some(free) => format!("{} free", size(free)),
        None => "room that the system does not tell".into(),
    };
    let here = match offer.have_bytes {
        0 => String::new(),
        bytes => format!(", of which {} are here already", size(bytes)),
    };
    let (name, licence, host) = (&wish.name, &wish.licence, &offer.host);
    let bytes = offer.size_bytes;
    format!(
        "{name}, licence {licence}\n{} ({bytes} bytes) from {host}{here}, onto a disk with {room}",
        size(bytes)
    )
}

/// Tells how far it is until it is over; an interrupt pauses it.
fn follow(download: &mut Download, interrupted: &Interrupt, output: &Output) {
    let mut told: Option<Instant> = None;
    loop {
        let progress = download.progress();
        if progress.state.is_over() {
            break;
        }
        if told.is_none_or(|at| at.elapsed() >= TELL) {
            told = Some(Instant::now());
            output.progress(&words(&progress));
        }
        if interrupted.within(LOOK) {
            download.pause();
            break;
        }
    }
    output.progress_done();
}

fn words(progress: &Progress) -> String {
    let done = format!("{} of {}", size(progress.have_bytes), size(progress.size_bytes));
    match &progress.state {
        State::Retrying(why) => format!("{done}; {why}; it tries again"),
        State::Checking => format!("{done}; every byte is being checked"),
        _ => {
            let left = progress.size_bytes.saturating_sub(progress.have_bytes);
            let rate = progress.bytes_per_second;
            let rest = match left.checked_div(rate) {
                None => String::new(),
                Some(seconds) if seconds < 90 => format!("; about {seconds} s left"),
                Some(seconds) => format!("; about {} min left", seconds / 60),
            };
            format!("{done}, {} a second{rest}", size(rate))
        }
    }
}

fn tell_brought(wish: &Wish, path: &Path, output: &Output) {
    let path = path.display().to_string();
    let wanted = &wish.wanted;
    if output.json {
        output.document(&Brought {
            id: &wanted.id,
            name: &wish.name,
            state: "ready",
            path,
            size_bytes: wanted.size_bytes,
            sha256: &wanted.sha256,
        });
        return;
    }
    output.line(&format!("{} is here: {path}", wish.name));
    if !wish.is_known {
        output.warn(&format!("To use it: frontdesk-node models use {path}"));
    }
}

fn paused(progress: &Progress, command: &GetModel) -> Failure {
    let error = ApiError {
        code: Code::Cancelled,
        message: format!(
            "paused; {} of {} are here",
            size(progress.have_bytes),
            size(progress.size_bytes)
        ),
        hint: Some(format!(
            "Go on with the same command (frontdesk-node models get {} ...); no byte is asked for \
             twice.",
            command.id
        )),
    };
    error.into()
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
