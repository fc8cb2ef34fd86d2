//! A stop of imports as rows.

use super::impact::{by_sector, by_sector_and_total, sector};
use super::multipliers::money;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::ImportStop;
use crate::error::Result;

impl Data for ImportStop {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "import_stop"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// What is missing, by user and item of final demand; then what changes in each case, by sector and in all.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.provenance).label();
        let base = Row {
            table: &self.provenance.table,
            unit: &money,
            ..Row::default()
        };
        let product = sector(&self.sectors, self.sector);
        for (measure, value) in [("imports", self.imports), ("imports_missing", self.amount)] {
            sink(&Row {
                sector: product,
                measure,
                value,
                stage: "total",
                ..base
            })?;
        }
        for (role, value) in &self.final_demand {
            let (item, measure) = (role.id(), "imports_missing");
            sink(&Row {
                sector: product,
                item,
                measure,
                value: *value,
                ..base
            })?;
        }
        let users = [
            ("imports_missing", money.as_str(), &self.users),
            ("output_limit", "share of output", &self.limits),
            ("unmet", money.as_str(), &self.unmet),
        ];
        for (measure, unit, values) in users {
            let row = Row {
                item: "users",
                measure,
                unit,
                ..base
            };
            by_sector(&self.sectors, values, row, sink)?;
        }
        for of in &self.cases {
            let mut measures = vec![
                ("output", money.as_str(), &of.output),
                ("value_added", money.as_str(), &of.value_added),
                ("imports", money.as_str(), &of.imports),
            ];
            let accounts = of.accounts.iter();
            measures
                .extend(accounts.map(|(a, values)| (a.id.as_str(), a.unit.en.as_str(), values)));
            for (measure, unit, values) in measures {
                let base = Row {
                    item: of.case.id(),
                    measure,
                    unit,
                    ..base
                };
                by_sector_and_total(&self.sectors, values, base, sink)?;
            }
        }
        Ok(())
    }
}
