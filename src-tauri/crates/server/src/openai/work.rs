//! An answer on its way, whichever model makes it: pieces, then the ending, then nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;

use super::error::Refusal;
use super::reply::{CitedSource, DeskAnswer, FinishReason, Usage};
use crate::Server;
use crate::metrics::Requests;

/// Pieces that may wait for a slow reader: more than an answer has, so that nobody who does not
/// read keeps a place at the model.
const PIECES: usize = 2_048;

/// The address that all of this is for.
const ROUTE: &str = "/v1/chat/completions";

/// What comes of an answer.
#[derive(Debug)]
pub(super) enum Piece {
    /// So many of those who wait come first.
    Waiting(u32),
    /// It is not turned away, and there is nothing to read yet.
    Begun,
    /// More of the text.
    Text(String),
    /// The end.
    Done(Box<Ending>),
    /// The end, with an error.
    Failed(Refusal),
}

/// How an answer ended.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    pub(super) finish_reason: FinishReason,
    pub(super) usage: Usage,
    pub(super) knowledge_version: Option<i64>,
    pub(super) citations: Option<Vec<CitedSource>>,
    pub(super) desk: Option<DeskAnswer>,
}

/// The reading end. Dropping it stops the work.
pub(super) struct Work {
    pieces: mpsc::Receiver<Piece>,
    /// A piece that was looked at before it is wanted.
    first: Option<Piece>,
    gone: Arc<AtomicBool>,
    has_ended: bool,
    requests: Arc<Requests>,
}

/// The writing end.
#[derive(Clone)]
pub(super) struct Sender(mpsc::Sender<Piece>);

impl Work {
    /// Starts `work` on a thread of its own. Its flag says once that nobody waits any more.
    pub(super) fn start(
        server: &Server,
        work: impl FnOnce(&Sender, Arc<AtomicBool>) + Send + 'static,
    ) -> Self {
        let (sender, pieces) = mpsc::channel(PIECES);
        let gone = Arc::new(AtomicBool::new(false));
        let told = gone.clone();
        tokio::task::spawn_blocking(move || work(&Sender(sender), told));
        Self { pieces, first: None, gone, has_ended: false, requests: server.requests.clone() }
    }

    /// The next piece; `None` after the ending, and when the work ended without one.
    pub(super) async fn next(&mut self) -> Option<Piece> {
        let next = match self.first.take() {
            Some(piece) => Some(piece),
            None => self.pieces.recv().await,
        };
        self.has_ended |= matches!(next, None | Some(Piece::Done(_) | Piece::Failed(_)));
        next
    }

    /// Puts a piece back, to be the next one.
    pub(super) fn put_back(&mut self, piece: Piece) {
        self.first = Some(piece);
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Release);
        if !self.has_ended {
            self.requests.note_left(ROUTE);
        }
    }
}

impl Sender {
    /// Hands over a piece. Nobody reads it when the caller has gone, and the work is told so by
    /// other means.
    pub(super) fn send(&self, piece: Piece) {
        if self.0.blocking_send(piece).is_err() {
            tracing::debug!("the program left");
        }
    }

    /// Hands over text, unless there is none.
    pub(super) fn say(&self, text: String) {
        if !text.is_empty() {
            self.send(Piece::Text(text));
        }
    }
}
