//! Where the figures of an analysis come from.

use crate::lang::Text;
use crate::table::{Meta, SplitError, Status};
use serde::{Deserialize, Serialize};

/// The table behind an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Provenance {
    /// Its id: "kr-2023-33".
    pub table: String,
    /// Its title.
    pub title: Text,
    /// The year of flows and prices.
    pub year: i32,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whole currency units in one unit of the table: 1,000,000 for million won.
    pub unit: f64,
    /// The source line.
    pub attribution: Text,
    /// How certain its least certain block is, where it says so.
    #[serde(default)]
    pub status: Option<Status>,
    /// The names of its blocks that needed an assumption.
    pub estimated: Vec<String>,
    /// How far its flows may be off where their split into domestic and imported ones is estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_error: Option<SplitError>,
}

/// The same among the fields of a result, by the names that impacts have: `table_title`, `table_status`.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Provenance")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "report", schemars(inline))]
pub(super) struct AmongFields {
    /// The id of the table: "kr-2023-33".
    table: String,
    /// Its title.
    #[serde(rename = "table_title")]
    title: Text,
    /// The year of its flows and prices.
    year: i32,
    /// ISO 4217 code of its currency.
    currency: String,
    /// Whole currency units in one unit of the table.
    unit: f64,
    /// Its source line.
    attribution: Text,
    /// How certain its least certain block is, where it says so.
    #[serde(rename = "table_status", default)]
    status: Option<Status>,
    /// The names of its blocks that needed an assumption.
    estimated: Vec<String>,
    /// How far its flows may be off where their split into domestic and imported ones is estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    split_error: Option<SplitError>,
}

impl Provenance {
    /// What a table's metadata say of it.
    pub fn of(meta: &Meta) -> Self {
        Provenance {
            table: meta.id.clone(),
            title: meta.title.clone(),
            year: meta.year,
            currency: meta.currency.clone(),
            unit: meta.unit,
            attribution: meta.attribution.clone(),
            status: meta.status(),
            estimated: meta.estimated().map(|block| block.name.clone()).collect(),
            split_error: meta.split_error.clone(),
        }
    }

    /// How many of the table's units make a billion of its currency: 1,000 for million won.
    pub fn units_per_billion(&self) -> f64 {
        1e9 / self.unit
    }
}
