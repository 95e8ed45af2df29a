//! The only place that prints: answers on stdout, everything else on stderr.
//!
//! Nothing here may panic: a reader that went away (`| head`) is no defect of ours.

use std::io::{IsTerminal, Write};

use commands::wire::ApiError;
use serde::Serialize;

use crate::exit::Failure;

/// How to print.
pub(crate) struct Output {
    /// JSON on stdout and nothing else there.
    pub(crate) json: bool,
    quiet: bool,
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet }
    }

    /// A JSON document, on one line where it is one of many.
    pub(crate) fn document<T: Serialize>(&self, value: &T) {
        match serde_json::to_string(value) {
            Ok(text) => self.line(&text),
            Err(error) => self.warn(&format!("the reply cannot be written as JSON: {error}")),
        }
    }

    /// A line for people, or whatever the answer is.
    pub(crate) fn line(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _closed = writeln!(out, "{text}").and_then(|()| out.flush()).is_err();
    }

    /// Progress, overwritten in a terminal.
    pub(crate) fn progress(&self, text: &str) {
        if self.quiet {
        } else if std::io::stderr().is_terminal() {
            aside(&format!("\r\x1b[2K{text}"));
        } else {
            aside(&format!("{text}\n"));
        }
    }

    /// Ends a line of progress.
    pub(crate) fn progress_done(&self) {
        if !self.quiet && std::io::stderr().is_terminal() {
            aside("\n");
        }
    }

    /// Something a person should know.
    pub(crate) fn warn(&self, text: &str) {
        if !self.quiet {
            aside(&format!("{text}\n"));
        }
    }

    /// Asks a person, however quiet the program is; anything but a yes is a no.
    pub(crate) fn asks(&self, question: &str) -> bool {
        aside(&format!("{question} [y/N] "));
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// Whether somebody is there to be asked.
    pub(crate) fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Why the program ends.
    pub(crate) fn failure(&self, failure: &Failure) {
        let Some(error) = &failure.error else { return };
        if self.json {
            self.document(&serde_json::json!({ "error": error }));
        } else {
            aside(&format!("frontdesk-node: {}\n", sentence(error)));
        }
    }
}

fn aside(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _closed = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush()).is_err();
}

/// An error as people read it.
pub(crate) fn sentence(error: &ApiError) -> String {
    match &error.hint {
        Some(hint) => format!("{}\n  {hint}", error.message),
        None => error.message.clone(),
    }
}
