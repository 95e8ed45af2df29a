//! What the core promises, through its public face, on stand-ins for the models.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod a_person_can_always_be_reached;
mod answers_are_kept_while_they_hold;
mod facts_are_told_by_the_clock;
mod imports;
mod languages;
mod staff_see_why;
mod watched_folders;
