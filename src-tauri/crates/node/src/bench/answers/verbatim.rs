//! Whether an approved answer that is served word for word is the right one, on the sample shop.

use commands::wire::Route;
use serde_json::json;

use super::kit::Kit;
use super::paraphrases::{Paraphrase, Part, Served, ask};
use super::row::{Row, Target};
use crate::exit::Failure;
use crate::open::Empty;

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let core = kit.desk("sample", Empty::GetsTheSample)?;
    let mut rows = Vec::new();
    let all = Paraphrase::read(kit)?;
    for (part, name, target) in [
        (Part::Tune, "tuned half", Target::Nothing),
        (Part::Check, "held-out half", Target::AtLeast(0.97)),
    ] {
        let half: Vec<&Paraphrase> = all.iter().filter(|one| one.part == part).collect();
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for one in &half {
            let turn = ask(kit, &core, &one.question)?;
            if turn.route == Route::Faq {
                let is_right = one.served(&turn) == Served::Right;
                right.push(f64::from(is_right));
                if !is_right && part == Part::Tune {
                    wrong.push(one.question.clone());
                }
            }
        }
        let coverage = right.len() as f64 / half.len().max(1) as f64;
        let set = format!("sample shop, paraphrases, {name}");
        let details = json!({ "asked": half.len(), "coverage": coverage, "wrong": wrong });
        rows.push(Row::mean("verbatim precision", &set, &right, target).with(details));
    }
    Ok(rows)
}
