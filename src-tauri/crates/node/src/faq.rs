//! `faq` and `gaps`: approved answers, and the questions that have none.

use commands::wire::{FaqStatus, FaqView, StaffCommand, StaffReply};
use serde_json::json;

use crate::arguments::Faq;
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Rows asked for at once.
const PAGE: u32 = 500;

pub(crate) fn run(place: &Place, command: &Faq, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let session = place.session();
    match command {
        Faq::List { contains } => {
            let mut offset = 0;
            let mut rows: Vec<FaqView> = Vec::new();
            loop {
                let page = StaffCommand::Faqs { contains: contains.clone(), offset, limit: PAGE };
                let StaffReply::Faqs { faqs, total } = core.manage(&session, page)? else { break };
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
            return Ok(());
        }
        Faq::Add { question, answer } => {
            let add = StaffCommand::AddFaq {
                question: question.clone(),
                answer: answer.clone(),
                alternatives: Vec::new(),
            };
            if let StaffReply::Added { id } = core.manage(&session, add)? {
                core.settle();
                if output.json {
                    output.document(&json!({ "id": id, "status": "draft" }));
                } else {
                    output.line(&format!("Added as draft {id}. Publish it: faq approve {id}"));
                }
            }
        }
        Faq::Approve { id } => {
            core.manage(
                &session,
                StaffCommand::SetFaqStatus { id: *id, status: FaqStatus::Approved },
            )?;
            core.settle();
            done(output, *id, "approved");
        }
        Faq::Retire { id } => {
            core.manage(
                &session,
                StaffCommand::SetFaqStatus { id: *id, status: FaqStatus::Retired },
            )?;
            done(output, *id, "retired");
        }
    }
    Ok(())
}

pub(crate) fn gaps(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    if let StaffReply::Gaps { gaps } = core.manage(&place.session(), StaffCommand::Gaps)? {
        if output.json {
            output.document(&json!({ "gaps": gaps }));
        } else {
            gaps.iter()
                .for_each(|gap| output.line(&format!("{:>4} × {}", gap.count, gap.question)));
        }
    }
    Ok(())
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
