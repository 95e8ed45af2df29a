//! What gets through the self-calibrated gate: utterances about anything else, asked of the sample
//! shop, and how many real questions are kept.

use std::collections::HashMap;

use commands::wire::Route;
use serde_json::json;

use super::kit::Kit;
use super::paraphrases::{Paraphrase, Part, ask, is_answered, lines};
use super::row::{Row, Target};
use crate::eval::Case;
use crate::exit::Failure;
use crate::open::Empty;

const FILE: &str = "clinc150/data_full.json";

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let Some(path) = kit.set(FILE) else {
        return Ok(vec![Row::skipped("off topic", "CLINC150 is not here")]);
    };
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
    let file: HashMap<String, Vec<(String, String)>> =
        serde_json::from_str(&text).map_err(|error| {
            Failure::usage(format!("{}: {error}", path.display()), "Fetch it anew.")
        })?;
    let mut utterances: Vec<String> = ["oos_test", "oos_train", "oos_val"]
        .iter()
        .flat_map(|name| file.get(*name).into_iter().flatten())
        .map(|(utterance, _)| utterance.clone())
        .collect();
    utterances.sort();
    utterances.dedup();
    let core = kit.desk("sample", Empty::GetsTheSample)?;
    // Every other one was looked at while the gate was made.
    let mut through = [Vec::new(), Vec::new()];
    let mut examples = Vec::new();
    for (number, utterance) in utterances.iter().enumerate() {
        let turn = ask(kit, &core, utterance)?;
        through[number % 2].push(f64::from(is_answered(&turn)));
        if is_answered(&turn) && number % 2 == 0 {
            let answer: String = turn.answer.chars().take(80).collect();
            examples.push(format!("{:.2} {utterance} -> {answer}", turn.score));
        }
        if number % 100 == 0 {
            kit.progress("off topic", number, utterances.len());
        }
    }
    let [tuned, held_out] = through;
    let name = "off topic let through";
    let mut rows = vec![
        Row::mean(name, "CLINC150 out of scope, tuned half", &tuned, Target::Nothing)
            .with(json!({ "let_through": examples })),
        Row::mean(name, "CLINC150 out of scope, held-out half", &held_out, Target::AtMost(0.03)),
    ];
    rows.extend(kept(kit, &core)?);
    Ok(rows)
}

/// How many real questions are answered, and how many are at least not turned away.
fn kept(kit: &Kit, core: &commands::Core) -> Result<Vec<Row>, Failure> {
    let natural: Vec<Case> = lines(&kit.demo("questions.jsonl"))?;
    let natural = natural.iter().filter(|case| case.kind == "answerable");
    let natural: Vec<String> = natural.map(|case| case.question.clone()).collect();
    let paraphrases = Paraphrase::read(kit)?;
    let of = |part: Part| -> Vec<String> {
        let half = paraphrases.iter().filter(|one| one.part == part);
        half.map(|one| one.question.clone()).collect()
    };
    let mut rows = Vec::new();
    for (set, questions, is_target) in [
        ("paraphrases, tuned half", of(Part::Tune), false),
        ("paraphrases, held-out half", of(Part::Check), true),
        ("natural questions", natural, false),
    ] {
        let (mut answered, mut not_refused, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        for question in &questions {
            let turn = ask(kit, core, question)?;
            answered.push(f64::from(is_answered(&turn)));
            not_refused.push(f64::from(is_answered(&turn) || turn.route == Route::DidYouMean));
            if !is_answered(&turn) && !is_target {
                lost.push(format!("{:.2} {:?} {question}", turn.score, turn.route));
            }
        }
        let set = format!("sample shop, {set}");
        let target = if is_target { Target::AtLeast(0.95) } else { Target::Nothing };
        rows.push(Row::mean("real questions kept", &set, &not_refused, target));
        let answered = Row::mean("real questions answered", &set, &answered, Target::Nothing);
        rows.push(answered.with(json!({ "not_answered": lost })));
    }
    Ok(rows)
}
