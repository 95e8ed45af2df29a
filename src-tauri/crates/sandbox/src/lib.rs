//! Locks this process in, so that an untrusted model can hurt nothing.
//!
//! A model file is somebody else's bytes, read by a lot of C++. If one of them takes the program
//! over, it should find no file but the model, no network, no other program and no way to start
//! one. The process locks itself; nobody needs to be an administrator, and no lock can be opened
//! again. This crate starts no process and knows no model; it is not a container and hides no
//! file names.
//!
//! Start with [`Confinement`] and the two steps, in this order:
//!
//! 1. [`confine_files`] as the first thing `main` does after reading its arguments, on the main
//!    thread while it is the only one. Most kernels bind only the calling thread and the threads
//!    it starts later, so a thread from before would stay free.
//! 2. [`confine_calls`] before the model file is opened: reading it is the dangerous part. A
//!    program that wants a graphics card lets the driver start between the two steps, because
//!    drivers talk to their helpers then; one that only computes on the processor makes both
//!    steps at once. All threads are bound, also those that run already. Threads can be started,
//!    libraries loaded and allowed files opened afterwards.
//!
//! Each step answers with a [`Report`] of what holds and what the system lacks. A system that
//! lacks everything is not an error: the caller writes the report down and goes on. An error means
//! that a lock which the system has did not close; then a model should not be opened.
//! [`escape_attempts`] tries the locks from inside.
//!
//! Only Linux has these locks here. Elsewhere the steps do nothing and say so.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod attempt;
mod confinement;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod error;
#[cfg(target_os = "linux")]
mod linux;
mod report;

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use linux as system;

pub use attempt::{Attempt, Outcome};
pub use confinement::Confinement;
pub use error::SandboxError;
pub use report::{Hold, Layer, Report};

/// Leaves this process only the named files and the named amounts, for ever.
///
/// What a program needs of the system itself stays readable: its libraries, the facts about the
/// processor, the process's own page in `/proc`. Nothing may be run, not even what may be read.
/// Where the kernel can, it also refuses TCP and signals to processes outside.
///
/// Must be called on the main thread before any other thread exists; the report says if that came
/// too late. Files that are open already stay open. Fails if a named path cannot be opened or the
/// kernel refuses a lock that it has.
pub fn confine_files(confinement: &Confinement) -> Result<Report, SandboxError> {
    system::confine_files(confinement)
}

/// Takes the calls of the kernel away with which a program reaches beyond its files, for ever and
/// for all threads of this process.
///
/// Refused as not permitted: everything with sockets, starting or running a program, touching
/// another process (also by signal), changing limits, changing the rights, owners or times of
/// files, shared memory with a name, and the parts of the kernel where break-outs are usually
/// found. It is a list of what is refused and not of what is allowed, on purpose: drivers of
/// graphics cards and the runtime of OpenMP need a wide and changing set, and a list of allowed
/// calls that is too short ends the program at a customer's.
///
/// Refusing does not end the process. Only a call made in the 32-bit way does, which no part of a
/// 64-bit program makes. A thread can no longer be tied to processors by another one, so OpenMP
/// must not be told to bind its threads.
pub fn confine_calls() -> Result<Report, SandboxError> {
    system::confine_calls()
}

/// Tries to get out in every way that the two steps should have closed, and says what happened.
///
/// Leaves nothing behind: what it manages to make, it removes. For a self-test of the program.
pub fn escape_attempts() -> Vec<Attempt> {
    system::escape_attempts()
}
