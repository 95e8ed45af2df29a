//! One load, played through: visitors come at random, texts are written in shared steps, and the
//! processor is shared between the writing and everything else.
//!
//! Visitors arrive as a Poisson process and never wait for each other (an open loop). A question
//! first costs processor time for its route; a written one then waits for a free slot, first come
//! first served, is read in chunks and written one token a step. While a step runs it wants every
//! core, and its threads wait for each other: light work on one core slows all of them. Who would
//! wait too long for a text gets the quoted words instead, by the rule of the desk.

use std::collections::VecDeque;
use std::mem;

use fastrand::Rng;

use crate::{Profile, Tokens, Workload};

/// Tokens of prompts that one step reads at most.
const CHUNK_TOKENS: f64 = 512.0;
/// Of the questions played, so many come before counting starts.
const WARM_UP_SHARE: f64 = 0.1;
/// A load is not served where more of the texts than this are spared.
pub const MOST_SPARED: f64 = 0.02;
/// Who would wait longer than this for a text is spared it (the desk's own limit).
const SPARED_BEYOND_S: f64 = 5.0;
/// With fewer other texts under way, one does not tell what a text takes of a full engine.
const CROWD_THAT_TELLS: f64 = 4.0;
/// How much the newest text counts in that.
const NEWEST_TEXT: f64 = 0.1;
/// So many unanswered questions at once mean that the queue only grows.
const HOPELESS: usize = 4_000;

/// How the answers of one load came, in seconds from the question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Whole answers, sorted.
    pub answers_s: Vec<f64>,
    /// First words of the written ones, sorted.
    pub first_words_s: Vec<f64>,
    /// Those that were quoted instead of written, because too many were waiting.
    pub spared: usize,
}

impl Course {
    /// The time within which this share of the answers was whole; 0 where there are none.
    pub fn answers_within(&self, share: f64) -> f64 {
        at_share(&self.answers_s, share)
    }

    /// The same for the first words.
    pub fn first_words_within(&self, share: f64) -> f64 {
        at_share(&self.first_words_s, share)
    }

    /// Of the questions that call for a text, the share that was quoted instead; 0 without any.
    pub fn spared_share(&self) -> f64 {
        let called = self.first_words_s.len() + self.spared;
        if called > 0 { self.spared as f64 / called as f64 } else { 0.0 }
    }
}

/// The value below which this share of sorted values lies, the nearest one.
fn at_share(sorted: &[f64], share: f64) -> f64 {
    match sorted.len() {
        0 => 0.0,
        count => sorted[((count - 1) as f64 * share).round() as usize],
    }
}

/// Plays `questions` at a rate of so many a second. The same seed gives the same course.
///
/// `None` where the queue only grows. About a millisecond for a thousand questions.
pub fn simulate(
    profile: &Profile,
    workload: &Workload,
    per_second: f64,
    questions: usize,
    seed: u64,
) -> Option<Course> {
    Desk::new(*profile, *workload, seed).play(per_second, questions, Promise::NONE)
}

/// The same, given up as soon as 95 of 100 can no longer be answered within so many seconds. `None`
/// also where more than [`MOST_SPARED`] of the texts had to be spared for it.
pub(crate) fn simulate_within(
    profile: &Profile,
    workload: &Workload,
    per_second: f64,
    questions: usize,
    seed: u64,
    within_s: f64,
) -> Option<Course> {
    let counted = questions - warm_up(questions);
    let promise = Promise { within_s, late_allowed: counted / 20 };
    Desk::new(*profile, *workload, seed)
        .play(per_second, questions, promise)
        .filter(|course| course.answers_within(0.95) <= within_s)
        .filter(|course| course.spared_share() <= MOST_SPARED)
}

/// How many answers may be late before a course is given up.
#[derive(Clone, Copy)]
struct Promise {
    within_s: f64,
    late_allowed: usize,
}

impl Promise {
    const NONE: Self = Self { within_s: f64::INFINITY, late_allowed: usize::MAX };
}

fn warm_up(questions: usize) -> usize {
    (questions as f64 * WARM_UP_SHARE) as usize
}

/// Work that only the processor does.
struct Light {
    asked_at: f64,
    left_s: f64,
    /// The text to write when it is done, if one is.
    then: Option<Text>,
    counts: bool,
}

/// A text being written.
#[derive(Clone, Copy)]
struct Text {
    prompt_left: f64,
    answer_left: f64,
    asked_at: f64,
    /// When it came to the engine, and how many others were there.
    came_at: f64,
    others: usize,
    counts: bool,
    first_words_told: bool,
}

/// A step of the engine under way.
struct Step {
    left_s: f64,
    /// Texts whose prompt ends in this step, or that get a token: by their place in `writing`.
    token_for: Vec<usize>,
}

struct Desk {
    profile: Profile,
    workload: Workload,
    random: Rng,
    now: f64,
    light: Vec<Light>,
    waiting: VecDeque<Text>,
    writing: Vec<Text>,
    step: Option<Step>,
    /// Seconds of a full engine that a text takes, as the desk knows it.
    seconds_each: Option<f64>,
    course: Course,
}

impl Desk {
    fn new(profile: Profile, workload: Workload, seed: u64) -> Self {
        Self {
            profile,
            workload,
            random: Rng::with_seed(seed),
            now: 0.0,
            light: Vec::new(),
            waiting: VecDeque::new(),
            writing: Vec::new(),
            step: None,
            seconds_each: None,
            course: Course::default(),
        }
    }

    fn play(mut self, per_second: f64, questions: usize, promise: Promise) -> Option<Course> {
        let warm_up = warm_up(questions);
        let (mut seen, mut late) = (0, 0);
        let mut asked = 0;
        let mut next_at = self.pause(per_second);
        while asked < questions || self.is_busy() {
            let until = if asked < questions { next_at } else { f64::INFINITY };
            if self.work_until(until) {
                let new = &self.course.answers_s[seen..];
                late += new.iter().filter(|answer_s| **answer_s > promise.within_s).count();
                seen = self.course.answers_s.len();
                if late > promise.late_allowed {
                    return None;
                }
                continue;
            }
            self.ask(asked >= warm_up);
            asked += 1;
            next_at = self.now + self.pause(per_second);
            if self.light.len() + self.waiting.len() + self.writing.len() > HOPELESS {
                return None;
            }
        }
        self.course.answers_s.sort_by(f64::total_cmp);
        self.course.first_words_s.sort_by(f64::total_cmp);
        Some(self.course)
    }

    fn pause(&mut self, per_second: f64) -> f64 {
        // Of 1 minus the drawn number, which is never 0, the logarithm exists.
        -(1.0 - self.random.f64()).ln() / per_second
    }

    fn is_busy(&self) -> bool {
        !self.light.is_empty() || !self.waiting.is_empty() || !self.writing.is_empty()
    }

    fn ask(&mut self, counts: bool) {
        let (mix, costs) = (self.workload.mix, self.profile.costs);
        let drawn = self.random.f64() * (mix.faq + mix.order + mix.cache + mix.generated);
        let (left_s, is_written) = if drawn < mix.faq {
            (costs.faq_s, false)
        } else if drawn < mix.faq + mix.order {
            (costs.order_s, false)
        } else if drawn < mix.faq + mix.order + mix.cache {
            (costs.cache_s, false)
        } else {
            (costs.generated_s, true)
        };
        let then = is_written.then(|| Text {
            prompt_left: draw(&mut self.random, self.workload.prompt),
            answer_left: draw(&mut self.random, self.workload.answer),
            asked_at: self.now,
            came_at: self.now,
            others: 0,
            counts,
            first_words_told: false,
        });
        self.light.push(Light { asked_at: self.now, left_s, then, counts });
    }

    /// Works until the next thing ends or `until`, whichever is first. Says whether something
    /// ended; else `until` is now.
    fn work_until(&mut self, until: f64) -> bool {
        self.begin_step();
        let (step_rate, light_rate) = self.rates();
        let step_ends =
            self.step.as_ref().map_or(f64::INFINITY, |step| self.now + step.left_s / step_rate);
        let least = self.light.iter().map(|light| light.left_s).fold(f64::INFINITY, f64::min);
        let light_ends = self.now + least / light_rate;
        let next = step_ends.min(light_ends).min(until);
        let passed = next - self.now;
        self.now = next;
        for light in &mut self.light {
            light.left_s -= passed * light_rate;
        }
        if let Some(step) = &mut self.step {
            step.left_s -= passed * step_rate;
        }
        if next == step_ends && next < f64::INFINITY {
            self.end_step();
        } else if next == light_ends && next < f64::INFINITY {
            self.end_light();
        } else {
            return false;
        }
        true
    }

    /// How fast a step and each piece of light work go, of their speed alone. A step has one thread
    /// a core, and all of them are as slow as the one on the fullest core; they keep their cores
    /// while they wait for each other.
    fn rates(&self) -> (f64, f64) {
        let cores = self.profile.cores;
        if cores.is_infinite() {
            return (1.0, 1.0);
        }
        let light = self.light.len() as f64;
        match &self.step {
            Some(_) => {
                let fullest = 1.0 + (light / cores).ceil();
                (1.0 / fullest, 1.0 / fullest)
            }
            None => (1.0, (cores / light).min(1.0)),
        }
    }

    fn begin_step(&mut self) {
        if self.step.is_some() {
            return;
        }
        while self.writing.len() < self.profile.slots.max(1) {
            let Some(text) = self.waiting.pop_front() else { break };
            self.writing.push(text);
        }
        if self.writing.is_empty() {
            return;
        }
        let (mut budget, mut tokens, mut token_for) = (CHUNK_TOKENS, 0.0, Vec::new());
        let mut written = 0.0;
        for (place, text) in self.writing.iter_mut().enumerate() {
            if text.prompt_left > 0.0 {
                let read = text.prompt_left.min(budget);
                budget -= read;
                tokens += read;
                text.prompt_left -= read;
                if text.prompt_left <= 0.0 && read > 0.0 {
                    token_for.push(place);
                }
            } else {
                written += 1.0;
                token_for.push(place);
            }
        }
        let Profile { step_base_s, step_each_s, prefill_per_second, .. } = self.profile;
        let tokens_s = step_base_s + step_each_s * written + tokens / prefill_per_second;
        let left_s = tokens_s * self.profile.besides_tokens();
        self.step = Some(Step { left_s, token_for });
    }

    fn end_step(&mut self) {
        let Some(step) = self.step.take() else { return };
        for place in &step.token_for {
            let text = &mut self.writing[*place];
            text.answer_left -= 1.0;
            if !text.first_words_told {
                text.first_words_told = true;
                if text.counts {
                    self.course.first_words_s.push(self.now - text.asked_at);
                }
            }
        }
        let under_way = self.waiting.len() + self.writing.len();
        let (done, writing): (Vec<Text>, Vec<Text>) = mem::take(&mut self.writing)
            .into_iter()
            .partition(|text| text.prompt_left <= 0.0 && text.answer_left <= 0.0);
        self.writing = writing;
        for (place, text) in done.into_iter().enumerate() {
            self.note_text(&text, under_way - 1 - place);
            if text.counts {
                self.course.answers_s.push(self.now - text.asked_at);
            }
        }
    }

    /// Learns what a text takes of a full engine, as the desk does: those under way share it evenly.
    fn note_text(&mut self, text: &Text, others_after: usize) {
        let (before, after) = (text.others as f64, others_after as f64);
        if before.min(after) < CROWD_THAT_TELLS {
            return;
        }
        let each = (self.now - text.came_at) / ((before + after) / 2.0 + 1.0);
        let known = self.seconds_each.unwrap_or(each);
        self.seconds_each = Some(known + NEWEST_TEXT * (each - known));
    }

    /// Whether a text that begins now would come too late.
    fn would_be_late(&self, others: usize) -> bool {
        let wait = self.seconds_each.map_or(0.0, |each| each * (others + 1) as f64);
        others >= self.profile.slots.max(1) && wait > SPARED_BEYOND_S
    }

    fn end_light(&mut self) {
        let least = self.light.iter().map(|light| light.left_s).fold(f64::INFINITY, f64::min);
        let Some(place) = self.light.iter().position(|light| light.left_s == least) else { return };
        let light = self.light.swap_remove(place);
        let others = self.waiting.len() + self.writing.len();
        match light.then {
            Some(text) if !self.would_be_late(others) => {
                self.waiting.push_back(Text { came_at: self.now, others, ..text });
            }
            then if light.counts => {
                self.course.spared += usize::from(then.is_some());
                self.course.answers_s.push(self.now - light.asked_at);
            }
            _ => {}
        }
    }
}

/// A length, at least 1. Box and Muller's way from two even draws to a normal one.
fn draw(random: &mut Rng, tokens: Tokens) -> f64 {
    let sigma = (1.0 + tokens.spread * tokens.spread).ln().sqrt();
    let mu = tokens.mean.max(1.0).ln() - sigma * sigma / 2.0;
    let radius = (-2.0 * (1.0 - random.f64()).ln()).sqrt();
    let normal = radius * (std::f64::consts::TAU * random.f64()).cos();
    (mu + sigma * normal).exp().round().max(1.0)
}

#[cfg(test)]
mod tests;
