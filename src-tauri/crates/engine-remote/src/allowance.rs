//! How often a server may be asked, and what that may cost. Pure but for the ledger, which the
//! caller keeps.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// What a server may be asked and may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Questions a minute at most; 0 for any number.
    pub per_minute: u32,
    /// Questions at once at most.
    pub at_once: u32,
    /// What tokens cost.
    pub prices: Prices,
    /// What a month may cost, in thousandths of the unit that the prices are in; 0 for any sum.
    pub month_limit_milli: u64,
}

/// What a million tokens cost, in thousandths of a unit. Which unit is whoever types them's
/// business; it is the same in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// Tokens that are read.
    pub read_milli: u64,
    /// Tokens that are written.
    pub written_milli: u64,
}

/// What a server was asked in a month and what that cost, in billionths of a unit: a token of a
/// cheap model costs less than a millionth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// Questions.
    pub asked: u64,
    /// Tokens read.
    pub read_tokens: u64,
    /// Tokens written.
    pub written_tokens: u64,
    /// What it cost.
    pub nano: u64,
}

/// Keeps what servers cost, beyond the end of the program.
pub trait Ledger: Send + Sync {
    /// This month so far; fails with a reason for the log.
    fn spent(&self, server: &str) -> Result<Spending, String>;

    /// Adds to this month; fails with a reason for the log.
    fn add(&self, server: &str, more: Spending) -> Result<(), String>;
}

/// Forgets everything, for servers that cost nothing.
pub struct NoLedger;

impl Ledger for NoLedger {
    fn spent(&self, _server: &str) -> Result<Spending, String> {
        Ok(Spending::default())
    }

    fn add(&self, _server: &str, _more: Spending) -> Result<(), String> {
        Ok(())
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self { per_minute: 0, at_once: 8, prices: Prices::default(), month_limit_milli: 0 }
    }
}

impl Prices {
    /// What so many tokens cost, in billionths of a unit.
    pub fn nano(self, read_tokens: u64, written_tokens: u64) -> u64 {
        let read = read_tokens.saturating_mul(self.read_milli);
        read.saturating_add(written_tokens.saturating_mul(self.written_milli))
    }
}

impl Allowance {
    /// Whether a question that may cost this much still fits into the month.
    pub(crate) fn affords(&self, spent_nano: u64, more_nano: u64) -> bool {
        let limit = self.month_limit_milli.saturating_mul(1_000_000);
        limit == 0 || spent_nano.saturating_add(more_nano) <= limit
    }

    /// The month's limit, for people.
    pub(crate) fn limit_in_words(&self) -> String {
        format!("{}.{:02}", self.month_limit_milli / 1_000, self.month_limit_milli % 1_000 / 10)
    }
}

/// The questions of the last minute.
#[derive(Debug, Default)]
pub(crate) struct LastMinute(VecDeque<Instant>);

impl LastMinute {
    /// Counts one more, if that is not one too many.
    pub(crate) fn take(&mut self, most: u32, now: Instant) -> bool {
        if most == 0 {
            return true;
        }
        let minute = Duration::from_secs(60);
        while self.0.front().is_some_and(|begun| now.duration_since(*begun) >= minute) {
            self.0.pop_front();
        }
        let fits = self.0.len() < most as usize;
        if fits {
            self.0.push_back(now);
        }
        fits
    }
}

/// Tokens of a text, rather too many: three bytes of it for each.
pub(crate) fn estimate_tokens(bytes: usize) -> u64 {
    bytes.div_ceil(3) as u64
}

#[cfg(test)]
mod tests;
