//! What was read of others' files and what was made of it, as rows.

use super::{Data, MoneyUnit, Nothing, Row, Sink, million};
use crate::error::Result;
use crate::lang::Text;
use crate::table::AnyTable;
use crate::table::balance::{Balance, Gdp};
use crate::table::import::{Import, LeftOut};
use crate::table::meta::{Block, Kind, PriceBasis};
use serde::Serialize;

/// What was read, derived and left out, and the table that it came to.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Imported<'a> {
    /// The id of the table.
    pub table: &'a str,
    /// SHA-256 of the table as the project's own files hold it.
    pub content_hash: &'a str,
    /// What it is.
    pub title: &'a Text,
    /// Flows, or coefficients alone.
    pub table_kind: Kind,
    /// The year of flows and prices.
    pub year: i32,
    /// Whose prices they are.
    pub prices: PriceBasis,
    /// The source line that every output shows.
    pub attribution: &'a Text,
    /// How many sectors there are, those of all regions.
    pub sectors: usize,
    /// The codes of its regions, of a table of several.
    pub regions: Vec<&'a str>,
    /// The files and sheets that were read.
    pub read: &'a [String],
    /// Each block of figures: published, derived or estimated, and how.
    pub blocks: &'a [Block],
    /// Lines of the files that have no place in the table.
    pub left_out: &'a [LeftOut],
    /// All that was derived, estimated, left out or assumed, in words.
    pub said: &'a [Text],
    /// Whether it adds up; none of a table of coefficients.
    pub checks: Option<Checks>,
    #[serde(skip)]
    currency: &'a str,
}

/// What a table of flows comes to.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Checks {
    /// Output of all sectors.
    pub output: f64,
    /// GDP from its three sides.
    pub gdp: Gdp,
    /// The residual of the row or column that is farthest off.
    pub worst_residual: f64,
    /// Which that is; empty where all add up exactly.
    pub worst: String,
}

impl<'a> Imported<'a> {
    /// What an import did.
    pub fn of(import: &'a Import) -> Self {
        let (table, meta) = (&import.table, import.table.meta());
        let checks = match table {
            AnyTable::Coefficients(_) => None,
            AnyTable::Flows(table) => {
                let (worst_residual, worst) = Balance::of(table).worst();
                Some(Checks {
                    output: table.output().sum(),
                    gdp: Gdp::of(table),
                    worst_residual,
                    worst,
                })
            }
        };
        Imported {
            table: &meta.id,
            content_hash: table.content_hash(),
            title: &meta.title,
            table_kind: meta.kind,
            year: meta.year,
            prices: meta.prices,
            attribution: &meta.attribution,
            sectors: table.sectors().len(),
            regions: meta.regions.iter().map(|r| r.code.as_str()).collect(),
            read: &import.sheets,
            blocks: &meta.blocks,
            left_out: &import.left_out,
            said: &import.said,
            checks,
            currency: &meta.currency,
        }
    }
}

impl Data for Imported<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "imported"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(self.currency))
    }

    /// How many sectors and regions; output, GDP from its three sides and the worst residual; what is left out by its line.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = million(self.currency);
        let base = Row {
            table: self.table,
            ..Row::default()
        };
        for (measure, count) in [
            ("sectors", self.sectors),
            ("regions", self.regions.len()),
            ("left_out_lines", self.left_out.len()),
        ] {
            sink(&Row {
                measure,
                value: count as f64,
                unit: "count",
                ..base
            })?;
        }
        if let Some(checks) = &self.checks {
            for (measure, item, value) in [
                ("output", "", checks.output),
                ("gdp", "production", checks.gdp.production),
                ("gdp", "income", checks.gdp.income),
                ("gdp", "expenditure", checks.gdp.expenditure),
                ("worst_residual", &checks.worst, checks.worst_residual),
            ] {
                sink(&Row {
                    item,
                    measure,
                    value,
                    unit: &money,
                    ..base
                })?;
            }
        }
        // Lines of one label in one file are one row.
        let mut sums: Vec<(String, f64)> = Vec::new();
        for left in self.left_out {
            let item = format!("{}: {} {}", left.place, left.line.id(), left.label);
            match sums.iter_mut().find(|(known, _)| *known == item) {
                Some((_, sum)) => *sum += left.amount,
                None => sums.push((item, left.amount)),
            }
        }
        for (item, value) in &sums {
            sink(&Row {
                item,
                measure: "left_out",
                value: *value,
                unit: &money,
                ..base
            })?;
        }
        Ok(())
    }
}
