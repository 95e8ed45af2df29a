//! Who may leave the visitors' screen: the staff PIN and its recovery code.
//!
//! Looking at a PIN takes half a second on purpose. Only other PINs wait meanwhile.

use std::time::Instant;

use access::{Access, AccessError, Change, Cost, Standing, State};
use hardware::Machine;
use store::Store;

use crate::core::Core;
use crate::session::Session;
use crate::wire::{AccessCommand, AccessReply, AccessView, ApiError, Code, Secret, UnlockView};

/// The door of a desk on this computer.
pub(crate) fn door(store: Store, machine: &Machine) -> Result<Access, ApiError> {
    let opened = Instant::now();
    let since_opened = move || opened.elapsed().as_secs() as i64;
    // A system that does not say how long it has been on makes a restart begin the wait again.
    let seconds = move || hardware::uptime_seconds().unwrap_or_else(since_opened);
    Ok(Access::open(store, Cost::for_memory(machine.memory_bytes), Box::new(seconds))?)
}

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn access(&self, command: AccessCommand) -> Result<AccessReply, ApiError> {
        match command {
            AccessCommand::State => Ok(AccessReply::State(view(self.access.state()?))),
            AccessCommand::SetPin { pin, old } => {
                let old = old.as_ref().map(Secret::text);
                Ok(changed(self.access.set_pin(pin.text(), old)?))
            }
            AccessCommand::Check { pin } => Ok(AccessReply::Tried(self.tried(&pin)?)),
            AccessCommand::NewRecoveryCode { pin } => {
                Ok(changed(self.access.new_recovery_code(pin.text())?))
            }
        }
    }

    /// Whether staff can leave the visitors' screen with a PIN.
    pub fn has_pin(&self) -> Result<bool, ApiError> {
        Ok(self.access.state()?.has_pin)
    }

    /// Forgets PIN, recovery code and wrong tries; false when there was no PIN. For the command line:
    /// whoever can call it there owns the desk's files. No page can ask for it.
    pub fn forget_pin(&self) -> Result<bool, ApiError> {
        Ok(self.access.forget()?)
    }

    /// Looks at a PIN that was typed on the visitors' screen of this computer.
    pub(crate) fn unlock(&self, session: &Session, pin: &Secret) -> Result<UnlockView, ApiError> {
        session.must_be_the_screen()?;
        self.tried(pin)
    }

    fn tried(&self, pin: &Secret) -> Result<UnlockView, ApiError> {
        if !pin.text().is_empty() {
            let tried = self.access.check(pin.text())?;
            return Ok(unlock_view(tried.is_right, tried.standing));
        }
        let state = self.access.state()?;
        if !state.has_pin && !state.has_recovery_code {
            return Err(AccessError::NoPin.into());
        }
        Ok(unlock_view(false, state.standing))
    }
}

impl From<AccessError> for ApiError {
    fn from(source: AccessError) -> Self {
        let (code, hint) = match &source {
            AccessError::Store(_) | AccessError::NoRandomness => {
                (Code::Internal, "Start the program again; if it stays, send the log.")
            }
            AccessError::NotDigits => (Code::Invalid, "Type 6 to 12 digits."),
            AccessError::TooSimple => (
                Code::Invalid,
                "Take digits that are not in a row and do not repeat, and no date that people know.",
            ),
            AccessError::NoPin => (Code::Unavailable, "Set one in the staff window."),
            AccessError::OldNeeded => {
                (Code::Invalid, "Type the PIN you have now, or the recovery code.")
            }
            AccessError::NotComputed { .. } => {
                (Code::Internal, "Close other programs and try again; if it stays, send the log.")
            }
        };
        match source {
            AccessError::Store(store) => store.into(),
            other => ApiError { code, message: other.to_string(), hint: Some(hint.to_string()) },
        }
    }
}

fn changed(change: Change) -> AccessReply {
    match change {
        Change::Saved(code) => {
            let recovery_code = code.map(|code| Secret::from(code.as_str()));
            AccessReply::Saved { recovery_code }
        }
        Change::Refused(standing) => AccessReply::Tried(unlock_view(false, standing)),
    }
}

fn view(state: State) -> AccessView {
    let UnlockView { tries_left, wait_s, .. } = unlock_view(false, state.standing);
    AccessView {
        has_pin: state.has_pin,
        has_recovery_code: state.has_recovery_code,
        must_set_pin: state.must_set_pin,
        tries_left,
        wait_s,
    }
}

fn unlock_view(unlocked: bool, standing: Standing) -> UnlockView {
    UnlockView { unlocked, tries_left: standing.tries_left as u32, wait_s: standing.wait_s as u32 }
}
