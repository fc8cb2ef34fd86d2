//! A scenario placed in each province in turn, as rows.

use super::{Data, MoneyUnit, Nothing, Row, Sink, million, studies};
use crate::error::Result;
use crate::impact::regional::Comparison;
use crate::lang::Text;
use serde::Serialize;

/// The ranking of provinces with what it was computed of.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Placed<'a> {
    /// What is placed.
    pub name: &'a Text,
    /// The table's id.
    pub table: &'a str,
    /// Where it can be placed and where not.
    #[serde(flatten)]
    pub comparison: &'a Comparison,
}

impl Data for Placed<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "regions"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.comparison.currency))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let base = Row {
            scenario: &self.name.en,
            table: self.table,
            ..Row::default()
        };
        let money = million(&self.comparison.currency);
        for regional in &self.comparison.able {
            studies::regions(regional, base, &money, sink)?;
        }
        for (region, lacking) in &self.comparison.unable {
            for sector in lacking {
                sink(&Row {
                    region: &region.en,
                    item: sector,
                    measure: "sector_missing",
                    value: 1.0,
                    unit: "count",
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
