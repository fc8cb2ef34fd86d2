//! Products of a matrix with vectors, on all cores where the feature `parallel` is on.
//!
//! Columns are worked on in a fixed number of ranges and their results are added in order, so that an answer
//! is the same to the bit on any number of threads.

use super::{Cells, Matrix};
use nalgebra::{DMatrix, DVector};
use std::ops::{Mul, Range};

/// The ranges of columns that a product is made of.
const RANGES: usize = 16;

/// Columns that are added at once: the sum is read and written once for all of them.
const FOUR: usize = 4;

/// Vectors that are multiplied in one pass: their sums stay in the cache.
const TOGETHER: usize = 8;

impl Mul<&DVector<f64>> for &Matrix {
    type Output = DVector<f64>;

    /// A x: a number for each row, of one for each column.
    fn mul(self, x: &DVector<f64>) -> DVector<f64> {
        match self.plain() {
            Some(plain) => plain * x,
            None => self
                .times(&DMatrix::from_column_slice(x.len(), 1, x.as_slice()))
                .column(0)
                .into_owned(),
        }
    }
}

impl Mul<DVector<f64>> for &Matrix {
    type Output = DVector<f64>;

    fn mul(self, x: DVector<f64>) -> DVector<f64> {
        self * &x
    }
}

impl Matrix {
    /// A'x: a number for each column, of one for each row.
    ///
    /// # Panics
    /// If `x` has not an entry for each row.
    pub fn tr_mul(&self, x: &DVector<f64>) -> DVector<f64> {
        assert_eq!(x.len(), self.nrows(), "an entry for each row");
        match self.plain() {
            Some(plain) => plain.tr_mul(x),
            None => self.dots(x, |cell| cell),
        }
    }

    /// The sums of the sizes of each column's cells, weighted by row: w'|A| as a column.
    pub(crate) fn absolute_tr_mul(&self, weights: &DVector<f64>) -> DVector<f64> {
        self.dots(weights, f64::abs)
    }

    /// A X: as many columns as X has, all of them in one pass for each eight.
    ///
    /// # Panics
    /// If X has not a row for each column.
    pub fn times(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        assert_eq!(x.nrows(), self.ncols(), "a row for each column");
        if let Some(plain) = self.plain() {
            return plain * x;
        }
        if let (Cells::Double(cells), true) = (&*self.cells, x.ncols() > TOGETHER) {
            return match &self.factors {
                None => full_product(cells, x),
                Some(factors) => {
                    let mut x = x.clone();
                    for mut column in x.column_iter_mut() {
                        column.component_mul_assign(factors);
                    }
                    full_product(cells, &x)
                }
            };
        }
        let (rows, columns) = (self.nrows(), x.ncols());
        let mut product = DMatrix::zeros(rows, columns);
        for first in (0..columns).step_by(TOGETHER) {
            let some = x.columns(first, TOGETHER.min(columns - first));
            let parts = in_ranges(self.ncols(), |range| {
                let mut sums = vec![0.0; rows * some.ncols()];
                for first in range.clone().step_by(FOUR) {
                    let four = first..(first + FOUR).min(range.end);
                    for (x, y) in some.column_iter().zip(sums.chunks_exact_mut(rows)) {
                        self.columns().add_to(four.clone(), x.as_slice(), y);
                    }
                }
                sums
            });
            let mut here = product.columns_mut(first, some.ncols());
            for part in parts {
                here += DMatrix::from_vec(rows, some.ncols(), part);
            }
        }
        product
    }

    /// A'X, in one pass.
    ///
    /// # Panics
    /// If X has not as many rows as the matrix.
    pub fn tr_times(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        assert_eq!(x.nrows(), self.nrows(), "an entry for each row");
        let mut product = DMatrix::zeros(self.ncols(), x.ncols());
        let parts = in_ranges(self.ncols(), |range| {
            let mut part = DMatrix::zeros(range.len(), x.ncols());
            for first in range.clone().step_by(FOUR) {
                let four = first..(first + FOUR).min(range.end);
                for (k, x) in x.column_iter().enumerate() {
                    let dots = self.columns().dots(four.clone(), x.as_slice(), |cell| cell);
                    let mut here = part.view_mut((first - range.start, k), (four.len(), 1));
                    here.copy_from_slice(&dots);
                }
            }
            part
        });
        let mut first = 0;
        for part in parts {
            let mut here = product.rows_mut(first, part.nrows());
            here.copy_from(&part);
            first += part.nrows();
        }
        product
    }

    /// Whether every cell is a finite number.
    pub fn is_finite(&self) -> bool {
        let of_column = |j| {
            let mut finite = true;
            self.each_in(j, 0..self.nrows(), |_, cell| finite &= cell.is_finite());
            finite
        };
        in_ranges(self.ncols(), |mut range| range.all(of_column))
            .into_iter()
            .all(|finite| finite)
    }

    fn dots(&self, x: &DVector<f64>, of: impl Fn(f64) -> f64 + Sync) -> DVector<f64> {
        let parts = in_ranges(self.ncols(), |range| {
            self.columns().dots(range, x.as_slice(), &of)
        });
        DVector::from_iterator(self.ncols(), parts.into_iter().flatten())
    }
}

/// What each of a fixed number of ranges of so many things gives, in order.
pub(crate) fn in_ranges<T: Send>(
    all: usize,
    work: impl Fn(Range<usize>) -> T + Sync + Send,
) -> Vec<T> {
    let edge = |k: usize| all * k / RANGES;
    let work = |k: usize| work(edge(k)..edge(k + 1));
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..RANGES).into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..RANGES).map(work).collect()
}

/// A X of full matrices.
fn full_product(a: &DMatrix<f64>, x: &DMatrix<f64>) -> DMatrix<f64> {
    #[cfg(feature = "faer")]
    {
        let mut product = DMatrix::zeros(a.nrows(), x.ncols());
        let (rows, columns) = product.shape();
        faer::linalg::matmul::matmul(
            faer::MatMut::from_column_major_slice_mut(product.as_mut_slice(), rows, columns),
            faer::Accum::Replace,
            faer::MatRef::from_column_major_slice(a.as_slice(), a.nrows(), a.ncols()),
            faer::MatRef::from_column_major_slice(x.as_slice(), x.nrows(), x.ncols()),
            1.0,
            faer::get_global_parallelism(),
        );
        product
    }
    #[cfg(not(feature = "faer"))]
    {
        a * x
    }
}
