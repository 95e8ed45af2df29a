//! `/metrics`: how full the desk is and what it did, in Prometheus' text format. No words, no
//! addresses, no numbers of conversations. Names follow llama-server's, with a prefix.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commands::{Load, Times};

use crate::Server;
use crate::stream::blocking;

/// The format's own name.
const KIND: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Requests by route and outcome.
#[derive(Default)]
pub(crate) struct Requests(Mutex<BTreeMap<(String, &'static str), u64>>);

impl Requests {
    /// Counts one. `route` is a pattern of ours, never what somebody typed.
    pub(crate) fn note(&self, route: &str, status: StatusCode) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.entry((route.to_owned(), outcome(status))).or_default() += 1;
    }

    /// Counts a caller who went away in the middle.
    pub(crate) fn note_left(&self, route: &str) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.entry((route.to_owned(), "left")).or_default() += 1;
    }
}

fn outcome(status: StatusCode) -> &'static str {
    match status.as_u16() {
        429 => "busy",
        200..400 => "ok",
        401 | 403 | 421 => "forbidden",
        400..500 => "refused",
        _ => "failed",
    }
}

pub(crate) async fn metrics(State(server): State<Server>) -> Response {
    let core = server.core.clone();
    match blocking(move || Ok(core.load())).await {
        Ok(load) => {
            let mut page = text(&load);
            let counted = server.requests.0.lock().unwrap_or_else(PoisonError::into_inner);
            requests(&mut page, &counted);
            gauge(
                &mut page,
                "draining",
                "1 while the server is about to end.",
                server.is_draining(),
            );
            ([(header::CONTENT_TYPE, KIND)], page.0).into_response()
        }
        Err(error) => crate::stream::refuse(StatusCode::INTERNAL_SERVER_ERROR, &error),
    }
}

/// A page in the making.
struct Page(String);

impl Page {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing into a text cannot fail.
        let _written = writeln!(self.0, "frontdesk_{line}");
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _written =
            writeln!(self.0, "# HELP frontdesk_{name} {help}\n# TYPE frontdesk_{name} {kind}");
    }
}

fn text(load: &Load) -> Page {
    let mut page = Page(String::with_capacity(8 * 1024));
    let (full, figures) = (&load.fullness, &load.figures);
    page.head("build_info", "gauge", "The program's version.");
    page.line(format_args!("build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")));
    gauge(
        &mut page,
        "ready",
        "1 while visitors are welcome, full or not.",
        load.not_ready.is_none(),
    );
    gauge(&mut page, "kb_version", "Version of the knowledge.", load.knowledge_version);
    gauge(&mut page, "slots", "Texts that can be written at the same time.", full.slots as i64);
    gauge(&mut page, "requests_processing", "Texts being written.", full.taken as i64);
    gauge(&mut page, "requests_deferred", "Questions that wait for a slot.", full.waiting as i64);
    let help = "Questions that may wait for a slot.";
    gauge(&mut page, "waiting_room_size", help, full.most_waiting as i64);
    let help = "Questions under way, those that need no model included.";
    gauge(&mut page, "questions_under_way", help, load.questions as i64);

    let help = "Seconds from a question to the first word of its answer.";
    histogram(&mut page, "time_to_first_token_seconds", help, &figures.first_word);
    let help = "Seconds between two tokens of a text.";
    histogram(&mut page, "inter_token_seconds", help, &figures.between);
    let help = "Seconds from a question to the end of its answer.";
    histogram(&mut page, "end_to_end_seconds", help, &figures.whole);

    page.head("turns_total", "counter", "Answers by the lane that gave them.");
    for (route, count) in &figures.turns {
        page.line(format_args!("turns_total{{route=\"{route}\"}} {count}"));
    }
    for (name, help, count) in [
        ("turns_interrupted_total", "Answers that were cut short.", figures.interrupted),
        ("turns_busy_total", "Questions that found the waiting room full.", figures.busy),
        ("turns_failed_total", "Questions that ended with another error.", figures.failed),
        ("turned_away_total", "Whatever was told to come again.", full.turned_away),
        ("prompt_tokens_total", "Tokens read.", figures.prompt_tokens),
        ("prompt_tokens_cached_total", "Tokens read that were kept.", figures.cached_tokens),
        ("tokens_predicted_total", "Tokens written.", figures.written_tokens),
    ] {
        page.head(name, "counter", help);
        page.line(format_args!("{name} {count}"));
    }
    page
}

fn requests(page: &mut Page, counted: &BTreeMap<(String, &'static str), u64>) {
    page.head("requests_total", "counter", "Requests by route and what came of them.");
    for ((route, outcome), count) in counted {
        let line =
            format_args!("requests_total{{route=\"{route}\",outcome=\"{outcome}\"}} {count}");
        page.line(line);
    }
}

fn gauge(page: &mut Page, name: &str, help: &str, value: impl Into<i64>) {
    page.head(name, "gauge", help);
    page.line(format_args!("{name} {}", value.into()));
}

fn histogram(page: &mut Page, name: &str, help: &str, times: &Times) {
    page.head(name, "histogram", help);
    for (end, count) in &times.up_to {
        page.line(format_args!("{name}_bucket{{le=\"{end}\"}} {count}"));
    }
    page.line(format_args!("{name}_bucket{{le=\"+Inf\"}} {}", times.count));
    page.line(format_args!("{name}_sum {}", times.sum));
    page.line(format_args!("{name}_count {}", times.count));
}

#[cfg(test)]
mod tests;
