//! Suppliers as rows: output by sector and tier, and the largest chains.

use super::impact::sector;
use super::studies::beyond;
use super::{Data, MoneyUnit, Nothing, Row, Sink, million};
use crate::error::Result;
use crate::impact::tiers::Suppliers;

impl Data for Suppliers {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "suppliers"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.receipt.currency))
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = million(&self.receipt.currency);
        let base = Row {
            scenario: &self.name.en,
            table: &self.receipt.table,
            unit: &money,
            ..Row::default()
        };
        for (kind, tiers) in &self.kinds {
            let row = Row {
                kind: Some(*kind),
                measure: "output",
                ..base
            };
            let named = tiers.tiers.iter().enumerate();
            let named = named.map(|(tier, values)| (tier.to_string(), values));
            let rest = (beyond(tiers.tiers.len()), &tiers.rest);
            for (tier, values) in named.chain([rest]) {
                for (at, value) in values.iter().enumerate() {
                    sink(&Row {
                        sector: sector(&tiers.sectors, at),
                        tier: &tier,
                        value: *value,
                        ..row
                    })?;
                }
            }
            let of_kind = self.paths.iter().filter(|(k, _)| k == kind);
            for (_, paths) in of_kind {
                for path in &paths.paths {
                    let code =
                        |at: &usize| sector(&tiers.sectors, *at).map_or("", |(code, _)| code);
                    let chain: Vec<&str> = path.sectors.iter().map(code).collect();
                    let last = path.sectors.last();
                    sink(&Row {
                        sector: last.and_then(|at| sector(&tiers.sectors, *at)),
                        item: &chain.join(" < "),
                        measure: "output_of_path",
                        tier: &(chain.len().saturating_sub(1)).to_string(),
                        value: path.value,
                        ..row
                    })?;
                }
                sink(&Row {
                    measure: "output_of_other_paths",
                    value: paths.remainder,
                    ..row
                })?;
            }
        }
        Ok(())
    }
}
