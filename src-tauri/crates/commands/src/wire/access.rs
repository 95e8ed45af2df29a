//! Who may leave the visitors' screen: the staff PIN and its recovery code.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::UnlockView;

/// Text that nobody may find in a log: a PIN, or the recovery code. Printing it shows nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The reader's own words would repeat a PIN that came as a number.
        let text = String::deserialize(deserializer);
        text.map(Self).map_err(|_| D::Error::custom("a PIN is written as text"))
    }
}

/// What staff may ask of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum AccessCommand {
    /// How it is now.
    State,
    /// Sets the PIN: the first one, one that is due, or with the old one another.
    SetPin {
        /// 6 to 12 digits, not those that everybody tries first.
        #[ts(as = "String")]
        pin: Secret,
        /// The PIN until now, or the recovery code.
        #[serde(default)]
        #[ts(as = "Option<String>")]
        old: Option<Secret>,
    },
    /// Looks at a PIN, as the visitors' screen does.
    Check {
        /// What was typed; an empty one only asks how long to wait.
        #[ts(as = "String")]
        pin: Secret,
    },
    /// Makes a recovery code in place of the one before.
    NewRecoveryCode {
        /// The PIN.
        #[ts(as = "String")]
        pin: Secret,
    },
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum AccessReply {
    /// How it is now.
    State(AccessView),
    /// Reply to a check, and to whatever needed the PIN and got a wrong one. Nothing was changed.
    Tried(UnlockView),
    /// It is saved.
    Saved {
        /// To be shown now and never again, where one was made.
        #[ts(as = "Option<String>")]
        recovery_code: Option<Secret>,
    },
}

/// How it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct AccessView {
    /// A PIN is set.
    pub has_pin: bool,
    /// A recovery code was given out and not used.
    pub has_recovery_code: bool,
    /// The recovery code was used: a new PIN is due, and the old one is not asked for.
    pub must_set_pin: bool,
    /// Tries before the next wait; 0 while waiting.
    pub tries_left: u32,
    /// Seconds until the next try is looked at; 0 for at once.
    pub wait_s: u32,
}

#[cfg(test)]
mod tests;
