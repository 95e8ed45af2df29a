//! Why a file gave nothing, in words for the person who chose it.

use serde::{Deserialize, Serialize};

/// Why a file could not be read. Written as the person sees it: lower case, no final stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum DocumentError {
    /// Nothing has this name.
    #[error("there is no such file")]
    Missing,
    /// The system keeps it from this user.
    #[error("the file may not be read")]
    Forbidden,
    /// A folder, a pipe, a device.
    #[error("it is not a file")]
    NotAFile,
    /// The name stands for another file, which nobody chose.
    #[error("it is a link to another file, and links are not followed inside folders")]
    Link,
    /// The system could not give the bytes.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// It holds no bytes.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are read.
    #[error("the file has {megabytes} MB, at most {most} are read")]
    TooLarge {
        /// Its size.
        megabytes: u64,
        /// The limit.
        most: u64,
    },
    /// No format goes by this ending.
    #[error("{}", unknown(.extension))]
    Unknown {
        /// The ending, without its dot.
        extension: String,
    },
    /// Its bytes are of another kind than its name.
    #[error("this is {found}, but its name says {named}")]
    OtherKind {
        /// What the bytes are.
        found: String,
        /// What the name says.
        named: String,
    },
    /// Bytes that are no text.
    #[error("this is not a text file")]
    NotText,
    /// Nothing in it can be read.
    #[error("there is no text in the file")]
    NoText,
    /// Only pictures of pages.
    #[error("none of its {pages} pages has text: is it a scan?")]
    Scan {
        /// How many there are.
        pages: usize,
    },
    /// It needs a password.
    #[error("the file is locked with a password")]
    Locked,
    /// Its format is broken.
    #[error("the file is damaged: {reason}")]
    Damaged {
        /// What is wrong, as far as it is known.
        reason: String,
    },
    /// It grows beyond measure when it is read.
    #[error("the file {what}, which no honest document does")]
    Bomb {
        /// What it does.
        what: String,
    },
    /// Reading it used up its time.
    #[error("reading it took longer than {seconds} seconds")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// Reading it used up its memory.
    #[error("reading it needs more than {megabytes} MB of memory")]
    TooHungry {
        /// The limit.
        megabytes: u64,
    },
    /// The reader ended on this file: a defect of ours, or an attack.
    #[error("the reader stopped at this file ({reason})")]
    Stopped {
        /// How it ended.
        reason: String,
    },
    /// A document was given where a table is wanted.
    #[error("this is not a table")]
    NotATable,
    /// The program that reads files is not where it belongs, or cannot be started.
    #[error("the program that reads documents cannot be started: {reason}")]
    NoReader {
        /// What the system says, with the program's name.
        reason: String,
    },
}

fn unknown(extension: &str) -> String {
    match extension {
        "" => "a file without an ending cannot be read".to_owned(),
        _ => format!("files of type .{extension} cannot be read"),
    }
}

impl DocumentError {
    /// What the person can do now, where that is more than opening and saving the file again.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::TooLarge { .. } => "Split it into several files.",
            Self::Unknown { .. } => {
                return Some(format!("Readable are: {}.", crate::format::readable()));
            }
            Self::OtherKind { .. } => "Give the file the right ending and import it again.",
            Self::NotText => "Choose the document itself, not a program or picture.",
            Self::Scan { .. } => "Run it through text recognition (OCR) and import the result.",
            Self::Locked => "Open it with its password, save it without one, and import that.",
            Self::Link => "Choose the file itself.",
            Self::Bomb { .. } => "Ask where it came from before you open it.",
            Self::TooSlow { .. } | Self::TooHungry { .. } => "Split it into smaller files.",
            Self::NotATable => "Readable as tables are: csv, tsv, xlsx, xls, ods.",
            Self::NoReader { .. } => {
                "Install Frontdesk again: frontdesk-reader must lie beside the program itself."
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// Whether the same bytes will fail in the same way, so that reading them again is in vain.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Missing
            | Self::Forbidden
            | Self::NotAFile
            | Self::Link
            | Self::Unreadable { .. }
            | Self::Unknown { .. }
            | Self::NotATable
            | Self::NoReader { .. } => false,
            Self::Empty
            | Self::TooLarge { .. }
            | Self::OtherKind { .. }
            | Self::NotText
            | Self::NoText
            | Self::Scan { .. }
            | Self::Locked
            | Self::Damaged { .. }
            | Self::Bomb { .. }
            | Self::TooSlow { .. }
            | Self::TooHungry { .. }
            | Self::Stopped { .. } => true,
        }
    }

    pub(crate) fn damaged(reason: impl std::fmt::Display) -> Self {
        // Some libraries put half the file into their messages.
        Self::Damaged { reason: reason.to_string().chars().take(160).collect() }
    }
}

impl From<&std::io::Error> for DocumentError {
    fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Unreadable { reason: error.to_string() },
        }
    }
}
