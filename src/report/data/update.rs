//! A table of another year, as rows: its sums, and errors against the published one.

use super::multipliers::money;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Update;
use crate::error::Result;

impl Data for Update {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "update"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.to))
    }

    /// Sums of both tables, then the errors of each block.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.to).label();
        for sum in &self.sums {
            for (table, value) in [(&self.from, sum.before), (&self.to, sum.after)] {
                sink(&Row {
                    table: &table.table,
                    year: Some(table.year),
                    measure: &sum.measure,
                    stage: "total",
                    value,
                    unit: &money,
                    ..Row::default()
                })?;
            }
        }
        let errors = self.against.iter().flat_map(|against| &against.errors);
        for of in errors {
            let base = Row {
                table: &self.to.table,
                item: &of.block,
                unit: "%",
                ..Row::default()
            };
            for (measure, value) in [
                ("wape", of.wape),
                ("swad", of.swad),
                ("proportional_wape", of.proportional_wape),
                ("proportional_swad", of.proportional_swad),
            ] {
                sink(&Row {
                    measure,
                    value,
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
