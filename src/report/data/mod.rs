//! Results as data: what programs read, complete and the same in every language.
//!
//! A result says once what it is ([`Data`]): its kind, its currency, and its figures as long rows
//! ([`Row`]), one figure a row. [`csv`] and `parquet` write the rows, `json` the result
//! itself with what every reader of JSON wants first: version, kind, the unit of money, headline sums.
//! Nothing here is cut, rounded or worded; `docs/data.md` says what every field and column means.

mod brief;
mod cells;
mod check;
mod comparison;
pub mod csv;
mod decomposition;
mod ensemble;
mod extraction;
pub mod figures;
mod households;
mod impact;
mod import_stop;
#[cfg(feature = "import")]
mod imported;
mod inoperability;
pub mod json;
mod linkages;
mod lists;
mod multiplier_draws;
mod multipliers;
mod outage;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plan;
mod regionalize;
mod regions;
mod row;
mod sam;
mod sector;
mod sheet;
mod shortage;
mod studies;
mod suppliers;
mod supply_use;
mod sweep;
mod trade;
mod update;
mod validation;

pub use cells::Cells;
pub use check::Examined;
#[cfg(feature = "import")]
pub use imported::{Checks, Imported};
pub use lists::{
    ListedPreset, ListedRegion, ListedSector, ListedTable, Presets, Regions, Sectors, Tables,
};
pub use plan::{Needed, NeededItem};
pub use regions::Placed;
pub use row::{COLUMNS, Cell, Row};
pub use sweep::Grid;
pub use validation::Validated;

use crate::error::Result;
use serde::{Deserialize, Serialize};

/// The version of the JSON documents and of the columns: it rises when a field changes its meaning or
/// goes, not when one is added.
pub const SCHEMA_VERSION: u32 = 1;

/// What rows are given to.
pub type Sink<'s> = dyn FnMut(&Row<'_>) -> Result<()> + 's;

/// A result that programs read.
pub trait Data: Serialize {
    /// What stands beside the result's own fields in JSON: headline sums, figures by code.
    type Ready: Serialize;

    /// What kind of result it is: "impact".
    fn kind(&self) -> &'static str;

    /// The one unit of its money; `None` where it has none.
    fn money(&self) -> Option<MoneyUnit> {
        None
    }

    /// Sums and figures by code that readers need not work out themselves.
    fn ready(&self) -> Option<Self::Ready> {
        None
    }

    /// Columns beyond [`COLUMNS`]: the parameters that a sweep varies.
    fn parameters(&self) -> Vec<String> {
        Vec::new()
    }

    /// Every figure as a row.
    ///
    /// # Errors
    /// Only those of the sink.
    fn rows(&self, sink: &mut Sink) -> Result<()>;
}

/// The unit of all money of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct MoneyUnit {
    /// ISO 4217: "KRW".
    pub currency: String,
    /// "million"; the number where it has no name, nothing for whole units.
    pub unit: String,
    /// Whole units of the currency in one: 1e6.
    pub scale: f64,
}

impl MoneyUnit {
    /// Millions of a currency: the unit of all results but those in a table's own.
    pub fn millions(currency: &str) -> Self {
        Self::of(currency, 1e6)
    }

    /// So many whole units of a currency: a table's own unit.
    pub fn of(currency: &str, scale: f64) -> Self {
        let names = [
            (1.0, ""),
            (1e3, "thousand"),
            (1e6, "million"),
            (1e9, "billion"),
            (1e12, "trillion"),
        ];
        let named = names.iter().find(|(of, _)| *of == scale);
        MoneyUnit {
            currency: currency.to_owned(),
            unit: named.map_or_else(|| scale.to_string(), |(_, name)| (*name).to_owned()),
            scale,
        }
    }

    /// As rows have it: "million KRW".
    pub fn label(&self) -> String {
        format!("{} {}", self.unit, self.currency)
            .trim_start()
            .to_owned()
    }
}

/// A million of a currency as a unit: "million KRW".
pub(crate) fn million(currency: &str) -> String {
    format!("million {currency}")
}

/// Nothing beside the result's own fields.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Nothing {}
