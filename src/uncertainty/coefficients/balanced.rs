//! Cells drawn each by itself, and the table then brought back to its own totals (RAS).
//!
//! Positive flows between sectors, imported inputs, taxes on products, compensation and other value added of each
//! sector are multiplied by lognormal factors of mean 1, and rows and columns are scaled in turn until they have the
//! table's totals again:
//!
//! ```text
//! z = r^ z s^   with   z 1 as in the table (what each product sells to industries; imports, compensation, ... in all),
//!                      1'z as in the table (what each sector spends)
//! ```
//!
//! Output and final demand stay, so that L' f = x in every draw. Cells are the table's on average but for the square
//! of the spread. Negative cells stay.

use super::{CoefficientDraws, Components, Drawn, OTHERS};
use crate::uncertainty::sampler::Quantiles;
use nalgebra::DVector;
use rand::Rng;

/// What a total may be off by, as a share of it.
const TOLERANCE: f64 = 1e-12;

/// Times that rows and columns are scaled; the table itself has the totals, so that they are always met, in some ten
/// times as a rule.
const MOST_SWEEPS: usize = 20_000;

/// How cells are drawn.
pub(super) struct Balanced {
    multipliers: Quantiles,
    /// x, n.
    output: DVector<f64>,
}

impl Balanced {
    pub(super) fn new(spread: f64, output: DVector<f64>) -> Self {
        Balanced {
            multipliers: Quantiles::lognormal(spread),
            output,
        }
    }

    /// Draws every cell in place of the one that stands there; makes -Ad of Ad. `None` where totals are not met.
    pub(super) fn draw(
        &self,
        draws: &CoefficientDraws,
        rng: &mut impl Rng,
        drawn: &mut Drawn,
    ) -> Option<()> {
        let (n, height) = (draws.n, draws.n + OTHERS);
        let mut of: Vec<Components> = (0..n).map(|j| Components::of(draws, drawn, j)).collect();
        let mut cells = vec![0.0; height * n];
        let (mut rows, mut columns) = (vec![0.0; height], vec![0.0; n]);
        for (j, column) in cells.chunks_exact_mut(height).enumerate() {
            // What is not made has no cells.
            let output = self.output[j].max(0.0);
            let own = drawn.left.column_mut(j).flatten().take(n).map(|a| *a);
            let parts = own.chain(of[j].positive);
            for ((cell, part), row) in column.iter_mut().zip(parts).zip(&mut rows) {
                let flow = part.max(0.0) * output;
                *row += flow;
                columns[j] += flow;
                // Every cell has its place in the stream.
                *cell = flow * self.multipliers.draw(rng.next_u32());
            }
        }
        balance(&mut cells, &rows, &columns)?;
        for (j, column) in cells.chunks_exact(height).enumerate() {
            let output = self.output[j];
            if output > 0.0 {
                for (i, flow) in column[..n].iter().enumerate().filter(|(_, z)| **z > 0.0) {
                    *drawn.left.cell_mut(i, j) = flow / output;
                }
                for (part, flow) in of[j].positive.iter_mut().zip(&column[n..]) {
                    if *part > 0.0 {
                        *part = flow / output;
                    }
                }
            }
            of[j].put(draws, drawn, j);
        }
        Some(())
    }
}

/// Scales rows and columns of positive cells, column by column, in turn until all have their totals. `None` where
/// they do not within [`MOST_SWEEPS`].
fn balance(cells: &mut [f64], rows: &[f64], columns: &[f64]) -> Option<()> {
    let height = rows.len();
    let scale = |wanted: f64, found: f64| if found > 0.0 { wanted / found } else { 1.0 };
    let mut by_columns = vec![1.0; columns.len()];
    let mut by_rows = vec![1.0; height];
    let mut found = vec![0.0; height];
    for sweep in 0..MOST_SWEEPS {
        found.fill(0.0);
        for (column, by) in cells.chunks_exact(height).zip(&by_columns) {
            for (found, cell) in found.iter_mut().zip(column) {
                *found += by * cell;
            }
        }
        let off = |((wanted, found), by): ((&f64, &f64), &f64)| {
            (wanted - by * found).abs() > TOLERANCE * wanted
        };
        let met = !rows.iter().zip(&found).zip(&by_rows).any(off);
        // Columns have just been met.
        if met && sweep > 0 {
            for (column, by) in cells.chunks_exact_mut(height).zip(&by_columns) {
                for (cell, by_row) in column.iter_mut().zip(&by_rows) {
                    *cell *= by * by_row;
                }
            }
            return Some(());
        }
        for ((by, wanted), found) in by_rows.iter_mut().zip(rows).zip(&found) {
            *by = scale(*wanted, *found);
        }
        for ((by, wanted), column) in by_columns
            .iter_mut()
            .zip(columns)
            .zip(cells.chunks_exact(height))
        {
            let found: f64 = column
                .iter()
                .zip(&by_rows)
                .map(|(cell, by)| cell * by)
                .sum();
            *by = scale(*wanted, found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::scenario::Sharing;
    use crate::table::balancing::ras;
    use crate::table::{AnyTable, PrimaryInputRole};
    use crate::uncertainty::sampler::Streams;
    use approx::assert_relative_eq;
    use nalgebra::{DMatrix, dmatrix, dvector};

    #[test]
    fn rows_and_columns_are_met_as_by_ras() {
        // GOLDEN: [[5, 1], [2, 4]] to rows (10, 8), columns (11, 7).
        let mut cells = vec![5.0, 2.0, 1.0, 4.0];
        balance(&mut cells, &[10.0, 8.0], &[11.0, 7.0]).expect("met");
        for (cell, known) in cells.iter().zip([8.333333, 2.666667, 1.666667, 5.333333]) {
            assert_relative_eq!(*cell, known, epsilon = 1e-6);
        }
        let prior = dmatrix![3.0, 0.0, 7.0; 1.0, 9.0, 2.0];
        let (rows, columns) = (dvector![12.0, 8.0], dvector![5.0, 7.0, 8.0]);
        let mut cells = prior.as_slice().to_vec();
        balance(&mut cells, rows.as_slice(), columns.as_slice()).expect("met");
        let known = ras(&prior, &rows, &columns).expect("balanced").matrix(2);
        assert_relative_eq!(DMatrix::from_vec(2, 3, cells), known, epsilon = 1e-9);
    }

    #[test]
    fn every_draw_has_the_tables_rows_and_columns_and_makes_its_output() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        let c = model.coefficients();
        let x = table
            .needed_output(crate::lang::Text::default())
            .expect("flows")
            .clone();
        let n = x.len();
        let draws = CoefficientDraws::new(&model, 0.1, Sharing::Balanced, Some(&x)).expect("drawn");
        let base = c.domestic().dense();
        let f = &x - base * &x;
        let wages = c
            .primary_input(PrimaryInputRole::Compensation)
            .expect("told");
        let mut drawn = Drawn::default();
        let count = 200;
        let mut mean = DMatrix::zeros(n, n);
        let mut moved = 0.0_f64;
        for draw in 0..count {
            let mut rng = Streams::new(1).coefficients(draw);
            draws
                .draw(None, Some(&mut rng), &mut drawn)
                .expect("balanced");
            let left = DMatrix::from_fn(n, n, |i, j| *drawn.left.cell_mut(i, j));
            let a = DMatrix::identity(n, n) - &left;
            for j in 0..n {
                let column = a.column(j).sum() + drawn.imports[j] + drawn.value_added[j];
                assert_relative_eq!(column, 1.0, epsilon = 1e-9);
            }
            // What each product sells stays, and with it final demand makes the same output.
            assert_relative_eq!(&left * &x, f, max_relative = 1e-9);
            let times_x = |row: &[f64]| row.iter().zip(x.iter()).map(|(a, x)| a * x).sum::<f64>();
            for (row, known) in [
                (drawn.imports.as_slice(), c.imports_per_output().dot(&x)),
                (&drawn.value_added, c.value_added().dot(&x)),
                (&drawn.compensation, wages.dot(&x)),
            ] {
                assert_relative_eq!(times_x(row), known, max_relative = 1e-9);
            }
            moved = moved.max((&a - base).amax());
            mean += a / f64::from(count as u32);
        }
        // It is drawn, and where the table is on average: the mean of 200 draws is off by 1/14 of a tenth.
        assert!(moved > 0.01, "{moved}");
        for (mean, base) in mean
            .iter()
            .zip(base.iter())
            .filter(|(_, base)| **base > 0.01)
        {
            assert!((mean / base - 1.0).abs() < 0.05, "{base} and {mean}");
        }
        let all: f64 = mean
            .iter()
            .zip(base.iter())
            .map(|(mean, base)| (mean - base).abs())
            .sum();
        assert!(all / base.sum() < 0.01, "{all}");
    }
}
