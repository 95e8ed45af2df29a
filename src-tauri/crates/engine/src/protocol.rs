//! What the desk and a `frontdesk-engine` child say to each other over stdin and stdout.
//!
//! A frame is a little-endian `u32` length and that many bytes of postcard. The child speaks
//! first, with [`FromChild::Hello`]. It ends when its stdin does.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Raised when a frame changes its meaning; a child of another version is not used.
pub const VERSION: u32 = 2;

/// No frame is longer; a longer length means that the stream is broken.
pub const MAX_FRAME: usize = 8 << 20;

/// Bytes of the length in front of a frame.
const LENGTH_BYTES: usize = 4;

/// Desk to child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToChild {
    /// Write a text.
    Generate(Generate),
    /// Stop writing it.
    Cancel {
        /// The request's number.
        id: u64,
    },
    /// Turn texts into vectors. Prefixes are already on them.
    Embed {
        /// The request's number.
        id: u64,
        /// At most [`MAX_TEXTS`].
        texts: Vec<String>,
    },
    /// Count the tokens of texts.
    Count {
        /// The request's number.
        id: u64,
        /// At most [`MAX_TEXTS`].
        texts: Vec<String>,
    },
    /// Are you there?
    Ping {
        /// The request's number.
        id: u64,
    },
}

impl ToChild {
    /// The request's number.
    pub fn id(&self) -> u64 {
        match self {
            ToChild::Generate(request) => request.id,
            ToChild::Cancel { id }
            | ToChild::Embed { id, .. }
            | ToChild::Count { id, .. }
            | ToChild::Ping { id } => *id,
        }
    }
}

/// Texts in one frame.
pub const MAX_TEXTS: usize = 2048;

/// A text to write.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// The request's number.
    pub id: u64,
    /// `system`, `user` or `assistant`, and the text.
    pub messages: Vec<(String, String)>,
    /// Tokens to write at most.
    pub max_tokens: u32,
    /// 0 picks the likeliest token every time.
    pub temperature: f32,
    /// Makes a temperature above 0 repeatable.
    pub seed: u32,
    /// Writing stops before any of these.
    pub stop: Vec<String>,
    /// Ends of beginnings that are worth keeping, nearest the start first.
    pub keep: Vec<Keep>,
    /// GBNF that the text must follow.
    pub grammar: Option<String>,
    /// Whether [`FromChild::Done`] carries the log-probability of each token.
    pub logprobs: bool,
    /// Milliseconds from arrival until the text is no longer wanted; 0 for no limit.
    pub deadline_ms: u32,
    /// Goes on to `max_tokens` when the model would end. For measurements.
    pub run_on: bool,
}

/// A place in the messages. Everything before it is asked again often and holds nothing that a
/// visitor wrote, so the state of the model there may be kept, also on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Which message.
    pub message: u32,
    /// Bytes of its text that belong to the beginning.
    pub bytes: u32,
}

/// Child to desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromChild {
    /// The model is loaded and works.
    Hello(Hello),
    /// The model cannot be used; the child ends after this.
    Rejected {
        /// Why, in one sentence.
        reason: String,
    },
    /// More text.
    Text {
        /// The request's number.
        id: u64,
        /// Whole characters.
        text: String,
    },
    /// A text has to wait for others.
    Waiting {
        /// The request's number.
        id: u64,
        /// How many come before it.
        ahead: u32,
    },
    /// A prompt is being read.
    Reading {
        /// The request's number.
        id: u64,
        /// Tokens read.
        read_tokens: u32,
        /// Tokens of the prompt.
        prompt_tokens: u32,
    },
    /// A text's end.
    Done {
        /// The request's number.
        id: u64,
        /// How it went.
        done: Done,
    },
    /// Vectors, one a text, unit length.
    Vectors {
        /// The request's number.
        id: u64,
        /// In the order asked.
        vectors: Vec<Vec<f32>>,
    },
    /// Token counts, one a text.
    Counts {
        /// The request's number.
        id: u64,
        /// In the order asked.
        counts: Vec<u32>,
    },
    /// Here.
    Pong {
        /// The request's number.
        id: u64,
    },
    /// One request failed; the child goes on.
    Failed {
        /// The request's number.
        id: u64,
        /// What kind of failure.
        failure: Failure,
        /// Why, in one sentence.
        reason: String,
    },
}

/// How a text ended and what it took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Why it ended.
    pub reason: Ending,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Of these, not computed again.
    pub cached_tokens: u32,
    /// Tokens written.
    pub generated_tokens: u32,
    /// Tokens guessed ahead.
    pub drafted_tokens: u32,
    /// Of these, right.
    pub accepted_tokens: u32,
    /// Natural logarithm of each written token's probability, if it was asked for.
    pub logprobs: Vec<f32>,
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// The model was done, a stop string came, or the grammar allows no more.
    #[default]
    Stop,
    /// The token limit was reached.
    Length,
    /// Nobody wants it any more.
    Cancelled,
    /// The deadline passed.
    Late,
}

/// What kind of failure, by what a caller could do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The request itself is wrong.
    Refused,
    /// Too many wait already.
    Busy {
        /// How many.
        waiting: u32,
    },
    /// Its deadline passed before it began.
    Late,
    /// llama.cpp could not compute.
    Compute,
}

/// Facts about the loaded model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`] of the child.
    pub version: u32,
    /// `general.architecture` of the file.
    pub architecture: String,
    /// Parameters of the model.
    pub parameters: u64,
    /// Tokens one request may use in all.
    pub context_tokens: u32,
    /// Texts written at the same time.
    pub slots: u32,
    /// Numbers in a vector; 0 for a chat model.
    pub embedding_width: u32,
    /// Entries of the vocabulary.
    pub vocabulary: u32,
    /// Whether the file brings a chat template.
    pub has_chat_template: bool,
    /// Milliseconds from start to here.
    pub load_ms: u64,
    /// Which build of llama.cpp's processor part was chosen, or the graphics card's name.
    pub computes_on: String,
    /// Estimate of the memory in use, in bytes.
    pub memory_bytes: u64,
}

/// Writes one frame and flushes. Fails with `InvalidData`, before anything is written, on a frame
/// above [`MAX_FRAME`].
pub fn write_frame<T: Serialize>(to: &mut impl Write, frame: &T) -> io::Result<()> {
    to.write_all(&encode(frame)?)?;
    to.flush()
}

/// The bytes of one frame.
pub(crate) fn encode<T: Serialize>(frame: &T) -> io::Result<Vec<u8>> {
    let body = postcard::to_stdvec(frame).map_err(io::Error::other)?;
    if body.len() > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    let mut bytes = Vec::with_capacity(LENGTH_BYTES + body.len());
    bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Reads one frame. `None` at a clean end between frames.
///
/// Fails with `InvalidData` on a length above [`MAX_FRAME`] or bytes that are not a frame, and
/// with `UnexpectedEof` on a half frame. Bytes after the known fields are ignored, so that a hello
/// with more of them still tells its version.
pub fn read_frame<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0u8; LENGTH_BYTES];
    let first = loop {
        match from.read(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read?,
        }
    };
    if first == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[first..])?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    postcard::from_bytes(&body)
        .map(Some)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
}

#[cfg(test)]
mod tests;
