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

/// Sums of a column that run beside each other, so that the processor need not wait for one addition to begin
/// the next; those of four columns fill its registers.
const LANES: usize = 4;

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

    /// a_j' x for a range of columns, where `of` makes of each cell itself or its size.
    pub(super) fn dots(&self, range: Range<usize>, x: &[f64], of: impl Fn(f64) -> f64) -> Vec<f64> {
        let mut all = match self.cells {
            Cells::Double(m) => dots(m.as_slice(), range.clone(), x, &of),
            Cells::Single(m) => dots(m.as_slice(), range.clone(), x, |v| of(f64::from(v))),
            Cells::Sparse(m) => {
                let dot = |j| {
                    let (at, values) = m.column(j);
                    let products = at.iter().zip(values).map(|(i, v)| of(*v) * x[*i as usize]);
                    products.sum()
                };
                range.clone().map(dot).collect()
            }
        };
        for (dot, j) in all.iter_mut().zip(range) {
            *dot *= of(self.factor(j));
        }
        all
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

/// Four columns at a time: x is then read once for four columns that come from memory.
fn dots<T: Copy>(
    cells: &[T],
    range: Range<usize>,
    x: &[f64],
    value: impl Fn(T) -> f64,
) -> Vec<f64> {
    let column = |j: usize| &cells[j * x.len()..][..x.len()];
    let mut all = Vec::with_capacity(range.len());
    let mut j = range.start;
    while j + 4 <= range.end {
        all.extend(together([j, j + 1, j + 2, j + 3].map(column), x, &value));
        j += 4;
    }
    for j in j..range.end {
        all.extend(together([column(j)], x, &value));
    }
    all
}

fn together<T: Copy, const K: usize>(
    columns: [&[T]; K],
    x: &[f64],
    value: impl Fn(T) -> f64,
) -> [f64; K] {
    let mut sums = [[0.0; LANES]; K];
    let (whole, rest) = x.as_chunks::<LANES>();
    for (at, x) in whole.iter().enumerate() {
        for (sums, column) in sums.iter_mut().zip(columns) {
            let cells = &column[at * LANES..][..LANES];
            for ((sum, cell), x) in sums.iter_mut().zip(cells).zip(x) {
                *sum += value(*cell) * x;
            }
        }
    }
    std::array::from_fn(|k| {
        let cells = &columns[k][x.len() - rest.len()..];
        let rest = cells.iter().zip(rest).map(|(cell, x)| value(*cell) * x);
        sums[k].iter().sum::<f64>() + rest.sum::<f64>()
    })
}
