//! How long to wait after wrong tries: arithmetic on a count and on seconds that passed.

/// Wrong tries before anybody has to wait.
pub const FREE_TRIES: i64 = 5;
const FIRST_WAIT_S: i64 = 60;
const LONGEST_WAIT_S: i64 = 3_600;
/// After a day without a try the count begins again: 33 tries in 24 hours still hold.
const FORGOTTEN_AFTER_S: i64 = 24 * 3_600;
const TREMBLES_S: i64 = 60;

/// Where somebody stands who wants to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Tries before the next wait; 0 while waiting.
    pub tries_left: i64,
    /// Seconds until the next try is looked at; 0 for at once.
    pub wait_s: i64,
}

/// Where somebody stands after so many tries, the last of them so long ago.
pub(crate) fn standing(tries: i64, seconds_since: i64) -> Standing {
    let wait_s = (wait_after(tries) - seconds_since).max(0);
    let tries_left = match tries {
        _ if wait_s > 0 => 0,
        tries if tries < FREE_TRIES => FREE_TRIES - tries,
        _ => 1,
    };
    Standing { tries_left, wait_s }
}

/// Whether the tries are so long ago that they count no more.
pub(crate) fn is_forgotten(seconds_since: i64) -> bool {
    seconds_since > FORGOTTEN_AFTER_S
}

/// Seconds since then; none on a clock that went back.
pub(crate) fn seconds_since(then: i64, now: i64) -> i64 {
    now.saturating_sub(then).max(0)
}

/// When a try took place by the seconds of a program that starts now, so that no more than what has
/// passed is ever counted. Seconds below those of the try mean that the computer was started again:
/// all that is sure then is how long it has been on. A little below is only a clock that trembles.
pub(crate) fn tried_at_by(now: i64, tried_at: i64) -> i64 {
    match tried_at.saturating_sub(now) {
        ..=0 => tried_at,
        1..=TREMBLES_S => now,
        _ => 0,
    }
}

fn wait_after(tries: i64) -> i64 {
    match tries - FREE_TRIES {
        ..0 => 0,
        doubled @ 0..6 => (FIRST_WAIT_S << doubled).min(LONGEST_WAIT_S),
        6.. => LONGEST_WAIT_S,
    }
}

#[cfg(test)]
mod tests;
