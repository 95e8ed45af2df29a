//! Finding order numbers in what customers write, and leaving other questions alone.
//!
//! The desk learns what order numbers look like from the numbers of the training part; the
//! development and test parts are asked. A turn counts when its form has a number filled in.

use std::path::Path;

use commands::wire::{ActivateOrders, Ask, ImportReport, ImportState, Route, Turn};
use commands::{Core, Session};
use serde_json::json;

use super::kit::Kit;
use super::row::{Row, Target};
use crate::ask::answer;
use crate::eval;
use crate::exit::Failure;
use crate::open::Empty;

/// The figures: of the numbers filled in, how many are right; of the numbers written, how many
/// are filled in; and how many of the sample shop's questions the order lane takes.
const PRECISION: &str = "order numbers, precision";
const RECALL: &str = "order numbers, recall";
const STOLEN: &str = "questions taken for orders";
const SET: &str = "Bitext, development and test";
/// Questions told when they went wrong.
const EXAMPLES: usize = 20;

/// One utterance with the order number in it, if there is one.
struct Utterance {
    text: String,
    number: Option<String>,
}

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let mut rows = match kit.set("bitext8k/train.csv") {
        Some(train) => numbers(kit, &train)?,
        None => [PRECISION, RECALL]
            .map(|name| Row::skipped(name, "bitext8k is not among the sets"))
            .to_vec(),
    };
    rows.push(stolen(kit)?);
    Ok(rows)
}

fn numbers(kit: &Kit, train: &Path) -> Result<Vec<Row>, Failure> {
    let core = kit.desk("orders-bitext", Empty::StaysEmpty)?;
    let session = kit.place.session();
    learn(kit, &core, &session, &read(train)?)?;
    let mut asked = Vec::new();
    for part in ["dev", "test"] {
        if let Some(file) = kit.set(&format!("bitext8k/{part}.csv")) {
            asked.extend(read(&file)?);
        }
    }
    let (mut precision, mut recall, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (index, utterance) in asked.iter().enumerate() {
        let filled_in = filled_in(&ask(&core, &session, &utterance.text)?);
        let is_right = filled_in.is_some() && filled_in == utterance.number;
        let value = f64::from(u8::from(is_right));
        if filled_in.is_some() {
            precision.push(value);
        }
        if utterance.number.is_some() {
            recall.push(value);
        }
        if filled_in != utterance.number && wrong.len() < EXAMPLES {
            wrong.push(utterance.text.clone());
        }
        if index % 50 == 0 {
            kit.progress("orders", index, asked.len());
        }
    }
    let details = json!({ "asked": asked.len(), "wrong": wrong });
    Ok(vec![
        Row::mean(PRECISION, SET, &precision, Target::AtLeast(0.995)).with(details),
        Row::mean(RECALL, SET, &recall, Target::AtLeast(0.99)),
    ])
}

/// Gives the desk a table of the orders that the training part names.
fn learn(kit: &Kit, core: &Core, session: &Session, train: &[Utterance]) -> Result<(), Failure> {
    let mut numbers: Vec<&str> = train.iter().filter_map(|one| one.number.as_deref()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut table = String::from("order_number,email,status\n");
    for number in numbers {
        table.push_str(&format!("{number},someone@mail.example,shipped\n"));
    }
    let file = kit.folder("orders-table")?.join("orders.csv");
    std::fs::write(&file, table).map_err(|error| Failure::file(&file, &error))?;
    let map = ["order_number=number", "email=email", "status=status"].map(String::from).to_vec();
    let request =
        ActivateOrders { from: file.display().to_string(), map, ..ActivateOrders::default() };
    let reports: Vec<ImportReport> = core.import_orders(session, vec![request], &mut |_| {})?;
    match reports.into_iter().find(|report| report.state == ImportState::Rejected) {
        Some(ImportReport { error: Some(error), .. }) => Err(error.into()),
        _ => Ok(()),
    }
}

/// The sample shop's questions that get a form instead of an answer.
fn stolen(kit: &Kit) -> Result<Row, Failure> {
    let core = kit.desk("orders-sample", Empty::GetsTheSample)?;
    let session = kit.place.session();
    let mut cases = Vec::new();
    for name in ["questions.jsonl", "questions-hard.jsonl"] {
        let file = kit.demo(name);
        if file.is_file() {
            cases.extend(eval::read(&file)?);
        }
    }
    let mut taken = Vec::new();
    for case in &cases {
        if ask(&core, &session, &case.question)?.route == Route::Order {
            taken.push(case.question.clone());
        }
    }
    let row =
        Row::value(STOLEN, "the sample shop's questions", taken.len() as f64, Target::AtMost(0.0));
    Ok(row.of(cases.len()).with(json!({ "taken": taken })))
}

fn ask(core: &Core, session: &Session, text: &str) -> Result<Turn, Failure> {
    Ok(answer(core, session, Ask { question: text.into(), ..Ask::default() })?)
}

fn filled_in(turn: &Turn) -> Option<String> {
    turn.order_form.as_ref().and_then(|form| form.number.as_deref()).map(bare)
}

fn bare(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Reads `utterance,intent,entity_type,entity_value`.
fn read(path: &Path) -> Result<Vec<Utterance>, Failure> {
    let unreadable = |error: csv::Error| Failure::file(path, &std::io::Error::other(error));
    let mut reader = csv::Reader::from_path(path).map_err(unreadable)?;
    let mut utterances = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let field = |at: usize| record.get(at).unwrap_or_default();
        let number = (field(2) == "order_id").then(|| bare(field(3)));
        utterances.push(Utterance { text: field(0).to_owned(), number });
    }
    Ok(utterances)
}
