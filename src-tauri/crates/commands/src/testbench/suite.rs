//! Suites of tests as text, one JSON object a line: the format that `eval` reads, with a few
//! fields more.

use serde::{Deserialize, Serialize};
use store::TestCaseRow;

use crate::wire::{ApiError, Code};

/// What a line looks like.
const LINE: &str =
    r#"Write {"id":"a1","kind":"answerable","question":"...","expect":"answer","gold":["..."]}"#;

/// One line. Fields of other programs are skipped.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    kind: String,
    question: String,
    expect: Expect,
    #[serde(default)]
    gold: Vec<String>,
    #[serde(default)]
    must_not: Vec<String>,
    /// Where the author of a suite found the fact; it may stand elsewhere too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect_source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect_route: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect_faq: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expect {
    Answer,
    Refuse,
}

/// Reads a suite. A case whose name is known takes the number of the known one.
///
/// `find_faq` finds an approved answer by its question.
pub(crate) fn read(
    lines: &str,
    known: &[TestCaseRow],
    find_faq: &dyn Fn(&str) -> Option<i64>,
) -> Result<Vec<TestCaseRow>, ApiError> {
    let numbered = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(number, line)| {
            let bad = |reason: String| ApiError {
                code: Code::Invalid,
                message: format!("line {}: {reason}", number + 1),
                hint: Some(LINE.into()),
            };
            let line: Line = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
            if line.question.trim().is_empty() {
                return Err(bad("there is no question".into()));
            }
            let faq_id = match &line.expect_faq {
                Some(question) => match find_faq(question) {
                    Some(id) => Some(id),
                    None => return Err(bad(format!("there is no answer to {question:?}"))),
                },
                None => None,
            };
            let same = known.iter().find(|case| !line.id.is_empty() && case.name == line.id);
            Ok(TestCaseRow {
                id: same.map_or(0, |case| case.id),
                name: line.id,
                kind: line.kind,
                question: line.question,
                must_refuse: line.expect == Expect::Refuse,
                route: line.expect_route,
                source: line.expect_source,
                faq_id,
                gold: line.gold,
                must_not: line.must_not,
            })
        })
        .collect()
}

/// Writes a suite; `faq_question` gives the question of an approved answer.
pub(crate) fn write(
    cases: &[TestCaseRow],
    faq_question: &dyn Fn(i64) -> Option<String>,
) -> Result<String, ApiError> {
    let mut lines = String::new();
    for case in cases {
        let line = Line {
            id: if case.name.is_empty() { format!("t{}", case.id) } else { case.name.clone() },
            kind: case.kind.clone(),
            question: case.question.clone(),
            expect: if case.must_refuse { Expect::Refuse } else { Expect::Answer },
            gold: case.gold.clone(),
            must_not: case.must_not.clone(),
            expect_source: case.source.clone(),
            expect_route: case.route.clone(),
            expect_faq: case.faq_id.and_then(faq_question),
        };
        let line = serde_json::to_string(&line).map_err(|error| crate::errors::internal(&error))?;
        lines.push_str(&line);
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_comes_back_as_it_was() {
        let lines = concat!(
            r#"{"id":"a1","kind":"k","question":"Why?","expect":"answer","gold":["so"],"source":"faq"}"#,
            "\n\n",
            r#"{"id":"a2","question":"How?","expect":"refuse","expect_faq":"Why?"}"#,
        );
        let known = [TestCaseRow { id: 7, name: "a2".into(), ..TestCaseRow::default() }];
        let cases = read(lines, &known, &|question| (question == "Why?").then_some(3)).unwrap();
        assert_eq!((cases[0].id, cases[1].id, cases[1].faq_id), (0, 7, Some(3)));
        assert!(cases[1].must_refuse && !cases[0].must_refuse);
        let written = write(&cases, &|_| Some("Why?".into())).unwrap();
        let again = read(&written, &known, &|_| Some(3)).unwrap();
        assert_eq!(again, cases);
    }

    fn check_refused(lines: &str, part: &str) {
        let error = read(lines, &[], &|_| None).unwrap_err();
        assert!(error.message.contains(part), "{error:?}");
        assert!(error.hint.is_some_and(|hint| hint.contains("expect")));
    }

    #[test]
    fn a_line_that_makes_no_sense_is_named() {
        check_refused("\n{}", "line 2: missing field");
        check_refused(
            r#"{"id":"a","question":" ","expect":"answer"}"#,
            "line 1: there is no question",
        );
        check_refused(
            r#"{"id":"a","question":"q","expect":"answer","expect_faq":"gone"}"#,
            "no answer to \"gone\"",
        );
    }
}
