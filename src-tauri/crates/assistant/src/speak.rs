//! A model's text on its way to the visitor: read sentence by sentence, each checked before it is
//! shown.

pub(crate) mod pace;

use std::time::{Duration, Instant};

use engine::{Engine, EngineError, Event, GenerateRequest, StopReason};
use knowledge::text::sentences;

use crate::answer::Tokens;
use crate::prompt::{ANSWER, DECISION, INSTRUCTIONS, Prompt, UNKNOWN, prompt};
use crate::quote::Passage;
use crate::support::{Checker, Sense, Verdict, tidy};
use crate::why::WhySentence;

/// Tokens an answer may have: three sentences, where one or two short ones are asked for.
const LONGEST_ANSWER: u32 = 160;
/// Sentences that are read. A model that writes more than it was asked for tells the same again.
const MOST_SENTENCES: usize = 3;
/// Characters after which a sentence without an end is a list or a loop.
const LONGEST_SENTENCE: usize = 400;
/// How long to wait for the next event before looking whether the visitor has gone.
const TICK: Duration = Duration::from_millis(20);

/// What came of asking the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spoken {
    /// Supported sentences as shown.
    pub(crate) text: String,
    /// Indexes of the passages that support them, without repeats, in order of first use.
    pub(crate) passages: Vec<usize>,
    /// Each sentence that was written, with what the check found.
    pub(crate) sentences: Vec<WhySentence>,
    /// The model said that the passages do not answer.
    pub(crate) unknown: bool,
    /// It said a sentence for the second time.
    pub(crate) repeats: bool,
    /// Everything the model wrote, for the exam.
    pub(crate) raw: String,
    /// Who wrote it, where the engine asks one of several.
    pub(crate) writer: Option<String>,
    /// The visitor stopped it.
    pub(crate) stopped: bool,
    /// The engine stopped it.
    pub(crate) error: Option<EngineError>,
    /// Until the first word.
    pub(crate) first_token: Duration,
    /// From each piece to the next.
    pub(crate) between: Vec<Duration>,
    /// Tokens.
    pub(crate) tokens: Tokens,
    /// Tokens read a second, where enough were read to tell.
    pub(crate) prefill: Option<f32>,
}

/// What a model is asked, and what its sentences are held against.
pub(crate) struct Task<'a> {
    /// The visitor's words.
    pub(crate) question: &'a str,
    /// The evidence, best first.
    pub(crate) passages: &'a [Passage],
    /// Tokens of evidence the prompt may hold.
    pub(crate) evidence_tokens: usize,
    /// What the check knows of the desk.
    pub(crate) sense: Sense<'a>,
    /// Whether the visitor has gone.
    pub(crate) stop: &'a dyn Fn() -> bool,
}

/// Asks the model and tells every supported sentence as soon as it is complete.
///
/// The model first decides, under a grammar, whether it answers at all. When its first sentence is
/// not supported, the rest is not waited for: what begins with an invention is not worth saving.
/// Nor is what comes once it repeats itself, or finds no end.
pub(crate) fn speak(engine: &dyn Engine, task: &Task<'_>, tell: &mut dyn FnMut(&str)) -> Spoken {
    let started = Instant::now();
    let mut spoken = Spoken::default();
    let Prompt { messages, keep, used } =
        prompt(task.question, task.passages, task.evidence_tokens);
    if used == 0 {
        return spoken;
    }
    let evidence: Vec<(String, &str)> = task.passages[..used]
        .iter()
        .map(|passage| (heading(passage), passage.hit.text.as_str()))
        .collect();
    let checker = Checker::new(task.question, &evidence, INSTRUCTIONS, task.sense);
    let request = GenerateRequest {
        messages,
        keep,
        max_tokens: LONGEST_ANSWER,
        grammar: Some(DECISION.into()),
        ..GenerateRequest::default()
    };
    let reply = match engine.generate(request) {
        Ok(reply) => reply,
        Err(error) => {
            spoken.error = Some(error);
            return spoken;
        }
    };
    let mut draft = Draft::default();
    let mut reading_since = started;
    let mut reading = Duration::ZERO;
    let mut last_piece = started;
    loop {
        if (task.stop)() {
            reply.cancel();
            spoken.stopped = true;
            return spoken;
        }
        match reply.next_within(TICK) {
            None | Some(Ok(Event::Reading { .. })) => {}
            Some(Ok(Event::Waiting { .. })) => reading_since = Instant::now(),
            Some(Ok(Event::Text(text))) => {
                if spoken.raw.is_empty() {
                    spoken.writer = reply.writer().map(String::from);
                    spoken.first_token = started.elapsed();
                    reading = reading_since.elapsed();
                } else {
                    spoken.between.push(last_piece.elapsed());
                }
                last_piece = Instant::now();
                spoken.raw.push_str(&text);
                // Of a text that is not waited for to its end, the engine tells no counts.
                spoken.tokens.generated += 1;
                for sentence in draft.add(&text) {
                    spoken.weigh(&sentence, &checker, tell);
                    if spoken.is_decided() {
                        return spoken;
                    }
                }
                if draft.is_endless() {
                    return spoken;
                }
            }
            Some(Ok(Event::Done(finish))) => {
                spoken.tokens = Tokens {
                    prompt: finish.prompt_tokens,
                    cached: finish.cached_tokens,
                    generated: finish.generated_tokens,
                };
                let computed = finish.prompt_tokens.saturating_sub(finish.cached_tokens);
                spoken.prefill = pace::measured(computed, reading);
                // Half a sentence at the token limit says something its author did not mean.
                if finish.reason != StopReason::Length {
                    spoken.weigh(&draft.rest(), &checker, tell);
                }
                return spoken;
            }
            Some(Err(error)) => {
                spoken.error = Some(error);
                return spoken;
            }
        }
    }
}

/// Title and headings, which are evidence too.
fn heading(passage: &Passage) -> String {
    format!("{}\n{}", passage.hit.title, passage.hit.locator)
}

impl Spoken {
    fn weigh(&mut self, sentence: &str, checker: &Checker<'_>, tell: &mut dyn FnMut(&str)) {
        let sentence = tidy(sentence);
        if sentence.is_empty() {
            return;
        }
        if self.sentences.iter().any(|said| said.text == sentence) {
            self.repeats = true;
            return;
        }
        if sentence.starts_with(UNKNOWN) || sentence.ends_with(&format!("{UNKNOWN}.")) {
            self.unknown = true;
            return;
        }
        let mut said = WhySentence { text: sentence.clone(), ..WhySentence::default() };
        match checker.check(&sentence) {
            Verdict::Supported { passage, share } => {
                (said.supported, said.passage, said.share) = (true, Some(passage), share);
                if !self.passages.contains(&passage) {
                    self.passages.push(passage);
                }
                let text = if self.text.is_empty() { sentence } else { format!(" {sentence}") };
                tell(&text);
                self.text.push_str(&text);
            }
            Verdict::Unsupported { why, share } => {
                (said.share, said.why) = (share, why.to_string());
            }
        }
        self.sentences.push(said);
    }

    /// Nothing that comes later would be shown.
    fn is_decided(&self) -> bool {
        self.unknown
            || self.repeats
            || self.sentences.len() >= MOST_SENTENCES
            || self.sentences.first().is_some_and(|first| !first.supported)
    }

    /// Sentences that passed, of all that were written.
    pub(crate) fn supported_share(&self) -> f32 {
        let passed = self.sentences.iter().filter(|sentence| sentence.supported).count();
        passed as f32 / self.sentences.len().max(1) as f32
    }

    /// What the model wrote, without the word it decided with.
    pub(crate) fn written(&self) -> &str {
        let raw = self.raw.trim_start();
        raw.strip_prefix(ANSWER).unwrap_or(raw).trim()
    }
}

/// Text that is not yet a whole sentence.
#[derive(Default)]
struct Draft {
    pending: String,
    decided: bool,
}

impl Draft {
    /// Adds a piece and takes off what has become whole.
    fn add(&mut self, piece: &str) -> Vec<String> {
        self.pending.push_str(piece);
        if !self.decided {
            let begun = self.pending.trim_start();
            if ANSWER.starts_with(begun) {
                return Vec::new();
            }
            self.pending = begun.strip_prefix(ANSWER).unwrap_or(begun).to_owned();
            self.decided = true;
        }
        take_complete(&mut self.pending)
    }

    /// What has begun is too long for a sentence.
    fn is_endless(&self) -> bool {
        self.pending.chars().count() > LONGEST_SENTENCE
    }

    fn rest(self) -> String {
        let begun = self.pending.trim_start();
        begun.strip_prefix(ANSWER).unwrap_or(begun).to_owned()
    }
}

/// Takes the sentences off the front that are certainly complete: all but the last.
fn take_complete(pending: &mut String) -> Vec<String> {
    let ranges = sentences(pending);
    let Some((last, complete)) = ranges.split_last() else { return Vec::new() };
    let taken = complete.iter().map(|range| pending[range.clone()].to_string()).collect();
    pending.drain(..last.start);
    taken
}
