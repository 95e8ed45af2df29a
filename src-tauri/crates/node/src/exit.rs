//! Exit statuses of the headless contract.

use commands::wire::{ApiError, Code};

/// Why the program ends with something else than 0.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit status.
    pub(crate) status: u8,
    /// What is shown; `None` when everything has been said already.
    pub(crate) error: Option<ApiError>,
}

/// Something in the request failed.
pub(crate) const REQUEST: u8 = 1;
/// The command line makes no sense.
pub(crate) const USAGE: u8 = 2;
/// The data folder cannot be opened.
pub(crate) const DATA: u8 = 3;
/// The data is from a newer version.
pub(crate) const NEWER: u8 = 4;
/// A model was refused.
pub(crate) const MODEL: u8 = 5;
/// No engine could answer.
pub(crate) const ENGINE: u8 = 6;

impl Failure {
    /// The details are on stdout already.
    pub(crate) fn told(status: u8) -> Self {
        Self { status, error: None }
    }

    /// The command line makes no sense.
    pub(crate) fn usage(message: impl Into<String>, hint: &str) -> Self {
        let error =
            ApiError { code: Code::Invalid, message: message.into(), hint: Some(hint.into()) };
        Self { status: USAGE, error: Some(error) }
    }

    /// A file named on the command line cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, source: &std::io::Error) -> Self {
        let error = ApiError {
            code: Code::BadFile,
            message: format!("{}: {source}", path.display()),
            hint: Some("Check the name and that you may use the file.".into()),
        };
        Self { status: REQUEST, error: Some(error) }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self { status: status(error.code), error: Some(error) }
    }
}

/// The exit status of an error.
pub(crate) fn status(code: Code) -> u8 {
    match code {
        Code::DataFolder => DATA,
        Code::DataNewer => NEWER,
        Code::ModelRefused => MODEL,
        Code::EngineDown => ENGINE,
        Code::Invalid
        | Code::Forbidden
        | Code::NotFound
        | Code::Unavailable
        | Code::BadFile
        | Code::Busy
        | Code::Cancelled
        | Code::Internal => REQUEST,
    }
}
