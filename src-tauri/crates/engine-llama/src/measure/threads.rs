//! With how many threads a model is fastest. Pure.
//!
//! The physical cores are the usual answer. It is wrong where some cores are slower than others,
//! where the system needs one for itself, and in virtual computers whose cores are half a core.

use super::sizes::Pace;

/// Tokens of a short look.
pub(crate) const PROMPT: usize = 64;

/// Steps of a short look.
pub(crate) const STEPS: usize = 8;

/// Numbers of threads that are tried.
const MOST: usize = 4;

/// Tokens of a usual prompt that are read anew, and of a usual answer.
const USUAL_PROMPT: f64 = 300.0;
const USUAL_ANSWER: f64 = 80.0;

/// Another number of threads must be so many times faster than the usual one: smaller differences
/// come and go.
const CLEAR_GAIN: f64 = 1.1;

/// Threads that got less of their cores were disturbed. Threads wait for each other now and then
/// even on an idle computer.
const STEADY_SHARE: f64 = 0.85;

/// What one number of threads did, at its best: other programs only ever make it slower.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial {
    /// Threads.
    pub(crate) threads: i32,
    read_seconds: f64,
    step_seconds: f64,
    share: f64,
}

/// The best numbers of threads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chosen {
    /// For a usual answer; the usual number unless another one is clearly faster.
    pub(crate) threads: i32,
    /// For writing alone.
    pub(crate) writing: i32,
    /// For reading alone.
    pub(crate) reading: i32,
    /// How many times faster a usual answer is than with the usual number.
    pub(crate) gain: f64,
    /// Whether the usual number got its cores when it was tried. Else the choice is about what else
    /// ran at that moment, and not about the computer.
    pub(crate) is_steady: bool,
    /// How fast the chosen number was.
    pub(crate) pace: Option<Pace>,
}

impl Trial {
    /// Nothing is known yet.
    pub(crate) fn new(threads: i32) -> Trial {
        let (read_seconds, step_seconds) = (f64::INFINITY, f64::INFINITY);
        Trial { threads, read_seconds, step_seconds, share: 0.0 }
    }

    /// Takes note of how long the prompt took, and each step, and of the share of the cores that
    /// the threads got, where the system tells.
    pub(crate) fn note(&mut self, read_seconds: f64, steps: &[f64], share: Option<f64>) {
        self.read_seconds = self.read_seconds.min(read_seconds);
        self.step_seconds = self.step_seconds.min(super::median(steps));
        self.share = self.share.max(share.unwrap_or(1.0));
    }

    fn pace(&self) -> Pace {
        let read_per_second = PROMPT as f64 / self.read_seconds.max(f64::EPSILON);
        Pace { read_per_second, step_seconds: self.step_seconds }
    }

    fn answer_seconds(&self) -> f64 {
        self.read_seconds / PROMPT as f64 * USUAL_PROMPT + self.step_seconds * USUAL_ANSWER
    }
}

/// Numbers of threads worth trying, the usual one first.
pub(crate) fn candidates(usual: i32, fast_cores: Option<usize>) -> Vec<i32> {
    let fast = fast_cores.and_then(|cores| i32::try_from(cores).ok()).unwrap_or(usual);
    let mut candidates = Vec::new();
    for threads in [usual, fast, usual - 1, usual / 2, usual * 3 / 4] {
        if (1..=usual).contains(&threads) && !candidates.contains(&threads) {
            candidates.push(threads);
        }
    }
    candidates.truncate(MOST);
    candidates
}

/// What a short look takes, roughly.
pub(crate) fn seconds_each(pace: Pace) -> f64 {
    PROMPT as f64 / pace.read_per_second + pace.step_seconds * (STEPS + 2) as f64
}

/// Picks from what was tried; the usual number where nothing was.
pub(crate) fn choose(usual: i32, trials: &[Trial]) -> Chosen {
    let best = |seconds: fn(&Trial) -> f64| {
        let all = trials.iter();
        all.min_by(|a, b| seconds(a).total_cmp(&seconds(b))).map_or(usual, |trial| trial.threads)
    };
    let tried = |threads: i32| trials.iter().find(|trial| trial.threads == threads);
    let seconds = |threads: i32| tried(threads).map_or(f64::NAN, Trial::answer_seconds);
    let fastest = best(Trial::answer_seconds);
    let gain = seconds(usual) / seconds(fastest);
    let is_clear = gain >= CLEAR_GAIN && gain.is_finite();
    let threads = if is_clear { fastest } else { usual };
    Chosen {
        threads,
        writing: best(|trial| trial.step_seconds),
        reading: best(|trial| trial.read_seconds),
        gain: if is_clear { gain } else { 1.0 },
        is_steady: tried(usual).is_some_and(|trial| trial.share >= STEADY_SHARE),
        pace: tried(threads).map(Trial::pace),
    }
}

#[cfg(test)]
mod tests;
