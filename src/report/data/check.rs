//! What the table doctor finds, as rows.

use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::Checkup;
use crate::error::Result;
use crate::lang::Text;
use crate::table::{AnyTable, Classification};
use serde::Serialize;

/// What was found of a table, in its unit of money.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Examined<'a> {
    /// Whether nothing is wrong.
    pub clean: bool,
    /// What was found.
    #[serde(flatten)]
    pub checkup: &'a Checkup,
    /// What no sum of a table shows.
    pub unseen: Vec<Text>,
    #[serde(skip)]
    money: MoneyUnit,
    #[serde(skip)]
    sectors: &'a Classification,
}

impl<'a> Examined<'a> {
    /// What was found of a table.
    pub fn of(table: &'a AnyTable, checkup: &'a Checkup) -> Self {
        Examined {
            clean: checkup.is_clean(),
            checkup,
            unseen: crate::report::words::unseen().to_vec(),
            money: MoneyUnit::of(&table.meta().currency, table.meta().unit),
            sectors: table.sectors(),
        }
    }

    fn name(&self, code: &str) -> Option<&'a Text> {
        self.sectors
            .iter()
            .find(|s| s.code == code)
            .map(|s| &s.name)
    }
}

impl Data for Examined<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "check"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(self.money.clone())
    }

    /// Residuals by sector, GDP three ways, computed and published totals, counts of faults.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let checkup = self.checkup;
        let money = self.money.label();
        let base = Row {
            table: &checkup.table,
            ..Row::default()
        };
        for (measure, value, unit) in [
            ("faults", checkup.faults.len() as f64, "count"),
            ("remarks", checkup.remarks.len() as f64, "count"),
            ("spectral_radius", checkup.spectral_radius, "ratio"),
        ] {
            sink(&Row {
                measure,
                value,
                unit,
                ..base
            })?;
        }
        if let Some(condition) = checkup.condition {
            sink(&Row {
                measure: "condition",
                value: condition,
                unit: "ratio",
                ..base
            })?;
        }
        if let Some((worst, _)) = &checkup.identity {
            sink(&Row {
                measure: "identity_residual",
                value: *worst,
                unit: "ratio",
                ..base
            })?;
        }
        if let Some(gdp) = &checkup.gdp {
            let sides = [
                ("production", Some(gdp.production)),
                ("income", Some(gdp.income)),
                ("expenditure", Some(gdp.expenditure)),
                ("taxes on imports", gdp.import_taxes),
                ("taxes on products", gdp.product_taxes),
            ];
            for (item, value) in sides {
                if let Some(value) = value {
                    sink(&Row {
                        item,
                        measure: "gdp",
                        value,
                        unit: &money,
                        ..base
                    })?;
                }
            }
        }
        for total in &checkup.known_totals {
            let unit = if total.name == "jobs" {
                "persons"
            } else {
                &money
            };
            for (stat, value) in [("point", total.computed), ("published", total.published)] {
                sink(&Row {
                    measure: total.name,
                    stat,
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        let Some(balance) = &checkup.balance else {
            return Ok(());
        };
        let residuals = [
            ("row_residual", Some(&balance.rows)),
            ("column_residual", Some(&balance.columns)),
            ("imports_residual", balance.imports.as_ref()),
        ];
        for (measure, values) in residuals {
            for (code, value) in balance.codes.iter().zip(values.into_iter().flatten()) {
                sink(&Row {
                    sector: self.name(code).map(|name| (code.as_str(), name)),
                    measure,
                    value: *value,
                    unit: &money,
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
