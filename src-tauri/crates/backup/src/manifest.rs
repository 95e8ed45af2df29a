//! What a backup says about itself. Everything in it is checked against the parts.

use serde::{Deserialize, Serialize};

/// The shape of backups that this program writes, and the newest that it reads.
pub(crate) const FORMAT: u32 = 1;
/// The names of the parts. No other name is ever opened, and none becomes a name on a disk.
pub(crate) const MARK: &str = "frontdesk-backup.txt";
pub(crate) const DATABASE: &str = "kb.db";
pub(crate) const MODELS: &str = "models.json";
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const PARTS: [&str; 4] = [MARK, DATABASE, MODELS, MANIFEST];

/// For whoever opens the file with another program.
pub(crate) const MARK_TEXT: &str = "This is a backup of a Frontdesk help desk. Restore it with \
    Frontdesk: in the staff window under Backup, or with `frontdesk-node restore FILE`.\n\
    It holds conversations and orders: keep it as safe as the computer it comes from.\n";

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of the file.
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// The version of the tables in it.
    pub schema: i64,
    /// Which desk it is of.
    pub desk: String,
    /// The shop's name.
    pub name: String,
    /// Unix seconds.
    pub made_at: i64,
    /// What it was made for.
    pub reason: Reason,
    /// How many rows each table has, by name.
    pub rows: Vec<(String, u64)>,
    /// The parts and what they must be.
    pub parts: Vec<Part>,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the file.
    pub name: String,
    /// Its size, unpacked.
    pub bytes: u64,
    /// SHA-256 of it, unpacked, in hexadecimal.
    pub sha256: String,
}

/// A model that the desk had, by its hash; its weights are never in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its file.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What a backup was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Somebody wanted it.
    Manual,
    /// A day had begun.
    Daily,
    /// Another backup was about to take the desk's place.
    BeforeRestore,
    /// Files were about to be read.
    BeforeImport,
    /// The tables were about to change to those of a newer program.
    BeforeMigration,
}

impl Reason {
    /// The word for it in a file's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manual => "by-hand",
            Self::Daily => "daily",
            Self::BeforeRestore => "before-restore",
            Self::BeforeImport => "before-import",
            Self::BeforeMigration => "before-update",
        }
    }
}

impl Manifest {
    /// How many rows a table has; 0 for one that there is not.
    pub fn count(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows)
    }

    /// A part by its name.
    pub(crate) fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The size of the database.
    pub fn database_bytes(&self) -> u64 {
        self.part(DATABASE).map_or(0, |part| part.bytes)
    }
}
