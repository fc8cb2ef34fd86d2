//! What tables give beside what is published of them, as rows.

use super::{Data, Nothing, Row, Sink};
use crate::analysis::Validation;
use crate::error::Result;
use crate::lang::Lang;
use serde::Serialize;

/// The checks of some tables.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Validated<'a> {
    /// Whether every check of every table passes.
    pub passes: bool,
    /// The tables.
    pub tables: &'a [Validation],
}

impl<'a> Validated<'a> {
    /// The checks of some tables.
    pub fn of(tables: &'a [Validation]) -> Self {
        Validated {
            passes: tables.iter().all(Validation::passes),
            tables,
        }
    }
}

impl Data for Validated<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "validation"
    }

    /// Four rows a check: ours, as published, what is allowed, and 1 where it passes.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for table in self.tables {
            for check in &table.checks {
                let unit = match check.unit(table, Lang::En) {
                    unit if unit.is_empty() => "ratio".to_owned(),
                    unit => unit,
                };
                let sector = check.sector.as_ref();
                let base = Row {
                    table: &table.provenance.table,
                    sector: sector.map(|s| (s.code.as_str(), &s.name)),
                    item: &check.code,
                    measure: "check",
                    unit: &unit,
                    ..Row::default()
                };
                for (stat, value) in [
                    ("point", check.ours),
                    ("published", check.published),
                    ("allowed", check.allowed),
                ] {
                    sink(&Row {
                        stat,
                        value,
                        ..base
                    })?;
                }
                sink(&Row {
                    stat: "passes",
                    value: f64::from(u8::from(check.passes)),
                    unit: "count",
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
