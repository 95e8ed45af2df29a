//! Why a server did not answer: a variant for each thing that a person could do about it.

use std::time::Duration;

use engine::EngineError;

/// Why a server did not answer. Every message is a whole sentence that names the host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// The address makes no sense.
    #[error("{address:?} is no address of a server: {reason}")]
    BadAddress {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The address, or what its name leads to, may not be asked.
    #[error("{host} may not be asked: {reason}")]
    NotAllowed {
        /// Its host.
        host: String,
        /// The rule it breaks.
        reason: String,
    },
    /// No connection.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Who was called.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// Somebody answers who cannot prove to be the host.
    #[error("{host} cannot prove who it is: {reason}")]
    Untrusted {
        /// Who was called.
        host: String,
        /// What is wrong with the proof.
        reason: String,
    },
    /// The server wants a key, or another one.
    #[error("{host} does not accept the key (status {status})")]
    Key {
        /// Who was asked.
        host: String,
        /// The status it gave.
        status: u16,
    },
    /// There is nothing at this address.
    #[error("{host} has nothing at this address (status 404){said}")]
    Nothing {
        /// Who was asked.
        host: String,
        /// What it said.
        said: String,
    },
    /// It does not have the model.
    #[error("{host} offers no model {model:?}; it has {offered}")]
    NoModel {
        /// Who was asked.
        host: String,
        /// The model that was wanted; empty where any would do.
        model: String,
        /// What it has instead.
        offered: String,
    },
    /// It leads to another place. That is never followed.
    #[error("{host} leads to another address, {to}")]
    Redirected {
        /// Who was asked.
        host: String,
        /// Where it leads.
        to: String,
    },
    /// It said that the request is wrong.
    #[error("{host} refused the question (status {status}){said}")]
    Refused {
        /// Who was asked.
        host: String,
        /// The status it gave.
        status: u16,
        /// What it said.
        said: String,
    },
    /// It has too much to do.
    #[error("{host} has too much to do (status {status})")]
    Full {
        /// Who was asked.
        host: String,
        /// The status it gave.
        status: u16,
        /// How long it wishes to be left alone.
        wait: Option<Duration>,
    },
    /// It failed.
    #[error("{host} failed (status {status}){said}")]
    Failed {
        /// Who was asked.
        host: String,
        /// The status it gave; 0 where it told of its failure in the middle of an answer.
        status: u16,
        /// What it said.
        said: String,
    },
    /// Nothing came.
    #[error("{host} said nothing for {seconds} s")]
    Silent {
        /// Who was asked.
        host: String,
        /// How long that was.
        seconds: u64,
    },
    /// It would not come to an end.
    #[error("{host} did not finish within {seconds} s")]
    Endless {
        /// Who was asked.
        host: String,
        /// How long that was.
        seconds: u64,
    },
    /// The connection broke off before the end.
    #[error("the answer of {host} broke off: {reason}")]
    Broken {
        /// Who was asked.
        host: String,
        /// What happened.
        reason: String,
    },
    /// What came is no answer.
    #[error("{host} sent something that is no answer: {reason}")]
    Garbage {
        /// Who was asked.
        host: String,
        /// What it was.
        reason: String,
    },
    /// It is left alone for a moment after failing, or because it asked for that.
    #[error("{host} is left alone for {seconds} s: {reason}")]
    Resting {
        /// Who would have been asked.
        host: String,
        /// How long still.
        seconds: u64,
        /// What went wrong.
        reason: String,
    },
    /// The limit of questions a minute is reached.
    #[error("{host} may be asked {most} times a minute, and was")]
    TooOften {
        /// Who would have been asked.
        host: String,
        /// The limit.
        most: u32,
    },
    /// The limit of questions at once is reached.
    #[error("{host} may be asked {most} things at once, and is")]
    TooMany {
        /// Who would have been asked.
        host: String,
        /// The limit.
        most: u32,
    },
    /// What it may cost in a month is spent.
    #[error("{host} may cost {limit} a month, and that is spent")]
    Spent {
        /// Who would have been asked.
        host: String,
        /// The limit.
        limit: String,
    },
    /// What was spent so far cannot be read or written, so nothing more is.
    #[error("what {host} has cost cannot be looked up: {reason}")]
    NoLedger {
        /// Who would have been asked.
        host: String,
        /// What went wrong.
        reason: String,
    },
    /// The model used up its words before it wrote any.
    #[error("{host} thought for so long that no word of an answer was left")]
    OnlyThoughts {
        /// Who was asked.
        host: String,
    },
    /// A key cannot be kept or found.
    #[error("the key cannot be used: {reason}")]
    KeyPlace {
        /// What the system said.
        reason: String,
    },
    /// The program itself cannot ask.
    #[error("{host} cannot be asked now: {reason}")]
    Here {
        /// Who would have been asked.
        host: String,
        /// What is wrong here.
        reason: String,
    },
}

impl RemoteError {
    /// Whether the same question may well be answered at a second try.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Full { .. }
            | Self::Failed { .. }
            | Self::Broken { .. } => true,
            Self::BadAddress { .. }
            | Self::NotAllowed { .. }
            | Self::Untrusted { .. }
            | Self::Key { .. }
            | Self::Nothing { .. }
            | Self::NoModel { .. }
            | Self::Redirected { .. }
            | Self::Refused { .. }
            | Self::Silent { .. }
            | Self::Endless { .. }
            | Self::Garbage { .. }
            | Self::Resting { .. }
            | Self::TooOften { .. }
            | Self::TooMany { .. }
            | Self::Spent { .. }
            | Self::NoLedger { .. }
            | Self::OnlyThoughts { .. }
            | Self::KeyPlace { .. }
            | Self::Here { .. } => false,
        }
    }

    /// Whether it says something about the server, and not about this question or about our own
    /// limits. Three such in a row, and the server is left alone for a while.
    pub(crate) fn counts(&self) -> bool {
        !matches!(
            self,
            Self::Refused { .. }
                | Self::Full { .. }
                | Self::Resting { .. }
                | Self::TooOften { .. }
                | Self::TooMany { .. }
                | Self::Spent { .. }
                | Self::NoLedger { .. }
                | Self::OnlyThoughts { .. }
                | Self::Here { .. }
        )
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::BadAddress { .. } => {
                "Write it as its maker gives it, such as http://192.168.1.20:8080/v1."
            }
            Self::NotAllowed { .. } => {
                "Use https, or plain http to a server in this network; and look at where it is \
                 said to stand."
            }
            Self::Unreachable { .. } => {
                "Check the address, and that the server runs and lets this computer in."
            }
            Self::Untrusted { .. } => {
                "Check the address and the clock of this computer; then ask whoever runs the \
                 server."
            }
            Self::Key { .. } => "Type its key again, as its maker gave it.",
            Self::Nothing { .. } | Self::Redirected { .. } => {
                "Check the address: for most servers it ends in /v1."
            }
            Self::Garbage { .. } => {
                "Check the address: for most servers it ends in /v1. A page of a proxy or of a \
                 sign-in may also be in the way."
            }
            Self::NoModel { .. } => "Choose one of the models that it has.",
            Self::Refused { .. } => "Try another model of this server.",
            Self::OnlyThoughts { .. } => "Choose a model that answers without thinking first.",
            Self::Full { .. } | Self::TooOften { .. } | Self::TooMany { .. } => {
                "Wait a moment; the desk goes on with the next server, or quotes its documents."
            }
            Self::Failed { .. }
            | Self::Silent { .. }
            | Self::Endless { .. }
            | Self::Broken { .. } => "Look at the server; it is asked again by itself.",
            Self::Resting { .. } => "It is asked again by itself.",
            Self::Spent { .. } => {
                "It is asked again next month, or once the limit in its row is raised."
            }
            Self::NoLedger { .. } | Self::Here { .. } => {
                "Start the program again; if it stays, send the log."
            }
            Self::KeyPlace { .. } => "Unlock the keychain of this computer and try again.",
        }
    }
}

impl From<RemoteError> for EngineError {
    fn from(source: RemoteError) -> Self {
        Self::Remote { reason: source.to_string() }
    }
}
