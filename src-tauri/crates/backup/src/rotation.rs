//! Which automatic backups make room: pure arithmetic on what is there.
//!
//! Seven days and four weeks, each by its newest; of those before a change the last three of their
//! kind. Whatever the clock says, the newest one stays, and those made by hand are nobody's to
//! remove.

use std::collections::HashSet;

use crate::Reason;

const DAY_SECONDS: i64 = 86_400;
const DAYS: usize = 7;
/// That of the newest one, and four before.
const WEEKS: usize = 5;
const BEFORE_CHANGES: usize = 3;
/// What was erased lives on in older ones no longer than this.
const OLDEST_SECONDS: i64 = 30 * DAY_SECONDS;

/// One backup that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it was made for.
    pub reason: Reason,
    /// Unix seconds.
    pub made_at: i64,
}

/// The places in `kept` of those that can go. Call it only when the newest one was just proved.
pub fn to_remove(kept: &[Kept]) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..kept.len()).collect();
    newest_first.sort_by_key(|at| std::cmp::Reverse(kept[*at].made_at));
    // Ages are counted from the newest one: a clock that jumps ahead makes nothing old by itself.
    let Some(newest) = newest_first.first().map(|at| kept[*at].made_at) else { return Vec::new() };
    let mut stays: HashSet<usize> = newest_first.iter().take(1).copied().collect();
    let mut days = Vec::new();
    let mut weeks = Vec::new();
    let mut changes =
        [(Reason::BeforeRestore, 0), (Reason::BeforeImport, 0), (Reason::BeforeMigration, 0)];
    for at in newest_first {
        let Kept { reason, made_at } = kept[at];
        let is_old = newest - made_at > OLDEST_SECONDS;
        let keep = match reason {
            Reason::Manual => true,
            Reason::Daily => {
                let is_newest_of_day = first_of(&mut days, made_at.div_euclid(DAY_SECONDS), DAYS);
                let is_newest_of_week =
                    first_of(&mut weeks, made_at.div_euclid(7 * DAY_SECONDS), WEEKS);
                !is_old && (is_newest_of_day || is_newest_of_week)
            }
            Reason::BeforeRestore | Reason::BeforeImport | Reason::BeforeMigration => {
                let count = changes.iter_mut().find(|(kind, _)| *kind == reason);
                let seen = count.map_or(0, |(_, count)| {
                    *count += 1;
                    *count
                });
                !is_old && seen <= BEFORE_CHANGES
            }
        };
        if keep {
            stays.insert(at);
        }
    }
    (0..kept.len()).filter(|at| !stays.contains(at)).collect()
}

/// Notes a day or a week; true when it is a new one and not one too many.
fn first_of(seen: &mut Vec<i64>, one: i64, most: usize) -> bool {
    if seen.contains(&one) || seen.len() >= most {
        return false;
    }
    seen.push(one);
    true
}

#[cfg(test)]
mod tests;
