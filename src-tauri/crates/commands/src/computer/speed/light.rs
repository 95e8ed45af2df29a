//! What a question costs that no model answers: the desk's own approved questions, asked without
//! a trace, and the processor time they took.

use std::time::{Duration, Instant};

use knowledge::FaqStatus;

use crate::core::Core;
use crate::wire::ApiError;

/// Questions in a group. Systems count processor time in hundredths of a second, so one alone
/// cannot be timed.
const GROUP: usize = 8;

/// Groups; the middle one counts, because other work of the desk falls into some of them.
const GROUPS: usize = 5;

/// No group begins later.
const PATIENCE: Duration = Duration::from_secs(10);

/// What such a question costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightCost {
    /// Processor seconds of one, in this program and in the one that finds passages.
    pub seconds: f64,
    /// How many were asked.
    pub questions: usize,
}

impl Core {
    /// Measures it. `None` without an approved answer, or where the system does not tell processor
    /// times.
    ///
    /// Nothing of it is saved, so the saving of a turn and the way over the network are not in it.
    pub fn light_cost(&self) -> Result<Option<LightCost>, ApiError> {
        let questions = self.questions_to_ask()?;
        let Some(first) = questions.first() else { return Ok(None) };
        self.bench.ask(first)?;
        let mut rest = questions.iter().cycle();
        let mut groups = Vec::new();
        let begun = Instant::now();
        while groups.len() < GROUPS && (groups.is_empty() || begun.elapsed() < PATIENCE) {
            let Some(before) = self.light_processor_seconds() else { return Ok(None) };
            for question in rest.by_ref().take(GROUP) {
                self.bench.ask(question)?;
            }
            let Some(after) = self.light_processor_seconds() else { return Ok(None) };
            groups.push((after - before).max(0.0) / GROUP as f64);
        }
        let questions = groups.len() * GROUP;
        groups.sort_by(f64::total_cmp);
        Ok(Some(LightCost { seconds: groups[groups.len() / 2], questions }))
    }

    /// Approved questions in all their wordings, no more than are asked.
    fn questions_to_ask(&self) -> Result<Vec<String>, ApiError> {
        let (faqs, _) = self.knowledge.faqs("", 0, GROUP * GROUPS)?;
        let approved = faqs.into_iter().filter(|faq| faq.status == FaqStatus::Approved);
        let wordings = approved.flat_map(|faq| [faq.question].into_iter().chain(faq.alternatives));
        Ok(wordings.take(GROUP * GROUPS).collect())
    }

    /// What this program and the one that finds passages have used so far.
    fn light_processor_seconds(&self) -> Option<f64> {
        let own = hardware::processor_seconds(std::process::id())?;
        let finder = self.finder().and_then(|finder| finder.child?.process_id());
        let theirs = finder.and_then(hardware::processor_seconds).unwrap_or(0.0);
        Some(own + theirs)
    }
}
