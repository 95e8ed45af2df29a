//! An answer on its way, whichever model makes it: pieces, then the ending, then nothing.

use tokio::sync::mpsc;

use super::error::Refusal;
use super::reply::{CitedSource, DeskAnswer, FinishReason, Usage};

/// Pieces that may wait for a slow reader.
const PIECES: usize = 256;

/// What comes of an answer.
#[derive(Debug)]
pub(super) enum Piece {
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
    leave: Option<Box<dyn FnOnce() + Send>>,
}

/// The writing end.
#[derive(Clone)]
pub(super) struct Sender(mpsc::Sender<Piece>);

impl Work {
    /// Starts `work` on a thread of its own; `leave` stops it.
    pub(super) fn start(
        work: impl FnOnce(Sender) + Send + 'static,
        leave: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (sender, pieces) = mpsc::channel(PIECES);
        tokio::task::spawn_blocking(move || work(Sender(sender)));
        Self { pieces, first: None, leave: Some(Box::new(leave)) }
    }

    /// The next piece; `None` after the ending, and when the work ended without one.
    pub(super) async fn next(&mut self) -> Option<Piece> {
        match self.first.take() {
            Some(piece) => Some(piece),
            None => self.pieces.recv().await,
        }
    }

    /// Puts a piece back, to be the next one.
    pub(super) fn put_back(&mut self, piece: Piece) {
        self.first = Some(piece);
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(leave) = self.leave.take() {
            leave();
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
