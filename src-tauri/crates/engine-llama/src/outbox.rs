//! Everything that leaves this program.

use std::io::{BufWriter, ErrorKind, Write};
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

    /// Sends one frame. A frame that is too long becomes a failure of its request.
    pub(crate) fn send(&self, frame: &FromChild) {
        let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match (write_frame(&mut *to, frame), frame) {
            (Err(error), FromChild::Vectors { id, .. })
                if error.kind() == ErrorKind::InvalidData =>
            {
                let reason = "the vectors do not fit into one reply, ask for fewer".to_owned();
                let failure = Failure::Refused;
                write_frame(&mut *to, &FromChild::Failed { id: *id, failure, reason })
            }
            (written, _) => written,
        };
        if let Err(error) = written {
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
