//! What is counted of all turns since the start: times, texts and tokens. No words, no names.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::AssistantError;
use crate::answer::{Answer, AnswerEvent, Route};

/// Upper ends of the times until the first word, in seconds.
const FIRST_WORD: &[f64] = &[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 30.0];
/// Upper ends of the times between two tokens.
const BETWEEN: &[f64] = &[0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5];
/// Upper ends of the times of whole answers.
const WHOLE: &[f64] = &[0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 30.0, 60.0, 120.0];

/// Every lane, in the order in which they are told.
const ROUTES: [Route; 9] = [
    Route::SmallTalk,
    Route::Faq,
    Route::Documents,
    Route::Quote,
    Route::Cache,
    Route::DidYouMean,
    Route::Refused,
    Route::Order,
    Route::HandOff,
];

/// What is counted.
pub struct Meter {
    first_word: Histogram,
    between: Histogram,
    whole: Histogram,
    turns: [AtomicU64; ROUTES.len()],
    interrupted: AtomicU64,
    busy: AtomicU64,
    failed: AtomicU64,
    prompt_tokens: AtomicU64,
    cached_tokens: AtomicU64,
    written_tokens: AtomicU64,
}

/// The counts at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Seconds from the question to the first word of its answer.
    pub first_word: Times,
    /// Seconds between two tokens of a text.
    pub between: Times,
    /// Seconds from the question to the end of its answer.
    pub whole: Times,
    /// Answers by lane.
    pub turns: Vec<(&'static str, u64)>,
    /// Answers that were cut short.
    pub interrupted: u64,
    /// Questions that were told to come again.
    pub busy: u64,
    /// Questions that ended with another error.
    pub failed: u64,
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Of these, not computed again.
    pub cached_tokens: u64,
    /// Tokens written.
    pub written_tokens: u64,
}

/// How often times were how long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// Upper ends in seconds, and how many were not longer.
    pub up_to: Vec<(f64, u64)>,
    /// How many there were.
    pub count: u64,
    /// All of them together, in seconds.
    pub sum: f64,
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            first_word: Histogram::new(FIRST_WORD),
            between: Histogram::new(BETWEEN),
            whole: Histogram::new(WHOLE),
            turns: Default::default(),
            interrupted: AtomicU64::new(0),
            busy: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            prompt_tokens: AtomicU64::new(0),
            cached_tokens: AtomicU64::new(0),
            written_tokens: AtomicU64::new(0),
        }
    }
}

impl Meter {
    /// Counts one turn, which hands its events on.
    pub(crate) fn turn(
        &self,
        tell: &mut dyn FnMut(AnswerEvent),
        work: impl FnOnce(&mut dyn FnMut(AnswerEvent)) -> Result<Answer, AssistantError>,
    ) -> Result<Answer, AssistantError> {
        let began = Instant::now();
        let mut has_words = false;
        let done = work(&mut |event| {
            let is_word = matches!(event, AnswerEvent::Text(_) | AnswerEvent::Replaced(_));
            if is_word && !has_words {
                has_words = true;
                self.first_word.note(began.elapsed());
            }
            tell(event);
        });
        match &done {
            Ok(answer) => {
                self.whole.note(began.elapsed());
                let lane = ROUTES.iter().position(|route| *route == answer.route);
                lane.into_iter().for_each(|lane| add(&self.turns[lane], 1));
                add(&self.interrupted, u64::from(answer.interrupted));
                add(&self.prompt_tokens, answer.tokens.prompt.into());
                add(&self.cached_tokens, answer.tokens.cached.into());
                add(&self.written_tokens, answer.tokens.generated.into());
            }
            Err(AssistantError::Full { .. }) => add(&self.busy, 1),
            Err(_) => add(&self.failed, 1),
        }
        done
    }

    /// Counts the time between two tokens.
    pub fn note_between(&self, time: Duration) {
        self.between.note(time);
    }

    /// Counts a text that is no turn: its first word, its end, its tokens.
    pub fn note_text(
        &self,
        first_word: Option<Duration>,
        whole: Duration,
        read: u64,
        written: u64,
    ) {
        first_word.into_iter().for_each(|time| self.first_word.note(time));
        self.whole.note(whole);
        add(&self.prompt_tokens, read);
        add(&self.written_tokens, written);
    }

    /// The counts now.
    pub fn figures(&self) -> Figures {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Figures {
            first_word: self.first_word.times(),
            between: self.between.times(),
            whole: self.whole.times(),
            turns: ROUTES.iter().zip(&self.turns).map(|(r, n)| (r.name(), read(n))).collect(),
            interrupted: read(&self.interrupted),
            busy: read(&self.busy),
            failed: read(&self.failed),
            prompt_tokens: read(&self.prompt_tokens),
            cached_tokens: read(&self.cached_tokens),
            written_tokens: read(&self.written_tokens),
        }
    }
}

fn add(counter: &AtomicU64, more: u64) {
    counter.fetch_add(more, Ordering::Relaxed);
}

/// How often times were how long, counted without a lock.
struct Histogram {
    ends: &'static [f64],
    /// One more than there are ends.
    counts: Vec<AtomicU64>,
    microseconds: AtomicU64,
}

impl Histogram {
    fn new(ends: &'static [f64]) -> Self {
        let counts = (0..=ends.len()).map(|_| AtomicU64::new(0)).collect();
        Self { ends, counts, microseconds: AtomicU64::new(0) }
    }

    fn note(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        add(&self.counts[self.ends.partition_point(|end| *end < seconds)], 1);
        add(&self.microseconds, u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    fn times(&self) -> Times {
        let mut count = 0;
        let mut up_to = Vec::with_capacity(self.ends.len());
        for (at, counted) in self.counts.iter().enumerate() {
            count += counted.load(Ordering::Relaxed);
            up_to.extend(self.ends.get(at).map(|end| (*end, count)));
        }
        let sum = Duration::from_micros(self.microseconds.load(Ordering::Relaxed)).as_secs_f64();
        Times { up_to, count, sum }
    }
}

#[cfg(test)]
mod tests;
