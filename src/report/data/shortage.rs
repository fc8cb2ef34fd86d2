//! A supply shortage as rows.

use super::impact::sector;
use super::multipliers::{money, ratio};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Shortage;
use crate::error::Result;

impl Data for Shortage {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "shortage"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// What each other sector loses, then all of them together, and that per unit not delivered.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let ratio = ratio(&self.provenance);
        let base = Row {
            table: &self.provenance.table,
            item: "shortage",
            unit: &money,
            ..Row::default()
        };
        let given = Row {
            sector: sector(&self.sectors, self.sector),
            measure: "not_delivered",
            value: self.amount,
            ..base
        };
        sink(&given)?;
        let mut measures = vec![
            ("output", money.as_str(), &self.output),
            ("value_added", money.as_str(), &self.value_added),
        ];
        let accounts = self.accounts.iter();
        measures.extend(accounts.map(|(a, values)| (a.id.as_str(), a.unit.en.as_str(), values)));
        for (measure, unit, values) in measures {
            let base = Row {
                measure,
                unit,
                ..base
            };
            for (at, value) in values
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != self.sector)
            {
                sink(&Row {
                    sector: sector(&self.sectors, at),
                    value: *value,
                    ..base
                })?;
            }
            sink(&Row {
                stage: "total",
                value: values.iter().sum(),
                ..base
            })?;
        }
        sink(&Row {
            measure: "output_per_unit",
            stage: "total",
            value: self.output.iter().sum::<f64>() / self.amount,
            unit: &ratio,
            ..base
        })
    }
}
