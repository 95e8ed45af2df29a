//! The desk's thresholds for staff.

use crate::core::Core;
use crate::wire::{ApiError, CalibrationView, WeakFaqView};

/// While this share of the desk's own questions is kept, nobody needs to write other wordings.
const KEPT_WELL: f32 = 0.9;

impl Core {
    /// What the thresholds are and what they were measured with.
    pub(crate) fn calibration(&self) -> Result<CalibrationView, ApiError> {
        let thresholds = self.knowledge.thresholds();
        let usual = self.knowledge.usual_thresholds();
        let mut view = CalibrationView {
            measured: false,
            kb_version: 0,
            outdated: true,
            refuse_below: thresholds.refuse_below,
            answer_from: thresholds.answer_from,
            usual_refuse_below: usual.refuse_below,
            usual_answer_from: usual.answer_from,
            off_topic: 0,
            let_through: 0,
            own_questions: 0,
            kept: 0,
            needs_wordings: Vec::new(),
        };
        let Some(report) = self.knowledge.calibration_report() else { return Ok(view) };
        let [off_topic, let_through] = report.negatives;
        let [own_questions, kept] = report.positives;
        view.measured = true;
        view.kb_version = report.kb_version;
        view.outdated = report.kb_version != self.knowledge.version();
        (view.off_topic, view.let_through) = (off_topic as u32, let_through as u32);
        (view.own_questions, view.kept) = (own_questions as u32, kept as u32);
        if (kept as f32) < KEPT_WELL * own_questions as f32 {
            for id in report.weak_faqs {
                // One that was removed a moment ago needs nothing.
                let faq = self.knowledge.faq(id)?;
                view.needs_wordings
                    .extend(faq.map(|faq| WeakFaqView { id, question: faq.question }));
            }
        }
        Ok(view)
    }
}
