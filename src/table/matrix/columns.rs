//! One column of a matrix, however it is held: walked over, added to a vector, multiplied with one.

use super::Cells;
use nalgebra::DVector;
use std::ops::Range;

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

    /// Each cell of column `j` in these rows, with its row; of a sparse one those that are held.
    pub(super) fn each(&self, j: usize, rows: Range<usize>, mut cell: impl FnMut(usize, f64)) {
        let factor = self.factor(j);
        match self.cells {
            Cells::Double(m) => {
                for (i, value) in rows.clone().zip(&m.column(j).as_slice()[rows]) {
                    cell(i, value * factor);
                }
            }
            Cells::Single(m) => {
                for (i, value) in rows.clone().zip(&m.column(j).as_slice()[rows]) {
                    cell(i, f64::from(*value) * factor);
                }
            }
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                let first = at.partition_point(|i| (*i as usize) < rows.start);
                let here = at[first..].iter().zip(&values[first..]);
                for (i, value) in here.take_while(|(i, _)| (**i as usize) < rows.end) {
                    cell(*i as usize, value * factor);
                }
            }
        }
    }

    /// y += a_j t_j over a range of columns, four at a time: y is then read and written once for four columns that
    /// come from memory.
    pub(super) fn add_to(&self, range: Range<usize>, times: &[f64], y: &mut [f64]) {
        let times = |j: usize| times[j] * self.factor(j);
        match self.cells {
            Cells::Double(m) => add(m.as_slice(), range, times, y, |v| v),
            Cells::Single(m) => add(m.as_slice(), range, times, y, f64::from),
            Cells::Sparse(m) => {
                for j in range {
                    let (at, values) = m.column(j);
                    for (i, value) in at.iter().zip(values) {
                        y[*i as usize] += value * times(j);
                    }
                }
            }
        }
    }

    /// a_j' x.
    pub(super) fn dot(&self, j: usize, x: &[f64]) -> f64 {
        self.dot_of(j, x, |cell| cell) * self.factor(j)
    }

    /// |a_j|' x.
    pub(super) fn absolute_dot(&self, j: usize, x: &[f64]) -> f64 {
        self.dot_of(j, x, f64::abs) * self.factor(j).abs()
    }

    fn dot_of(&self, j: usize, x: &[f64], of: impl Fn(f64) -> f64) -> f64 {
        match self.cells {
            Cells::Double(m) => dot(m.column(j).as_slice(), x, of),
            Cells::Single(m) => dot(m.column(j).as_slice(), x, |v| of(f64::from(v))),
            Cells::Sparse(m) => {
                let (at, values) = m.column(j);
                let products = at.iter().zip(values).map(|(i, v)| of(*v) * x[*i as usize]);
                products.sum()
            }
        }
    }
}

fn add<T: Copy>(
    cells: &[T],
    range: Range<usize>,
    times: impl Fn(usize) -> f64,
    y: &mut [f64],
    value: impl Fn(T) -> f64,
) {
    let rows = y.len();
    let column = |j: usize| &cells[j * rows..][..rows];
    let mut j = range.start;
    while j + 4 <= range.end {
        let [a, b, c, d] = [j, j + 1, j + 2, j + 3].map(column);
        let t = [j, j + 1, j + 2, j + 3].map(&times);
        for i in 0..rows {
            y[i] += (value(a[i]) * t[0] + value(b[i]) * t[1])
                + (value(c[i]) * t[2] + value(d[i]) * t[3]);
        }
        j += 4;
    }
    for j in j..range.end {
        let times = times(j);
        for (y, cell) in y.iter_mut().zip(column(j)) {
            *y += value(*cell) * times;
        }
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
