//! The commands of the test bench.

use std::collections::HashMap;

use store::{TestCaseRow, TestRunRow};

use super::views;
use crate::core::Core;
use crate::wire::{ApiError, Code, LearningCommand, LearningReply, TestRunView};
use crate::{errors, testbench};

/// Runs one reply may hold.
const MOST_RUNS: u32 = 50;
/// Changes named with a run.
const MOST_CHANGES: usize = 20;
/// Characters of a quoted answer that a test made of a turn asks for.
const FACT_CHARACTERS: usize = 60;

impl Core {
    /// Does one thing with the test bench.
    pub(super) fn testing(&self, command: LearningCommand) -> Result<LearningReply, ApiError> {
        match command {
            LearningCommand::TestCases => {
                let cases = self.store.test_cases()?.into_iter().map(views::case).collect();
                Ok(LearningReply::Cases { cases })
            }
            LearningCommand::SaveTestCase { case } => {
                let case = views::case_row(case);
                if !case.question.chars().any(char::is_alphanumeric) {
                    return Err(ApiError {
                        code: Code::Invalid,
                        message: "the question is empty".into(),
                        hint: Some("Type the question as a visitor would.".into()),
                    });
                }
                Ok(LearningReply::Saved { ids: self.store.save_test_cases(vec![case])? })
            }
            LearningCommand::TestFromTurn { turn_id } => {
                let case = self.case_of_turn(turn_id)?;
                Ok(LearningReply::Saved { ids: self.store.save_test_cases(vec![case])? })
            }
            LearningCommand::RemoveTestCase { id } => match self.store.remove_test_case(id)? {
                true => Ok(LearningReply::Done),
                false => Err(errors::not_found("test", id)),
            },
            LearningCommand::ImportTests { lines } => {
                let faqs = self.store.faqs("", 0, i64::MAX)?.faqs;
                let find = |question: &str| {
                    faqs.iter().find(|faq| faq.question == question).map(|faq| faq.id)
                };
                let cases = testbench::read(&lines, &self.store.test_cases()?, &find)?;
                Ok(LearningReply::Saved { ids: self.store.save_test_cases(cases)? })
            }
            LearningCommand::ExportTests => {
                let faqs = self.store.faqs("", 0, i64::MAX)?.faqs;
                let question =
                    |id: i64| faqs.iter().find(|faq| faq.id == id).map(|faq| faq.question.clone());
                let lines = testbench::write(&self.store.test_cases()?, &question)?;
                Ok(LearningReply::Suite { lines })
            }
            LearningCommand::RunTests => {
                self.catch_up();
                let run = self.run_tests("asked for")?.ok_or_else(|| ApiError {
                    code: Code::NotFound,
                    message: "there is no test yet".into(),
                    hint: Some("Add a question with what should come of it first.".into()),
                })?;
                Ok(LearningReply::Run(run))
            }
            LearningCommand::TestRuns { limit } => {
                // One more than is shown: the oldest is compared with the one before it.
                let runs = self.store.test_runs(limit.min(MOST_RUNS) as usize + 1)?;
                let shown = runs.iter().take(limit.min(MOST_RUNS) as usize).enumerate();
                let runs = shown
                    .map(|(at, run)| self.run_view(run, runs.get(at + 1)))
                    .collect::<Result<_, _>>()?;
                Ok(LearningReply::Runs { runs })
            }
            _ => Ok(LearningReply::Done),
        }
    }

    /// Asks every test now; `None` without any.
    pub(super) fn run_tests(&self, reason: &str) -> Result<Option<TestRunView>, ApiError> {
        let Some(run) = self.bench.run(reason, &|| false)? else { return Ok(None) };
        let runs = self.store.test_run(run.id)?;
        match runs.first() {
            Some(run) => Ok(Some(self.run_view(run, runs.get(1))?)),
            None => Ok(None),
        }
    }

    fn run_view(
        &self,
        run: &TestRunRow,
        before: Option<&TestRunRow>,
    ) -> Result<TestRunView, ApiError> {
        let passed_before: HashMap<i64, bool> = before
            .map(|before| before.results.iter().map(|one| (one.case_id, one.passed)).collect())
            .unwrap_or_default();
        let turned = |to: bool| {
            let turned = run.results.iter().filter(move |one| one.passed == to);
            let turned = turned.filter(|one| passed_before.get(&one.case_id) == Some(&!to));
            turned.map(views::result).collect::<Vec<_>>()
        };
        let failed = run.results.iter().filter(|one| !one.passed);
        Ok(TestRunView {
            id: run.id,
            at: run.at,
            reason: run.reason.clone(),
            kb_version: run.kb_version,
            seconds: run.milliseconds as f64 / 1_000.0,
            asked: run.results.len() as u32,
            passed: run.results.iter().filter(|one| one.passed).count() as u32,
            broke: turned(false),
            mended: turned(true),
            failed: failed.map(views::result).collect::<Vec<_>>(),
            changes: match before {
                Some(before) => self.changes_between(before, run)?,
                None => Vec::new(),
            },
        })
    }

    /// What was changed between two runs, in one line each.
    fn changes_between(
        &self,
        before: &TestRunRow,
        run: &TestRunRow,
    ) -> Result<Vec<String>, ApiError> {
        let revisions = self.store.revisions_after(before.last_revision)?.into_iter();
        let mut changes: Vec<String> = revisions
            .take_while(|revision| revision.id <= run.last_revision)
            .map(|revision| {
                let by = if revision.who.is_empty() {
                    String::new()
                } else {
                    format!(" by {}", revision.who)
                };
                format!("answer {} ({}): {}{by}", revision.faq_id, revision.question, revision.what)
            })
            .collect();
        let documents = self.store.document_changes_after(before.last_change)?.into_iter();
        let documents = documents.take_while(|change| change.id <= run.last_change);
        changes.splice(0..0, documents.map(|change| format!("{}: {}", change.name, change.what)));
        let more = changes.len().saturating_sub(MOST_CHANGES);
        changes.truncate(MOST_CHANGES);
        if more > 0 {
            changes.push(format!("and {more} more"));
        }
        Ok(changes)
    }

    /// The question of a turn with what came of it.
    fn case_of_turn(&self, turn_id: i64) -> Result<TestCaseRow, ApiError> {
        let turn = self.store.turn(turn_id)?;
        let turn = turn.ok_or_else(|| errors::not_found("answer", turn_id))?;
        let cited = turn.citations.first();
        let faq_id = cited.and_then(|citation| citation.faq_id);
        let refused = cited.is_none();
        let case = TestCaseRow {
            name: format!("turn-{turn_id}"),
            kind: "turn".into(),
            question: knowledge::mask(&turn.question),
            must_refuse: refused,
            route: (turn.route == "did_you_mean").then(|| turn.route.clone()),
            source: cited.map(|citation| citation.source.clone()),
            faq_id,
            gold: match (faq_id, cited) {
                (None, Some(citation)) => vec![first_words(&citation.passage)],
                _ => Vec::new(),
            },
            ..TestCaseRow::default()
        };
        let known = self.store.test_cases()?;
        let same = known.iter().find(|known| known.name == case.name);
        Ok(TestCaseRow { id: same.map_or(0, |known| known.id), ..case })
    }
}

/// The beginning of a passage, without half a word at its end.
fn first_words(passage: &str) -> String {
    let start: String = passage.chars().take(FACT_CHARACTERS).collect();
    if start.len() == passage.len() {
        return start;
    }
    start.rsplit_once(' ').map_or(start.clone(), |(whole, _)| whole.to_owned())
}
