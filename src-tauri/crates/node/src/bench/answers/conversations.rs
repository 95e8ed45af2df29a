//! Follow-up questions on the sample shop: the last one of each short conversation is judged.

use commands::wire::Ask;
use serde::Deserialize;
use serde_json::json;

use super::kit::Kit;
use super::paraphrases::{Part, is_answered, lines};
use super::row::{Row, Target};
use crate::ask::answer;
use crate::exit::Failure;
use crate::open::Empty;

/// One conversation; without gold, its last question should not be answered.
#[derive(Deserialize)]
struct Conversation {
    id: String,
    part: Part,
    turns: Vec<String>,
    gold: Vec<String>,
}

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let core = kit.desk("sample", Empty::GetsTheSample)?;
    let all: Vec<Conversation> = lines(&kit.demo("conversations.jsonl"))?;
    let mut rows = Vec::new();
    for (part, name) in [(Part::Tune, "tuned half"), (Part::Check, "held-out half")] {
        let (mut right, mut wrong, mut not_right) = (Vec::new(), Vec::new(), Vec::new());
        for one in all.iter().filter(|one| one.part == part) {
            let mut last = None;
            for question in &one.turns {
                // A new conversation in every run: the desk remembers the last one's questions.
                let id = format!("{} {}", one.id, std::process::id());
                let ask =
                    Ask { question: question.clone(), conversation: Some(id), ..Ask::default() };
                last = Some(answer(&core, &kit.place.session(), ask)?);
            }
            let Some(turn) = last else { continue };
            let says = one.gold.iter().any(|gold| turn.answer.contains(gold));
            let is_right = if one.gold.is_empty() { !is_answered(&turn) } else { says };
            right.push(f64::from(is_right));
            wrong.push(f64::from(is_answered(&turn) && !is_right));
            if !is_right && part == Part::Tune {
                let answer: String = turn.answer.chars().take(80).collect();
                not_right.push(format!("{} {:?} {answer}", one.id, turn.route));
            }
        }
        let set = format!("sample shop, conversations, {name}");
        let details = json!({ "not_right": not_right });
        rows.push(Row::mean("follow-ups right", &set, &right, Target::Nothing).with(details));
        rows.push(Row::mean("follow-ups wrong", &set, &wrong, Target::Nothing));
    }
    Ok(rows)
}
