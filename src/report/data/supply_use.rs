//! Supply and use tables as rows.

use super::{Data, MoneyUnit, Nothing, Row, Sink, million};
use crate::analysis::SupplyUseStudy;
use crate::error::Result;
use crate::table::update::UseBlock;

impl Data for SupplyUseStudy {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "supply_use"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.currency))
    }

    /// Sums, then what each industry (in the column `item`) makes of each product, then flows below zero, the
    /// user in `item`; of tables brought to another year the largest factor of each block.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = million(&self.currency);
        let base = Row {
            table: &self.table,
            ..Row::default()
        };
        for (measure, value, unit) in [
            ("output", self.output, money.as_str()),
            ("secondary_share", self.secondary_share, "share"),
            ("adjusted", self.adjusted, &money),
            ("rounding", self.rounding, &money),
            ("unmade", self.unmade, &money),
        ] {
            sink(&Row {
                measure,
                value,
                unit,
                ..base
            })?;
        }
        for made in &self.makes {
            for (measure, value, unit) in [
                ("made", made.output, money.as_str()),
                ("market_share", made.market_share, "share"),
                ("product_mix", made.product_mix, "share"),
            ] {
                sink(&Row {
                    sector: Some((&made.product.code, &made.product.name)),
                    item: &made.industry.code,
                    measure,
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        for flow in &self.negatives {
            sink(&Row {
                sector: Some((&flow.row.code, &flow.row.name)),
                item: &flow.column.code,
                measure: "negative_flow",
                value: flow.value,
                unit: &money,
                ..base
            })?;
        }
        if let Some(update) = &self.update {
            for moved in &update.moved {
                sink(&Row {
                    year: Some(update.year),
                    sector: Some((&moved.product.code, &moved.product.name)),
                    item: &moved.column.code,
                    measure: match moved.block {
                        UseBlock::Supply => "supply_factor",
                        UseBlock::DomesticUse => "domestic_use_factor",
                        UseBlock::ImportedUse => "imported_use_factor",
                    },
                    value: moved.factor,
                    unit: "ratio",
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
