//! `eval`: asks a suite and says what was right, asked back, refused and wrong.
//!
//! A question that should be answered is right when one of its gold facts is in the answer and
//! none of the forbidden ones is. A question that should be refused is right when the desk
//! refuses; asking back claims nothing and is counted apart.

use std::collections::BTreeMap;
use std::path::Path;

use commands::wire::{ApiError, Ask, Code, Route, Turn};
use serde::{Deserialize, Serialize};

use crate::arguments::Eval;
use crate::ask::answer;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;

/// What a line of a suite looks like.
const SUITE_LINE: &str =
    r#"Write {"id":"a1","kind":"answerable","question":"...","expect":"answer","gold":["..."]}"#;

/// One line of a suite.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) question: String,
    expect: Expect,
    #[serde(default)]
    gold: Vec<String>,
    #[serde(default)]
    must_not: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expect {
    Answer,
    Refuse,
}

/// What became of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// As it should be.
    Right,
    /// The desk asked back: nothing was claimed.
    AskedBack,
    /// The desk refused what it could have answered.
    Refused,
    /// An answer without the fact, with a forbidden one, or where none should be.
    Wrong,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    asked: usize,
    right: usize,
    asked_back: usize,
    refused: usize,
    wrong: usize,
}

#[derive(Serialize)]
struct Report {
    suite: String,
    kb_version: i64,
    kinds: BTreeMap<String, Counts>,
    routes: BTreeMap<String, usize>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    kind: String,
    question: String,
    outcome: Outcome,
    route: Route,
    score: f32,
    answer: String,
}

pub(crate) fn run(place: &Place, command: &Eval, output: &Output) -> Result<(), Failure> {
    let cases = read(&command.suite)?;
    let core = place.open_to_answer(output)?;
    core.settle();
    let session = place.session();
    let mut report = Report {
        suite: command.suite.display().to_string(),
        kb_version: 0,
        kinds: BTreeMap::new(),
        routes: BTreeMap::new(),
        items: Vec::new(),
    };
    for (index, case) in cases.iter().enumerate() {
        let ask =
            Ask { ask_id: case.id.clone(), question: case.question.clone(), ..Ask::default() };
        let turn = answer(&core, &session, ask)?;
        report.add(case, &turn);
        output.progress(&format!("{} of {}", index + 1, cases.len()));
    }
    output.progress_done();
    if output.json {
        output.document(&report);
    } else {
        output.line(&table(&report));
    }
    Ok(())
}

/// Reads a suite; a bad line is an error that names it.
pub(crate) fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| {
                let number = index + 1;
                Failure::from(ApiError {
                    code: Code::BadFile,
                    message: format!("{}, line {number}: {error}", path.display()),
                    hint: Some(SUITE_LINE.into()),
                })
            })
        })
        .collect()
}

impl Report {
    fn add(&mut self, case: &Case, turn: &Turn) {
        let outcome = grade(case, turn.route, &turn.answer);
        let counts = self.kinds.entry(case.kind.clone()).or_default();
        counts.asked += 1;
        match outcome {
            Outcome::Right => counts.right += 1,
            Outcome::AskedBack => counts.asked_back += 1,
            Outcome::Refused => counts.refused += 1,
            Outcome::Wrong => counts.wrong += 1,
        }
        let route = serde_json::to_value(turn.route).ok();
        let route = route.and_then(|route| route.as_str().map(String::from)).unwrap_or_default();
        *self.routes.entry(route).or_default() += 1;
        self.kb_version = turn.kb_version;
        self.items.push(Item {
            id: case.id.clone(),
            kind: case.kind.clone(),
            question: case.question.clone(),
            outcome,
            route: turn.route,
            score: turn.score,
            answer: turn.answer.clone(),
        });
    }
}

fn grade(case: &Case, route: Route, answer: &str) -> Outcome {
    let lower = answer.to_lowercase();
    let says = |facts: &[String]| facts.iter().any(|fact| lower.contains(&fact.to_lowercase()));
    match (route, case.expect) {
        (Route::DidYouMean, _) => Outcome::AskedBack,
        (Route::Refused | Route::Handoff | Route::Blocked | Route::Smalltalk, Expect::Refuse) => {
            Outcome::Right
        }
        (Route::Refused | Route::Handoff | Route::Blocked | Route::Smalltalk, Expect::Answer) => {
            Outcome::Refused
        }
        (Route::Faq | Route::Documents | Route::Quote | Route::Cache | Route::Order, expect) => {
            let holds_gold = case.gold.is_empty() || says(&case.gold);
            let right = expect == Expect::Answer && holds_gold && !says(&case.must_not);
            if right { Outcome::Right } else { Outcome::Wrong }
        }
    }
}

fn table(report: &Report) -> String {
    let mut lines = vec![format!(
        "{:<14}{:>7}{:>7}{:>12}{:>9}{:>7}",
        "kind", "asked", "right", "asked back", "refused", "wrong"
    )];
    for (kind, counts) in &report.kinds {
        lines.push(format!(
            "{kind:<14}{:>7}{:>7}{:>12}{:>9}{:>7}",
            counts.asked, counts.right, counts.asked_back, counts.refused, counts.wrong
        ));
    }
    let not_right = report.items.iter().filter(|item| item.outcome != Outcome::Right);
    lines.extend(not_right.map(|item| {
        let outcome = match item.outcome {
            Outcome::Right => "right",
            Outcome::AskedBack => "asked back",
            Outcome::Refused => "refused",
            Outcome::Wrong => "wrong",
        };
        let answer: String = item.answer.replace('\n', " ").chars().take(160).collect();
        format!("\n{} {outcome}, {:.2}: {}\n    {answer}", item.id, item.score, item.question)
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expect: Expect, route: Route, answer: &str, expected: Outcome) {
        let case = Case {
            id: "x".into(),
            kind: "k".into(),
            question: "?".into(),
            expect,
            gold: vec!["30 Days".into()],
            must_not: vec!["60 days".into()],
        };
        assert_eq!(grade(&case, route, answer), expected, "{route:?} {answer:?}");
    }

    #[test]
    fn answers_are_graded_by_their_facts() {
        check(Expect::Answer, Route::Quote, "Within 30 days.", Outcome::Right);
        check(Expect::Answer, Route::Faq, "Within 30 days, or 60 days.", Outcome::Wrong);
        check(Expect::Answer, Route::Documents, "Soon.", Outcome::Wrong);
        check(Expect::Answer, Route::DidYouMean, "30 days", Outcome::AskedBack);
        check(Expect::Answer, Route::Refused, "30 days", Outcome::Refused);
        check(Expect::Refuse, Route::Refused, "", Outcome::Right);
        check(Expect::Refuse, Route::DidYouMean, "", Outcome::AskedBack);
        check(Expect::Refuse, Route::Quote, "Within 30 days.", Outcome::Wrong);
    }
}
