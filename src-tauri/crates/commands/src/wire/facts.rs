//! The shop's facts as staff type them. Times are `09:30`, up to `24:00`; a span that ends at or
//! before its beginning ends on the next day.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything typed about one shop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct FactsView {
    /// Time zone such as `Europe/London`; empty takes this computer's.
    pub time_zone: String,
    /// The shop itself first; then places within it.
    pub places: Vec<PlaceView>,
    /// What things cost.
    pub prices: Vec<PriceView>,
}

/// The shop, or a place within it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct PlaceView {
    /// What visitors call it; the first is shown. May be empty for the shop itself.
    pub names: Vec<String>,
    /// Telephone number as shown.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Postal address.
    pub address: String,
    /// The usual weeks of the year.
    pub seasons: Vec<SeasonView>,
    /// Days that are not as their weekday.
    pub special_days: Vec<SpecialDayView>,
    /// The last day (`2027-12-31`) for which all special days are typed; later days are left to the
    /// documents. Empty for no end.
    pub known_until: String,
}

/// A usual week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct SeasonView {
    /// First day as `04-01`; empty for the whole year.
    pub from: String,
    /// Last day as `10-31`; empty for the whole year.
    pub to: String,
    /// Seven days from Monday, each with its spans; no span is closed.
    pub week: Vec<Vec<SpanView>>,
}

/// From one time to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct SpanView {
    /// As `09:30`.
    pub opens: String,
    /// As `18:00`.
    pub closes: String,
}

/// A day with hours of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct SpecialDayView {
    /// What people call it, such as `Christmas Eve`; may be empty.
    pub names: Vec<String>,
    /// `2026-12-24` once, `12-24` every year, `easter+1`, `easter-2`, or `01-last-mon`, `05-1-mon`.
    pub on: String,
    /// No span is closed.
    pub hours: Vec<SpanView>,
}

/// What something costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub struct PriceView {
    /// What visitors call it; the first is shown.
    pub names: Vec<String>,
    /// As shown, such as `4.50`.
    pub amount: String,
    /// Sign or code, as shown.
    pub currency: String,
    /// The last day on which it is sure, as `2026-12-31`; empty for no end.
    pub valid_until: String,
}
