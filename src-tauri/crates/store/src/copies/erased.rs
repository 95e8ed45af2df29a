//! What people had erased stays erased when an older copy comes back.
//!
//! An erased conversation keeps its turns, with their numbers and the quarter of an hour. Whatever
//! the copy has under the same number and quarter is the same turn, and loses its words again. An open
//! question that is gone from a desk which has all the copy's turns was erased or answered since.

use rusqlite::Transaction;

use crate::StoreError;
use crate::tables::{erasure, gap_clusters};

/// Erases in a copy what the same desk, attached as `live`, has erased since.
pub(super) fn erase_again(copy: &Transaction<'_>, at: i64) -> Result<u64, StoreError> {
    let query = "SELECT value FROM main.meta WHERE key = 'desk_id'
        INTERSECT SELECT value FROM live.meta WHERE key = 'desk_id'";
    if copy.prepare(query)?.query([])?.next()?.is_none() {
        // Another desk: its numbers say nothing about ours.
        return Ok(0);
    }
    let gone: Vec<String> = copy
        .prepare(
            "SELECT DISTINCT old.conversation FROM main.turn AS old
             JOIN main.conversation AS talk ON talk.id = old.conversation AND talk.erased_at IS NULL
             JOIN live.turn AS now ON now.id = old.id AND now.at / 900 = old.at / 900
             JOIN live.conversation AS gone ON gone.id = now.conversation
             WHERE gone.erased_at IS NOT NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for conversation in &gone {
        erasure::leave(copy, conversation, Some(at))?;
    }
    // A desk that went back to an older copy may lack them for that reason alone.
    copy.execute(
        "DELETE FROM main.gap
         WHERE normalised NOT IN (SELECT normalised FROM live.gap)
         AND EXISTS(SELECT 1 FROM live.turn AS now
             JOIN (SELECT id, at FROM main.turn ORDER BY id DESC LIMIT 1) AS newest
             ON now.id = newest.id AND now.at / 900 = newest.at / 900)",
        [],
    )?;
    gap_clusters::sweep(copy)?;
    Ok(gone.len() as u64)
}
