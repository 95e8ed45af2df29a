//! What went wrong with a download, and what the person at the counter can do about it.

use catalog::download::DownloadError;

use super::Refusal;
use crate::wire::{ApiError, Code};

/// The way that needs no network.
const STICK: &str =
    "Bring it on a stick instead: copy the file on another computer and import it here.";

fn error(code: Code, message: impl ToString, hint: impl ToString) -> ApiError {
    ApiError { code, message: message.to_string(), hint: Some(hint.to_string()) }
}

impl Refusal {
    /// The error, naming the model.
    pub(crate) fn about(self, id: &str) -> ApiError {
        match self {
            Refusal::NoAddress => error(
                Code::Unavailable,
                format!("the model {id} cannot be downloaded"),
                "It comes with the program; or bring its file on a stick and import it here.",
            ),
            Refusal::NotOffered { offered_bytes: None } => error(
                Code::Invalid,
                format!("the download of {id} was not offered"),
                "Look at the offer first: it says how large the file is and where it comes from.",
            ),
            Refusal::NotOffered { offered_bytes: Some(bytes) } => error(
                Code::Invalid,
                format!("the file of {id} has {bytes} bytes, which is not what was agreed to"),
                "Look at the offer again, and agree to the size it shows.",
            ),
            Refusal::NothingLeft => error(
                Code::NotFound,
                format!("there is no download of {id}"),
                "It may be over or deleted; open the list again.",
            ),
            Refusal::FromElsewhere { host } => error(
                Code::Unavailable,
                format!("this download of {id} was begun from {host}"),
                "Go on with it there on the command line, or delete it and begin anew.",
            ),
            Refusal::Failed(error) => error.into(),
        }
    }
}

impl From<DownloadError> for ApiError {
    fn from(source: DownloadError) -> Self {
        let (code, hint) = match &source {
            DownloadError::Unfit { .. } => {
                (Code::Invalid, "Check the name, the size and the sha256.".to_string())
            }
            DownloadError::NotAllowed { .. } | DownloadError::TooManyRedirects { .. } => (
                Code::Invalid,
                format!("Nothing was downloaded, because the address leads astray. {STICK}"),
            ),
            DownloadError::NoNetwork { .. } => {
                (Code::Unavailable, format!("Check the network and go on. {STICK}"))
            }
            DownloadError::Untrusted { .. } => (
                Code::Unavailable,
                format!(
                    "Check the date and the clock of this computer, and whether this network \
                     asks you to log in first. {STICK}"
                ),
            ),
            DownloadError::Stalled { .. } | DownloadError::Interrupted { .. } => {
                (Code::Unavailable, format!("What has come is kept; go on later. {STICK}"))
            }
            DownloadError::Refused { status: 429 | 500..=599, .. } => (
                Code::Busy,
                "The server has too much to do. What has come is kept; go on later.".into(),
            ),
            DownloadError::Refused { .. } | DownloadError::NoSize { .. } => {
                (Code::Unavailable, format!("The file is not to be had there. {STICK}"))
            }
            DownloadError::OtherSize { .. } => (
                Code::ModelRefused,
                format!(
                    "The server has another file than this version of the program knows. {STICK}"
                ),
            ),
            DownloadError::Encoded { .. } => (
                Code::Unavailable,
                format!("A proxy of this network may be doing that; try another network. {STICK}"),
            ),
            DownloadError::WrongBytes { .. } => (
                Code::ModelRefused,
                format!(
                    "They were deleted, and nothing else was changed. Try again later. {STICK}"
                ),
            ),
            DownloadError::NoRoom { .. } => (
                Code::Unavailable,
                "Free some space on this disk and go on; what has come is kept.".into(),
            ),
            DownloadError::InUse { .. } => (
                Code::Busy,
                "Another program on this computer is at it; wait until it is done.".into(),
            ),
            DownloadError::Disk { .. } => (
                Code::DataFolder,
                "Check that the folder exists and that you may write to it.".into(),
            ),
        };
        error(code, source, hint)
    }
}
