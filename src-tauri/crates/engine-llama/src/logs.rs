//! Logs go to stderr, because stdout belongs to the protocol. The last error lines of llama.cpp
//! are kept: its calls only say that they failed, the reason is in the log.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use llama_cpp_2::{LogOptions, send_logs_to_tracing};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt as lines};

/// A load fails with two to four lines, the first of them the most exact.
const KEPT_LINES: usize = 4;

/// What llama.cpp says last in every case, and what it puts before every reason.
const NO_REASON: &str = "failed to load model";
const BEFORE_REASON: &str = "error loading model: ";

static LAST_ERRORS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Sends our own lines and those of llama.cpp to stderr, from warnings up unless `RUST_LOG` says
/// otherwise. Must run before anything of llama.cpp does.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let stderr = lines::layer().with_writer(std::io::stderr).with_ansi(false).with_target(false);
    tracing_subscriber::registry().with(filter).with(LastErrors).with(stderr).init();
    send_logs_to_tracing(LogOptions::default());
}

/// The error lines since the last call, oldest first, as one sentence; `None` if there were none.
pub(crate) fn take_last_errors() -> Option<String> {
    let mut lines = LAST_ERRORS.lock().unwrap_or_else(PoisonError::into_inner);
    let all = std::mem::take(&mut *lines);
    (!all.is_empty()).then(|| all.join("; "))
}

struct LastErrors;

impl<S: Subscriber> Layer<S> for LastErrors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() != Level::ERROR {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        let line = message.0.trim().trim_end_matches('.');
        let line = line.strip_prefix(BEFORE_REASON).unwrap_or(line).to_owned();
        let mut lines = LAST_ERRORS.lock().unwrap_or_else(PoisonError::into_inner);
        if line.is_empty() || line == NO_REASON || lines.contains(&line) {
            return;
        }
        if lines.len() == KEPT_LINES {
            lines.remove(0);
        }
        lines.push(line);
    }
}

struct Message(String);

impl Visit for Message {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.0 = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
