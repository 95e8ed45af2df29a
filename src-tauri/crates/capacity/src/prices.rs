//! The dated document of prices, rented machines and other people's promises.
//!
//! It is data to be edited: a shop in another country writes its own prices. What is in it is
//! checked; what follows from it is computed elsewhere in this crate.

use serde::Deserialize;

use crate::{CapacityError, Costs, Profile};

/// The document this program was built with.
const BUNDLED: &str = include_str!("../data/prices.json");

/// Everything that can be rented, what it costs, and what others promise of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// When the prices were looked up last, as in `2026-11-22`.
    pub as_of: String,
    /// Hours of a month that a rented machine is paid for.
    pub rented_hours_per_month: f64,
    /// Hours of a month in which visitors ask, for what is paid by the answer.
    pub asked_hours_per_month: f64,
    /// Kinds of machines, in the order of the plan.
    pub machines: Vec<RentedMachine>,
    /// Servers of others, paid by the answer.
    pub apis: Vec<Api>,
    /// Prices that others name, shown as they are.
    pub seed_prices: Vec<SeedPrice>,
    /// What others promise.
    pub claims: Vec<Claim>,
}

/// A kind of machine that can be rented or bought.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RentedMachine {
    /// Unique in the document.
    pub id: String,
    /// As people say it.
    pub name: String,
    /// The size of the model it runs, in words.
    pub model: String,
    /// Processor or graphics card.
    pub kind: Kind,
    /// Whether the plan offers it; others are there for the claims.
    pub offered: bool,
    /// Tokens of a prompt read in a second.
    pub prefill_per_second: f64,
    /// Seconds of a step whatever is in it.
    pub step_base_s: f64,
    /// Seconds more for each text.
    pub step_each_s: f64,
    /// Texts written at the same time.
    pub slots: usize,
    /// Cores that light work shares with the writing; `None` where a card writes.
    pub shared_cores: Option<f64>,
    /// US dollars an hour; `None` where it is not rented.
    pub usd_per_hour: Option<f64>,
    /// When the price was looked up.
    pub as_of: String,
    /// Where speed and price come from.
    pub source: String,
}

/// What a machine writes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Its processor.
    Cpu,
    /// A graphics card.
    Gpu,
    /// Somebody else's server.
    Api,
}

/// A server of others, paid by the token.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Unique in the document.
    pub id: String,
    /// As people say it.
    pub name: String,
    /// Whether the plan offers it.
    pub offered: bool,
    /// US dollars for a million tokens read.
    pub usd_per_million_in: f64,
    /// US dollars for a million tokens written.
    pub usd_per_million_out: f64,
    /// When it was looked up.
    pub as_of: String,
    /// Where.
    pub source: String,
}

/// A price as others name it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedPrice {
    /// Who rents it out.
    pub provider: String,
    /// What is rented.
    pub name: String,
    /// With what it writes.
    pub kind: Kind,
    /// US dollars a month.
    pub usd_per_month: f64,
    /// When it was looked up.
    pub as_of: String,
    /// What to know about it.
    pub note: String,
}

/// What others promise, with what it takes to check it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The promise in words.
    pub claim: String,
    /// How it is checked.
    pub check: ClaimKind,
}

/// How a promise is checked. Every question is written by a model, as those who promise assume.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClaimKind {
    /// So many questions a minute on so many machines, 95 of 100 within so many seconds.
    Serves {
        /// The machine's id.
        machine: String,
        /// How many of them.
        machines: u32,
        /// Questions a minute.
        users_per_minute: f64,
        /// Seconds.
        within_seconds: f64,
    },
    /// One answer alone takes between so many seconds.
    Answers {
        /// The machine's id.
        machine: String,
        /// Seconds at least; 0 where only the upper end is promised.
        from_seconds: f64,
        /// Seconds at most.
        to_seconds: f64,
    },
    /// So many questions a minute, day and night, cost at most so much a day.
    CostsPerDay {
        /// The server's id.
        api: String,
        /// Questions a minute.
        users_per_minute: f64,
        /// US dollars a day at most.
        usd: f64,
        /// Tokens read for an answer.
        prompt_tokens: f64,
        /// Tokens of an answer.
        answer_tokens: f64,
    },
}

impl Prices {
    /// The document this program was built with.
    pub fn bundled() -> Self {
        Self::parse(BUNDLED).expect("a test reads the bundled prices")
    }

    /// Reads and checks a document. Fails at the first thing that is wrong, naming it.
    pub fn parse(text: &str) -> Result<Self, CapacityError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let prices: Self = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            CapacityError::Prices { field, reason: error.inner().to_string() }
        })?;
        prices.check()?;
        Ok(prices)
    }

    /// The machine with this id.
    pub fn machine(&self, id: &str) -> Option<&RentedMachine> {
        self.machines.iter().find(|machine| machine.id == id)
    }

    /// The server with this id.
    pub fn api(&self, id: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.id == id)
    }

    /// The rules that types cannot say.
    fn check(&self) -> Result<(), CapacityError> {
        let wrong = |field: String, reason: &str| {
            Err(CapacityError::Prices { field, reason: reason.into() })
        };
        let is_amount = |amount: f64| amount.is_finite() && amount > 0.0;
        if !is_amount(self.rented_hours_per_month) || !is_amount(self.asked_hours_per_month) {
            return wrong("hours per month".into(), "above 0");
        }
        for (place, machine) in self.machines.iter().enumerate() {
            let field = |name: &str| format!("machines.{}.{name}", machine.id);
            if self.machines[..place].iter().any(|other| other.id == machine.id) {
                return wrong(field("id"), "used twice");
            }
            if !is_amount(machine.prefill_per_second) {
                return wrong(field("prefill_per_second"), "above 0");
            }
            if machine.step_base_s < 0.0 || machine.step_each_s < 0.0 {
                return wrong(field("step_base_s"), "not below 0");
            }
            if !is_amount(machine.step_base_s + machine.step_each_s) {
                return wrong(field("step_each_s"), "a step takes time");
            }
            if machine.slots == 0 {
                return wrong(field("slots"), "at least 1");
            }
            if machine.usd_per_hour.is_some_and(|usd| !is_amount(usd)) {
                return wrong(field("usd_per_hour"), "above 0, or null");
            }
        }
        for (place, claim) in self.claims.iter().enumerate() {
            let known = match &claim.check {
                ClaimKind::Serves { machine, .. } | ClaimKind::Answers { machine, .. } => {
                    self.machine(machine).is_some()
                }
                ClaimKind::CostsPerDay { api, .. } => self.api(api).is_some(),
            };
            if !known {
                return wrong(format!("claims.{place}"), "names a machine that is not above");
            }
        }
        Ok(())
    }
}

impl RentedMachine {
    /// Its speed, with questions costing as much light work as here.
    pub fn profile(&self, costs: Costs) -> Profile {
        Profile {
            prefill_per_second: self.prefill_per_second,
            step_base_s: self.step_base_s,
            step_each_s: self.step_each_s,
            slots: self.slots,
            costs,
            cores: self.shared_cores.unwrap_or(f64::INFINITY),
        }
    }

    /// US dollars a month for one, if it is rented.
    pub fn usd_per_month(&self, prices: &Prices) -> Option<f64> {
        Some(self.usd_per_hour? * prices.rented_hours_per_month)
    }
}

impl Api {
    /// US dollars for one answer.
    pub fn usd_per_answer(&self, prompt_tokens: f64, answer_tokens: f64) -> f64 {
        (prompt_tokens * self.usd_per_million_in + answer_tokens * self.usd_per_million_out) / 1e6
    }
}

#[cfg(test)]
mod tests;
