//! `gaps`: questions the desk could not answer, and the way from one to an answer.

use commands::Core;
use commands::wire::{
    GapClusterView, GapOutcome, GapStatus, LearningCommand, LearningReply, StaffCommand, StaffReply,
};
use serde_json::{Value, json};

use crate::arguments::{GapCommand, Gaps};
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Gaps, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    match &command.command {
        None => {
            let LearningReply::Inbox { clusters } = learn(&core, place, LearningCommand::GapInbox)?
            else {
                return Err(Failure::told(REQUEST));
            };
            if output.json {
                let gaps: Vec<Value> = clusters.iter().map(entry).collect();
                output.document(&json!({ "gaps": gaps }));
            } else {
                clusters.iter().for_each(|cluster| output.line(&words(cluster)));
            }
            Ok(())
        }
        Some(GapCommand::Answer { id, text, question, approve }) => {
            let write = LearningCommand::WriteAnswer {
                id: *id,
                answer: text.clone(),
                question: question.clone(),
                alternatives: None,
                by: String::new(),
            };
            let LearningReply::Drafted { faq_id, alternatives } = learn(&core, place, write)?
            else {
                return Err(Failure::told(REQUEST));
            };
            core.settle();
            if *approve {
                let approve = LearningCommand::ApproveFaq { id: faq_id, by: String::new() };
                return asked_again(learn(&core, place, approve)?, output);
            }
            if output.json {
                let draft =
                    json!({ "id": faq_id, "status": "draft", "alternatives": alternatives });
                output.document(&draft);
            } else {
                output.line(&format!("Added as draft {faq_id}. Publish it: faq approve {faq_id}"));
                alternatives.iter().for_each(|one| output.line(&format!("      also: {one}")));
            }
            Ok(())
        }
        Some(GapCommand::Retry { id }) => {
            asked_again(learn(&core, place, LearningCommand::AskGapAgain { id: *id })?, output)
        }
        Some(GapCommand::Ignore { id }) => set(&core, place, *id, GapStatus::Ignored, output),
        Some(GapCommand::Reopen { id }) => set(&core, place, *id, GapStatus::Open, output),
    }
}

/// Sends one learning command in the name of the person at this keyboard.
pub(crate) fn learn(
    core: &Core,
    place: &Place,
    command: LearningCommand,
) -> Result<LearningReply, Failure> {
    match core.manage(&place.session(), StaffCommand::Learning(command))? {
        StaffReply::Learning(reply) => Ok(*reply),
        _ => Err(Failure::told(REQUEST)),
    }
}

/// Says which questions are answered now.
pub(crate) fn asked_again(reply: LearningReply, output: &Output) -> Result<(), Failure> {
    let LearningReply::AskedAgain { clusters } = reply else { return Err(Failure::told(REQUEST)) };
    if output.json {
        output.document(&json!({ "clusters": clusters }));
    } else {
        clusters.iter().for_each(|outcome| output.line(&outcome_words(outcome)));
    }
    Ok(())
}

fn set(
    core: &Core,
    place: &Place,
    id: i64,
    status: GapStatus,
    output: &Output,
) -> Result<(), Failure> {
    learn(core, place, LearningCommand::SetGapStatus { id, status })?;
    if output.json {
        output.document(&json!({ "id": id, "status": status }));
    } else {
        output.line(&format!("Gap {id} is {}.", name(status)));
    }
    Ok(())
}

/// A cluster with the names that scripts know from a single question.
fn entry(cluster: &GapClusterView) -> Value {
    let mut entry = json!(cluster);
    entry["question"] = json!(cluster.label);
    entry
}

fn words(cluster: &GapClusterView) -> String {
    let mut lines = vec![format!(
        "{:>4}  {:<8} {:>4} × {}",
        cluster.id,
        name(cluster.status),
        cluster.count,
        cluster.label
    )];
    let others = cluster.wordings.iter().filter(|wording| wording.question != cluster.label);
    lines.extend(others.map(|one| format!("               {:>4} × {}", one.count, one.question)));
    lines.join("\n")
}

fn outcome_words(outcome: &GapOutcome) -> String {
    let mut lines =
        vec![format!("Gap {} is {}: {}", outcome.id, name(outcome.status), outcome.label)];
    for one in &outcome.questions {
        let before = one.before.map_or(String::new(), |route| format!("{} → ", route_name(route)));
        let mark = if one.is_answered { "answered" } else { "not yet " };
        lines.push(format!("  {mark}  {before}{}: {}", route_name(one.after), one.question));
    }
    lines.join("\n")
}

fn route_name(route: commands::wire::Route) -> String {
    json!(route).as_str().unwrap_or_default().to_owned()
}

fn name(status: GapStatus) -> &'static str {
    match status {
        GapStatus::Open => "open",
        GapStatus::Answered => "answered",
        GapStatus::Ignored => "ignored",
    }
}
