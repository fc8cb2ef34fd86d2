//! A table itself, a figure a row: for pandas, Polars, DuckDB and the like.

use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::error::Result;
use crate::table::write::native::blocks;
use crate::table::{AnyTable, Kind};
use serde::Serialize;

/// The cells of a table.
///
/// `measure` is the block; in a block of sectors by sectors `code` is the seller and `item` the buyer; elsewhere
/// `code` is the sector and `item` the category, the primary input or the account. Cells that are zero are left
/// out.
#[derive(Debug, Serialize)]
pub struct Cells<'a> {
    #[serde(skip)]
    table: &'a AnyTable,
    money: MoneyUnit,
}

impl<'a> Cells<'a> {
    /// Those of a table.
    pub fn of(table: &'a AnyTable) -> Self {
        let meta = table.meta();
        Cells {
            table,
            money: MoneyUnit::of(&meta.currency, meta.unit),
        }
    }
}

impl Data for Cells<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "table"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(self.money.clone())
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let (meta, sectors) = (self.table.meta(), self.table.sectors());
        let money = self.money.label();
        let per_unit = meta.kind == Kind::Coefficients;
        for block in blocks(self.table) {
            let of_sectors = block
                .rows
                .iter()
                .all(|code| sectors.position(code).is_some());
            let mut result = Ok(());
            block.figures.for_each(|i, j, value| {
                let (sector, item) = match of_sectors {
                    true => (block.rows[i], block.columns[j]),
                    false => (block.columns[j], block.rows[i]),
                };
                let named = sectors.position(sector).map(|at| &sectors.get(at).name);
                let account = meta.accounts.iter().find(|account| account.id == item);
                let unit = match account {
                    Some(account) => account.unit.en.as_str(),
                    None if per_unit && block.name != "output" => "ratio",
                    None => &money,
                };
                if result.is_ok() {
                    result = sink(&Row {
                        table: &meta.id,
                        year: Some(meta.year),
                        sector: named.map(|name| (sector, name)),
                        item,
                        measure: block.name,
                        value,
                        unit,
                        ..Row::default()
                    });
                }
            });
            result?;
        }
        Ok(())
    }
}
