//! From a file to blocks of clean text or rows of a table.
//!
//! A file is somebody else's bytes, so the product never reads one itself: [`Reader::child`] starts
//! the `frontdesk-reader` program for each, which locks itself up, reads, answers and ends. The
//! readers of all formats but PDF are here, as functions from bytes to values; the PDF library is
//! large and only in that program (crate `reader`). This crate knows nothing of questions, search
//! and orders: what a file means is for its callers.
//!
//! Start with [`Reader`]; then [`read()`] for what happens inside the child, [`Document`] and
//! [`Table`] for what comes out, and [`hygiene`] for what every text goes through.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod answer;
mod decode;
mod delimited;
mod document;
mod docx;
mod email;
mod error;
mod format;
mod html;
pub mod hygiene;
mod limits;
mod markdown;
mod odt;
mod package;
mod paged;
mod plain;
mod pptx;
mod read;
mod reader;
mod source;
mod table;
mod task;
mod workbook;
mod xml;

pub use answer::{Answer, write_answer};
pub use document::{BULLET, Block, Document, Faq, Item, row_text};
pub use error::DocumentError;
pub use format::{Format, extensions};
pub use limits::Limits;
pub use read::{Content, ReadPdf, Reading, read};
pub use reader::{PROGRAM, Reader};
pub use source::{FileHash, Links, Source};
pub use table::{Sheet, Table};
pub use task::Task;

/// Raise this when a reader changes: files are then read again, also those that were refused.
pub const VERSION: i64 = 2;
