//! The units of a table's cells in a column of their own.

use super::{Cell, Column, Row, Table};

impl Table {
    /// The same table with the units of its measures in a column of their own, if each row has one
    /// unit: before the measures where there are several ("Jobs | persons | 1,200 | 300"), after them
    /// where there is one ("Jobs | 1,200 | persons"). Otherwise the units stay in the cells.
    pub fn with_unit_column(&self) -> Table {
        let is_measure =
            |cell: Option<&Cell>| matches!(cell, Some(Cell::Measure(_, u)) if !u.name.is_empty());
        let measures: Vec<usize> = (0..self.columns.len())
            .filter(|&at| self.rows.iter().any(|row| is_measure(row.cells.get(at))))
            .collect();
        let units: Option<Vec<&str>> = self.rows.iter().map(unit_of).collect();
        let (Some(&first), Some(units)) = (measures.first(), units) else {
            return self.clone();
        };
        let at = if measures.len() == 1 {
            first + 1
        } else {
            first
        };
        let mut table = self.clone();
        table.columns.insert(at, Column::text("unit", ""));
        for (row, unit) in table.rows.iter_mut().zip(units) {
            for cell in &mut row.cells {
                if let Cell::Measure(_, unit) = cell {
                    unit.name.clear();
                }
            }
            row.cells.resize(self.columns.len(), Cell::Empty);
            row.cells.insert(at, Cell::from(unit));
        }
        table
    }
}

/// The unit that all measures of a row share, empty without measures; `None` if they differ.
fn unit_of(row: &Row) -> Option<&str> {
    let mut units = row.cells.iter().filter_map(|cell| match cell {
        Cell::Measure(_, unit) => Some(unit.name.as_str()),
        _ => None,
    });
    let first = units.next().unwrap_or_default();
    units.all(|unit| unit == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::*;

    #[test]
    fn the_units_of_rows_become_a_column_where_each_row_has_one() {
        let measure = |value, unit: &str| {
            let unit = Unit {
                name: unit.to_owned(),
                decimals: 0,
            };
            Cell::Measure(value, unit)
        };
        let mut table = Table {
            columns: vec![
                Column::text("name", "Measure"),
                Column::number("direct", "Direct", "", 0),
                Column::number("total", "Total", "", 0),
            ],
            rows: vec![
                Row::new(vec![
                    "Output".into(),
                    measure(1.0, "won"),
                    measure(2.0, "won"),
                ]),
                Row::new(vec!["Jobs".into(), measure(3.0, "persons")]),
            ],
        };
        let shown = table.with_unit_column().shown();
        assert_eq!(shown[0], ["Output", "won", "1", "2"]);
        assert_eq!(shown[1], ["Jobs", "persons", "3", ""]);

        let mut one = table.clone();
        one.rows[0].cells[2] = Cell::Empty;
        assert_eq!(
            one.with_unit_column().shown()[0],
            ["Output", "1", "won", ""]
        );

        table.rows[0].cells[2] = measure(2.0, "persons");
        assert_eq!(table.with_unit_column(), table, "two units in one row");
    }
}
