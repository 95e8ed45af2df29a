//! How much evidence a model can read while a visitor waits, from how fast it has read so far.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use engine::USUAL_SLOTS;
use store::Store;

/// How long reading the evidence may take.
const READING_SECONDS: f32 = 2.0;
/// Even a slow computer gets one whole passage.
const FEWEST_TOKENS: f32 = 300.0;
/// More evidence makes small models worse, not better.
const MOST_TOKENS: f32 = 3_000.0;
/// Shorter readings measure the start, not the speed.
const ENOUGH_TOKENS: u32 = 64;
/// How much the newest measurement counts.
const NEWEST: f32 = 0.3;
/// A visitor gets the whole answer within this time, as a model wrote it or quoted.
const PROMISED_SECONDS: f32 = 5.0;
/// With fewer others under way, the engine is not full enough to tell what a text takes of it.
const CROWD_THAT_TELLS: usize = USUAL_SLOTS / 2;
/// How much the newest text counts: one hardly tells anything.
const NEWEST_TEXT: f32 = 0.1;
/// A change by less is not worth a write to the disk.
const WORTH_SAVING: f32 = 0.2;

/// The reading speed of one model on this computer, remembered across restarts.
pub(crate) struct Pace {
    key: String,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Default)]
struct State {
    tokens_per_second: Option<f32>,
    saved: Option<f32>,
    /// Seconds of the engine that a text takes.
    seconds_each: Option<f32>,
}

/// Tokens a second, where enough were read.
pub(crate) fn measured(tokens: u32, took: Duration) -> Option<f32> {
    let seconds = took.as_secs_f32();
    (tokens >= ENOUGH_TOKENS && seconds > 0.0).then(|| tokens as f32 / seconds)
}

impl Pace {
    /// The speed of `model` as the store remembers it.
    pub(crate) fn of(model: &str, store: &Store) -> Self {
        let key = format!("prefill_tokens_per_second:{model}");
        let saved = store.meta_get(&key).ok().flatten().and_then(|value| value.parse().ok());
        let saved = saved.filter(|speed: &f32| speed.is_finite() && *speed > 0.0);
        Self {
            key,
            state: Mutex::new(State { tokens_per_second: saved, saved, ..State::default() }),
        }
    }

    /// Tokens of evidence that are read in time; `usual` until something was measured.
    pub(crate) fn evidence_tokens(&self, usual: usize) -> usize {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.tokens_per_second.map_or(usual, |speed| {
            (speed * READING_SECONDS).clamp(FEWEST_TOKENS, MOST_TOKENS) as usize
        })
    }

    /// Takes in how long a text took, and how many others were under way when it began and when it
    /// ended.
    ///
    /// Texts under way share the engine evenly, so one takes as long as the engine needs for all
    /// of them. Only a crowd tells what it needs for each: a text alone takes several times that.
    pub(crate) fn note_text(&self, took: Duration, others_before: usize, others_after: usize) {
        if others_before.min(others_after) < CROWD_THAT_TELLS {
            return;
        }
        let at_once = (others_before + others_after) as f32 / 2.0 + 1.0;
        let each = took.as_secs_f32() / at_once;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = state.seconds_each.unwrap_or(each);
        state.seconds_each = Some(before + NEWEST_TEXT * (each - before));
    }

    /// Whether a text would come too late that has `others` before it or beside it, of an engine
    /// that writes so many `slots` at the same time, for somebody who has `waited` already. One that
    /// need not wait any more is always written, however slow this computer is.
    pub(crate) fn would_be_late(&self, others: usize, slots: usize, waited: Duration) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let takes = state.seconds_each.map_or(0.0, |each| each * (others + 1) as f32);
        others >= slots && waited.as_secs_f32() + takes > PROMISED_SECONDS
    }

    /// Takes in one measurement and remembers it where it changes the picture.
    pub(crate) fn note(&self, speed: f32, store: &Store) {
        let to_save = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let before = state.tokens_per_second.unwrap_or(speed);
            let now = before + NEWEST * (speed - before);
            state.tokens_per_second = Some(now);
            let moved = state.saved.is_none_or(|saved| (now - saved).abs() > WORTH_SAVING * saved);
            if moved {
                state.saved = Some(now);
            }
            moved.then_some(now)
        };
        if let Some(speed) = to_save {
            // A speed that could not be remembered is measured again after the next start.
            let _saved = store.meta_set(&self.key, &format!("{speed:.1}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_follows_the_measured_speed_between_its_limits() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let pace = Pace::of("m", &store);
        assert_eq!(pace.evidence_tokens(600), 600);
        pace.note(400.0, &store);
        assert_eq!(pace.evidence_tokens(600), 800);
        pace.note(300.0, &store);
        assert_eq!(pace.evidence_tokens(600), 740);
        (0..40).for_each(|_| pace.note(10.0, &store));
        assert_eq!(pace.evidence_tokens(600), 300);
        (0..40).for_each(|_| pace.note(9_000.0, &store));
        assert_eq!(pace.evidence_tokens(600), 3_000);
        assert_eq!(Pace::of("m", &store).evidence_tokens(600), 3_000);
        assert_eq!(Pace::of("other", &store).evidence_tokens(600), 600);
    }

    #[test]
    fn a_text_that_would_come_too_late_is_not_begun() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let pace = Pace::of("m", &store);
        let is_late = |others| pace.would_be_late(others, USUAL_SLOTS, Duration::ZERO);
        assert!(!is_late(100), "nothing is known yet");
        let seconds = Duration::from_secs_f32;
        pace.note_text(seconds(3.0), 0, 0);
        assert!(!is_late(100), "a text alone tells nothing of a full engine");
        // Ten at once, each of which took two seconds: a fifth of a second each.
        (0..40).for_each(|_| pace.note_text(seconds(2.0), 9, 9));
        assert!(!is_late(23));
        assert!(is_late(25));
        // Whoever has waited has less time left, but not for a text that can begin.
        assert!(!pace.would_be_late(9, USUAL_SLOTS, seconds(2.9)));
        assert!(pace.would_be_late(9, USUAL_SLOTS, seconds(3.1)));
        assert!(!pace.would_be_late(7, USUAL_SLOTS, seconds(60.0)));
        assert!(pace.would_be_late(2, 2, seconds(4.5)), "a smaller engine has less room");
        // A text that was alone when it began tells nothing either.
        pace.note_text(seconds(60.0), 0, 12);
        assert!(!is_late(23));
        // A slow computer still writes for as many as fit.
        (0..90).for_each(|_| pace.note_text(seconds(160.0), 7, 7));
        assert!(!is_late(7));
        assert!(is_late(8));
    }

    #[test]
    fn short_readings_measure_nothing() {
        assert_eq!(measured(63, Duration::from_millis(100)), None);
        assert_eq!(measured(64, Duration::ZERO), None);
        assert_eq!(measured(100, Duration::from_millis(500)), Some(200.0));
    }
}
