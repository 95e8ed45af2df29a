//! Whose turn it is: one text at a time, in the order they came, with small work between the
//! steps. Serving several texts in one batch would change this file and the number of sequences
//! in [`Chat`]; a [`Run`] already holds everything that belongs to one request.

use engine::protocol::{FromChild, Generate};

use super::Chat;
use super::run::{Run, Step};
use crate::Desk;
use crate::queue::Job;

/// Serves requests until the queue is closed or the program is to end.
pub(crate) fn serve(chat: &mut Chat<'_>, desk: &Desk) {
    while let Some(job) = desk.queue.next() {
        let id = job.id();
        let last = match job {
            Job::Generate(request) => write(chat, request, desk),
            Job::Count { id, texts } => Some(count(chat, id, &texts)),
            Job::Embed { id, .. } => Some(FromChild::Failed {
                id,
                reason: "this engine writes, it cannot make vectors".to_owned(),
            }),
        };
        desk.queue.finish(id);
        match last {
            Some(last) => desk.outbox.send(&last),
            None => return,
        }
    }
}

/// Writes one text and answers its last frame, or `None` if the program is to end.
fn write(chat: &mut Chat<'_>, request: Generate, desk: &Desk) -> Option<FromChild> {
    let id = request.id;
    let failed = |error: crate::Error| FromChild::Failed { id, reason: error.to_string() };
    let mut run = match Run::admit(chat, request) {
        Ok(run) => run,
        Err(error) => return Some(failed(error)),
    };
    loop {
        if desk.ending.has_begun() {
            return None;
        }
        if desk.queue.is_cancelled(id) {
            return Some(run.cancelled(id));
        }
        serve_small(chat, desk);
        match run.step(chat) {
            Ok(Step::Text(text)) => send_text(id, text, desk),
            Ok(Step::End(text, reason)) => {
                send_text(id, text, desk);
                return Some(run.done(id, reason));
            }
            Err(error) => return Some(failed(error)),
        }
    }
}

fn serve_small(chat: &Chat<'_>, desk: &Desk) {
    while let Some(job) = desk.queue.next_small() {
        let id = job.id();
        if let Job::Count { texts, .. } = job {
            desk.outbox.send(&count(chat, id, &texts));
        }
        desk.queue.finish(id);
    }
}

fn count(chat: &Chat<'_>, id: u64, texts: &[String]) -> FromChild {
    let counts = texts.iter().map(|text| chat.model.count_tokens(text)).collect();
    FromChild::Counts { id, counts }
}

fn send_text(id: u64, text: String, desk: &Desk) {
    if !text.is_empty() {
        desk.outbox.send(&FromChild::Text { id, text });
    }
}
