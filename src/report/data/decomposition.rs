//! Why a measure changed between two tables, as rows.

use super::impact::{by_sector, by_sector_and_total};
use super::multipliers::money;
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Decomposition;
use crate::error::Result;

impl Data for Decomposition {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "decomposition"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.from))
    }

    /// Both years by sector, what each factor did by sector and in all, and paths.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = money(&self.from).label();
        let unit = match &self.account {
            Some(account) => account.unit.en.as_str(),
            None => money.as_str(),
        };
        let base = Row {
            table: &self.to.table,
            measure: &self.measure,
            unit,
            ..Row::default()
        };
        for (of, values) in [(&self.from, &self.before), (&self.to, &self.after)] {
            let base = Row {
                table: &of.table,
                year: Some(of.year),
                ..base
            };
            by_sector_and_total(&self.sectors, values, base, sink)?;
        }
        for part in &self.parts {
            let base = Row {
                item: part.factor.id(),
                stage: "change",
                ..base
            };
            by_sector(&self.sectors, &part.by_sector, base, sink)?;
            sink(&Row {
                value: part.sum,
                ..base
            })?;
            if let Some(ratio) = part.ratio {
                sink(&Row {
                    stage: "ratio",
                    value: ratio,
                    unit: "",
                    ..base
                })?;
            }
        }
        sink(&Row {
            item: "residual",
            stage: "change",
            value: self.residual,
            ..base
        })?;
        let Some(paths) = &self.paths else {
            return Ok(());
        };
        for path in &paths.paths {
            let codes = path.sectors.iter().map(|s| self.sectors[*s].code.as_str());
            let chain = codes.collect::<Vec<_>>().join(" < ");
            for (stage, value) in [
                ("path_before", path.before),
                ("path_after", path.after),
                ("path_intensity", path.intensity),
                ("path_inputs", path.inputs),
                ("path_final_demand", path.final_demand),
            ] {
                sink(&Row {
                    item: &chain,
                    stage,
                    value,
                    ..base
                })?;
            }
        }
        let shares = [
            ("paths_covered", paths.covered),
            ("paths_valued", paths.valued),
        ];
        for (stage, value) in shares.iter().filter_map(|(s, v)| Some((*s, (*v)?))) {
            sink(&Row {
                stage,
                value,
                unit: "",
                ..base
            })?;
        }
        Ok(())
    }
}
