//! Orders on the wire: a visitor's try and its reply, and how staff set a source up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A form to show, with the number that was found in the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderForm {
    /// To be filled in.
    pub number: Option<String>,
}

/// One try to open an order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct VerifyOrder {
    /// The order number as it was typed.
    pub number: String,
    /// An e-mail address, a postcode, the last four digits of a telephone, or a last name.
    pub proof: String,
    /// The conversation it belongs to; wrong tries are counted for it.
    #[serde(default)]
    pub conversation: Option<String>,
    /// BCP 47 language of the visitor's screen.
    #[serde(default)]
    pub language: Option<String>,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum OrderOutcome {
    /// The order is shown.
    Found,
    /// No such order, or not its proof: the same bytes for both.
    Refused,
    /// Tried too often.
    Locked,
}

/// Reply to a try, as the headless contract fixes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderReply {
    /// What came of it.
    pub outcome: OrderOutcome,
    /// The order, where it was found.
    pub card: Option<OrderCard>,
    /// A sentence for the visitor.
    pub message: String,
    /// How to reach a person, where only a person can help.
    pub hand_over: Option<String>,
}

/// A verified order: few fields, nothing personal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderCard {
    /// The number as the visitor wrote it.
    pub number: String,
    /// How far it is, in a sentence.
    pub status: String,
    /// When the desk learned this, as `2026-11-22T14:05:00Z`.
    pub as_of: String,
    /// When it was ordered.
    pub ordered_on: Option<String>,
    /// When it was sent.
    pub shipped_on: Option<String>,
    /// When it is expected.
    pub expected_on: Option<String>,
    /// When it arrived.
    pub delivered_on: Option<String>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What is in it.
    pub items: Option<String>,
}

/// A source of orders to set up.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct ActivateOrders {
    /// A CSV file, `shop.db#table`, or a database's URL with `#table`.
    pub from: String,
    /// `column=field` for each column that is used. Empty takes what was confirmed the last time,
    /// or a draft that leaves no doubt.
    #[serde(default)]
    pub map: Vec<String>,
    /// `code=sentence` for codes of the shop.
    #[serde(default)]
    pub sentences: Vec<String>,
    /// Hours after which imported orders are too old to be shown; 0 for never, 72 unless said.
    #[serde(default)]
    pub max_age_hours: Option<u32>,
    /// A real order's number that must be found before the source goes live.
    #[serde(default)]
    pub example_number: Option<String>,
    /// Its proof.
    #[serde(default)]
    pub example_proof: Option<String>,
}

/// A draft of which column holds what.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderProposal {
    /// The place, as it is given to [`ActivateOrders`]; a file that was picked by its path.
    pub from: String,
    /// Every column, as it stands in the table.
    pub columns: Vec<OrderColumn>,
    /// Rows that were seen.
    pub rows: u32,
    /// Codes in the status column, to be given sentences.
    pub codes: Vec<String>,
    /// Whether names and values agree for everything that is needed.
    pub is_sure: bool,
    /// The first rows, covered so far that nobody is named.
    pub preview: Vec<Vec<String>>,
}

/// One column of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderColumn {
    /// Its name.
    pub column: String,
    /// What it seems to hold; `None` for what is neither needed nor kept.
    pub field: Option<String>,
    /// How sure that is, from 0 to 1.
    pub score: f32,
}

/// Where orders come from, without a password.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct OrderSourceView {
    /// Number.
    pub id: i64,
    /// The place.
    pub place: String,
    /// `file`, `sqlite`, `postgres` or `mysql`.
    pub kind: String,
    /// `column=field` for each column that is used.
    pub map: Vec<String>,
    /// Imported orders; 0 where they are read when asked.
    pub orders: u32,
    /// When the desk learned them, as `2026-11-22T14:05:00Z`.
    pub as_of: String,
    /// Hours after which they are too old to be shown; 0 for never.
    pub max_age_hours: u32,
    /// Whether they are too old now.
    pub is_stale: bool,
}
