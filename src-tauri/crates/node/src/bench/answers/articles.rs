//! SQuAD 2 as a desk's documents: each article one Markdown file, each paragraph under a heading.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::kit::{Dice, Kit};
use crate::exit::Failure;

/// Where the development set lies below the question sets.
const FILE: &str = "squad2/dev-v2.0.cs224n.json";

/// One article of the set.
pub(super) struct Article {
    pub(super) title: String,
    paragraphs: Vec<String>,
}

/// One question about a paragraph that answers it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) question: String,
    pub(super) article: usize,
    /// The paragraph's heading path in the desk.
    pub(super) locator: String,
}

#[derive(Deserialize)]
struct File {
    data: Vec<FileArticle>,
}

#[derive(Deserialize)]
struct FileArticle {
    title: String,
    paragraphs: Vec<FileParagraph>,
}

#[derive(Deserialize)]
struct FileParagraph {
    context: String,
    qas: Vec<FileQuestion>,
}

#[derive(Deserialize)]
struct FileQuestion {
    question: String,
    is_impossible: bool,
}

/// Articles and the questions about them.
pub(super) type Set = (Vec<Article>, Vec<Asked>);

/// The articles and their answerable questions, each wording once, in an order drawn by `seed`;
/// `None` where the set is not here.
pub(super) fn read(kit: &Kit) -> Result<Option<Set>, Failure> {
    let Some(path) = kit.set(FILE) else { return Ok(None) };
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display()), "Fetch it anew.")
    })?;
    let mut questions: Vec<Asked> = Vec::new();
    let mut articles = Vec::new();
    for (number, article) in file.data.into_iter().enumerate() {
        let title = article.title.replace('_', " ");
        for (at, paragraph) in article.paragraphs.iter().enumerate() {
            let answerable = paragraph.qas.iter().filter(|question| !question.is_impossible);
            questions.extend(answerable.map(|question| Asked {
                question: question.question.clone(),
                article: number,
                locator: format!("{title} > {}", heading(at)),
            }));
        }
        let paragraphs = article.paragraphs.into_iter().map(|paragraph| paragraph.context);
        articles.push(Article { title, paragraphs: paragraphs.collect() });
    }
    let mut seen = std::collections::HashSet::new();
    questions.retain(|asked| seen.insert(asked.question.to_lowercase()));
    Dice(kit.command.seed).shuffle(&mut questions);
    Ok(Some((articles, questions)))
}

/// Writes articles as Markdown files and gives their paths.
pub(super) fn write(folder: &Path, articles: &[&Article]) -> Result<Vec<PathBuf>, Failure> {
    let file = |article: &&Article| {
        let mut text = format!("# {}\n", article.title);
        for (at, paragraph) in article.paragraphs.iter().enumerate() {
            let words: Vec<&str> = paragraph.split_whitespace().collect();
            text.push_str(&format!("\n## {}\n\n{}\n", heading(at), words.join(" ")));
        }
        let path = folder.join(format!("{}.md", article.title.replace('/', " ")));
        std::fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
        Ok(path)
    };
    articles.iter().map(file).collect()
}

/// Paragraphs have no headings of their own in the set.
fn heading(at: usize) -> String {
    format!("Paragraph {}", at + 1)
}
