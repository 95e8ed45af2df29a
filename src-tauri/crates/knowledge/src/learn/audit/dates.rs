//! What is out of date, soon will be, or is never used.

use std::collections::HashMap;

use store::{DocumentUseRow, FaqRow, SourceRow};

use super::figures::{figures, will_change};
use super::{DAY_SECONDS, Finding, FindingKind};

/// Days before its end in which an answer is named.
const NEAR_DAYS: i64 = 14;
/// Days a document must have been there before anybody can say that it is never used.
const SETTLED_DAYS: i64 = 30;
/// Questions there must have been meanwhile.
const ENOUGH_TURNS: i64 = 100;
/// Answers named in one message.
const NAMED: usize = 3;

/// Answers whose review or end is due.
pub(super) fn due(faqs: &[FaqRow], now: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    for faq in faqs {
        let finding = |kind, message: String, hint: &str| Finding {
            kind,
            message,
            hint: hint.into(),
            keys: vec![format!("faq:{}", faq.id)],
        };
        if let Some(review_by) = faq.review_by
            && review_by < now
        {
            findings.push(finding(
                FindingKind::ReviewDue,
                format!(
                    "answer {} to \"{}\" was to be read again {} days ago",
                    faq.id,
                    faq.question,
                    (now - review_by) / DAY_SECONDS
                ),
                "Read it, correct it where needed, and set the next date.",
            ));
        }
        if let Some(valid_until) = faq.valid_until
            && valid_until < now + NEAR_DAYS * DAY_SECONDS
        {
            let days = (valid_until - now + DAY_SECONDS - 1) / DAY_SECONDS;
            let when =
                if valid_until < now { "has ended".into() } else { format!("ends in {days} days") };
            findings.push(finding(
                FindingKind::Expiring,
                format!("answer {} to \"{}\" {when}", faq.id, faq.question),
                "Write what holds from then on, or set a later end.",
            ));
        }
    }
    findings
}

/// Documents that no answer was taken from for long enough to say so.
pub(super) fn never_used(
    documents: &[&SourceRow],
    uses: &HashMap<i64, DocumentUseRow>,
    turns: i64,
    now: i64,
) -> Vec<Finding> {
    if turns < ENOUGH_TURNS {
        return Vec::new();
    }
    let is_idle = |source: &&&SourceRow| {
        uses.get(&source.id).is_some_and(|used| {
            used.cited == 0 && used.created_at + SETTLED_DAYS * DAY_SECONDS <= now
        })
    };
    documents
        .iter()
        .filter(is_idle)
        .map(|source| Finding {
            kind: FindingKind::NeverUsed,
            message: format!(
                "none of the last {turns} questions was answered from {}",
                source.name
            ),
            hint: "Remove it if it is not for visitors; otherwise ask it a question and see what \
                   is found."
                .into(),
            keys: vec![format!("source:{}", source.id)],
        })
        .collect()
}

/// Answers with prices or hours that nobody is asked to check: one finding for all of them.
pub(super) fn no_expiry(faqs: &[FaqRow]) -> Option<Finding> {
    let open: Vec<&FaqRow> = faqs
        .iter()
        .filter(|faq| faq.review_by.is_none() && faq.valid_until.is_none())
        .filter(|faq| will_change(&figures(&faq.answer)))
        .collect();
    let first: Vec<String> =
        open.iter().take(NAMED).map(|faq| format!("\"{}\"", faq.question)).collect();
    let more = open.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!open.is_empty()).then(|| Finding {
        kind: FindingKind::NoExpiry,
        message: format!(
            "{} answers state prices or hours and have no date to check them: {}{rest}",
            open.len(),
            first.join(", ")
        ),
        hint: "Set a date for the next review, for example the end of the season.".into(),
        keys: open.iter().map(|faq| format!("faq:{}", faq.id)).collect(),
    })
}
