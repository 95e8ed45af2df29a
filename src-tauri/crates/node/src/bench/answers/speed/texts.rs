//! Texts that read like documents, as many as are wanted.

use std::path::Path;

use serde_json::Value;

use super::super::kit::Dice;
use crate::exit::Failure;

/// Words of a piece.
const WORDS: usize = 60;
/// One word in so many is exchanged once all texts were used.
const EXCHANGED: usize = 8;
const SAMPLE: usize = 256;

/// Pieces of paragraphs, and the questions that were asked about them.
pub(super) struct Texts {
    pieces: Vec<Vec<String>>,
    questions: Vec<String>,
    dice: Dice,
    next: usize,
}

impl Texts {
    pub(super) fn read(set: &Path, seed: u64) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(set).map_err(|error| Failure::file(set, &error))?;
        let document: Value = serde_json::from_str(&text).unwrap_or_default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let words = |value: &Value| -> Vec<String> {
            value.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
        };
        let (mut pieces, mut questions) = (Vec::new(), Vec::new());
        for article in list(&document["data"]) {
            for paragraph in list(&article["paragraphs"]) {
                pieces.extend(words(&paragraph["context"]).chunks(WORDS).map(<[String]>::to_vec));
                let asked = list(&paragraph["qas"]);
                questions.extend(
                    asked.iter().filter_map(|asked| Some(asked["question"].as_str()?.to_owned())),
                );
            }
        }
        Ok(Self { pieces, questions, dice: Dice(seed), next: 0 })
    }

    pub(super) fn questions(&self) -> Vec<String> {
        self.questions.clone()
    }

    /// Texts whose vectors are made by the model.
    pub(super) fn sample(&self) -> Vec<String> {
        let every = (self.pieces.len() / SAMPLE).max(1);
        self.pieces.iter().step_by(every).map(|words| words.join(" ")).collect()
    }

    /// A Markdown document of so many pieces, each under a heading of its own.
    pub(super) fn document(&mut self, pieces: usize) -> String {
        let mut document = String::from("# A book of many things\n");
        for _ in 0..pieces {
            let heading = self.word();
            let text = self.piece();
            document.push_str(&format!("\n## {heading} {}\n\n{text}\n", self.next));
        }
        document
    }

    fn piece(&mut self) -> String {
        let mut words = self.pieces[self.next % self.pieces.len()].clone();
        if self.next >= self.pieces.len() {
            for at in 0..words.len() {
                if self.dice.below(EXCHANGED) == 0 {
                    words[at] = self.word();
                }
            }
        }
        self.next += 1;
        words.join(" ")
    }

    fn word(&mut self) -> String {
        let piece = self.dice.below(self.pieces.len());
        let words = &self.pieces[piece];
        words[self.dice.below(words.len())].clone()
    }
}
