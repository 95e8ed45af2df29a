//! Reads the public question sets: articles with their paragraphs and questions, and utterances
//! that no help desk expects.

use std::path::Path;

use commands::wire::{ApiError, Code};
use serde_json::Value;

use crate::exit::Failure;

/// One article.
pub(in super::super) struct Article {
    pub(in super::super) title: String,
    pub(in super::super) paragraphs: Vec<String>,
    pub(in super::super) answerable: Vec<Gold>,
}

/// A question and the answers that people marked in its paragraph.
pub(in super::super) struct Gold {
    pub(in super::super) question: String,
    pub(in super::super) answers: Vec<String>,
}

impl Article {
    /// The article as a document: a title, then its paragraphs.
    pub(in super::super) fn markdown(&self) -> String {
        let title = self.title.replace('_', " ");
        format!("# {title}\n\n{}\n", self.paragraphs.join("\n\n"))
    }
}

/// The articles of a file in SQuAD's format.
pub(in super::super) fn read(file: &Path) -> Result<Vec<Article>, Failure> {
    let document = json_of(file)?;
    Ok(list(&document["data"]).map(article).collect())
}

/// CLINC150's out-of-scope utterances for tests.
pub(in super::super) fn off_topic(file: &Path) -> Result<Vec<String>, Failure> {
    let document = json_of(file)?;
    Ok(list(&document["oos_test"]).map(|pair| text(&pair[0])).collect())
}

fn article(value: &Value) -> Article {
    let mut article =
        Article { title: text(&value["title"]), paragraphs: Vec::new(), answerable: Vec::new() };
    for paragraph in list(&value["paragraphs"]) {
        article.paragraphs.push(text(&paragraph["context"]).replace('\n', " "));
        for asked in list(&paragraph["qas"]) {
            let answers: Vec<String> =
                list(&asked["answers"]).map(|answer| text(&answer["text"])).collect();
            if !answers.is_empty() {
                article.answerable.push(Gold { question: text(&asked["question"]), answers });
            }
        }
    }
    article
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn json_of(file: &Path) -> Result<Value, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Failure::from(ApiError {
            code: Code::BadFile,
            message: format!("{}: {error}", file.display()),
            hint: None,
        })
    })
}
