//! What an outage takes, as rows.

use super::impact::{by_sector, sector};
use super::multipliers::{money, ratio};
use super::row::lost_unit;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Outage;
use crate::error::Result;

impl Data for Outage {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "outage"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// What each sector loses in all, then all of them together; other models' output; then by day, the number of
    /// which stands in `item`, from 1: all sectors together, and output by sector.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let base = Row {
            table: &self.provenance.table,
            item: "outage",
            unit: &money,
            ..Row::default()
        };
        sink(&Row {
            measure: "capacity_lost",
            sector: sector(&self.sectors, self.sector),
            value: self.capacity_lost,
            ..base
        })?;
        let mut measures = vec![
            ("output", "", money.as_str(), &self.output),
            ("output", "upstream", money.as_str(), &self.upstream),
            ("output", "downstream", money.as_str(), &self.downstream),
            ("made_up", "", money.as_str(), &self.made_up),
            ("value_added", "", money.as_str(), &self.value_added),
            ("imports", "", money.as_str(), &self.imports),
            ("unmet_final_demand", "", money.as_str(), &self.unmet),
        ];
        measures.extend(self.accounts.iter().map(|(account, values)| {
            let unit = lost_unit(account);
            (account.id.as_str(), "", unit, values)
        }));
        for (measure, stage, unit, values) in measures {
            let base = Row {
                measure,
                unit,
                stage,
                ..base
            };
            by_sector(&self.sectors, values, base, sink)?;
            sink(&Row {
                value: values.iter().sum(),
                ..base
            })?;
        }
        sink(&Row {
            measure: "unmet_after_outage",
            value: self.unmet_after,
            ..base
        })?;
        by_sector(
            &self.sectors,
            &self.stock_days,
            Row {
                measure: "stock",
                unit: "days",
                ..base
            },
            sink,
        )?;
        for of in &self.yardsticks {
            let base = Row {
                item: of.model.id(),
                ..base
            };
            sink(&Row {
                measure: "output",
                value: of.output,
                ..base
            })?;
            sink(&Row {
                measure: "output_per_unit",
                value: of.output / self.capacity_lost,
                unit: &ratio(&self.provenance),
                ..base
            })?;
        }
        sink(&Row {
            measure: "output_per_unit",
            value: self.output_lost() / self.capacity_lost,
            unit: &ratio(&self.provenance),
            ..base
        })?;
        for (at, (day, values)) in self.days.iter().zip(&self.by_day).enumerate() {
            let number = (at + 1).to_string();
            let base = Row {
                item: &number,
                ..base
            };
            for (measure, stage, value) in [
                ("capacity_lost", "", day.capacity_lost),
                ("output", "", day.output()),
                ("output", "own", day.own),
                ("output", "upstream", day.upstream),
                ("output", "downstream", day.downstream),
                ("value_added", "", day.value_added),
                ("unmet_final_demand", "", day.unmet),
            ] {
                sink(&Row {
                    measure,
                    stage,
                    value,
                    ..base
                })?;
            }
            by_sector(
                &self.sectors,
                values,
                Row {
                    measure: "output",
                    ..base
                },
                sink,
            )?;
        }
        Ok(())
    }
}
