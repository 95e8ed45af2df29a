//! `test`: the shop's own questions with what should come of them.

use std::path::Path;

use commands::wire::{LearningCommand, LearningReply, TestCaseView, TestRunView};
use serde_json::json;

use crate::arguments::Test;
use crate::exit::{Failure, REQUEST};
use crate::gaps::learn;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Runs shown at once.
const RUNS: u32 = 10;

pub(crate) fn run(place: &Place, command: &Test, output: &Output) -> Result<(), Failure> {
    let empty = match command {
        Test::Run => Empty::GetsTheSample,
        _ => Empty::StaysEmpty,
    };
    let core = place.open(empty)?;
    let ask = |command| learn(&core, place, command);
    match command {
        Test::Run => {
            core.settle();
            let LearningReply::Run(run) = ask(LearningCommand::RunTests)? else {
                return Err(Failure::told(REQUEST));
            };
            show(&run, output);
            if run.passed < run.asked { Err(Failure::told(REQUEST)) } else { Ok(()) }
        }
        Test::List { runs: false } => {
            if let LearningReply::Cases { cases } = ask(LearningCommand::TestCases)? {
                if output.json {
                    output.document(&json!({ "cases": cases }));
                } else {
                    cases.iter().for_each(|case| output.line(&case_words(case)));
                }
            }
            Ok(())
        }
        Test::List { runs: true } => {
            if let LearningReply::Runs { runs } = ask(LearningCommand::TestRuns { limit: RUNS })? {
                if output.json {
                    output.document(&json!({ "runs": runs }));
                } else {
                    runs.iter().for_each(|run| output.line(&summary(run)));
                }
            }
            Ok(())
        }
        Test::Import { suite } => {
            let lines = std::fs::read_to_string(suite).map_err(|e| Failure::file(suite, &e))?;
            if let LearningReply::Saved { ids } = ask(LearningCommand::ImportTests { lines })? {
                told(output, ids.len(), suite, "added from");
            }
            Ok(())
        }
        Test::Export { suite } => {
            if let LearningReply::Suite { lines } = ask(LearningCommand::ExportTests)? {
                std::fs::write(suite, &lines).map_err(|error| Failure::file(suite, &error))?;
                told(output, lines.lines().count(), suite, "written to");
            }
            Ok(())
        }
        Test::Remove { id } => {
            ask(LearningCommand::RemoveTestCase { id: *id })?;
            if output.json {
                output.document(&json!({ "id": id, "removed": true }));
            } else {
                output.line(&format!("Test {id} is removed."));
            }
            Ok(())
        }
    }
}

/// A run in full: how many, and which broke.
pub(crate) fn show(run: &TestRunView, output: &Output) {
    if output.json {
        output.document(run);
    } else {
        output.line(&summary(run));
    }
}

/// A run as people read it.
pub(crate) fn summary(run: &TestRunView) -> String {
    let mut lines = vec![format!(
        "Run {}: {} of {} are right ({:.1} s, knowledge {}, {})",
        run.id, run.passed, run.asked, run.seconds, run.kb_version, run.reason
    )];
    lines.extend(run.broke.iter().map(|one| format!("  broke    {}: {}", one.question, one.why)));
    lines.extend(run.mended.iter().map(|one| format!("  mended   {}", one.question)));
    let old = run.failed.iter().filter(|one| run.broke.iter().all(|b| b.case_id != one.case_id));
    lines.extend(old.map(|one| format!("  not yet  {}: {}", one.question, one.why)));
    if !run.broke.is_empty() || !run.mended.is_empty() {
        lines.extend(run.changes.iter().map(|change| format!("  changed  {change}")));
    }
    lines.join("\n")
}

fn case_words(case: &TestCaseView) -> String {
    let expected = if case.must_refuse {
        "refuse".to_owned()
    } else if case.gold.is_empty() {
        "answer".to_owned()
    } else {
        format!("\"{}\"", case.gold.join("\" or \""))
    };
    format!("{:>4}  {}\n        {expected}", case.id, case.question)
}

fn told(output: &Output, count: usize, suite: &Path, what: &str) {
    if output.json {
        output.document(&json!({ "tests": count }));
    } else {
        output.line(&format!("{count} tests {what} {}", suite.display()));
    }
}
