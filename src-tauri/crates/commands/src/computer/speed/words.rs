//! Figures as the person at the counter reads them. Pure.

use capacity::{Mix, Profile, Workload, formula};
use engine::measure::Measured;
use hardware::Power;
use store::SpeedRow;

use crate::wire::SpeedView;

/// Words of a token: English, and much alike in other languages with spaces.
const WORDS_PER_TOKEN: f64 = 0.75;

/// Seconds within which 95 of 100 must have their whole answer.
const WITHIN_S: f64 = 5.0;

/// Threads that got less of their cores were disturbed by other programs.
const QUIET_SHARE: f64 = 0.85;

/// A last round that is slower than the first by more than this is no accident.
const SLOWED: f64 = 0.15;

/// The best that can be said of steps that do not lie on a line.
const CLEAR_LINE: f64 = 0.8;

/// Every answer is written by the model.
const ALL_WRITTEN: Mix = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 1.0 };

/// A measurement as staff see it.
pub(super) fn view(row: &SpeedRow, profile: &Profile) -> SpeedView {
    let usual = Workload::usual(ALL_WRITTEN);
    let first_words_seconds = profile.first_words_s(usual.prompt.mean);
    let words_per_second = profile.tokens_per_second() * WORDS_PER_TOKEN;
    let at_once = formula(profile, &usual, WITHIN_S).at_once;
    let answer_seconds = profile.alone_s(usual.prompt.mean, usual.answer.mean);
    SpeedView {
        model: row.model.clone(),
        device: row.device.clone(),
        prefill_per_second: row.prefill_per_second,
        step_base_ms: row.step_base_s * 1e3,
        step_each_ms: row.step_each_s * 1e3,
        r_squared: row.r_squared,
        load_ms: u64::try_from(row.load_ms).unwrap_or(0),
        threads: u32::try_from(row.threads).unwrap_or(0),
        first_words_seconds,
        words_per_second,
        people_at_once: u32::try_from(at_once).unwrap_or(u32::MAX),
        measured_at: row.at,
        notes: notes_of(row),
        sentence: sentence(first_words_seconds, words_per_second, at_once, answer_seconds),
    }
}

/// What may have made a measurement worse than usual, or less sure.
pub(super) fn notes(found: &Measured, power: Power) -> Vec<String> {
    let mut notes = Vec::new();
    if power == Power::Battery {
        notes.push("on battery".to_owned());
    }
    let quiet = found.processor_share.is_none_or(|share| share >= QUIET_SHARE);
    if let Some(share) = found.processor_share.filter(|_| !quiet) {
        let taken = (1.0 - share) * 100.0;
        notes.push(format!(
            "other programs took {taken:.0} % of the processor; measure again at a quiet moment"
        ));
    }
    if let Some(slowed) = found.slowed.filter(|slowed| quiet && *slowed > SLOWED) {
        notes.push(format!(
            "it became {:.0} % slower while it worked; the computer may have been too hot",
            slowed * 100.0
        ));
    }
    notes.extend(found.cut.iter().cloned());
    notes
}

fn notes_of(row: &SpeedRow) -> Vec<String> {
    let mut notes = row.notes.clone();
    if row.version != env!("CARGO_PKG_VERSION") {
        notes.push(format!("measured with version {}", row.version));
    }
    if row.r_squared < CLEAR_LINE {
        notes.push("the times differed much; measure again at a quiet moment".to_owned());
    }
    notes
}

/// The whole in one sentence.
fn sentence(
    first_words_seconds: f64,
    words_per_second: f64,
    at_once: usize,
    answer_seconds: f64,
) -> String {
    let people = match at_once {
        0 => format!("one person at a time, who waits {} for a whole answer", time(answer_seconds)),
        1 => "1 person at once".to_owned(),
        more => format!("{more} people at once"),
    };
    let first = time(first_words_seconds);
    format!("First words after {first}, {} words a second, {people}.", count(words_per_second))
}

fn time(seconds: f64) -> String {
    match seconds {
        less if less < 0.1 => "less than 0.1 s".to_owned(),
        short if short < 9.95 => format!("{short:.1} s"),
        long => format!("{long:.0} s"),
    }
}

fn count(words: f64) -> String {
    if words < 1.95 { format!("{words:.1}") } else { format!("{words:.0}") }
}

#[cfg(test)]
mod tests;
