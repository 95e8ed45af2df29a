//! An answer piece by piece, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::chat::{ended, fingerprint};
use super::reply::{ChatChunk, ChunkChoice, Delta};
use super::work::{Ending, Piece, Work};
use super::{random_id, unix_seconds};

/// Events that may wait for a slow reader.
const EVENTS: usize = 64;

/// What keeps a connection open while nothing is said: proxies close silent ones. Clients pass over
/// lines that begin like this.
const PING: &str = ": ping\n\n";

/// What the last event says.
const LAST: &str = "data: [DONE]\n\n";

/// Tells a proxy to pass pieces on as they come.
const BUFFERING: header::HeaderName = header::HeaderName::from_static("x-accel-buffering");

type Events = mpsc::Sender<Result<String, Infallible>>;

/// The answer to a program that wants pieces. When it leaves, the work is stopped.
pub(super) fn response(work: Work, model: &'static str, usage: bool, ping: Duration) -> Response {
    let (sender, events) = mpsc::channel(EVENTS);
    tokio::spawn(tell(work, Head::of(model), usage, ping, sender));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (BUFFERING, "no"),
    ];
    (headers, Body::from_stream(ReceiverStream::new(events))).into_response()
}

/// What all pieces of an answer have in common.
struct Head {
    id: String,
    created: u64,
    model: &'static str,
}

async fn tell(mut work: Work, head: Head, usage: bool, ping: Duration, events: Events) {
    let role = Delta { role: Some("assistant"), content: Some(String::new()) };
    if !say(&events, event(&head.piece(role))).await {
        return;
    }
    loop {
        let next = tokio::select! {
            piece = work.next() => Some(piece),
            () = events.closed() => return,
            () = tokio::time::sleep(ping) => None,
        };
        let (text, is_last) = match next {
            None => (PING.to_owned(), false),
            Some(Some(Piece::Waiting(ahead))) => (format!(": waiting, {ahead} ahead\n\n"), false),
            Some(Some(Piece::Begun)) => continue,
            Some(Some(Piece::Text(text))) => {
                let delta = Delta { role: None, content: Some(text) };
                (event(&head.piece(delta)), false)
            }
            Some(Some(Piece::Done(ending))) => (head.end(*ending, usage), true),
            Some(Some(Piece::Failed(refusal))) => (event(&refusal.into_body()), true),
            Some(None) => (event(&ended().into_body()), true),
        };
        if !say(&events, text).await || is_last {
            return;
        }
    }
}

impl Head {
    fn of(model: &'static str) -> Self {
        Self { id: random_id("chatcmpl-"), created: unix_seconds(), model }
    }

    fn piece(&self, delta: Delta) -> ChatChunk {
        ChatChunk {
            id: self.id.clone(),
            object: "chat.completion.chunk",
            created: self.created,
            model: self.model.to_owned(),
            choices: vec![ChunkChoice { index: 0, delta, logprobs: None, finish_reason: None }],
            usage: None,
            system_fingerprint: None,
            citations: None,
            desk: None,
        }
    }

    /// The reason of the end with the sources, the tokens where they were asked for, and the mark
    /// that nothing follows.
    fn end(&self, ending: Ending, usage: bool) -> String {
        let mut last = self.piece(Delta::default());
        for choice in &mut last.choices {
            choice.finish_reason = Some(ending.finish_reason);
        }
        last.system_fingerprint = ending.knowledge_version.map(fingerprint);
        last.citations = ending.citations;
        last.desk = ending.desk;
        let mut text = event(&last);
        if usage {
            let counted = ChatChunk {
                choices: Vec::new(),
                usage: Some(ending.usage),
                ..self.piece(Delta::default())
            };
            text.push_str(&event(&counted));
        }
        text.push_str(LAST);
        text
    }
}

fn event<T: Serialize>(value: &T) -> String {
    format!("data: {}\n\n", serde_json::to_string(value).unwrap_or_default())
}

/// Whether somebody still reads.
async fn say(events: &Events, text: String) -> bool {
    events.send(Ok(text)).await.is_ok()
}
