//! Sequence states on disk: what the model remembers after some tokens, so that a prompt whose
//! beginning was computed before need not be computed again, also after a restart.
//!
//! A state is opaque bytes here. Nothing on disk is believed before its hash was checked, and
//! nothing that happens to the disk costs more than a line in the log.

mod envelope;
mod folder;
mod shelf;
mod sightings;
mod writer;

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::Arc;

use envelope::{IDENTITY_BYTES_MAX, Refused, TOKENS_MAX};
use folder::{Folder, Name};
use shelf::{Entry, Shelf};
use sightings::Sightings;
use writer::{Job, Outcome, WAITING_MAX, Writer};

/// What must be equal for a state to be usable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The model file: its sha256, or its size, time and the hash of its head.
    pub(crate) model: String,
    /// The build of the engine and of llama.cpp.
    pub(crate) build: String,
    /// How the memory is laid out: types of keys and values, kind of context.
    pub(crate) cells: String,
}

/// A kept state that begins like a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    name: Name,
    /// Tokens that the state and the prompt share at their beginning.
    pub(crate) common_tokens: usize,
    /// Tokens of the state. More than the common ones have to be cut off after loading.
    pub(crate) state_tokens: usize,
}

/// A state that was read and is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loaded {
    pub(crate) tokens: Vec<i32>,
    pub(crate) bytes: Vec<u8>,
}

/// The states in one folder, of one identity, all together no larger than a limit.
///
/// One thread owns it. Another thread, started by it, writes.
#[derive(Debug)]
pub(crate) struct Store {
    identity: String,
    limit_bytes: u64,
    shelf: Shelf,
    sightings: Sightings,
    /// Handed to the writer, oldest first.
    pending: VecDeque<Entry>,
    disk: Option<Disk>,
    /// Ends when a file cannot be removed, because the limit could not be kept any more.
    is_keeping: bool,
}

#[derive(Debug)]
struct Disk {
    folder: Folder,
    writer: Writer,
}

impl Store {
    /// Opens a folder, made for this user alone if there is none. Reads the heads of its files
    /// and removes those that are damaged, half written, of another identity or too many.
    ///
    /// Never fails: without a usable folder the store keeps nothing, and the log says why.
    /// Call it after the process was confined, because the writer's thread starts here.
    pub(crate) fn open(folder: Option<&Path>, limit_bytes: u64, identity: &Identity) -> Store {
        let Identity { model, build, cells } = identity;
        // Quoted, so that no text in one field can look like the next one.
        let identity = format!("model {model:?} build {build:?} cells {cells:?}");
        let mut store = Store {
            identity,
            limit_bytes,
            shelf: Shelf::default(),
            sightings: Sightings::default(),
            pending: VecDeque::new(),
            disk: None,
            is_keeping: true,
        };
        let Some(path) = folder else { return store };
        if let Err(error) = store.take_up(path) {
            tracing::warn!(folder = %path.display(), "no states are kept: {error}");
        }
        store
    }

    /// The kept state that shares the most leading tokens with `prompt`, if those are more than
    /// `more_than`. Looks in memory only.
    pub(crate) fn longest(&mut self, prompt: &[i32], more_than: usize) -> Option<Found> {
        self.hear_outcomes();
        let (entry, common_tokens) = self.shelf.longest(prompt, more_than)?;
        Some(Found { name: entry.name.clone(), common_tokens, state_tokens: entry.tokens.len() })
    }

    /// The fixed beginning that was used last, all of it.
    pub(crate) fn fixed(&self) -> Option<Found> {
        let entry = self.shelf.last_fixed()?;
        let tokens = entry.tokens.len();
        Some(Found { name: entry.name.clone(), common_tokens: tokens, state_tokens: tokens })
    }

    /// Reads a state, checks all of it and marks it used. A damaged one is removed.
    pub(crate) fn load(&mut self, found: &Found) -> Option<Loaded> {
        let folder = &self.disk.as_ref()?.folder;
        let entry = self.shelf.get(&found.name)?;
        match read_state(folder, &self.identity, entry) {
            Ok(loaded) => {
                folder.mark_used(&found.name);
                self.shelf.mark_used(&found.name);
                Some(loaded)
            }
            Err(error) => {
                tracing::warn!("a kept state is not used: {error}");
                self.shelf.forget(&found.name);
                let removed = folder.remove(&found.name);
                self.stop_if_stuck(removed);
                None
            }
        }
    }

    /// Takes note that a beginning was asked for, and says whether its state should be kept now.
    ///
    /// A fixed beginning at once, any other when it is asked for a second time not long after
    /// the first. Never one that is kept already.
    pub(crate) fn sighted(&mut self, tokens: &[i32], is_fixed: bool) -> bool {
        self.hear_outcomes();
        let was_seen = self.sightings.note(tokens);
        let Some(disk) = self.disk.as_ref().filter(|_| self.is_keeping) else { return false };
        if let Some(entry) = self.shelf.exact(tokens) {
            let name = entry.name.clone();
            disk.folder.mark_used(&name);
            self.shelf.mark_used(&name);
            return false;
        }
        !self.is_pending(tokens) && (is_fixed || was_seen)
    }

    /// Hands a state to the writer. It is found from when it is whole on disk.
    ///
    /// The least recently used make room first. The state is dropped if it cannot fit, or if
    /// the writer has enough to do.
    pub(crate) fn keep(&mut self, tokens: Vec<i32>, bytes: Vec<u8>, is_fixed: bool) {
        self.hear_outcomes();
        let Some(disk) = self.disk.as_ref().filter(|_| self.is_keeping) else { return };
        let is_kept = self.shelf.exact(&tokens).is_some() || self.is_pending(&tokens);
        if is_kept || tokens.is_empty() || tokens.len() > TOKENS_MAX {
            return;
        }
        if self.pending.len() >= WAITING_MAX {
            tracing::debug!("a state is not kept: the disk is slower than the questions");
            return;
        }
        let file_bytes = envelope::file_bytes(&self.identity, tokens.len(), bytes.len());
        let pending_bytes: u64 = self.pending.iter().map(|entry| entry.file_bytes).sum();
        let free_bytes = self.limit_bytes.saturating_sub(pending_bytes);
        let Some(leaving) = self.shelf.make_room(file_bytes, free_bytes, is_fixed) else {
            tracing::debug!(file_bytes, "a state is not kept: it does not fit");
            return;
        };
        let name = Name::of(&self.identity, &tokens);
        let tokens: Arc<[i32]> = tokens.into();
        let entry = Entry { name: name.clone(), tokens: Arc::clone(&tokens), file_bytes, is_fixed };
        if disk.writer.give(Job { leaving, name, tokens, payload: bytes, is_fixed }) {
            self.pending.push_back(entry);
        } else {
            tracing::warn!("no more states are kept: their writer is gone");
            self.is_keeping = false;
        }
    }

    /// Waits until everything handed over is written or given up.
    pub(crate) fn flush(&mut self) {
        while !self.pending.is_empty() {
            let Some(outcome) = self.disk.as_ref().and_then(|disk| disk.writer.wait()) else {
                self.pending.clear();
                return;
            };
            self.take_in(outcome);
        }
    }

    fn is_pending(&self, tokens: &[i32]) -> bool {
        self.pending.iter().any(|entry| *entry.tokens == *tokens)
    }

    fn hear_outcomes(&mut self) {
        while let Some(outcome) = self.disk.as_ref().and_then(|disk| disk.writer.hear()) {
            self.take_in(outcome);
        }
    }

    fn take_in(&mut self, outcome: Outcome) {
        let Some(entry) = self.pending.pop_front() else { return };
        match outcome {
            Outcome::Written => self.shelf.add(entry),
            Outcome::Failed(error) => tracing::warn!("a state could not be kept: {error}"),
            Outcome::Stuck(error) => self.stop_if_stuck(Err(error)),
        }
    }

    fn stop_if_stuck(&mut self, removed: io::Result<()>) {
        if let Err(error) = removed
            && self.is_keeping
        {
            tracing::warn!("no more states are kept: a file could not be removed: {error}");
            self.is_keeping = false;
        }
    }

    /// Takes over what the folder holds and starts the writer.
    fn take_up(&mut self, path: &Path) -> io::Result<()> {
        if self.identity.len() > IDENTITY_BYTES_MAX {
            return Err(io::Error::other("the identity of the model is too long"));
        }
        let folder = Folder::open(path)?;
        let mut held = folder.list()?;
        for half in held.halves {
            self.stop_if_stuck(folder::remove(&half));
        }
        held.states.sort_by_key(|(_, used)| *used);
        for (name, _) in held.states {
            match read_entry(&folder, &self.identity, &name, self.limit_bytes) {
                Ok(entry) => self.shelf.add(entry),
                Err(error) => {
                    tracing::info!("a kept state is removed: {error}");
                    self.stop_if_stuck(folder.remove(&name));
                }
            }
        }
        // The limit may have been lowered since.
        for name in self.shelf.make_room(0, self.limit_bytes, true).unwrap_or_default() {
            self.stop_if_stuck(folder.remove(&name));
        }
        let writer = Writer::start(folder.clone(), self.identity.clone())?;
        self.disk = Some(Disk { folder, writer });
        Ok(())
    }
}

fn read_entry(
    folder: &Folder,
    identity: &str,
    name: &Name,
    limit_bytes: u64,
) -> Result<Entry, Refused> {
    let (file, file_bytes) = folder.read(name)?;
    if file_bytes > limit_bytes {
        return Err(Refused::Damaged("it is larger than all states may be"));
    }
    let header = envelope::read_header(file, file_bytes, identity)?;
    if Name::of(identity, &header.tokens) != *name {
        return Err(Refused::Damaged("its name is that of other tokens"));
    }
    let tokens = header.tokens.into();
    Ok(Entry { name: name.clone(), tokens, file_bytes, is_fixed: header.is_fixed })
}

fn read_state(folder: &Folder, identity: &str, entry: &Entry) -> Result<Loaded, Refused> {
    let (file, file_bytes) = folder.read(&entry.name)?;
    if file_bytes != entry.file_bytes {
        return Err(Refused::Damaged("its size has changed"));
    }
    let (header, bytes) = envelope::read_all(file, file_bytes, identity)?;
    if header.tokens != *entry.tokens {
        return Err(Refused::Damaged("it is the state of other tokens"));
    }
    Ok(Loaded { tokens: header.tokens, bytes })
}

#[cfg(test)]
mod tests;
