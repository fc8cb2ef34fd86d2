//! What a table shows: every number rounded so that what is shown adds up, down and across.

use super::{Adds, Cell, Column, Kind, Row, Table};
use crate::units::number;

impl Table {
    /// Every cell as it is shown, row by row.
    ///
    /// In additive columns the numbers are rounded so that what is shown adds up to the total shown:
    /// the total is rounded first, each part down, and what is missing goes to the parts that lost
    /// most (largest remainders). Where a column is the sum of others ([`Adds`]), each row adds up
    /// too: a row that shows too much and one that shows too little then change one column by a unit
    /// of the last decimal, which leaves its sum as it is.
    pub fn shown(&self) -> Vec<Vec<String>> {
        let rounded = self.rounded();
        let show = |(row, rounded): (&Row, &Vec<f64>)| {
            let cells = row.cells.iter().zip(&self.columns).zip(rounded);
            cells
                .map(|((cell, column), value)| match (cell, column.kind) {
                    (Cell::Number(_), Kind::Number { decimals, .. }) => number(*value, decimals),
                    _ => show(cell, column),
                })
                .collect()
        };
        self.rows.iter().zip(&rounded).map(show).collect()
    }

    /// The number of a cell, if it is one.
    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.rows[row].cells.get(column) {
            Some(Cell::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// All numbers as they are shown; what is no number is zero.
    fn rounded(&self) -> Vec<Vec<f64>> {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        let mut rounded = vec![vec![0.0; columns]; rows];
        for (at, column) in self.columns.iter().enumerate() {
            let Kind::Number { decimals, .. } = column.kind else {
                continue;
            };
            for (row, rounded) in rounded.iter_mut().enumerate() {
                if let Some(value) = self.number(row, at) {
                    rounded[at] = round_to_sum(&[value], value, decimals)[0];
                }
            }
        }
        // Totals across first, so that the columns add up to them.
        for row in (0..rows).filter(|row| self.rows[*row].total) {
            self.round_across(row, &mut rounded);
        }
        for at in 0..columns {
            self.round_down(at, &mut rounded);
        }
        for at in 0..columns {
            self.settle_across(at, &mut rounded);
        }
        for at in 0..columns {
            self.round_so_far(at, &mut rounded);
        }
        rounded
    }

    /// The decimals of a column of numbers, and whether it is additive.
    fn decimals(&self, column: usize) -> Option<(u8, bool)> {
        match self.columns[column].kind {
            Kind::Number { decimals, additive } => {
                Some((decimals, additive || self.is_summed(column)))
            }
            Kind::Text => None,
        }
    }

    /// Whether the total rows of a column are the sums of the rows above them, to the last digits.
    fn is_summed(&self, at: usize) -> bool {
        let (mut sum, mut size, mut found) = (0.0, 0.0, false);
        let mut before = 0.0;
        for (row, of) in self.rows.iter().enumerate() {
            let Some(value) = self.number(row, at) else {
                continue;
            };
            if !of.total {
                sum += value;
                size += value.abs();
                continue;
            }
            let all = if of.carries { sum + before } else { sum };
            if size == 0.0 || (value - all).abs() > 1e-9 * (size + before.abs()) {
                return false;
            }
            (sum, size, before, found) = (0.0, 0.0, value, true);
        }
        found
    }

    /// The columns that a column is the sum of, where all show the same decimals.
    fn parts(&self, column: usize) -> Vec<usize> {
        let Adds::Across(ids) = &self.columns[column].adds else {
            return Vec::new();
        };
        let named = |at: &usize| ids.contains(&self.columns[*at].id);
        let parts: Vec<usize> = (0..self.columns.len()).filter(named).collect();
        let decimals = |at: usize| self.decimals(at).map(|(decimals, _)| decimals);
        if parts.iter().all(|part| decimals(*part) == decimals(column)) {
            parts
        } else {
            Vec::new()
        }
    }

    /// Rounds the parts of a row to the sums that it shows.
    fn round_across(&self, row: usize, rounded: &mut [Vec<f64>]) {
        for at in 0..self.columns.len() {
            let (Some((decimals, _)), Some(_)) = (self.decimals(at), self.number(row, at)) else {
                continue;
            };
            let parts = self.parts(at);
            let values: Option<Vec<f64>> = parts.iter().map(|p| self.number(row, *p)).collect();
            let shown = round_to_sum(&values.unwrap_or_default(), rounded[row][at], decimals);
            for (part, value) in parts.iter().zip(shown) {
                rounded[row][*part] = value;
            }
        }
    }

    /// Rounds the rows of an additive column to the totals that it shows.
    fn round_down(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let Some((decimals, true)) = self.decimals(at) else {
            return;
        };
        let (mut from, mut before) = (0, 0.0);
        for end in 0..self.rows.len() {
            if !self.rows[end].total || self.number(end, at).is_none() {
                continue;
            }
            let rows: Vec<usize> = (from..end)
                .filter(|row| self.number(*row, at).is_some())
                .collect();
            let total = rounded[end][at];
            let target = if self.rows[end].carries {
                total - before
            } else {
                total
            };
            let values: Vec<f64> = rows.iter().filter_map(|r| self.number(*r, at)).collect();
            for (row, value) in rows.iter().zip(round_to_sum(&values, target, decimals)) {
                rounded[*row][at] = value;
            }
            (from, before) = (end + 1, total);
        }
    }

    /// Makes every row show the sum of its parts, without changing the sums of the columns.
    fn settle_across(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let (parts, Some((decimals, _))) = (self.parts(at), self.decimals(at)) else {
            return;
        };
        if parts.is_empty() {
            return;
        }
        if !parts
            .iter()
            .any(|p| matches!(self.decimals(*p), Some((_, true))))
        {
            (0..self.rows.len()).for_each(|row| self.round_across(row, rounded));
            return;
        }
        let unit = 10f64.powi(-i32::from(decimals));
        // How many units more a row must show, where it is a sum at all.
        let missing = |row: usize, rounded: &[Vec<f64>]| -> f64 {
            let values: Option<Vec<f64>> = parts.iter().map(|p| self.number(row, *p)).collect();
            let (Some(values), Some(sum)) = (values, self.number(row, at)) else {
                return 0.0;
            };
            if (values.iter().sum::<f64>() - sum).abs() > unit / 2.0 {
                return 0.0;
            }
            let shown: f64 = parts.iter().map(|p| rounded[row][*p]).sum();
            ((rounded[row][at] - shown) / unit).round()
        };
        // How much farther a cell is from its figure after a step; what is nothing stays nothing.
        let cost = |row: usize, part: usize, step: f64, rounded: &[Vec<f64>]| -> f64 {
            match self.number(row, part) {
                Some(value) if value != 0.0 => {
                    let off = rounded[row][part] - value;
                    (off + step).abs() - off.abs()
                }
                _ => f64::INFINITY,
            }
        };
        let mut from = 0;
        for end in (0..self.rows.len()).filter(|row| self.rows[*row].total) {
            let block: Vec<usize> = (from..end).collect();
            from = end + 1;
            // Each step brings two rows nearer, and no row lacks more than a unit a part.
            for _ in 0..block.len() * parts.len() {
                let of = |sign: f64, rounded: &[Vec<f64>]| -> Vec<usize> {
                    let wanted = |row: &usize| missing(*row, rounded) * sign > 0.0;
                    block.iter().copied().filter(wanted).collect()
                };
                let (more, less) = (of(1.0, rounded), of(-1.0, rounded));
                let steps = more
                    .iter()
                    .flat_map(|m| less.iter().map(move |l| (*m, *l)))
                    .flat_map(|(m, l)| parts.iter().map(move |p| (m, l, *p)))
                    .map(|(m, l, p)| {
                        let cost = cost(m, p, unit, rounded) + cost(l, p, -unit, rounded);
                        (cost, m, l, p)
                    })
                    .filter(|(cost, ..)| cost.is_finite());
                let Some((_, m, l, part)) = steps.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                    break;
                };
                rounded[m][part] += unit;
                rounded[l][part] -= unit;
            }
        }
    }

    /// Makes a running sum show the sum of what is shown so far.
    fn round_so_far(&self, at: usize, rounded: &mut [Vec<f64>]) {
        let Adds::SoFar(id) = &self.columns[at].adds else {
            return;
        };
        let Some(of) = self.columns.iter().position(|c| c.id == *id) else {
            return;
        };
        let (Some((decimals, _)), Some((same, _))) = (self.decimals(at), self.decimals(of)) else {
            return;
        };
        let unit = 10f64.powi(-i32::from(decimals));
        let (mut sum, mut shown) = (0.0, 0.0);
        for (row, rounded) in rounded.iter_mut().enumerate() {
            let (Some(value), Some(so_far)) = (self.number(row, of), self.number(row, at)) else {
                continue;
            };
            sum += value;
            shown += rounded[of];
            if decimals == same && (sum - so_far).abs() < unit / 2.0 {
                rounded[at] = shown;
            }
        }
    }
}

fn show(cell: &Cell, column: &Column) -> String {
    match (cell, column.kind) {
        (Cell::Text(text), _) => text.clone(),
        (Cell::Number(value), Kind::Number { decimals, .. }) => number(*value, decimals),
        (Cell::Number(value), Kind::Text) => value.to_string(),
        (Cell::Measure(value, unit), _) => {
            format!("{} {}", number(*value, unit.decimals), unit.name)
                .trim_end()
                .to_owned()
        }
        (Cell::Empty, _) => String::new(),
    }
}

/// Rounds parts so that they add up to their rounded total. Parts that do not add up to the total in
/// the first place (within a unit of the last decimal a part) are rounded each on its own.
pub fn round_to_sum(parts: &[f64], total: f64, decimals: u8) -> Vec<f64> {
    let unit = 10f64.powi(-i32::from(decimals));
    let scaled: Vec<f64> = parts.iter().map(|v| v / unit).collect();
    let mut rounded: Vec<f64> = scaled.iter().map(|v| v.floor()).collect();
    let missing = (total / unit).round() - rounded.iter().sum::<f64>();
    let count = missing.round();
    if !(0.0..=parts.len() as f64).contains(&count) {
        return scaled.iter().map(|v| v.round() * unit).collect();
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| {
        let lost = |i: usize| scaled[i] - rounded[i];
        lost(b).total_cmp(&lost(a)).then(a.cmp(&b))
    });
    for &i in order.iter().take(count as usize) {
        rounded[i] += 1.0;
    }
    rounded.iter().map(|v| v * unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_separators_and_no_negative_zero() {
        assert_eq!(number(1234567.891, 1), "1,234,567.9");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-1234.5, 0), "-1,234");
        assert_eq!(number(999.96, 1), "1,000.0");
        assert_eq!(number(f64::NAN, 1), "–");
    }

    #[test]
    fn what_is_shown_adds_up() {
        assert_eq!(round_to_sum(&[1.4, 1.4, 1.4], 4.2, 0), [2.0, 1.0, 1.0]);
        assert_eq!(round_to_sum(&[-1.5, 3.5], 2.0, 0), [-1.0, 3.0]);
        // Not a sum at all: each on its own.
        assert_eq!(round_to_sum(&[1.2, 1.2], 100.0, 0), [1.0, 1.0]);
    }

    #[test]
    fn a_column_that_is_summed_adds_up_without_being_told_to() {
        let row = |sum: f64, mean: f64| vec![Cell::from("x"), Cell::from(sum), Cell::from(mean)];
        let table = Table {
            columns: vec![
                Column::text("what", "What"),
                Column::number("n", "N", "", 0),
                Column::number("ratio", "Ratio", "", 0),
            ],
            rows: vec![
                Row::new(row(1.4, 1.4)),
                Row::new(row(1.4, 1.4)),
                Row::new(row(1.4, 1.4)),
                Row::total(row(4.2, 1.4)),
                Row::new(row(0.4, 0.4)),
            ],
        };
        let shown = table.shown();
        let of = |column: usize| -> Vec<&str> { shown.iter().map(|row| &*row[column]).collect() };
        assert_eq!(of(1), ["2", "1", "1", "4", "0"]);
        assert_eq!(of(2), ["1", "1", "1", "1", "0"]);
    }

    #[test]
    fn subtotals_carry_forward() {
        let row = |value: f64| vec![Cell::from("x"), Cell::from(value)];
        let table = Table {
            columns: vec![
                Column::text("what", "What"),
                Column::number("n", "N", "", 0).additive(),
            ],
            rows: vec![
                Row::new(row(1.4)),
                Row::new(row(1.4)),
                Row::total(row(2.8)),
                Row::new(row(1.4)),
                Row::running_total(row(4.2)),
            ],
        };
        let shown: Vec<String> = table.shown().into_iter().map(|mut r| r.remove(1)).collect();
        assert_eq!(shown, ["2", "1", "3", "1", "4"]);
    }

    #[test]
    fn a_row_shows_the_sum_of_its_parts() {
        let table = Table {
            columns: vec![
                Column::number("all", "", "", 0).sum_of(["a", "b"]),
                Column::number("a", "", "", 0),
                Column::number("b", "", "", 0).sum_of(["c", "d", "not there"]),
                Column::number("c", "", "", 0),
                Column::number("d", "", "", 0),
            ],
            // 3.8 = 1.4 + 2.4, 2.4 = 1.2 + 1.2; and a row that is no sum.
            rows: vec![
                Row::new([3.8, 1.4, 2.4, 1.2, 1.2].map(Cell::Number).to_vec()),
                Row::new([9.0, 1.4, 2.4, 9.4, 1.2].map(Cell::Number).to_vec()),
            ],
        };
        assert_eq!(table.shown()[0], ["4", "2", "2", "1", "1"]);
        assert_eq!(table.shown()[1], ["9", "1", "2", "9", "1"]);
    }

    #[test]
    fn what_is_shown_so_far_is_the_sum_of_what_is_shown() {
        let row = |value: f64, so_far: f64| Row::new(vec![value.into(), so_far.into()]);
        let table = Table {
            columns: vec![
                Column::number("n", "", "", 0).additive(),
                Column::number("so_far", "", "", 0).so_far("n"),
            ],
            rows: vec![
                row(1.4, 1.4),
                row(1.4, 2.8),
                row(1.4, 4.2),
                Row::total(vec![4.2.into(), Cell::Empty]),
            ],
        };
        let shown = table.shown();
        assert_eq!(shown[0], ["2", "2"]);
        assert_eq!(shown[1], ["1", "3"]);
        assert_eq!(shown[2], ["1", "4"]);
        assert_eq!(shown[3], ["4", ""]);
    }

    proptest! {
        #[test]
        fn rows_and_columns_both_add_up(
            cells in prop::collection::vec(prop::collection::vec(0.01..1e4f64, 4), 1..12),
        ) {
            let ids = ["a", "b", "c", "d"];
            let mut columns = vec![Column::number("all", "", "", 0).additive().sum_of(ids)];
            columns.extend(ids.map(|id| Column::number(id, "", "", 0).additive()));
            let with_sum = |parts: &[f64]| {
                let all = std::iter::once(parts.iter().sum()).chain(parts.iter().copied());
                all.map(Cell::Number).collect()
            };
            let mut rows: Vec<Row> = cells.iter().map(|parts| Row::new(with_sum(parts))).collect();
            let totals: Vec<f64> = (0..4).map(|c| cells.iter().map(|row| row[c]).sum()).collect();
            rows.push(Row::total(with_sum(&totals)));
            let table = Table { columns, rows };
            let shown = table.rounded();
            for (row, exact) in shown.iter().zip(&table.rows) {
                prop_assert_eq!(row[0], row[1..].iter().sum::<f64>());
                for (value, cell) in row.iter().zip(&exact.cells) {
                    let Cell::Number(exact) = cell else { panic!("a number") };
                    prop_assert!((value - exact).abs() < 2.0, "{} for {}", value, exact);
                }
            }
            let (total, parts) = shown.split_last().expect("a total");
            for column in 0..5 {
                prop_assert_eq!(total[column], parts.iter().map(|row| row[column]).sum::<f64>());
            }
        }

        #[test]
        fn rounded_parts_sum_to_the_rounded_total(parts in prop::collection::vec(-1e6..1e6f64, 1..40)) {
            let total: f64 = parts.iter().sum();
            let sum: f64 = round_to_sum(&parts, total, 1).iter().sum();
            prop_assert!((sum - (total * 10.0).round() / 10.0).abs() < 1e-6);
        }
    }
}
