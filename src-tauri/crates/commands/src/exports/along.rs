//! The thread that appends what visitors asked to this node's file, while the desk serves.

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;

use super::ExportTo;
use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::ApiError;

/// Up to which turn everything is in the files.
const EXPORTED_KEY: &str = "exported_up_to";

/// The thread; dropping it ends the thread between two looks.
pub(crate) struct Exporter {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Core {
    /// From now on appends what visitors asked to this node's files, until the desk is closed.
    pub fn export_to(self: &Arc<Self>, to: ExportTo) -> Result<(), ApiError> {
        std::fs::create_dir_all(&to.folder)
            .map_err(|error| errors::data_folder(&to.folder, &error))?;
        let core = Arc::downgrade(self);
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("exporter".into())
            .spawn(move || {
                let every = Duration::from_secs(to.every_seconds.max(1));
                loop {
                    append(&core, &to);
                    if stopped.recv_timeout(every) != Err(RecvTimeoutError::Timeout) {
                        return;
                    }
                }
            })
            .map_err(|error| errors::internal(&error))?;
        let exporter = Exporter { stop: Some(stop), thread: Some(thread) };
        *self.exporter.lock().unwrap_or_else(PoisonError::into_inner) = Some(exporter);
        Ok(())
    }

    /// Appends once; answers how many turns.
    pub(crate) fn append_export(&self, to: &ExportTo) -> Result<usize, ApiError> {
        let known = self.store.meta_get(EXPORTED_KEY)?;
        let after = known.and_then(|text| text.parse().ok()).unwrap_or(0);
        let (mut text, mut count) = (String::new(), 0);
        let up_to = self.export_turns(after, to.silent_seconds, &mut |turn| {
            let line = serde_json::to_string(&turn).map_err(|error| errors::internal(&error))?;
            text.push_str(&line);
            text.push('\n');
            count += 1;
            Ok(())
        })?;
        if up_to == after {
            return Ok(0);
        }
        let day = Timestamp::from_second(unix_seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
        let name = format!("turns-{}-{}.jsonl", self.node_id()?, day.strftime("%Y%m%d"));
        let path = to.folder.join(name);
        let mut file = OpenOptions::new().create(true).append(true).open(&path);
        let written = file
            .as_mut()
            .map_err(|error| std::io::Error::from(error.kind()))
            .and_then(|file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        written.map_err(|error| errors::data_folder(&path, &error))?;
        // After the file: a line that is written twice is taken in once.
        self.store.meta_set(EXPORTED_KEY, &up_to.to_string())?;
        Ok(count)
    }
}

fn append(core: &Weak<Core>, to: &ExportTo) {
    let Some(core) = core.upgrade() else { return };
    match core.append_export(to) {
        Ok(0) => {}
        Ok(turns) => tracing::debug!(turns, "what visitors asked is exported"),
        Err(error) => tracing::warn!(error = error.message, "nothing is exported"),
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else { return };
        // The last owner of the desk may be the exporter itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the exporter ended with a panic");
        }
    }
}
