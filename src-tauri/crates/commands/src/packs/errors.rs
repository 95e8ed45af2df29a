//! Why a pack was refused, with what somebody can do about it.

use ::packs::PackError;

use crate::wire::{ApiError, Code};

/// An error of the shelf as a caller sees it.
pub(crate) fn refused(source: PackError) -> ApiError {
    let (code, hint) = match &source {
        PackError::File { .. } => {
            (Code::BadFile, "Check the name and that you may read and write there.")
        }
        PackError::Empty { .. } => {
            (Code::NotFound, "Publish there first: frontdesk-node publish DIR.")
        }
        PackError::Download(_) => {
            (Code::Unavailable, "Check the address and the network; it is tried again by itself.")
        }
        PackError::Unclear { .. } | PackError::WrongBytes { .. } => {
            (Code::BadFile, "What is in use stays. Publish again.")
        }
        PackError::Unfinished { .. } => (
            Code::BadFile,
            "What is in use stays. It is looked at again by itself; if it stays so, publish again.",
        ),
        PackError::NewerFormat { .. } => {
            (Code::BadFile, "What is in use stays. Bring this program up to date.")
        }
        PackError::Foreign { .. } | PackError::Forged => (
            Code::BadFile,
            "What is in use stays. Ask whoever publishes for the key, and compare it.",
        ),
        PackError::Older { .. } => (
            Code::BadFile,
            "What is in use stays. To go back, the publisher runs: frontdesk-node publish DIR \
             --roll-back.",
        ),
        PackError::NoKey { .. } => (
            Code::Invalid,
            "The key was printed when the desk published; its own key lies in publisher.key.",
        ),
        PackError::NothingBefore { .. } => {
            (Code::NotFound, "Roll the desk itself back, and publish that.")
        }
    };
    ApiError { code, message: source.to_string(), hint: Some(hint.into()) }
}
