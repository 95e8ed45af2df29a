//! Answers with a number, date or name that the evidence does not hold, with the chat model of this
//! computer switched on by hand: the sample shop's questions, and SQuAD 2 from end to end.
//!
//! The evidence is the whole of every passage that the answer cites. The check here shares nothing
//! with the product's and is stricter: it compares runs of digits and words as they are written.

mod strict;

use commands::Core;
use commands::wire::{
    Ask, Generation, Route, SettingsChange, StaffCommand, Turn, VisitorCommand, VisitorReply,
};
use serde_json::{Value, json};

use super::kit::Kit;
use super::quotes::{halves, squad, squad_desk};
use super::row::{Row, Target};
use crate::ask::answer;
use crate::eval;
use crate::exit::Failure;
use crate::open::Empty;

/// Questions of SQuAD 2.
const SQUAD_QUESTIONS: usize = 300;

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let shop = kit.desk("support-shop", Empty::GetsTheSample)?;
    let cases = eval::read(&kit.demo("questions.jsonl"))?;
    let questions: Vec<String> = cases.into_iter().map(|case| case.question).collect();
    let mut rows = vec![count(kit, &shop, "sample shop", &questions)?];
    drop(shop);
    rows.push(match kit.set("squad2/dev-v2.0.cs224n.json") {
        Some(file) => {
            let articles = squad::read(&file)?;
            let core = squad_desk(kit, &articles)?;
            let (half, _) = halves(&articles);
            let questions = half.iter().take(SQUAD_QUESTIONS).map(|gold| gold.question.clone());
            count(kit, &core, "SQuAD 2", &questions.collect::<Vec<_>>())?
        }
        None => Row::skipped("answers with an unsupported fact", "SQuAD 2 is not here"),
    });
    Ok(rows)
}

fn count(kit: &Kit, core: &Core, set: &str, questions: &[String]) -> Result<Row, Failure> {
    let change = |generation| {
        let change = SettingsChange { generation: Some(generation), ..SettingsChange::default() };
        core.manage(&kit.place.session(), StaffCommand::ChangeSettings(change))
    };
    change(Generation::Always)?;
    let found = ask_all(kit, core, set, questions);
    // The desk may be used again, for another figure.
    change(Generation::WhenProven)?;
    let (wrong, spoken, answered) = found?;
    let figure = format!("answers with an unsupported fact, {set}");
    Ok(Row::value(&figure, set, wrong.len() as f64, Target::AtMost(0.0))
        .of(questions.len())
        .with(json!({ "answered": answered, "phrased_by_the_model": spoken, "wrong": wrong })))
}

type Found = (Vec<Value>, usize, usize);

fn ask_all(kit: &Kit, core: &Core, set: &str, questions: &[String]) -> Result<Found, Failure> {
    let (mut wrong, mut spoken, mut answered) = (Vec::new(), 0, 0);
    for (done, question) in questions.iter().enumerate() {
        let ask = Ask { question: question.clone(), ..Ask::default() };
        let turn = answer(core, &kit.place.session(), ask)?;
        let is_answer = matches!(turn.route, Route::Quote | Route::Documents | Route::Faq);
        answered += usize::from(is_answer);
        spoken += usize::from(turn.route == Route::Documents);
        if is_answer && let Some(fact) = strict::foreign_fact(&turn.answer, &evidence(core, &turn)?)
        {
            wrong.push(json!({ "question": question, "answer": turn.answer, "fact": fact }));
        }
        kit.progress(set, done, questions.len());
    }
    Ok((wrong, spoken, answered))
}

/// Every cited passage, whole, with its headings.
fn evidence(core: &Core, turn: &Turn) -> Result<String, Failure> {
    let session = commands::Session::staff("bench");
    let mut evidence = String::new();
    for citation in &turn.citations {
        let open = VisitorCommand::OpenSource { turn_id: turn.turn_id, n: citation.n };
        if let VisitorReply::Passage(passage) = core.visit(&session, open, &mut |_| {})? {
            let parts = [passage.title, passage.locator, passage.text, citation.passage.clone()];
            evidence.push_str(&parts.join("\n"));
            evidence.push('\n');
        }
    }
    Ok(evidence)
}
