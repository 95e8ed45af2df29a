//! An engine and an embedder without a model: deterministic, in process, for tests and for pages
//! that are tried out without one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::{
    Author, Embedder, Engine, EngineError, Event, Finish, GenerateRequest, Health, Reply, Side,
    StopReason, USUAL_SLOTS, reply_channel,
};

/// What a scripted engine does with one request.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Pieces sent one after the other.
    pub pieces: Vec<String>,
    /// Pause before each piece.
    pub pause: Duration,
    /// The engine dies after the last piece instead of finishing.
    pub dies: bool,
}

type Writer = dyn Fn(&GenerateRequest) -> Script + Send + Sync;

/// Writes what its script says.
pub struct ScriptedEngine {
    script: Arc<Writer>,
    down: AtomicBool,
    crowd: AtomicUsize,
    slots: AtomicUsize,
}

impl ScriptedEngine {
    /// An engine that asks `script` what to write.
    pub fn new(script: impl Fn(&GenerateRequest) -> Script + Send + Sync + 'static) -> Self {
        let (down, crowd) = (AtomicBool::new(false), AtomicUsize::new(0));
        Self { script: Arc::new(script), down, crowd, slots: AtomicUsize::new(USUAL_SLOTS) }
    }

    /// An engine that always writes the same text, word by word.
    pub fn saying(text: &str) -> Self {
        let pieces = words(text);
        Self::new(move |_| Script { pieces: pieces.clone(), ..Script::default() })
    }

    /// An engine that repeats the first line of the first passage it was given, word by word.
    pub fn repeating_the_passage() -> Self {
        Self::new(|request| Script { pieces: words(&first_passage(request)), ..Script::default() })
    }

    /// Says from now on that it writes so many texts for others.
    pub fn set_crowd(&self, texts: usize) {
        self.crowd.store(texts, Ordering::Release);
    }

    /// Says from now on that it can write so many texts at the same time.
    pub fn set_slots(&self, slots: usize) {
        self.slots.store(slots, Ordering::Release);
    }

    /// Makes every request fail until it is switched back.
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::Release);
    }
}

/// The first line after the first `[1]` mark of the person's message.
fn first_passage(request: &GenerateRequest) -> String {
    let asked = request.messages.iter().rev().find(|message| message.author == Author::User);
    let text = asked.map(|message| message.text.as_str()).unwrap_or_default();
    let passage = text.split_once("[1]").map_or("", |(_, rest)| rest);
    let mut lines = passage.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.nth(1).or_else(|| passage.lines().next()).unwrap_or("UNKNOWN").to_string()
}

fn words(text: &str) -> Vec<String> {
    text.split_inclusive(' ').map(String::from).collect()
}

impl Engine for ScriptedEngine {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        if self.down.load(Ordering::Acquire) {
            return Err(EngineError::Restarting);
        }
        let script = (self.script)(&request);
        let (sender, reply) = reply_channel();
        let prompt_tokens = request.messages.iter().map(|m| count(&m.text) as u32).sum();
        std::thread::spawn(move || {
            let mut generated_tokens = 0;
            for piece in &script.pieces {
                std::thread::sleep(script.pause);
                generated_tokens += 1;
                if !sender.send(Ok(Event::Text(piece.clone()))) {
                    return;
                }
            }
            let last = if script.dies {
                Err(EngineError::Lost { reason: "the script said so".into() })
            } else {
                Ok(Event::Done(Finish {
                    reason: StopReason::Stop,
                    prompt_tokens,
                    generated_tokens,
                    ..Finish::default()
                }))
            };
            let _delivered = sender.send(last);
        });
        Ok(reply)
    }

    fn health(&self) -> Health {
        if self.down.load(Ordering::Acquire) {
            return Health::Failed { reason: "it was switched off".into() };
        }
        match self.crowd.load(Ordering::Acquire) {
            0 | 1 => Health::Ready,
            texts => Health::Busy { waiting: texts - 1 },
        }
    }

    fn model_id(&self) -> &str {
        "scripted"
    }

    fn slots(&self) -> usize {
        self.slots.load(Ordering::Acquire)
    }
}

/// Numbers in a scripted vector.
const WIDTH: usize = 384;

/// Turns texts into bags of hashed word stems: the cosine is the share of stems in common.
#[derive(Default)]
pub struct ScriptedEmbedder {
    down: AtomicBool,
}

impl ScriptedEmbedder {
    /// A working embedder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes every request fail until it is switched back.
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::Release);
    }

    fn check(&self) -> Result<(), EngineError> {
        if self.down.load(Ordering::Acquire) { Err(EngineError::Restarting) } else { Ok(()) }
    }
}

impl Embedder for ScriptedEmbedder {
    fn embed(&self, texts: &[String], _side: Side) -> Result<Vec<Vec<f32>>, EngineError> {
        self.check()?;
        Ok(texts.iter().map(|text| bag_of_stems(text)).collect())
    }

    fn count_tokens(&self, texts: &[String]) -> Result<Vec<usize>, EngineError> {
        self.check()?;
        Ok(texts.iter().map(|text| count(text)).collect())
    }

    fn width(&self) -> usize {
        WIDTH
    }

    fn identity(&self) -> &str {
        "scripted-embedder-1"
    }

    fn health(&self) -> Health {
        match self.check() {
            Ok(()) => Health::Ready,
            Err(_) => Health::Failed { reason: "it was switched off".into() },
        }
    }
}

/// A third more than the words, which is about what a word-piece tokenizer makes of English.
fn count(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|word| 1 + word.chars().count() / 8).sum()
}

fn bag_of_stems(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0f32; WIDTH];
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2) {
        if COMMON.contains(&word) {
            continue;
        }
        // FNV-1a over the first six letters: crude, stable stemming.
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for byte in word.chars().take(6).collect::<String>().bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        vector[(hash % WIDTH as u64) as usize] += 1.0;
    }
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length == 0.0 {
        // Texts without any word are alike, and unlike every other text.
        vector[0] = 1.0;
    } else {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    vector
}

/// Words too common to say anything.
const COMMON: &[&str] = &[
    "the", "and", "for", "are", "you", "your", "can", "what", "when", "where", "how", "who", "why",
    "with", "that", "this", "from", "have", "has", "was", "were", "will", "our", "not", "does",
    "did", "any", "there", "which", "about",
];

#[cfg(test)]
mod tests;
