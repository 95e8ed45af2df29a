//! How the last questions were answered: counted from the turns, for planning. No text is read.

use crate::{Store, StoreError};

/// What one route did of the last questions.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteUseRow {
    /// The route.
    pub route: String,
    /// Questions it answered.
    pub count: i64,
    /// Tokens of the prompt that were read anew, on average.
    pub new_prompt_tokens: f64,
    /// Tokens written, on average.
    pub generated_tokens: f64,
}

impl Store {
    /// How the last questions were answered, at most `last` of them, by route.
    pub fn route_uses(&self, last: u32) -> Result<Vec<RouteUseRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT route, count(*), avg(prompt_tokens - cached_tokens), avg(generated_tokens)
                 FROM (SELECT * FROM turn ORDER BY id DESC LIMIT ?1)
                 GROUP BY route ORDER BY route",
            )?;
            let rows = statement.query_map([last], |row| {
                Ok(RouteUseRow {
                    route: row.get(0)?,
                    count: row.get(1)?,
                    new_prompt_tokens: row.get(2)?,
                    generated_tokens: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
