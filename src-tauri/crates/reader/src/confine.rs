//! Locking this program up before it looks at its file: it may read nothing but stdin and write
//! nothing but stdout.

use std::io::Write;
use std::process::ExitCode;

use documents::Limits;
use sandbox::{Confinement, Outcome, SandboxError, confine_calls, confine_files};

/// Addresses beside the memory that reading may take: the program itself, its libraries, stacks.
const PROGRAM_BYTES: u64 = 512 << 20;

/// Locks up. Must run before any other thread starts.
///
/// Fails when a lock that this system has does not close.
pub(crate) fn confine(limits: &Limits) -> Result<(), SandboxError> {
    end_with_parent();
    let confinement = Confinement {
        memory_bytes: Some(limits.memory_bytes),
        address_bytes: Some(limits.memory_bytes + PROGRAM_BYTES),
        processor_seconds: Some(limits.processor_seconds),
        open_files: 16,
        file_bytes: 0,
        ..Confinement::default()
    };
    confine_files(&confinement)?;
    confine_calls()?;
    Ok(())
}

/// A desk that is gone needs no answer.
fn end_with_parent() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        // Without it the end comes with the limits.
        let _asked = set_parent_process_death_signal(Some(Signal::KILL));
    }
}

/// Tries everything a hostile document would. Says what happened, and fails if anything worked.
pub(crate) fn try_to_escape() -> ExitCode {
    if confine(&Limits::default()).is_err() {
        return ExitCode::FAILURE;
    }
    let attempts = sandbox::escape_attempts();
    let lines: String = attempts.iter().map(|attempt| format!("{attempt}\n")).collect();
    let is_written = std::io::stdout().write_all(lines.as_bytes()).is_ok();
    let has_escaped = attempts.iter().any(|attempt| matches!(attempt.outcome, Outcome::Escaped(_)));
    if is_written && !has_escaped { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
