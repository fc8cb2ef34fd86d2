//! What a result was computed with.

use super::Labour;
use crate::lang::Text;
use crate::model::{Earnings, ImportTreatment};
use crate::scenario::Plan;
use serde::{Deserialize, Serialize};

/// What a result was computed with, so that it can be computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Receipt {
    /// The program's version.
    pub version: String,
    /// The table's id.
    pub table: String,
    /// The table's title.
    pub table_title: Text,
    /// Whether the scenario's mixes changed its inputs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mixed: bool,
    /// How certain its least certain block is, where it says so.
    #[serde(default)]
    pub table_status: Option<crate::table::Status>,
    /// SHA-256 over the table's files.
    pub table_hash: String,
    /// The year of its flows and prices.
    pub table_year: i32,
    /// Its prices.
    pub price_basis: Text,
    /// ISO 4217 code of the currency of all money, which is in millions.
    pub currency: String,
    /// Its source line.
    pub attribution: Text,
    /// How imports enter the inverse.
    pub imports: ImportTreatment,
    /// The share of labour income that households spend; `None` for an open model (Type I).
    pub household_share: Option<f64>,
    /// Which income they earn, where it is not compensation of employees alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<Earnings>,
    /// Whether that share is the table's own.
    pub household_share_default: bool,
    /// Final demand, or outputs that were given.
    pub driven_by: Driver,
    /// Yearly growth of labour productivity.
    pub productivity_growth: f64,
    /// Yearly discount rate, and the year discounted to.
    pub discount: Option<(f64, i32)>,
    /// The blocks of the table that are estimated, by name.
    pub estimated_blocks: Vec<String>,
    /// How far its flows may be off where their split into domestic and imported ones is estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_error: Option<crate::table::SplitError>,
}

impl Receipt {
    /// The growth of labour productivity that its jobs are counted with.
    pub fn labour(&self) -> Labour {
        Labour::new(self.table_year, self.productivity_growth)
    }
}

/// What a plan gives: outputs, where it gives nothing else.
pub(super) fn driver(plan: &Plan) -> Driver {
    let mut lines = plan.phases.iter().flat_map(|phase| &phase.lines);
    match plan.imports.is_some() && lines.all(|line| line.event.gives_output()) {
        true => Driver::Output,
        false => Driver::FinalDemand,
    }
}

/// What a shock is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Driver {
    /// Final demand.
    #[default]
    FinalDemand,
    /// Gross output: column j of L over l_jj.
    Output,
}
