//! The door: each try is on the disk before it is looked at, one after the other.

use std::sync::{Mutex, MutexGuard, PoisonError};

use store::{AccessRow, Store};

use crate::recovery::plain;
use crate::waiting::{is_forgotten, seconds_since, standing, tried_at_by};
use crate::{AccessError, Cost, RecoveryCode, Standing, hash, pin};

/// Seconds that this computer has been on, or anything else that only goes on and begins again at
/// a small number. The wall clock is not asked: it can be set.
pub type Seconds = Box<dyn Fn() -> i64 + Send + Sync>;

/// The staff PIN of one desk.
pub struct Access {
    store: Store,
    cost: Cost,
    seconds: Seconds,
    /// Held while one try is counted and looked at. Nothing else waits for it.
    one_at_a_time: Mutex<()>,
}

/// How it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// A PIN is set.
    pub has_pin: bool,
    /// A recovery code is out there.
    pub has_recovery_code: bool,
    /// The recovery code was used, so a new PIN is due; none is asked for to set it.
    pub must_set_pin: bool,
    /// Where somebody stands who wants to try.
    pub standing: Standing,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// It was the PIN, or the recovery code.
    pub is_right: bool,
    /// Where the next one stands.
    pub standing: Standing,
}

/// What became of a change.
#[derive(Debug)]
pub enum Change {
    /// It is saved; a new recovery code is to be shown where one was made.
    Saved(Option<RecoveryCode>),
    /// The PIN given for it was wrong, or it is not yet time to try.
    Refused(Standing),
}

/// What was typed, by what it can be.
enum Typed {
    Pin(String),
    RecoveryCode(String),
}

impl Access {
    /// The door of a desk.
    pub fn open(store: Store, cost: Cost, seconds: Seconds) -> Result<Self, AccessError> {
        let access = Self { store, cost, seconds, one_at_a_time: Mutex::default() };
        access.begin_again_after_a_start()?;
        Ok(access)
    }

    /// How it is now.
    pub fn state(&self) -> Result<State, AccessError> {
        let row = self.store.access()?;
        Ok(State {
            has_pin: !row.pin_hash.is_empty(),
            has_recovery_code: !row.recovery_hash.is_empty(),
            must_set_pin: row.must_set_pin,
            standing: stands(&row, (self.seconds)()),
        })
    }

    /// Looks at a PIN or a recovery code. Right or wrong, it is counted first; nothing is compared
    /// while a wait lasts. A recovery code that was right is used up, and a new PIN is due.
    ///
    /// Fails when there is nothing to compare with; that is not counted.
    pub fn check(&self, typed: &str) -> Result<Tried, AccessError> {
        let _alone = self.alone();
        self.check_alone(typed)
    }

    /// Sets the PIN: the first one, one that is due, or with the `old` one another. Makes a
    /// recovery code where there is none.
    ///
    /// Fails without a try when the new one is no good PIN or the old one is missing.
    pub fn set_pin(&self, new: &str, old: Option<&str>) -> Result<Change, AccessError> {
        let _alone = self.alone();
        let pin = pin::new_pin(new)?;
        let row = self.store.access()?;
        if !row.pin_hash.is_empty() && !row.must_set_pin {
            let tried = self.check_alone(old.ok_or(AccessError::OldNeeded)?)?;
            if !tried.is_right {
                return Ok(Change::Refused(tried.standing));
            }
        }
        let pin_hash = hash::hash(&pin, self.cost)?;
        let has_code = !self.store.access()?.recovery_hash.is_empty();
        let fresh = if has_code { None } else { Some(self.fresh_code()?) };
        let (code, recovery_hash) = fresh.unzip();
        self.store.change_access(move |row| {
            row.pin_hash = pin_hash;
            row.must_set_pin = false;
            if let Some(hash) = recovery_hash {
                row.recovery_hash = hash;
            }
            forget_tries(row);
        })?;
        tracing::info!("the staff PIN was set");
        Ok(Change::Saved(code))
    }

    /// Makes a recovery code in place of the one before.
    pub fn new_recovery_code(&self, typed: &str) -> Result<Change, AccessError> {
        let _alone = self.alone();
        let tried = self.check_alone(typed)?;
        if !tried.is_right {
            return Ok(Change::Refused(tried.standing));
        }
        let (code, recovery_hash) = self.fresh_code()?;
        self.store.change_access(move |row| row.recovery_hash = recovery_hash)?;
        tracing::info!("a new recovery code was made");
        Ok(Change::Saved(Some(code)))
    }

    /// Forgets PIN, recovery code and tries: for somebody who owns the desk's files, which is
    /// proved by being able to call this from outside of the window. False when there was nothing.
    pub fn forget(&self) -> Result<bool, AccessError> {
        let _alone = self.alone();
        let before = self.store.change_access(std::mem::take)?;
        let had_one = !before.pin_hash.is_empty() || !before.recovery_hash.is_empty();
        if had_one {
            tracing::warn!("the staff PIN was forgotten from the command line");
        }
        Ok(had_one)
    }

    fn check_alone(&self, typed: &str) -> Result<Tried, AccessError> {
        let row = match self.count_a_try()? {
            Ok(row) => row,
            Err(standing) => return Ok(Tried { is_right: false, standing }),
        };
        let typed = Typed::read(typed);
        if !typed.is_in(&row)? {
            tracing::warn!(tries = row.tries, "a wrong staff PIN was typed");
            return Ok(Tried { is_right: false, standing: stands(&row, (self.seconds)()) });
        }
        let is_code = matches!(typed, Typed::RecoveryCode(_));
        self.store.change_access(move |row| {
            if is_code {
                row.recovery_hash.clear();
                row.must_set_pin = true;
            }
            forget_tries(row);
        })?;
        if is_code {
            tracing::warn!("the recovery code was used");
        }
        Ok(Tried { is_right: true, standing: standing(0, 0) })
    }

    /// Counts a try before anything is compared: whoever ends the program now has used it up.
    fn count_a_try(&self) -> Result<Result<AccessRow, Standing>, AccessError> {
        let now = (self.seconds)();
        let counted = self.store.change_access(move |row| {
            if row.pin_hash.is_empty() && row.recovery_hash.is_empty() {
                return None;
            }
            if is_forgotten(seconds_since(row.tried_at, now)) {
                forget_tries(row);
            }
            let standing = stands(row, now);
            if standing.wait_s > 0 {
                return Some(Err(standing));
            }
            row.tries = row.tries.saturating_add(1);
            row.tried_at = now;
            Some(Ok(row.clone()))
        })?;
        counted.ok_or(AccessError::NoPin)
    }

    fn begin_again_after_a_start(&self) -> Result<(), AccessError> {
        let now = (self.seconds)();
        let tried_at = self.store.access()?.tried_at;
        if tried_at_by(now, tried_at) != tried_at {
            self.store.change_access(move |row| row.tried_at = tried_at_by(now, tried_at))?;
        }
        Ok(())
    }

    fn fresh_code(&self) -> Result<(RecoveryCode, String), AccessError> {
        let code = RecoveryCode::random()?;
        let hash = hash::hash(&plain(code.as_str()), self.cost)?;
        Ok((code, hash))
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Typed {
    fn read(typed: &str) -> Self {
        match pin::digits(typed) {
            Some(digits) => Self::Pin(digits),
            None => Self::RecoveryCode(plain(typed)),
        }
    }

    fn is_in(&self, row: &AccessRow) -> Result<bool, AccessError> {
        let (hash, secret) = match self {
            Self::Pin(digits) => (&row.pin_hash, digits),
            Self::RecoveryCode(code) => (&row.recovery_hash, code),
        };
        if hash.is_empty() || secret.is_empty() {
            return Ok(false);
        }
        hash::is_of(hash, secret)
    }
}

fn stands(row: &AccessRow, now: i64) -> Standing {
    let since = seconds_since(row.tried_at, now);
    if is_forgotten(since) { standing(0, 0) } else { standing(row.tries, since) }
}

fn forget_tries(row: &mut AccessRow) {
    row.tries = 0;
    row.tried_at = 0;
}

#[cfg(test)]
mod tests;
