//! The background thread that checks once a day by itself. A day begins at five in the morning, so
//! that a desk which is never switched off is checked before its doors open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::core::{Core, unix_seconds};

/// The engines come first after a start.
const AFTER_START: Duration = Duration::from_secs(20);
/// Between two looks at the calendar.
const PAUSE: Duration = Duration::from_secs(5 * 60);
/// When a day begins.
const DAY_BEGINS_SECONDS: i64 = 5 * 3_600;

/// Owns the thread; dropping it stops the thread.
pub(crate) struct Daily {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    asleep: Mutex<()>,
    woken: Condvar,
}

impl Daily {
    /// Starts the thread, which keeps the desk no longer than a check lasts.
    pub(crate) fn start(core: Weak<Core>) -> Self {
        let shared = Arc::new(Shared::default());
        let waiting = shared.clone();
        let thread = std::thread::Builder::new()
            .name("opening-check".into())
            .spawn(move || waiting.work(&core))
            .expect("the system can start one more thread");
        Self { shared, thread: Some(thread) }
    }
}

impl Shared {
    fn work(&self, core: &Weak<Core>) {
        let mut pause = AFTER_START;
        while self.wait(pause) {
            pause = PAUSE;
            let Some(core) = core.upgrade() else { return };
            if let Err(error) = core.back_up_if_due() {
                tracing::warn!(%error.message, "the daily backup could not be made");
            }
            if let Err(error) = check_if_due(&core) {
                tracing::warn!(%error.message, "the check before opening is left for later");
            }
        }
    }

    /// Waits; false when the thread is to end.
    fn wait(&self, pause: Duration) -> bool {
        let asleep = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        let go_on = |_: &mut ()| !self.stop.load(Ordering::Acquire);
        let waited = self.woken.wait_timeout_while(asleep, pause, go_on);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        !self.stop.load(Ordering::Acquire)
    }
}

fn check_if_due(core: &Core) -> Result<(), crate::wire::ApiError> {
    let last = core.last_check()?.map(|check| check.at);
    if !core.is_preparing() && is_due(last, unix_seconds(), &jiff::tz::TimeZone::system()) {
        let check = core.check_before_opening()?;
        tracing::info!(state = ?check.state, "checked before opening");
    }
    Ok(())
}

/// Whether a new day has begun since the last check.
pub(crate) fn is_due(last: Option<i64>, now: i64, zone: &jiff::tz::TimeZone) -> bool {
    let day = |at: i64| {
        let time = jiff::Timestamp::from_second(at - DAY_BEGINS_SECONDS).ok();
        time.map(|time| zone.to_datetime(time).date())
    };
    last.is_none_or(|last| day(last) != day(now))
}

/// Unix seconds at which the day of a moment began on this computer's calendar.
pub(super) fn midnight(now: i64) -> i64 {
    let zone = jiff::tz::TimeZone::system();
    let day = jiff::Timestamp::from_second(now).map(|time| zone.to_datetime(time).date());
    day.and_then(|day| day.to_zoned(zone)).map_or(0, |start| start.timestamp().as_second())
}

impl Drop for Daily {
    fn drop(&mut self) {
        {
            let _asleep = self.shared.asleep.lock().unwrap_or_else(PoisonError::into_inner);
            self.shared.stop.store(true, Ordering::Release);
        }
        self.shared.woken.notify_all();
        let Some(thread) = self.thread.take() else { return };
        // The desk closed during a check: its last owner is this very thread, which ends by itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the check before opening ended with a panic");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(last: Option<&str>, now: &str, expected: bool) {
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(is_due(last.map(at), at(now), &zone), expected, "{last:?} {now}");
    }

    #[test]
    fn a_desk_is_checked_once_a_day() {
        check(None, "2026-11-22T08:00:00Z", true);
        check(Some("2026-11-22T07:00:00Z"), "2026-11-22T23:00:00Z", false);
        check(Some("2026-11-22T07:00:00Z"), "2026-11-23T03:59:00Z", false);
        check(Some("2026-11-22T07:00:00Z"), "2026-11-23T04:00:00Z", true);
        check(Some("2026-11-22T07:00:00Z"), "2026-11-21T12:00:00Z", true);
    }
}
