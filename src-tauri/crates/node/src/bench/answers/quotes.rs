//! Whether the quote holds the answer: SQuAD 2, each article one Markdown document, all of its
//! paragraphs in one desk, and off-topic utterances of CLINC150 asked of the same desk.
//!
//! A quote is right when it has at most sixty words and one of the gold answers stands in it. What
//! the desk does not answer is not counted as wrong, so the share of answered questions is told
//! beside it. The questions are halved by a fixed draw: half A was tuned on, half B was not.

pub(super) mod squad;

use std::path::PathBuf;

use commands::Core;
use commands::wire::{Ask, Route, Turn};
use serde_json::{Value, json};

use super::kit::{Dice, Kit};
use super::row::{Row, Target};
use crate::ask::answer;
use crate::exit::Failure;
use crate::open::Empty;
use squad::{Article, Gold};

/// Questions asked of each half.
const ASKED: usize = 500;
/// Off-topic utterances.
const OFF_TOPIC: usize = 500;
/// Words a quote may have.
const LONGEST_QUOTE: usize = 60;
const SET: &str = "SQuAD 2, one document an article";

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let Some(file) = kit.set("squad2/dev-v2.0.cs224n.json") else {
        return Ok(vec![Row::skipped("quotes hold the answer", "SQuAD 2 is not here")]);
    };
    let articles = squad::read(&file)?;
    let core = squad_desk(kit, &articles)?;
    let (a, b) = halves(&articles);
    let mut rows = Vec::new();
    for (half, questions) in [("A", a), ("B", b)] {
        rows.extend(measure_half(kit, &core, half, &questions)?);
    }
    rows.push(match kit.set("clinc150/data_full.json") {
        Some(file) => measure_off_topic(kit, &core, &file)?,
        None => Row::skipped("wrong quotes off topic", "CLINC150 is not here"),
    });
    Ok(rows)
}

/// A desk that knows every paragraph. A second measurement finds it filled.
pub(super) fn squad_desk(kit: &Kit, articles: &[Article]) -> Result<std::sync::Arc<Core>, Failure> {
    let folder = kit.folder("squad-articles")?;
    for article in articles {
        let file = folder.join(format!("{}.md", article.title));
        std::fs::write(&file, article.markdown()).map_err(|error| Failure::file(&file, &error))?;
    }
    let core = kit.desk("squad-desk", Empty::StaysEmpty)?;
    core.import(&kit.place.session(), &[folder], false, &mut |_| {})?;
    core.settle();
    Ok(core)
}

/// The answerable questions in two halves that no run mixes.
pub(super) fn halves(articles: &[Article]) -> (Vec<&Gold>, Vec<&Gold>) {
    let mut all: Vec<&Gold> = articles.iter().flat_map(|article| &article.answerable).collect();
    Dice(2).shuffle(&mut all);
    let b = all.split_off(all.len() / 2);
    (all, b)
}

fn measure_half(
    kit: &Kit,
    core: &Core,
    half: &str,
    questions: &[&Gold],
) -> Result<Vec<Row>, Failure> {
    let asked = questions.len().min(ASKED);
    let (mut right, mut answered, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (done, gold) in questions[..asked].iter().enumerate() {
        let turn = ask(kit, core, &gold.question)?;
        answered.push(f64::from(u8::from(is_answer(turn.route))));
        if is_answer(turn.route) {
            let holds = holds(&turn.answer, gold);
            right.push(f64::from(u8::from(holds)));
            if !holds {
                wrong.push(json!({ "question": gold.question, "gold": gold.answers,
                                   "answer": turn.answer }));
            }
        }
        kit.progress(&format!("half {half}"), done, asked);
    }
    let set = format!("{SET}, half {half}");
    let named = |what: &str| format!("{what}, half {half}");
    Ok(vec![
        Row::mean(&named("quotes hold the answer"), &set, &right, Target::AtLeast(0.84))
            .with(details(half, wrong)),
        Row::mean(&named("questions answered"), &set, &answered, Target::Nothing),
    ])
}

/// Wrong quotes are read while tuning; those of half B stay unread.
fn details(half: &str, wrong: Vec<Value>) -> Value {
    if half == "A" { json!({ "wrong": wrong }) } else { Value::Null }
}

fn measure_off_topic(kit: &Kit, core: &Core, file: &PathBuf) -> Result<Row, Failure> {
    let mut utterances = squad::off_topic(file)?;
    Dice(3).shuffle(&mut utterances);
    utterances.truncate(OFF_TOPIC);
    let mut quoted = Vec::new();
    let mut answers = Vec::new();
    for (done, question) in utterances.iter().enumerate() {
        let turn = ask(kit, core, question)?;
        quoted.push(f64::from(u8::from(is_answer(turn.route))));
        if is_answer(turn.route) {
            answers.push(json!({ "question": question, "answer": turn.answer }));
        }
        kit.progress("off topic", done, utterances.len());
    }
    Ok(Row::mean(
        "wrong quotes off topic",
        "CLINC150 against SQuAD 2",
        &quoted,
        Target::AtMost(0.03),
    )
    .with(json!({ "quoted": answers })))
}

fn ask(kit: &Kit, core: &Core, question: &str) -> Result<Turn, Failure> {
    let ask = Ask { question: question.into(), ..Ask::default() };
    Ok(answer(core, &kit.place.session(), ask)?)
}

/// Whether something was claimed.
fn is_answer(route: Route) -> bool {
    match route {
        Route::Quote | Route::Documents | Route::Faq | Route::Cache | Route::Order => true,
        _ => false,
    }
}

fn holds(answer: &str, gold: &Gold) -> bool {
    let lower = one_line(answer);
    answer.split_whitespace().count() <= LONGEST_QUOTE
        && gold.answers.iter().any(|fact| lower.contains(&one_line(fact)))
}

fn one_line(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
