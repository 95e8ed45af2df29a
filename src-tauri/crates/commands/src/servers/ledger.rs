//! What servers cost, kept in the desk's own store by month.

use engine_remote::{Ledger, Spending};
use jiff::Zoned;
use store::{SpendingRow, Store};

/// The book of a desk.
pub(super) struct StoreLedger(pub(super) Store);

impl Ledger for StoreLedger {
    fn spent(&self, server: &str) -> Result<Spending, String> {
        let row = self.0.spending(server, &month()).map_err(|error| error.to_string())?;
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        Ok(Spending {
            asked: count(row.asked),
            read_tokens: count(row.read_tokens),
            written_tokens: count(row.written_tokens),
            nano: count(row.nano),
        })
    }

    fn add(&self, server: &str, more: Spending) -> Result<(), String> {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let row = SpendingRow {
            engine: server.into(),
            month: month(),
            asked: count(more.asked),
            read_tokens: count(more.read_tokens),
            written_tokens: count(more.written_tokens),
            nano: count(more.nano),
        };
        self.0.add_spending(&row).map_err(|error| error.to_string())
    }
}

/// This month, as the clock of this computer has it.
fn month() -> String {
    let now = Zoned::now();
    format!("{:04}-{:02}", now.year(), now.month())
}
