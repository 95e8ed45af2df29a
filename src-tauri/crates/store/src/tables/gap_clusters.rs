//! Wordings that ask the same, and what became of them.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Transaction, params};

use crate::{Store, StoreError};

pub(crate) const CREATE: &str = "
    CREATE TABLE gap_cluster(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'open',
        faq_id INTEGER REFERENCES faq(id) ON DELETE SET NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gap_cluster_faq ON gap_cluster(faq_id);
";

/// What became of a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GapStatus {
    /// It waits for an answer.
    #[default]
    Open,
    /// Its questions are answered now.
    Answered,
    /// Staff decided that it needs none.
    Ignored,
}

impl GapStatus {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Ignored => "ignored",
        }
    }
}

impl ToSql for GapStatus {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

impl FromSql for GapStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "open" => Ok(Self::Open),
            "answered" => Ok(Self::Answered),
            "ignored" => Ok(Self::Ignored),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// One cluster; its wordings name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapClusterRow {
    /// The cluster's number.
    pub id: i64,
    /// The most typical wording.
    pub label: String,
    /// What became of it.
    pub status: GapStatus,
    /// The answer that was written for it.
    pub faq_id: Option<i64>,
}

/// A cluster as it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterChange {
    /// The cluster's number; `None` makes a new one.
    pub id: Option<i64>,
    /// The most typical wording.
    pub label: String,
    /// Its wordings, and whether each was placed by meaning.
    pub members: Vec<(i64, bool)>,
    /// It was asked in vain since it was answered.
    pub reopen: bool,
}

impl Store {
    /// Every cluster, oldest first.
    pub fn gap_clusters(&self) -> Result<Vec<GapClusterRow>, StoreError> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT id, label, status, faq_id FROM gap_cluster ORDER BY id")?;
            let rows = query.query_map([], |row| {
                Ok(GapClusterRow {
                    id: row.get(0)?,
                    label: row.get(1)?,
                    status: row.get(2)?,
                    faq_id: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Makes clusters as they should be, and removes those that nothing belongs to any more.
    pub fn save_clusters(&self, changes: Vec<ClusterChange>) -> Result<(), StoreError> {
        self.write(move |transaction| {
            for change in &changes {
                save(transaction, change)?;
            }
            sweep(transaction)
        })
    }

    /// Says what became of a cluster, and which answer was written for it; false without one.
    pub fn set_gap_status(
        &self,
        id: i64,
        status: GapStatus,
        faq_id: Option<i64>,
    ) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE gap_cluster SET status = ?2, faq_id = coalesce(?3, faq_id),
                 changed_at = unixepoch() WHERE id = ?1",
                params![id, status, faq_id],
            )?;
            Ok(changed > 0)
        })
    }
}

fn save(transaction: &Transaction<'_>, change: &ClusterChange) -> Result<(), StoreError> {
    let id = match change.id {
        Some(id) => {
            transaction.execute(
                "UPDATE gap_cluster SET label = ?2, status = CASE
                 WHEN ?3 AND status = 'answered' THEN 'open' ELSE status END WHERE id = ?1",
                params![id, change.label, change.reopen],
            )?;
            id
        }
        None => {
            transaction.execute(
                "INSERT INTO gap_cluster(label, changed_at) VALUES(?1, unixepoch())",
                [&change.label],
            )?;
            transaction.last_insert_rowid()
        }
    };
    let mut place = transaction
        .prepare_cached("UPDATE gap SET cluster_id = ?2, by_meaning = ?3 WHERE id = ?1")?;
    for (gap, by_meaning) in &change.members {
        place.execute(params![gap, id, by_meaning])?;
    }
    Ok(())
}

/// Removes clusters without a wording.
pub(crate) fn sweep(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM gap_cluster
         WHERE NOT EXISTS(SELECT 1 FROM gap WHERE cluster_id = gap_cluster.id)",
        [],
    )?;
    Ok(())
}
