//! Multipliers over draws of the table, as rows: one for each statistic.

use super::ensemble::spread;
use super::sheet::unit;
use super::{Data, Nothing, Row, Sink};
use crate::analysis::MultiplierType;
use crate::error::Result;
use crate::uncertainty::MultiplierDraws;

impl Data for MultiplierDraws {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "multiplier_draws"
    }

    /// By sector every measure and its rank; of each measure what its ranks are worth.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let base = Row {
            table: &self.provenance.table,
            stage: match self.kind {
                MultiplierType::Type1 => "type1",
                MultiplierType::Type2 => "type2",
            },
            ..Row::default()
        };
        let first = format!("first {}", self.among);
        for of in &self.measures {
            let unit = unit(&of.unit, &self.provenance);
            let [rank, among] = ["rank", "among"].map(|what| format!("{}_{what}", of.measure));
            for (sector, drawn) in self.sectors.iter().zip(&of.sectors) {
                let Some(drawn) = drawn else { continue };
                let row = Row {
                    sector: Some((&sector.code, &sector.name)),
                    ..base
                };
                let value = Row {
                    measure: &of.measure,
                    unit: &unit,
                    ..row
                };
                spread(&drawn.spread, value, sink)?;
                let ranks = [
                    ("as_written", drawn.rank),
                    ("median", drawn.rank_median),
                    ("p5", drawn.rank_band[0]),
                    ("p95", drawn.rank_band[1]),
                ];
                for (stat, value) in ranks {
                    sink(&Row {
                        measure: &rank,
                        stat,
                        value: value as f64,
                        unit: "rank",
                        ..row
                    })?;
                }
                sink(&Row {
                    measure: &among,
                    item: &first,
                    value: drawn.among_first,
                    unit: "share",
                    ..row
                })?;
            }
            sink(&Row {
                measure: &format!("{}_rank_correlation", of.measure),
                value: of.rank_correlation,
                unit: "correlation",
                ..base
            })?;
        }
        Ok(())
    }
}
