//! Everything that leaves this program.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::{Mutex, PoisonError};

use engine::protocol::{Failure, FromChild, write_frame};

use crate::ending::Ending;

/// Writes whole frames, one thread at a time.
pub(crate) struct Outbox {
    to: Mutex<Box<dyn Write + Send>>,
    ending: Ending,
}

impl Outbox {
    /// An outbox that writes to `to` and ends the program when nobody reads it any more.
    pub(crate) fn new(to: impl Write + Send + 'static, ending: Ending) -> Outbox {
        Outbox { to: Mutex::new(Box::new(BufWriter::new(to))), ending }
    }

    /// Sends one frame.
    pub(crate) fn send(&self, frame: &FromChild) {
        self.send_all(std::slice::from_ref(frame));
    }

    /// Sends frames at once: the desk wakes up one time for all of them, and each time it does it
    /// takes a core from the model. A frame that is too long becomes a failure of its request.
    pub(crate) fn send_all(&self, frames: &[FromChild]) {
        let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
        let mut together = Together(&mut **to);
        let written = frames.iter().try_for_each(|frame| write(&mut together, frame));
        if let Err(error) = written.and_then(|()| to.flush()) {
            tracing::warn!("nobody reads the replies any more: {error}");
            self.ending.begin(0);
        }
    }

    /// Says that one request was wrong.
    pub(crate) fn send_failed(&self, id: u64, reason: impl ToString) {
        let (failure, reason) = (Failure::Refused, reason.to_string());
        self.send(&FromChild::Failed { id, failure, reason });
    }
}

fn write(to: &mut impl Write, frame: &FromChild) -> io::Result<()> {
    match (write_frame(to, frame), frame) {
        (Err(error), FromChild::Vectors { id, .. }) if error.kind() == ErrorKind::InvalidData => {
            let reason = "the vectors do not fit into one reply, ask for fewer".to_owned();
            let failure = Failure::Refused;
            write_frame(to, &FromChild::Failed { id: *id, failure, reason })
        }
        (written, _) => written,
    }
}

/// Keeps frames back until all of them are written.
struct Together<'to>(&'to mut (dyn Write + Send));

impl Write for Together<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
