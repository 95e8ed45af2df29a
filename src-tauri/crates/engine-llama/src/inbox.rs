//! The thread that reads stdin. It answers at once what needs no model, so a ping, a wish to
//! cancel and the end of stdin are noticed in the middle of a long answer.

use std::io::{BufReader, ErrorKind, Read};
use std::time::Instant;

use engine::protocol::{Done, Ending, Failure, FromChild, MAX_TEXTS, ToChild, read_frame};

use crate::Desk;
use crate::arguments::Purpose;
use crate::queue::{Cancelled, Job, WAITING_LIMIT};

/// Exit code of an input that is not the protocol.
const NOT_UNDERSTOOD: u8 = 2;

/// Reads until stdin ends or makes no sense; then asks the program to end.
pub(crate) fn read_requests(from: impl Read, purpose: Purpose, desk: &Desk) {
    let mut from = BufReader::new(from);
    loop {
        match read_frame::<ToChild>(&mut from) {
            Ok(Some(frame)) => take(frame, purpose, desk),
            Ok(None) => return end(0, desk),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::error!("stdin was not understood: {error}");
                return end(NOT_UNDERSTOOD, desk);
            }
        }
    }
}

fn end(code: u8, desk: &Desk) {
    desk.ending.begin(code);
    desk.queue.close();
}

fn take(frame: ToChild, purpose: Purpose, desk: &Desk) {
    match frame {
        ToChild::Ping { id } => desk.outbox.send(&FromChild::Pong { id }),
        ToChild::Cancel { id } => cancel(id, desk),
        ToChild::Generate(request) => match purpose {
            Purpose::Chat => offer(Job::Generate(Box::new(request), Instant::now()), desk),
            Purpose::Embedding => {
                desk.outbox.send_failed(request.id, "this engine makes vectors, it cannot write");
            }
        },
        ToChild::Embed { id, texts } => match purpose {
            Purpose::Embedding => offer_texts(Job::Embed { id, texts }, desk),
            Purpose::Chat => {
                desk.outbox.send_failed(id, "this engine writes, it cannot make vectors");
            }
        },
        ToChild::Count { id, texts } => offer_texts(Job::Count { id, texts }, desk),
    }
}

fn offer_texts(job: Job, desk: &Desk) {
    let texts = match &job {
        Job::Embed { texts, .. } | Job::Count { texts, .. } => texts.len(),
        Job::Generate(..) => 0,
    };
    if texts > MAX_TEXTS {
        let reason = format!("{texts} texts in one request, {MAX_TEXTS} are allowed");
        return desk.outbox.send_failed(job.id(), reason);
    }
    offer(job, desk);
}

fn offer(job: Job, desk: &Desk) {
    if let Err(job) = desk.queue.offer(job) {
        let reason = format!("the engine is busy, {WAITING_LIMIT} requests wait already");
        let failure = Failure::Busy { waiting: WAITING_LIMIT as u32 };
        desk.outbox.send(&FromChild::Failed { id: job.id(), failure, reason });
    }
}

/// A running request answers by itself at its next step; one that only waited is answered here.
fn cancel(id: u64, desk: &Desk) {
    match desk.queue.cancel(id) {
        Cancelled::BeforeStart => {
            let done = Done { reason: Ending::Cancelled, ..Done::default() };
            desk.outbox.send(&FromChild::Done { id, done });
        }
        Cancelled::Running | Cancelled::Unknown => {}
    }
}

#[cfg(test)]
mod tests;
