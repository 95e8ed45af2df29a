//! The shop's own questions with what should come of them.

use rusqlite::{Row, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE test_case(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        question TEXT NOT NULL,
        must_refuse INTEGER NOT NULL,
        route TEXT,
        source TEXT,
        faq_id INTEGER,
        gold TEXT NOT NULL,
        must_not TEXT NOT NULL
    ) STRICT;
";

/// Between facts in one value; not a character that anybody types.
const SEPARATOR: &str = "\u{1f}";

/// One question of the test bench.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestCaseRow {
    /// The case's number; 0 makes a new one.
    pub id: i64,
    /// Its name in a suite.
    pub name: String,
    /// What it is about.
    pub kind: String,
    /// The question.
    pub question: String,
    /// It should be refused.
    pub must_refuse: bool,
    /// The lane that should answer.
    pub route: Option<String>,
    /// The file the answer should be from.
    pub source: Option<String>,
    /// The approved answer it should get.
    pub faq_id: Option<i64>,
    /// One of these must be in the answer.
    pub gold: Vec<String>,
    /// None of these may be in the answer.
    pub must_not: Vec<String>,
}

impl Store {
    /// Every case, oldest first.
    pub fn test_cases(&self) -> Result<Vec<TestCaseRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, name, kind, question, must_refuse, route, source, faq_id, gold, must_not
                 FROM test_case ORDER BY id",
            )?;
            let rows = query.query_map([], read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Saves cases and returns their numbers; a case with a number replaces the one it has.
    pub fn save_test_cases(&self, cases: Vec<TestCaseRow>) -> Result<Vec<i64>, StoreError> {
        self.write(move |transaction| {
            let mut save = transaction.prepare_cached(
                "INSERT OR REPLACE INTO test_case(id, name, kind, question, must_refuse, route,
                 source, faq_id, gold, must_not)
                 VALUES(nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?;
            let mut ids = Vec::with_capacity(cases.len());
            for case in &cases {
                save.execute(params![
                    case.id,
                    case.name,
                    case.kind,
                    case.question,
                    case.must_refuse,
                    case.route,
                    case.source,
                    case.faq_id,
                    case.gold.join(SEPARATOR),
                    case.must_not.join(SEPARATOR),
                ])?;
                ids.push(transaction.last_insert_rowid());
            }
            Ok(ids)
        })
    }

    /// Removes a case; false when there is none.
    pub fn remove_test_case(&self, id: i64) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            Ok(transaction.execute("DELETE FROM test_case WHERE id = ?1", [id])? > 0)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<TestCaseRow> {
    let facts = |value: String| {
        value.split(SEPARATOR).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    Ok(TestCaseRow {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        question: row.get(3)?,
        must_refuse: row.get(4)?,
        route: row.get(5)?,
        source: row.get(6)?,
        faq_id: row.get(7)?,
        gold: facts(row.get(8)?),
        must_not: facts(row.get(9)?),
    })
}
