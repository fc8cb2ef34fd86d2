//! A supply shortage as rows.

use super::impact::sector;
use super::multipliers::{money, ratio};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Shortage;
use crate::error::Result;
use crate::table::SectorName;

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
            by_other(&self.sectors, self.sector, values, base, sink)?;
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

/// A figure of each sector but `own`, and of all of those together.
pub(super) fn by_other(
    sectors: &[SectorName],
    own: usize,
    values: &[f64],
    row: Row,
    sink: &mut Sink,
) -> Result<()> {
    for (at, value) in values.iter().enumerate().filter(|(at, _)| *at != own) {
        sink(&Row {
            sector: sector(sectors, at),
            value: *value,
            ..row
        })?;
    }
    sink(&Row {
        sector: None,
        stage: "total",
        value: values.iter().sum(),
        ..row
    })
}
