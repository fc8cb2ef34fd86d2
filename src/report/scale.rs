//! Amounts of money as cells and columns of a document.

use super::document::{Cell, Column, Unit};
use crate::units::Scale;

impl Scale<'_> {
    /// An amount with its unit, as a cell.
    pub fn measure(self, millions: f64) -> Cell {
        let unit = Unit {
            name: self.money_unit(),
            decimals: self.money_decimals(),
        };
        Cell::Measure(self.money(millions), unit)
    }

    /// A column of amounts.
    pub fn column(self, id: &str, title: &str) -> Column {
        Column::number(id, title, &self.money_unit(), self.money_decimals())
    }
}
