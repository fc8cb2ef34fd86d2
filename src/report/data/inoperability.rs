//! How inoperability spreads, as rows.

use super::impact::{by_sector, by_sector_and_total, sector};
use super::multipliers::money;
use super::row::lost_unit;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Inoperability;
use crate::error::Result;

/// The unit of inoperability.
const SHARE: &str = "share of output";

impl Data for Inoperability {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "inoperability"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// What each sector loses in all, then all of them together; inoperability, its ranks and rates by sector; then by
    /// day, the number of which stands in `item`, from 1: all sectors together, and inoperability by sector.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let base = Row {
            table: &self.provenance.table,
            item: self.options.side.id(),
            unit: &money,
            ..Row::default()
        };
        let given = [
            ("struck", &self.options.struck),
            ("demand_missing", &self.options.demand),
            ("imports_missing", &self.options.imports),
        ];
        for (measure, list) in given {
            for (at, value) in list {
                let (sector, value) = (sector(&self.sectors, *at), *value);
                sink(&Row {
                    sector,
                    measure,
                    value,
                    unit: SHARE,
                    ..base
                })?;
            }
        }
        let mut measures = vec![
            ("output", money.as_str(), &self.output),
            ("undelivered", money.as_str(), &self.undelivered),
            ("value_added", money.as_str(), &self.value_added),
        ];
        measures.extend(self.accounts.iter().map(|(account, values)| {
            let unit = lost_unit(account);
            (account.id.as_str(), unit, values)
        }));
        for (measure, unit, values) in measures {
            let base = Row {
                measure,
                unit,
                ..base
            };
            by_sector_and_total(&self.sectors, values, base, sink)?;
        }
        let places =
            |ranks: &[usize]| -> Vec<f64> { ranks.iter().map(|rank| *rank as f64).collect() };
        let figures = [
            ("inoperability_peak", SHARE, self.peak.clone()),
            ("inoperability_settled", SHARE, self.settled.clone()),
            ("recovery_coefficient", "a day", self.coefficients.clone()),
            (
                "rank_by_inoperability",
                "rank",
                places(&self.rank_by_inoperability),
            ),
            ("rank_by_loss", "rank", places(&self.rank_by_loss)),
        ];
        for (measure, unit, values) in figures {
            let row = Row {
                measure,
                unit,
                ..base
            };
            by_sector(&self.sectors, &values, row, sink)?;
        }
        for (at, (day, values)) in self.days.iter().zip(&self.by_day).enumerate() {
            let number = (at + 1).to_string();
            let base = Row {
                item: &number,
                ..base
            };
            for (measure, stage, value) in [
                ("output", "", day.output),
                ("output", "own", day.own),
                ("undelivered", "", day.undelivered),
                ("value_added", "", day.value_added),
            ] {
                sink(&Row {
                    measure,
                    stage,
                    value,
                    ..base
                })?;
            }
            let row = Row {
                measure: "inoperability",
                unit: SHARE,
                ..base
            };
            by_sector(&self.sectors, values, row, sink)?;
        }
        Ok(())
    }
}
