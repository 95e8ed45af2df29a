//! Whether a desk knows what it does not know: SQuAD 2 with half of the articles held out.
//!
//! Each of four desks gets another half. A question about an article that is not there should be
//! refused, one about an article that is there should not.

use serde_json::json;

use super::articles::{self, Article, Asked};
use super::kit::{Dice, Kit};
use super::paraphrases::{ask, is_answered};
use super::row::{Row, Target, bootstrap};
use crate::exit::Failure;
use crate::open::Empty;

/// Desks, each with another half of the articles.
const SPLITS: usize = 4;
/// Questions asked of each desk.
const QUESTIONS: usize = 1_200;
/// Share of questions about what is there that may be refused.
const WRONG_REFUSALS: f64 = 0.05;

/// One question asked of one desk.
#[derive(Clone, Copy)]
struct Outcome {
    is_there: bool,
    score: f64,
    answered: bool,
}

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let Some((articles, questions)) = articles::read(kit)? else {
        return Ok(vec![Row::skipped("refusal", "SQuAD 2 is not here")]);
    };
    let mut all = Vec::new();
    for split in 0..SPLITS {
        all.extend(ask_half(kit, split, &articles, &questions)?);
    }
    let set = "SQuAD 2 development, half of the articles held out, 4 splits";
    let recall = at_wrong_refusals(&all);
    let details = json!({ "splits": SPLITS, "threshold": recall.1 });
    let precision = |sample: &[Outcome]| at_wrong_refusals(sample).2;
    let row = Row::value("refusal recall at 5 % wrong", set, recall.0, Target::AtLeast(0.95));
    let between = bootstrap(&all, &|sample| at_wrong_refusals(sample).0);
    let mut rows = vec![row.of(all.len()).with(json!({ "interval": between, "details": details }))];
    let between = bootstrap(&all, &precision);
    let row = Row::value("refusal precision", set, precision(&all), Target::AtLeast(0.95));
    rows.push(row.of(all.len()).with(json!({ "interval": between })));
    let of = |is_there: bool, value: fn(&Outcome) -> bool| -> Vec<f64> {
        let those = all.iter().filter(|one| one.is_there == is_there);
        those.map(|one| f64::from(value(one))).collect()
    };
    let kept = of(true, |one| one.answered);
    let refused = of(false, |one| !one.answered);
    rows.push(Row::mean("refusal at the desk's gate: kept", set, &kept, Target::Nothing));
    rows.push(Row::mean("refusal at the desk's gate: refused", set, &refused, Target::Nothing));
    Ok(rows)
}

fn ask_half(
    kit: &Kit,
    split: usize,
    articles: &[Article],
    questions: &[Asked],
) -> Result<Vec<Outcome>, Failure> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let mut dice = Dice(kit.command.seed + split as u64);
    dice.shuffle(&mut order);
    let there = &order[..order.len() / 2];
    let half: Vec<&Article> = there.iter().map(|article| &articles[*article]).collect();
    let name = format!("squad-half-{split}");
    let files = articles::write(&kit.folder(&format!("{name}-files"))?, &half)?;
    let core = kit.desk(&name, Empty::StaysEmpty)?;
    core.import(&kit.place.session(), &files, false, &mut |_| {})?;
    core.settle();
    let mut questions: Vec<&Asked> = questions.iter().collect();
    dice.shuffle(&mut questions);
    let mut asked = Vec::new();
    for (number, one) in questions.into_iter().take(QUESTIONS).enumerate() {
        let turn = ask(kit, &core, &one.question)?;
        asked.push(Outcome {
            is_there: there.contains(&one.article),
            score: f64::from(turn.score),
            answered: is_answered(&turn),
        });
        if number % 100 == 0 {
            kit.progress("refusal", split * QUESTIONS + number, SPLITS * QUESTIONS);
        }
    }
    Ok(asked)
}

/// The share of what is not there that is refused, the threshold, and how many refusals of as many
/// questions of both kinds are right, where one in twenty of what is there is refused.
fn at_wrong_refusals(asked: &[Outcome]) -> (f64, f64, f64) {
    let scores = |is_there: bool| -> Vec<f64> {
        asked.iter().filter(|one| one.is_there == is_there).map(|one| one.score).collect()
    };
    let (mut there, not_there) = (scores(true), scores(false));
    if there.is_empty() || not_there.is_empty() {
        return (0.0, 0.0, 0.0);
    }
    there.sort_by(f64::total_cmp);
    let threshold = there[(there.len() as f64 * WRONG_REFUSALS) as usize];
    let below = |scores: &[f64]| {
        let below = scores.iter().filter(|score| **score < threshold).count();
        below as f64 / scores.len() as f64
    };
    let (wrong, right) = (below(&there), below(&not_there));
    (right, threshold, right / (right + wrong))
}
