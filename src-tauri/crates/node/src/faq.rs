//! `faq`: approved answers and drafts, from the first word to retirement.

use std::time::{SystemTime, UNIX_EPOCH};

use commands::Core;
use commands::wire::{
    FaqDetailView, FaqStatus, FaqView, LearningCommand, LearningReply, StaffCommand, StaffReply,
};
use serde_json::json;

use crate::arguments::Faq;
use crate::exit::{Failure, REQUEST};
use crate::gaps::learn;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Rows asked for at once.
const PAGE: u32 = 500;
const DAY_SECONDS: i64 = 24 * 60 * 60;

pub(crate) fn run(place: &Place, command: &Faq, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let by = String::new();
    match command {
        Faq::List { contains } => list(&core, place, contains, output)?,
        Faq::Add { question, answer, alternatives } => {
            let add = StaffCommand::AddFaq {
                question: question.clone(),
                answer: answer.clone(),
                alternatives: alternatives.clone(),
            };
            if let StaffReply::Added { id } = core.manage(&place.session(), add)? {
                core.settle();
                if output.json {
                    output.document(&json!({ "id": id, "status": "draft" }));
                } else {
                    output.line(&format!("Added as draft {id}. Publish it: faq approve {id}"));
                }
            }
        }
        Faq::Edit { id, question, answer } => {
            let now = detail(&core, place, *id)?.faq;
            let edit = LearningCommand::EditFaq {
                id: *id,
                question: question.clone().unwrap_or(now.question),
                answer: answer.clone().unwrap_or(now.answer),
                alternatives: now.alternatives,
                valid_until: None,
                review_by: None,
                by,
            };
            edited(learn(&core, place, edit)?, *id, output);
        }
        Faq::Approve { id, by } => {
            let approve = LearningCommand::ApproveFaq { id: *id, by: by.clone() };
            let reply = learn(&core, place, approve)?;
            core.settle();
            done(output, *id, "approved");
            if let LearningReply::AskedAgain { clusters } = &reply
                && !clusters.is_empty()
                && !output.json
            {
                crate::gaps::asked_again(reply, output)?;
            }
        }
        Faq::Retire { id } => {
            learn(&core, place, LearningCommand::RetireFaq { id: *id, by })?;
            done(output, *id, "retired");
        }
        Faq::History { id } => {
            let detail = detail(&core, place, *id)?;
            if output.json {
                output.document(&detail);
            } else {
                output.line(&history(&detail));
            }
        }
        Faq::Restore { revision } => {
            let restore = LearningCommand::RestoreFaq { revision: *revision, by };
            let reply = learn(&core, place, restore)?;
            core.settle();
            edited(reply, *revision, output);
        }
        Faq::Review { id, days } => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            let now = now.map_or(0, |since| since.as_secs() as i64);
            let valid_until = detail(&core, place, *id)?.valid_until;
            let review_by = Some(now + days * DAY_SECONDS);
            learn(
                &core,
                place,
                LearningCommand::SetReview { id: *id, review_by, valid_until, by },
            )?;
            done(output, *id, &format!("to be read again in {days} days"));
        }
    }
    Ok(())
}

fn list(core: &Core, place: &Place, contains: &str, output: &Output) -> Result<(), Failure> {
    let mut offset = 0;
    let mut rows: Vec<FaqView> = Vec::new();
    loop {
        let page = StaffCommand::Faqs { contains: contains.to_owned(), offset, limit: PAGE };
        let StaffReply::Faqs { faqs, total } = core.manage(&place.session(), page)? else { break };
        offset += PAGE;
        rows.extend(faqs);
        if offset >= total {
            break;
        }
    }
    if output.json {
        output.document(&json!({ "faqs": rows }));
    } else {
        rows.iter().for_each(|row| output.line(&words(row)));
    }
    Ok(())
}

fn detail(core: &Core, place: &Place, id: i64) -> Result<FaqDetailView, Failure> {
    match learn(core, place, LearningCommand::FaqHistory { id })? {
        LearningReply::Faq(detail) => Ok(detail),
        _ => Err(Failure::told(REQUEST)),
    }
}

fn edited(reply: LearningReply, id: i64, output: &Output) {
    let LearningReply::Edited { waits } = reply else { return };
    if output.json {
        output.document(&json!({ "id": id, "waits": waits }));
    } else if waits {
        output.line("The new text waits for approval; visitors get the old one until then.");
    } else {
        output.line("Done.");
    }
}

fn done(output: &Output, id: i64, status: &str) {
    if output.json {
        output.document(&json!({ "id": id, "status": status }));
    } else {
        output.line(&format!("Answer {id} is {status}."));
    }
}

fn words(row: &FaqView) -> String {
    let status = match row.status {
        FaqStatus::Draft => "draft",
        FaqStatus::Approved => "approved",
        FaqStatus::Retired => "retired",
    };
    format!("{:>4}  {status:<8}  {}\n                {}", row.id, row.question, row.answer)
}

fn history(detail: &FaqDetailView) -> String {
    let mut lines = vec![words(&detail.faq)];
    if let Some(edit) = &detail.waiting {
        lines.push(format!("waits for approval, by {}: {}", edit.by, edit.answer));
    }
    lines.extend(detail.history.iter().map(|row| {
        format!("{:>6}  {} {} ({}): {}", row.id, row.what, row.by, row.status, row.answer)
    }));
    lines.join("\n")
}
