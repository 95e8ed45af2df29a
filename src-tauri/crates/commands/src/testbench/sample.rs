//! A few of the desk's own questions, other ones each day: enough to see in seconds whether the
//! desk answers as it did.

use assistant::Answer;
use knowledge::FaqStatus;
use settings::Settings;
use store::{TestCaseRow, TestResultRow};

use super::Bench;
use crate::core::unix_seconds;
use crate::wire::ApiError;

impl Bench {
    /// Asks at most `most` questions: tests that staff wrote, then approved answers by their own
    /// question. Nothing of it is kept. What a fact of the desk answers is answered right too.
    pub(crate) fn sample(&self, most: usize) -> Result<Vec<TestResultRow>, ApiError> {
        let day = (unix_seconds() / 86_400) as usize;
        let tests = self.store.test_cases()?;
        let mut cases: Vec<TestCaseRow> = turned(tests, day).take(most / 2).collect();
        let total = self.store.count_approved()? as usize;
        let wanted = most - cases.len();
        // Drafts stand between the approved ones, so somewhat more are read than are asked.
        let from = if total > wanted { (day * wanted) % total } else { 0 };
        for offset in [from, 0] {
            if cases.len() < most {
                let (faqs, _) = self.knowledge.faqs("", offset, most * 4)?;
                let now = unix_seconds();
                let approved = faqs.into_iter().filter(|faq| {
                    faq.status == FaqStatus::Approved
                        && faq.valid_until.is_none_or(|until| until > now)
                });
                for faq in approved {
                    let is_new = cases.iter().all(|case| case.faq_id != Some(faq.id));
                    if cases.len() < most && is_new {
                        cases.push(TestCaseRow {
                            question: faq.question,
                            faq_id: Some(faq.id),
                            ..TestCaseRow::default()
                        });
                    }
                }
            }
        }
        let (settings, _) = Settings::merged(&self.store.settings_all()?);
        Ok(cases.iter().map(|case| self.sampled(case, &settings)).collect())
    }

    fn sampled(&self, case: &TestCaseRow, settings: &Settings) -> TestResultRow {
        let mut result = self.result(case, settings);
        if !result.passed && case.id == 0 {
            let answer = self.answer(&case.question, settings);
            let from_facts =
                |answer: Answer| answer.citations.iter().any(|it| it.source == "facts");
            result.passed = answer.is_ok_and(from_facts);
        }
        result
    }
}

/// The same rows, beginning elsewhere each day.
fn turned<T>(mut rows: Vec<T>, day: usize) -> impl Iterator<Item = T> {
    if !rows.is_empty() {
        let begin = day % rows.len();
        rows.rotate_left(begin);
    }
    rows.into_iter()
}
