//! Whose turn it is: requests come in as slots and cells allow, small work is served between the
//! steps, and whatever nobody wants any more ends within one step.

use std::time::Instant;

use engine::protocol::{Ending, Failure, FromChild, Generate};

use super::Chat;
use super::run::Prepared;
use crate::Desk;
use crate::queue::Job;

/// Serves requests until the queue is closed or the program is to end.
pub(crate) fn serve(chat: &mut Chat<'_>, desk: &Desk) {
    work(chat, desk);
    chat.store.flush();
}

fn work(chat: &mut Chat<'_>, desk: &Desk) {
    // The first request in line may have a slot and still wait for cells.
    let mut first: Option<Prepared> = None;
    while !desk.ending.has_begun() {
        if chat.is_idle() && first.is_none() {
            match desk.queue.next() {
                Some(job) => first = take(chat, job, desk),
                None => return,
            }
        }
        while let Some(job) = desk.queue.next_small() {
            first = take(chat, job, desk).or(first);
        }
        admit(chat, &mut first, desk);
        end_unwanted(chat, &mut first, desk);
        tell_waiting(first.is_some(), desk);
        say_all(&chat.step(), desk);
    }
}

/// Serves a small job, or prepares a request.
fn take(chat: &Chat<'_>, job: Job, desk: &Desk) -> Option<Prepared> {
    match job {
        Job::Generate(request, arrived) => prepare(chat, *request, arrived, desk),
        Job::Count { id, texts } => {
            let counts = texts.iter().map(|text| chat.model.count_tokens(text)).collect();
            say(FromChild::Counts { id, counts }, desk);
            None
        }
        Job::Embed { id, .. } => {
            let reason = "this engine writes, it cannot make vectors".to_owned();
            say(FromChild::Failed { id, failure: Failure::Refused, reason }, desk);
            None
        }
    }
}

/// Reads a request. What cannot be written, or needs no writing, is answered at once.
fn prepare(chat: &Chat<'_>, request: Generate, arrived: Instant, desk: &Desk) -> Option<Prepared> {
    let id = request.id;
    let tokens = chat.context_tokens();
    match Prepared::new(chat.model, &chat.prompter, &chat.ends, tokens, request, arrived) {
        Ok(prepared) if prepared.max_tokens == 0 => {
            say(prepared.done(Ending::Length), desk);
            None
        }
        Ok(prepared) => Some(prepared),
        Err(error) => {
            let (failure, reason) = (Failure::Refused, error.to_string());
            say(FromChild::Failed { id, failure, reason }, desk);
            None
        }
    }
}

/// Fills the free slots, in the order in which the requests came.
fn admit(chat: &mut Chat<'_>, first: &mut Option<Prepared>, desk: &Desk) {
    while chat.has_free_slot() {
        if first.is_none() {
            match desk.queue.next_large() {
                Some(job) => *first = take(chat, job, desk),
                None => return,
            }
        }
        if let Some(prepared) = first.take()
            && let Err(back) = chat.admit(prepared)
        {
            *first = Some(*back);
            return;
        }
    }
}

fn end_unwanted(chat: &mut Chat<'_>, first: &mut Option<Prepared>, desk: &Desk) {
    let now = Instant::now();
    let cancelled = desk.queue.cancelled();
    say_all(&chat.end_unwanted(&cancelled, now), desk);
    if let Some(waiting) = first.take_if(|it| cancelled.contains(&it.id)) {
        say(waiting.done(Ending::Cancelled), desk);
    }
    let late = first.take_if(|it| it.deadline.is_some_and(|deadline| deadline <= now));
    for id in desk.queue.late(now).into_iter().chain(late.map(|it| it.id)) {
        let reason = "its time was up before its turn came".to_owned();
        say(FromChild::Failed { id, failure: Failure::Late, reason }, desk);
    }
}

/// Tells those who have to wait, once.
fn tell_waiting(is_one_ahead: bool, desk: &Desk) {
    for (id, before) in desk.queue.newly_waiting() {
        let ahead = before.saturating_add(u32::from(is_one_ahead));
        desk.outbox.send(&FromChild::Waiting { id, ahead });
    }
}

fn say(frame: FromChild, desk: &Desk) {
    say_all(&[frame], desk);
}

fn say_all(frames: &[FromChild], desk: &Desk) {
    for frame in frames {
        if let FromChild::Done { id, .. }
        | FromChild::Failed { id, .. }
        | FromChild::Counts { id, .. } = frame
        {
            desk.queue.finish(*id);
        }
    }
    if !frames.is_empty() {
        desk.outbox.send_all(frames);
    }
}
