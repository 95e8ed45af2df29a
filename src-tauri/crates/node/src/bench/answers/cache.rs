//! Kept answers: pairs of questions that look alike and must not share one, how often people ask
//! the same in other words, and how many answers outlive a change of the knowledge.

use std::collections::HashMap;
use std::path::Path;

use commands::wire::{
    Ask, FaqStatus, Generation, Route, SettingsChange, StaffCommand, StaffReply, Turn,
};
use commands::{Core, Session, question_signature};
use serde::Deserialize;
use serde_json::{Value, json};

use super::kit::Kit;
use super::row::{Row, Target};
use crate::ask::answer;
use crate::exit::Failure;
use crate::open::Empty;

/// Questions asked to see which answers outlive a change.
const ASKED: usize = 24;

#[derive(Deserialize)]
struct Pair {
    kind: String,
    language: String,
    one: String,
    other: String,
}

#[derive(Deserialize)]
struct Question {
    question: String,
    expect: String,
}

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let mut rows = vec![wrong_merges(kit)?];
    rows.extend(banking(kit)?);
    rows.push(survival(kit)?);
    Ok(rows)
}

fn wrong_merges(kit: &Kit) -> Result<Row, Failure> {
    let pairs: Vec<Pair> = lines(&kit.demo("trap-pairs.jsonl"))?;
    let mut kinds: HashMap<String, [usize; 2]> = HashMap::new();
    let mut merged = Vec::new();
    for pair in &pairs {
        let name = match pair.language.as_str() {
            "en" => pair.kind.clone(),
            other => format!("{} ({other})", pair.kind),
        };
        let count = kinds.entry(name).or_default();
        count[1] += 1;
        if question_signature(&pair.one) == question_signature(&pair.other) {
            count[0] += 1;
            merged.push(json!([pair.one, pair.other]));
        }
    }
    let row = Row::value(
        "wrong merges in the cache",
        "trap pairs",
        merged.len() as f64,
        Target::AtMost(0.0),
    );
    Ok(row.of(pairs.len()).with(json!({ "merged_and_asked": kinds, "merged": merged })))
}

/// Questions of one half of Banking77 looked up among those of the other, by intent.
fn banking(kit: &Kit) -> Result<Vec<Row>, Failure> {
    const NAMES: [&str; 2] = ["questions found kept", "kept questions of the same intent"];
    let (Some(train), Some(test)) = (kit.set("banking77/train.csv"), kit.set("banking77/test.csv"))
    else {
        return Ok(NAMES.iter().map(|name| Row::skipped(name, "banking77 is not here")).collect());
    };
    let mut kept: HashMap<String, Vec<String>> = HashMap::new();
    for (text, intent) in labelled(&train)? {
        kept.entry(question_signature(&text)).or_default().push(intent);
    }
    let asked = labelled(&test)?;
    let mut hits = Vec::new();
    let mut right = Vec::new();
    for (text, intent) in &asked {
        let found = kept.get(&question_signature(text));
        hits.push(f64::from(u8::from(found.is_some())));
        if let Some(intents) = found {
            right.push(f64::from(u8::from(intents.iter().all(|known| known == intent))));
        }
    }
    Ok(vec![
        Row::mean(NAMES[0], "Banking77", &hits, Target::Nothing),
        Row::mean(NAMES[1], "Banking77", &right, Target::Nothing),
    ])
}

/// How many kept answers are still shown after an approved answer was added, and after a document
/// was changed; how long a hit takes beside the first answer.
fn survival(kit: &Kit) -> Result<Row, Failure> {
    const NAME: &str = "kept answers after an unrelated change";
    let core = kit.desk("cache", Empty::GetsTheSample)?;
    let session = Session::staff("bench");
    let always =
        SettingsChange { generation: Some(Generation::Always), ..SettingsChange::default() };
    core.manage(&session, StaffCommand::ChangeSettings(always))?;
    let questions: Vec<Question> = lines(&kit.demo("questions.jsonl"))?;
    let questions: Vec<&Question> =
        questions.iter().filter(|question| question.expect == "answer").collect();
    let mut kept = Vec::new();
    let (mut first_ms, mut hit_ms) = (Vec::new(), Vec::new());
    for (done, question) in questions.iter().enumerate() {
        if kept.len() >= ASKED {
            break;
        }
        kit.progress("answers kept", done, questions.len());
        let first = ask(&core, &session, &question.question)?;
        let again = ask(&core, &session, &question.question)?;
        if again.route == Route::Cache {
            first_ms.push(first.timing.total_ms);
            hit_ms.push(again.timing.total_ms);
            kept.push((question.question.as_str(), first.answer, again.answer));
        }
    }
    if kept.is_empty() {
        return Ok(Row::skipped(NAME, "no model answers here, so nothing is kept"));
    }
    let same = kept.iter().filter(|(_, first, again)| first == again).count();
    add_answer(&core, &session)?;
    let after_answer = still_kept(&core, &session, &kept)?;
    let changed = change_document(kit, &core, &session)?;
    let after_change = still_kept(&core, &session, &kept)?;
    let values: Vec<f64> = after_answer.iter().map(|kept| f64::from(u8::from(*kept))).collect();
    let share =
        |kept: &[bool]| kept.iter().filter(|kept| **kept).count() as f64 / kept.len() as f64;
    Ok(Row::mean(NAME, "sample shop", &values, Target::Nothing).with(json!({
        "byte_identical": same,
        "after_a_changed_document": share(&after_change),
        "changed_document": changed,
        "first_ms_median": median(&mut first_ms),
        "hit_ms_median": median(&mut hit_ms),
    })))
}

fn ask(core: &Core, session: &Session, question: &str) -> Result<Turn, Failure> {
    let ask = Ask { ask_id: "bench".into(), question: question.into(), ..Ask::default() };
    Ok(answer(core, session, ask)?)
}

/// Whether each answer is still kept. A question that lost its answer is answered and kept anew, so
/// each is asked once.
fn still_kept(
    core: &Core,
    session: &Session,
    kept: &[(&str, String, String)],
) -> Result<Vec<bool>, Failure> {
    kept.iter()
        .map(|(question, ..)| Ok(ask(core, session, question)?.route == Route::Cache))
        .collect()
}

/// Approves an answer that has nothing to do with the questions.
fn add_answer(core: &Core, session: &Session) -> Result<(), Failure> {
    let add = StaffCommand::AddFaq {
        question: "Is there a chess club on Tuesday evenings?".into(),
        answer: "The chess club meets at seven in the harbour hall.".into(),
        alternatives: Vec::new(),
    };
    if let StaffReply::Added { id } = core.manage(session, add)? {
        let approve = StaffCommand::SetFaqStatus { id, status: FaqStatus::Approved };
        core.manage(session, approve)?;
    }
    core.settle();
    Ok(())
}

/// Imports the returns page again with another period for clothing.
fn change_document(kit: &Kit, core: &Core, session: &Session) -> Result<Value, Failure> {
    let name = "returns.md";
    let from = kit.demo("documents").join(name);
    let text = std::fs::read_to_string(&from).map_err(|error| Failure::file(&from, &error))?;
    // The sample shop's own copy is what was imported; the same path is the same source.
    let to = kit.place.below("cache").data.join("sample-shop").join(name);
    let changed = text.replace("60 days", "61 days");
    std::fs::write(&to, changed).map_err(|error| Failure::file(&to, &error))?;
    let reports = core.import(session, &[to], false, &mut |_| {})?;
    core.settle();
    Ok(json!({ "file": name, "reports": reports.len() }))
}

fn lines<T: serde::de::DeserializeOwned>(file: &Path) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let read =
        |line: &str| serde_json::from_str(line).map_err(|error| Failure::file(file, &error.into()));
    text.lines().filter(|line| !line.trim().is_empty()).map(read).collect()
}

/// Text and label of each row of a table.
fn labelled(file: &Path) -> Result<Vec<(String, String)>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let mut rows = Vec::new();
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            '\n' if !quoted => rows.push(std::mem::replace(&mut cells, vec![String::new()])),
            '\r' => {}
            other => cells.last_mut().expect("there is always a cell").push(other),
        }
    }
    let pair = |row: Vec<String>| Some((row.first()?.clone(), row.get(1)?.clone()));
    Ok(rows.into_iter().skip(1).filter_map(pair).collect())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
