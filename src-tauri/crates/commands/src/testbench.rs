//! The shop's own questions, asked without a trace, and what came of them.
//!
//! A test asks as a visitor would, but no model speaks: what is tested is the knowledge, and the
//! same knowledge must give the same result.

mod grade;
mod sample;
mod suite;
mod watch;

use std::sync::Arc;
use std::time::Instant;

use assistant::{Answer, Assistant, AssistantError};
use knowledge::Knowledge;
use orders::Orders;
use settings::Settings;
use store::{Store, TestCaseRow, TestResultRow, TestRunRow};

use crate::core::unix_seconds;
use crate::visit::{desk_words, policy};
use crate::wire::ApiError;

use grade::grade;
pub(crate) use suite::{read, write};
pub(crate) use watch::Watch;

/// Characters of an answer that are kept with a result.
const KEPT_CHARACTERS: usize = 500;

/// Asks questions that nobody asked.
pub(crate) struct Bench {
    knowledge: Arc<Knowledge>,
    store: Store,
    assistant: Assistant,
    orders: Arc<Orders>,
}

impl Bench {
    pub(crate) fn new(
        knowledge: Arc<Knowledge>,
        store: Store,
        assistant: Assistant,
        orders: Arc<Orders>,
    ) -> Self {
        Self { knowledge, store, assistant, orders }
    }

    /// What a visitor would get now.
    pub(crate) fn ask(&self, question: &str) -> Result<Answer, ApiError> {
        let (settings, _) = Settings::merged(&self.store.settings_all()?);
        Ok(self.answer(question, &settings)?)
    }

    fn answer(&self, question: &str, settings: &Settings) -> Result<Answer, AssistantError> {
        let policy = policy(&self.knowledge, &self.orders, settings, false);
        self.assistant.rehearse(question, &policy, &desk_words(settings))
    }

    /// Asks every question and keeps the run; `None` without any question, or when `stop` says so.
    pub(crate) fn run(
        &self,
        reason: &str,
        stop: &dyn Fn() -> bool,
    ) -> Result<Option<TestRunRow>, ApiError> {
        let cases = self.store.test_cases()?;
        if cases.is_empty() {
            return Ok(None);
        }
        let started = Instant::now();
        let (settings, _) = Settings::merged(&self.store.settings_all()?);
        let mut run = TestRunRow {
            reason: reason.into(),
            kb_version: self.knowledge.version(),
            embedder: self.knowledge.embedder_in_use(),
            last_revision: self.store.newest_revision()?,
            last_change: self.store.newest_document_change()?,
            ..TestRunRow::default()
        };
        for case in &cases {
            if stop() {
                return Ok(None);
            }
            run.results.push(self.result(case, &settings));
        }
        run.milliseconds = started.elapsed().as_millis() as i64;
        run.id = self.store.save_test_run(run.clone())?;
        run.at = unix_seconds();
        Ok(Some(run))
    }

    fn result(&self, case: &TestCaseRow, settings: &Settings) -> TestResultRow {
        let mut result = TestResultRow {
            case_id: case.id,
            question: case.question.clone(),
            outcome: "wrong".into(),
            ..TestResultRow::default()
        };
        match self.answer(&case.question, settings) {
            Ok(answer) => {
                let graded = grade(case, &answer);
                result.passed = graded.outcome == "right";
                result.outcome = graded.outcome.into();
                result.why = graded.why;
                result.route = answer.route.name().into();
                result.score = answer.score;
                result.answer = answer.text.chars().take(KEPT_CHARACTERS).collect();
            }
            Err(error) => result.why = error.to_string(),
        }
        result
    }

    /// The version of the knowledge, once everything in it can be found as it should be.
    fn settled_version(&self) -> Option<i64> {
        self.knowledge.is_embedded().then(|| self.knowledge.version())
    }
}
