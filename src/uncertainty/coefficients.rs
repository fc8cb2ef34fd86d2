//! Coefficients that are not known for certain.
//!
//! Each positive cell of Ad and each labour coefficient is multiplied by an independent lognormal
//! with median 1. What a column's inputs take more is missing in its value added, so that
//! 1'Ad + 1'Am + v' = 1' holds in every draw, and with it v'L + 1'AmL = 1'.

use super::sampler::Multipliers;
use crate::model::Model;
use rand::Rng;

/// The part of its value added that no sector loses: inputs that would take more are scaled down.
/// With it, every column of a draw that adds value sums to less than 1: the draw is productive.
pub(super) const KEPT: f64 = 0.1;

/// The coefficients of a model, and how they are drawn.
pub(super) struct CoefficientDraws<'a> {
    multipliers: Multipliers,
    n: usize,
    /// Ad, column by column, n x n.
    domestic: &'a [f64],
    /// 1'Ad, 1'Am, v, n each.
    inputs: Vec<f64>,
    imports: Vec<f64>,
    value_added: Vec<f64>,
    /// Persons per unit of output, n; empty where the table has none.
    jobs: Vec<f64>,
    /// Compensation per unit of output, n; empty in an open model.
    income: Vec<f64>,
}

/// The coefficients of one draw.
#[derive(Debug, Default, Clone)]
pub(super) struct Drawn {
    /// I - Ad in columns, and after them the right-hand sides.
    columns: Vec<f64>,
    inverse_pivots: Vec<f64>,
    /// v, n.
    pub(super) value_added: Vec<f64>,
    /// Persons per unit of output, n.
    pub(super) jobs: Vec<f64>,
    /// Compensation per unit of output, n: the same part of value added as in the table.
    pub(super) income: Vec<f64>,
}

impl<'a> CoefficientDraws<'a> {
    pub(super) fn new(model: &'a Model, spread: f64) -> Self {
        let c = model.coefficients();
        let sums = |m: &nalgebra::DMatrix<f64>| m.row_sum().iter().copied().collect();
        CoefficientDraws {
            multipliers: Multipliers::new(spread),
            n: c.sectors().len(),
            domestic: c.domestic().as_slice(),
            inputs: sums(c.domestic()),
            imports: sums(c.imported()),
            value_added: c.value_added().as_slice().to_vec(),
            jobs: c
                .account("jobs")
                .map_or(Vec::new(), |e| e.as_slice().to_vec()),
            income: model
                .households()
                .map_or(Vec::new(), |h| h.income().as_slice().to_vec()),
        }
    }

    /// 1'Am, n: imports are as in the table.
    pub(super) fn imports(&self) -> &[f64] {
        &self.imports
    }

    /// Draws coefficients, in place of those of the draw before.
    pub(super) fn draw(&self, rng: &mut impl Rng, drawn: &mut Drawn) {
        let n = self.n;
        drawn.columns.resize(n * n, 0.0);
        drawn.value_added.clone_from(&self.value_added);
        drawn.income.clone_from(&self.income);
        let columns = drawn.columns.chunks_exact_mut(n);
        for (j, (column, base)) in columns.zip(self.domestic.chunks_exact(n)).enumerate() {
            // Two coefficients from each 64 bits; every cell has its place in the stream.
            for (cells, base) in column.chunks_mut(2).zip(base.chunks(2)) {
                let bits = rng.next_u64();
                for ((cell, a), bits) in cells
                    .iter_mut()
                    .zip(base)
                    .zip([bits as u32, (bits >> 32) as u32])
                {
                    let multiplier = self.multipliers.draw(bits);
                    // By-products (negative) stay as they are.
                    *cell = if *a > 0.0 { a * multiplier } else { *a };
                }
            }
            let most = 1.0 - self.imports[j] - self.value_added[j].min(KEPT * self.value_added[j]);
            let mut sum: f64 = column.iter().sum();
            if sum > most && sum > self.inputs[j] {
                let by = most.max(self.inputs[j]) / sum;
                column.iter_mut().for_each(|a| *a *= by);
                sum *= by;
            }
            let before = drawn.value_added[j];
            drawn.value_added[j] = before - (sum - self.inputs[j]);
            if let (Some(income), true) = (drawn.income.get_mut(j), before > 0.0) {
                *income *= drawn.value_added[j] / before;
            }
            column.iter_mut().for_each(|a| *a = -*a);
            column[j] += 1.0;
        }
        drawn.jobs.clear();
        drawn.jobs.extend(
            self.jobs
                .iter()
                .map(|e| e * self.multipliers.draw(rng.next_u32())),
        );
    }
}

impl Drawn {
    /// Solves (I - Ad) x = b for right-hand sides of n numbers each, one after the other, in place.
    /// The coefficients are used up.
    ///
    /// Gaussian elimination without exchange of rows, which is stable where columns are diagonally
    /// dominant, as those of I - Ad are. `None` where a pivot is not positive: not productive.
    pub(super) fn solve(&mut self, sides: &mut [f64]) -> Option<()> {
        let n = self.value_added.len();
        self.columns.truncate(n * n);
        self.columns.extend_from_slice(sides);
        self.inverse_pivots.clear();
        for j in 0..self.columns.len() / n {
            let (done, rest) = self.columns.split_at_mut(j * n);
            eliminate(done, &self.inverse_pivots, &mut rest[..n]);
            if j < n {
                let pivot = rest[j];
                if pivot <= 0.0 || pivot.is_nan() {
                    return None;
                }
                self.inverse_pivots.push(1.0 / pivot);
            }
        }
        let (upper, solved) = self.columns.split_at_mut(n * n);
        for x in solved.chunks_exact_mut(n) {
            for k in (0..n).rev() {
                let column = &upper[k * n..k * n + k + 1];
                x[k] /= column[k];
                let by = x[k];
                for (cell, u) in x.iter_mut().zip(&column[..k]) {
                    *cell -= by * u;
                }
            }
        }
        sides.copy_from_slice(solved);
        Some(())
    }
}

/// Takes the pivots found so far out of a column. Four at a time, so that the column is read and
/// written a quarter as often.
fn eliminate(done: &[f64], inverse_pivots: &[f64], column: &mut [f64]) {
    let n = column.len();
    let below = |k: usize, from: usize| &done[k * n + from..(k + 1) * n];
    let mut k = 0;
    while k + 4 <= inverse_pivots.len() {
        let mut by = [0.0; 4];
        for a in 0..4 {
            by[a] = column[k + a] * inverse_pivots[k + a];
            for b in a + 1..4 {
                column[k + b] -= by[a] * done[(k + a) * n + k + b];
            }
        }
        let from = k + 4;
        let (first, second) = (below(k, from), below(k + 1, from));
        let (third, fourth) = (below(k + 2, from), below(k + 3, from));
        let under = first.iter().zip(second).zip(third.iter().zip(fourth));
        for (cell, ((p, q), (r, s))) in column[from..].iter_mut().zip(under) {
            *cell -= (by[0] * p + by[1] * q) + (by[2] * r + by[3] * s);
        }
        k = from;
    }
    for k in k..inverse_pivots.len() {
        let by = column[k] * inverse_pivots[k];
        for (cell, under) in column[k + 1..].iter_mut().zip(below(k, k + 1)) {
            *cell -= by * under;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;
    use crate::uncertainty::sampler::Streams;
    use approx::assert_relative_eq;

    #[test]
    fn a_draw_is_an_economy() {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        let model = Model::new(&table).expect("productive");
        let n = model.sectors().len();
        // A spread so wide that columns do have to be scaled down.
        for spread in [0.1, 1.5] {
            let draws = CoefficientDraws::new(&model, spread);
            let mut drawn = Drawn::default();
            let mut scaled_down = 0;
            for draw in 0..20 {
                draws.draw(&mut Streams::new(1).coefficients(draw), &mut drawn);
                let left = nalgebra::DMatrix::from_column_slice(n, n, &drawn.columns);
                let inputs = nalgebra::DMatrix::identity(n, n) - &left;
                for j in 0..n {
                    let sum = inputs.column(j).sum() + draws.imports[j] + drawn.value_added[j];
                    assert_relative_eq!(sum, 1.0, epsilon = 1e-12);
                    let before = draws.value_added[j];
                    assert!(drawn.value_added[j] >= before.min(KEPT * before) - 1e-12);
                    if drawn.value_added[j] < before.min(KEPT * before) + 1e-12 {
                        scaled_down += 1;
                    }
                }
                assert!(crate::model::spectral_radius(&inputs) < 1.0);
                // v'L + m'L = 1: each won of demand is value added or imports.
                let mut x = vec![0.0; n];
                x[7] = 1.0;
                drawn.solve(&mut x).expect("productive");
                let dot = |a: &[f64]| -> f64 { a.iter().zip(&x).map(|(a, x)| a * x).sum() };
                assert_relative_eq!(
                    dot(&drawn.value_added) + dot(&draws.imports),
                    1.0,
                    epsilon = 1e-12
                );
                let mut b = nalgebra::DVector::zeros(n);
                b[7] = 1.0;
                let exact = left.lu().solve(&b).expect("regular");
                assert_relative_eq!(nalgebra::DVector::from_vec(x), exact, epsilon = 1e-12);
            }
            // Rare at a usual spread, and there to be seen at a wide one.
            let part = f64::from(scaled_down) / (20.0 * n as f64);
            assert!(
                if spread > 1.0 {
                    part > 0.05
                } else {
                    part < 0.01
                },
                "{part}"
            );
        }
    }
}
