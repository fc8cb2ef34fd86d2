//! One column of a matrix, however it is held: walked over, added to a vector, multiplied with one.

use super::Cells;
use nalgebra::DVector;

/// The columns of a matrix, with the factor of each.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    pub(super) cells: &'a Cells,
    pub(super) factors: Option<&'a DVector<f64>>,
}

/// Sums that run beside each other, so that the processor need not wait for one addition to begin the next.
const LANES: usize = 16;

impl Columns<'_> {
    fn factor(&self, j: usize) -> f64 {
        self.factors.map_or(1.0, |factors| factors[j])
    }

    /// Each cell of column `j` with its row; of a sparse one those that are held.
    pub(super) fn each(&self, j: usize, mut cell: impl FnMut(usize, f64)) {
        let factor = self.factor(j);
        match self.cells {
            Cells::Double(m) => {
                for (i, value) in m.column(j).iter().enumerate() {
                    cell(i, value * factor);
                }
            }
            Cells::Single(m) => {
                for (i, value) in m.column(j).iter().enumerate() {
                    cell(i, f64::from(*value) * factor);
                }
            }
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                for (i, value) in at.iter().zip(values) {
                    cell(*i as usize, value * factor);
                }
            }
        }
    }

    /// y += a_j t.
    pub(super) fn add_to(&self, j: usize, times: f64, y: &mut [f64]) {
        let times = times * self.factor(j);
        if times == 0.0 {
            return;
        }
        match self.cells {
            Cells::Double(m) => add(m.column(j).as_slice(), times, y, |v| v),
            Cells::Single(m) => add(m.column(j).as_slice(), times, y, f64::from),
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                for (i, value) in at.iter().zip(values) {
                    y[*i as usize] += value * times;
                }
            }
        }
    }

    /// a_j' x.
    pub(super) fn dot(&self, j: usize, x: &[f64]) -> f64 {
        let sum = match self.cells {
            Cells::Double(m) => dot(m.column(j).as_slice(), x, |v| v),
            Cells::Single(m) => dot(m.column(j).as_slice(), x, f64::from),
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                let products = at.iter().zip(values).map(|(i, v)| v * x[*i as usize]);
                products.sum()
            }
        };
        sum * self.factor(j)
    }

    /// |a_j|' x.
    pub(super) fn absolute_dot(&self, j: usize, x: &[f64]) -> f64 {
        let sum = match self.cells {
            Cells::Double(m) => dot(m.column(j).as_slice(), x, f64::abs),
            Cells::Single(m) => dot(m.column(j).as_slice(), x, |v| f64::from(v.abs())),
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                let products = at.iter().zip(values).map(|(i, v)| v.abs() * x[*i as usize]);
                products.sum()
            }
        };
        sum * self.factor(j).abs()
    }
}

fn add<T: Copy>(column: &[T], times: f64, y: &mut [f64], value: impl Fn(T) -> f64) {
    for (y, cell) in y.iter_mut().zip(column) {
        *y += value(*cell) * times;
    }
}

fn dot<T: Copy>(column: &[T], x: &[f64], value: impl Fn(T) -> f64) -> f64 {
    let mut sums = [0.0; LANES];
    let (whole, rest) = column.as_chunks::<LANES>();
    let (x_whole, x_rest) = x.as_chunks::<LANES>();
    for (cells, x) in whole.iter().zip(x_whole) {
        for ((sum, cell), x) in sums.iter_mut().zip(cells).zip(x) {
            *sum += value(*cell) * x;
        }
    }
    let rest = rest.iter().zip(x_rest).map(|(cell, x)| value(*cell) * x);
    sums.iter().sum::<f64>() + rest.sum::<f64>()
}
