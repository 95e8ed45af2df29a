//! What is due at a look, and whether the clock can be believed. Pure.

use settings::Privacy;
use store::Due;

/// A visitor who stays silent for longer has gone without saying so.
const KIOSK_GONE_SECONDS: i64 = 40 * 60;
/// No desk is closed for longer without that its clock may be wrong.
const JUMP_SECONDS: i64 = 48 * 3_600;
/// So long the program has to run before it believes a clock that jumped.
const BELIEVED_AFTER_SECONDS: i64 = 24 * 3_600;
/// Clocks are set back by a little all the time.
const SET_BACK_SECONDS: i64 = 3_600;

/// Whether texts may be erased by their age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// It goes as it should.
    Sane,
    /// It jumped ahead: nothing is erased by age until the program has run for a day.
    Jumped,
    /// It was set back: what is due becomes due later.
    WentBack,
}

/// Compares the clock with the last look; `ran_seconds` counts from the jump, over restarts.
pub(super) fn judge(last_at: Option<i64>, now: i64, ran_seconds: i64) -> Clock {
    match last_at {
        Some(last) if now < last - SET_BACK_SECONDS => Clock::WentBack,
        Some(last) if now - last > JUMP_SECONDS && ran_seconds < BELIEVED_AFTER_SECONDS => {
            Clock::Jumped
        }
        Some(_) | None => Clock::Sane,
    }
}

/// What is due now. At a start no visitor of before is there any more.
pub(super) fn due(privacy: Privacy, now: i64, clock: Clock, is_start: bool) -> Due {
    let before = |seconds: i64| now.saturating_sub(seconds);
    let by_age = |seconds: i64| (clock == Clock::Sane).then(|| before(seconds));
    let days = |days: u32| by_age(i64::from(days) * 86_400);
    Due {
        kiosk_until: match privacy.kiosk_hours {
            0 if is_start => Some(i64::MAX),
            // Nothing but the visitor's silence counts here, so a wrong clock harms nobody.
            0 => Some(before(KIOSK_GONE_SECONDS)),
            hours => by_age(i64::from(hours) * 3_600),
        },
        others_until: days(privacy.conversation_days),
        tickets_until: days(privacy.ticket_days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const DAY: i64 = 86_400;

    fn check_clock(last_at: Option<i64>, ran_seconds: i64, expected: Clock) {
        assert_eq!(judge(last_at, NOW, ran_seconds), expected, "{last_at:?}, {ran_seconds}");
    }

    #[test]
    fn a_clock_that_jumped_is_not_believed_for_a_day() {
        check_clock(None, 0, Clock::Sane);
        check_clock(Some(NOW - 600), 0, Clock::Sane);
        check_clock(Some(NOW - 2 * DAY), 0, Clock::Sane);
        check_clock(Some(NOW - 2 * DAY - 1), 0, Clock::Jumped);
        check_clock(Some(NOW - 3_650 * DAY), DAY - 1, Clock::Jumped);
        check_clock(Some(NOW - 3_650 * DAY), DAY, Clock::Sane);
        check_clock(Some(NOW + 3_600), 0, Clock::Sane);
        check_clock(Some(NOW + 3_601), 0, Clock::WentBack);
    }

    #[test]
    fn only_what_is_due_goes() {
        let privacy = Privacy { kiosk_hours: 0, conversation_days: 30, ticket_days: 90 };
        let expected = Due {
            kiosk_until: Some(NOW - 2_400),
            others_until: Some(NOW - 30 * DAY),
            tickets_until: Some(NOW - 90 * DAY),
        };
        assert_eq!(due(privacy, NOW, Clock::Sane, false), expected);
        assert_eq!(due(privacy, NOW, Clock::Sane, true).kiosk_until, Some(i64::MAX));
        let held = Due { kiosk_until: Some(NOW - 2_400), ..Due::default() };
        assert_eq!(due(privacy, NOW, Clock::Jumped, false), held);
        let kept = Privacy { kiosk_hours: 2, ..privacy };
        assert_eq!(due(kept, NOW, Clock::Sane, true).kiosk_until, Some(NOW - 7_200));
        assert_eq!(due(kept, NOW, Clock::WentBack, true), Due::default());
    }
}
