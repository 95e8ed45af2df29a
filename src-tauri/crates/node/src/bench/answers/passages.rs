//! Whether the right paragraph is found: nDCG@10 and recall@5 over every paragraph of SQuAD 2.

use commands::Core;
use commands::wire::{SearchHit, StaffCommand, StaffReply};
use serde_json::json;

use super::articles;
use super::kit::Kit;
use super::row::{Row, Target};
use crate::exit::{Failure, REQUEST};
use crate::open::Empty;

/// Questions asked; the first half was tuned on.
const QUESTIONS: usize = 2_400;
const DEPTH: u32 = 10;
const RECALL_DEPTH: usize = 5;

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let Some((articles, questions)) = articles::read(kit)? else {
        return Ok(vec![Row::skipped("passages", "SQuAD 2 is not here")]);
    };
    let core = kit.desk("squad", Empty::StaysEmpty)?;
    let files = articles::write(&kit.folder("squad-files")?, &articles.iter().collect::<Vec<_>>())?;
    core.import(&kit.place.session(), &files, false, &mut |_| {})?;
    core.settle();
    let asked = &questions[..questions.len().min(QUESTIONS)];
    let mut ndcg = Vec::with_capacity(asked.len());
    let mut recall = Vec::with_capacity(asked.len());
    for (number, one) in asked.iter().enumerate() {
        let hits = search(kit, &core, &one.question, DEPTH)?;
        let rank = hits.iter().position(|hit| hit.locator == one.locator);
        ndcg.push(rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 2.0).log2()));
        recall.push(f64::from(rank.is_some_and(|rank| rank < RECALL_DEPTH)));
        if number % 100 == 0 {
            kit.progress("passages", number, asked.len());
        }
    }
    let half = asked.len() / 2;
    let rows = |part: &str, from: usize, to: usize, held_out: bool| {
        let set = format!("SQuAD 2 development, {part} half");
        let target = |limit| if held_out { Target::AtLeast(limit) } else { Target::Nothing };
        let details =
            json!({ "paragraphs": 646, "relevant": "the paragraph it was written about" });
        [
            Row::mean("passages ndcg@10", &set, &ndcg[from..to], target(0.92))
                .with(details.clone()),
            Row::mean("passages recall@5", &set, &recall[from..to], target(0.97)).with(details),
        ]
    };
    let tuned = rows("tuned", 0, half, false);
    let held_out = rows("held-out", half, asked.len(), true);
    Ok(tuned.into_iter().chain(held_out).collect())
}

/// The evidence for a question.
pub(super) fn search(
    kit: &Kit,
    core: &Core,
    question: &str,
    top: u32,
) -> Result<Vec<SearchHit>, Failure> {
    let search = StaffCommand::Search { question: question.into(), top };
    match core.manage(&kit.place.session(), search)? {
        StaffReply::Hits { hits } => Ok(hits),
        _ => Err(Failure::told(REQUEST)),
    }
}
