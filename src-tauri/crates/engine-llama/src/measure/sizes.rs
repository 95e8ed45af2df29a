//! What is measured in one round, so that it fits into its time on a slow computer too. Pure.

/// Steps of each number of texts.
pub(crate) const STEPS_MOST: usize = 24;

/// Tokens before the texts whose steps are measured.
pub(crate) const DEPTH_MOST: usize = 512;

/// Numbers of texts in a step, and those that only a graphics card gets.
const TEXTS: [usize; 4] = [1, 2, 4, 8];
const TEXTS_ON_CARD: [usize; 2] = [16, 32];

/// From the whole round to the least that still says something.
const RUNGS: [Rung; 7] = [
    Rung { short: 128, long: 512, steps: STEPS_MOST, texts: 32 },
    Rung { short: 128, long: 512, steps: 12, texts: 32 },
    Rung { short: 128, long: 256, steps: 12, texts: 32 },
    Rung { short: 64, long: 256, steps: 8, texts: 8 },
    Rung { short: 64, long: 128, steps: 8, texts: 8 },
    Rung { short: 32, long: 128, steps: 6, texts: 4 },
    Rung { short: 32, long: 64, steps: 6, texts: 4 },
];

/// How much more a step takes for each text beyond the first, at most: on a processor, which
/// computes as long as it has to, a text more is nearly as much work as the first.
const MORE_FOR_EACH_TEXT: f64 = 0.7;

/// How fast a model is, roughly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pace {
    /// Tokens of a prompt read in a second.
    pub(crate) read_per_second: f64,
    /// Seconds of a step with one text.
    pub(crate) step_seconds: f64,
}

/// One round.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sizes {
    /// Tokens of the shorter prompt.
    pub(crate) short: usize,
    /// Tokens of the longer prompt.
    pub(crate) long: usize,
    /// Tokens before the texts.
    pub(crate) depth: usize,
    /// Steps of each number of texts.
    pub(crate) steps: usize,
    /// Numbers of texts in a step.
    pub(crate) texts: Vec<usize>,
    /// What is less than it should be, in words.
    pub(crate) cut: Vec<String>,
}

struct Rung {
    short: usize,
    long: usize,
    steps: usize,
    texts: usize,
}

impl Sizes {
    /// Most texts in a step.
    pub(crate) fn most_texts(on_card: bool) -> usize {
        texts(on_card, usize::MAX).last().copied().unwrap_or(1)
    }

    /// The fullest round that takes no longer than `seconds` in a context of `cells` cells, or the
    /// least one.
    pub(crate) fn within(seconds: f64, on_card: bool, pace: Pace, cells: usize) -> Sizes {
        let sizes = RUNGS.iter().map(|rung| Sizes::of(rung, on_card, cells));
        let last = RUNGS.len() - 1;
        let mut sizes = sizes.enumerate();
        let fitting = sizes.find(|(rung, sizes)| *rung == last || sizes.seconds(pace) <= seconds);
        let (_, mut sizes) = fitting.expect("the last one always fits");
        sizes.cut = sizes.differences(&Sizes::of(&RUNGS[0], on_card, usize::MAX));
        sizes
    }

    fn of(rung: &Rung, on_card: bool, cells: usize) -> Sizes {
        let texts = texts(on_card, rung.texts);
        let most = texts.last().copied().unwrap_or(1);
        // A model with a short memory leaves less room before the texts.
        let depth = rung.long.min(cells.saturating_sub(most * (rung.steps + 1))).max(1);
        let short = rung.short.min(depth);
        Sizes { short, long: depth, depth, steps: rung.steps, texts, cut: Vec::new() }
    }

    /// What this round takes, roughly.
    fn seconds(&self, pace: Pace) -> f64 {
        let reading = (self.short + self.long) as f64 / pace.read_per_second;
        let steps: f64 = self
            .texts
            .iter()
            .map(|&texts| 1.0 + MORE_FOR_EACH_TEXT * (texts - 1) as f64)
            .map(|times| times * pace.step_seconds * (self.steps + 1) as f64)
            .sum();
        reading + steps
    }

    fn differences(&self, whole: &Sizes) -> Vec<String> {
        let mut cut = Vec::new();
        if self.long < whole.long {
            cut.push(format!("prompts of {} instead of {} tokens", self.long, whole.long));
        }
        if self.steps < whole.steps {
            cut.push(format!("{} instead of {} steps", self.steps, whole.steps));
        }
        let most = |sizes: &Sizes| sizes.texts.last().copied().unwrap_or(1);
        if most(self) < most(whole) {
            cut.push(format!("up to {} instead of {} texts at once", most(self), most(whole)));
        }
        cut
    }
}

fn texts(on_card: bool, most: usize) -> Vec<usize> {
    let more = if on_card { &TEXTS_ON_CARD[..] } else { &[] };
    TEXTS.iter().chain(more).copied().filter(|&texts| texts <= most).collect()
}

#[cfg(test)]
mod tests;
