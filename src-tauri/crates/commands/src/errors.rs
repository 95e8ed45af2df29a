//! From a library's error to what a caller sees: a code, the message, and a hint in the words of
//! somebody who works at a counter.

use std::path::Path;

use assistant::AssistantError;
use backup::BackupError;
use catalog::CatalogError;
use engine::EngineError;
use knowledge::KnowledgeError;
use orders::OrdersError;
use settings::SettingsError;
use store::StoreError;

use crate::wire::{ApiError, Code};

fn error(code: Code, message: impl ToString, hint: &str) -> ApiError {
    ApiError { code, message: message.to_string(), hint: Some(hint.to_string()) }
}

/// A short time in words.
pub(crate) fn seconds(number: u32) -> String {
    if number == 1 { "a second".into() } else { format!("{number} seconds") }
}

/// An error with a hint of its library's own.
pub(crate) fn with_hint(code: Code, source: &dyn std::error::Error, hint: &str) -> ApiError {
    error(code, source, hint)
}

/// A file below the data folder that the system refused.
pub(crate) fn data_folder(folder: &Path, source: &std::io::Error) -> ApiError {
    error(
        Code::DataFolder,
        format!("{} cannot be used: {source}", folder.display()),
        "Check that the folder exists and that you may write to it, or choose another with --data.",
    )
}

/// A defect of ours.
pub(crate) fn internal(source: &dyn std::error::Error) -> ApiError {
    error(Code::Internal, source, "Start the program again; if it stays, send the log.")
}

/// There is no such row.
pub(crate) fn not_found(what: &str, id: i64) -> ApiError {
    error(
        Code::NotFound,
        format!("there is no {what} {id}"),
        "It may have been removed in the meantime; open the list again.",
    )
}

/// A thing that went away between two looks at it.
pub(crate) fn gone(what: &str) -> ApiError {
    error(
        Code::NotFound,
        format!("the {what} went away in the meantime"),
        "Open the list again and try once more.",
    )
}

/// A command that came to the wrong part of the desk.
pub(crate) fn misrouted(command: &dyn std::fmt::Debug) -> ApiError {
    error(
        Code::Internal,
        format!("{command:?} came to the wrong place"),
        "Start the program again; if it stays, send the log.",
    )
}

impl From<CatalogError> for ApiError {
    fn from(source: CatalogError) -> Self {
        let (code, hint) = match &source {
            CatalogError::Damaged { .. }
            | CatalogError::WrongHash { .. }
            | CatalogError::WrongSize { .. } => (
                Code::ModelRefused,
                "Nothing was changed. Copy the file again from where it came from, or download it.",
            ),
            CatalogError::Unsound { .. } => {
                (Code::ModelRefused, "Nothing was changed. Choose another file.")
            }
            CatalogError::IsSplit { .. } => {
                (Code::ModelRefused, "Put the parts together first, or choose a model in one file.")
            }
            CatalogError::IsLink { .. } => (Code::BadFile, "Name the file that it leads to."),
            CatalogError::NoModels { .. } => {
                (Code::BadFile, "Models are files whose names end in .gguf.")
            }
            CatalogError::Changed { .. } => {
                (Code::BadFile, "Wait until nothing writes to the file, then import it again.")
            }
            CatalogError::NoRoom { .. } => {
                (Code::BadFile, "Free some space on this disk, or use the file where it lies.")
            }
            CatalogError::Cancelled => (Code::Cancelled, "Nothing was changed."),
            CatalogError::AlreadyBrought { .. } => (Code::Invalid, "Use the model that is here."),
            CatalogError::Read { .. } => {
                (Code::BadFile, "Check the name and that you may read the file.")
            }
            CatalogError::Write { .. } => (
                Code::DataFolder,
                "Check that the disk has room and that you may write to the data folder.",
            ),
            CatalogError::Syntax { .. } | CatalogError::Entry { .. } => {
                (Code::Internal, "Install the program again; if it stays, send the log.")
            }
        };
        error(code, source, hint)
    }
}

impl From<StoreError> for ApiError {
    fn from(source: StoreError) -> Self {
        let (code, hint) = match &source {
            StoreError::Locked { .. } => (
                Code::DataFolder,
                "Frontdesk is already running with this folder: close it, or choose another \
                 folder with --data.",
            ),
            StoreError::ReadOnly { .. } => (
                Code::DataFolder,
                "Give your user permission to write to this folder, or choose another with --data.",
            ),
            StoreError::Newer { .. } => (
                Code::DataNewer,
                "Nothing was changed. Start the newer version of Frontdesk again, or restore a \
                 backup made by this version.",
            ),
            StoreError::NotOurs { .. } => {
                (Code::DataFolder, "Nothing was changed. Choose another folder with --data.")
            }
            StoreError::Damaged { .. } => (
                Code::DataFolder,
                "Nothing was changed. Bring the last backup back with `frontdesk-node restore FILE`; \
                 the damaged file is kept beside.",
            ),
            StoreError::NotBackedUp { .. } => (
                Code::DataFolder,
                "Nothing was changed. Free some space on this disk and start the program again.",
            ),
            StoreError::Full => (Code::DataFolder, "Free some space on this disk and try again."),
            StoreError::Io { .. } => (
                Code::DataFolder,
                "Check that the folder exists and that you may write to it, or choose another \
                 with --data.",
            ),
            StoreError::TooOldSqlite { .. } | StoreError::Sqlite { .. } | StoreError::Stopped => {
                (Code::Internal, "Start the program again; if it stays, send the log.")
            }
        };
        error(code, source, hint)
    }
}

impl From<BackupError> for ApiError {
    fn from(source: BackupError) -> Self {
        let (code, hint) = match &source {
            BackupError::NotABackup { .. } => {
                (Code::BadFile, "Nothing was changed. Choose a file that ends in .fdz.")
            }
            BackupError::Damaged { .. } | BackupError::TooLarge { .. } => {
                (Code::BadFile, "Nothing was changed. Take an older backup, or a copy of this one.")
            }
            BackupError::Newer { .. } => (
                Code::DataNewer,
                "Nothing was changed. Install the newest version of Frontdesk, then restore.",
            ),
            BackupError::NoRoom { .. } | BackupError::Full { .. } => (
                Code::BadFile,
                "Nothing was changed. Free some space there, or choose another disk.",
            ),
            BackupError::Exists { .. } => {
                (Code::Invalid, "Nothing was overwritten. Choose another name.")
            }
            BackupError::Unproved { .. } => {
                (Code::BadFile, "Try again on another disk: this one may be failing.")
            }
            BackupError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                (Code::NotFound, "Check the name, and that the stick is plugged in.")
            }
            BackupError::Io { .. } => {
                (Code::BadFile, "Check the name and that you may use the file and its folder.")
            }
            BackupError::Store(_) => {
                let BackupError::Store(source) = source else { unreachable!("matched above") };
                return source.into();
            }
        };
        error(code, source, hint)
    }
}

impl From<EngineError> for ApiError {
    fn from(source: EngineError) -> Self {
        let (code, hint) = match &source {
            EngineError::Model { .. } => (
                Code::ModelRefused,
                "Bring the model again (cargo xtask models, or copy it from the package).",
            ),
            EngineError::Busy { .. } | EngineError::Late => (Code::Busy, "Try again in a moment."),
            EngineError::StoodDown { .. } => (
                Code::EngineDown,
                "Approved answers and search go on; staff can start it again by opening the page \
                 of this computer.",
            ),
            EngineError::Remote { .. } => (
                Code::EngineDown,
                "The desk goes on with the next server, or quotes its documents. Look at the \
                 server, and at its row in the staff window.",
            ),
            EngineError::Start { .. }
            | EngineError::Lost { .. }
            | EngineError::Restarting
            | EngineError::Refused { .. } => (
                Code::EngineDown,
                "Approved answers and search go on; the engine is started again by itself.",
            ),
        };
        error(code, source, hint)
    }
}

impl From<KnowledgeError> for ApiError {
    fn from(source: KnowledgeError) -> Self {
        match source {
            KnowledgeError::Store(store) => store.into(),
            KnowledgeError::Engine(engine) => engine.into(),
            KnowledgeError::EmptyFaq => {
                error(Code::Invalid, source, "Fill in both the question and the answer.")
            }
            KnowledgeError::Blank { .. } => error(
                Code::Invalid,
                source,
                "Write your own words in its place, then approve the answer.",
            ),
            KnowledgeError::SecondPerson { .. } => error(
                Code::Invalid,
                source,
                "Ask a colleague to read and approve it, or let one person approve in the \
                 settings.",
            ),
        }
    }
}

impl From<AssistantError> for ApiError {
    fn from(source: AssistantError) -> Self {
        match source {
            AssistantError::Knowledge(knowledge) => knowledge.into(),
            AssistantError::Store(store) => store.into(),
            AssistantError::Engine(engine) => engine.into(),
            AssistantError::Full { retry_seconds, .. } => {
                let hint = format!("Ask again in {}.", seconds(retry_seconds));
                error(Code::Busy, source, &hint)
            }
            AssistantError::EmptyQuestion => {
                error(Code::Invalid, source, "Type a question in a few words.")
            }
            AssistantError::QuestionTooLong { .. } => {
                error(Code::Invalid, source, "Ask in one or two sentences.")
            }
        }
    }
}

impl From<OrdersError> for ApiError {
    fn from(source: OrdersError) -> Self {
        let (code, hint) = match &source {
            OrdersError::Store(_) | OrdersError::NoRandomness => {
                (Code::Internal, "Start the program again; if it stays, send the log.")
            }
            OrdersError::Unreadable { .. } => (
                Code::BadFile,
                "Save the orders as CSV with a line of column names, and import them again.",
            ),
            OrdersError::NoAnswer { .. } => (
                Code::Unavailable,
                "Check that the database runs and that this user may read the table.",
            ),
            OrdersError::UnclearPlace { .. } => (
                Code::Invalid,
                "Write a CSV file, shop.db#table, or postgres://user:password@host/database#table.",
            ),
            OrdersError::UnclearMapping { .. }
            | OrdersError::IncompleteMapping { .. }
            | OrdersError::NoSuchColumn { .. }
            | OrdersError::UnsureMapping { .. } => (
                Code::Invalid,
                "Say which column holds what: number, email, postcode, phone, last_name, status, \
                 ordered_on, shipped_on, expected_on, delivered_on, carrier or items.",
            ),
            OrdersError::NoOrders | OrdersError::CheckFailed { .. } => (
                Code::Invalid,
                "Nothing was changed. Check which column holds what, and try an order you know.",
            ),
        };
        match source {
            OrdersError::Store(store) => store.into(),
            other => error(code, other, hint),
        }
    }
}

impl From<SettingsError> for ApiError {
    fn from(source: SettingsError) -> Self {
        error(Code::Invalid, source, "Choose one of the values offered.")
    }
}
