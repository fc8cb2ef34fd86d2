//! A block of flows or coefficients, stored as it pays, shared and never copied.
//!
//! A table of 10,000 sectors has 800 MB in one matrix. It is held once: a clone shares the cells, and
//! A = Z x^-1 is Z with a factor for each column, not a second matrix. What a model asks of it is
//! products with vectors, which cost one pass over the cells each.

mod columns;
mod products;
mod sparse;

pub(crate) use products::in_ranges;

use columns::Columns;
use nalgebra::{DMatrix, DVector, RowDVector};
use sparse::Sparse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Up to so many rows and columns a matrix is a plain one: every operation is nalgebra's own, and a
/// factor for its columns is multiplied out.
pub(crate) const SMALL: usize = 512;

/// The share of cells other than zero below which only those are kept: each costs half as much again as a
/// cell of a full matrix, and is slower to pass over.
const SPARSE_BELOW: f64 = 0.25;

/// A matrix of flows or coefficients: rows supply, columns use.
///
/// Cells are f64, or f32 where its source has no more digits (half the memory, and half the time of a pass);
/// where few are other than zero, only those are held. All arithmetic is f64.
///
/// ```
/// use leontief::table::Matrix;
/// use nalgebra::{dmatrix, dvector};
/// // Miller & Blair (2022), Table 2.3: Z = [150 500; 200 100], x = (1000, 2000).
/// let flows = Matrix::from(dmatrix![150.0, 500.0; 200.0, 100.0]);
/// let a = flows.per_column(&dvector![1.0 / 1_000.0, 1.0 / 2_000.0]);
/// assert_eq!(a.at(0, 1), 0.25);
/// assert_eq!(&a * &dvector![1_000.0, 2_000.0], dvector![650.0, 300.0]);
/// ```
#[derive(Clone)]
pub struct Matrix {
    cells: Arc<Cells>,
    /// What each column is multiplied by, where that is not done yet.
    factors: Option<Arc<DVector<f64>>>,
    /// As a full matrix, where somebody asked for one and the cells are not just that.
    full: OnceLock<Arc<DMatrix<f64>>>,
}

enum Cells {
    Double(DMatrix<f64>),
    Single(DMatrix<f32>),
    Sparse(Sparse),
}

/// How the cells of a [`Matrix`] are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage {
    /// All of them, as f64.
    Double,
    /// All of them, as f32.
    Single,
    /// Only those other than zero.
    Sparse,
}

impl From<DMatrix<f64>> for Matrix {
    /// Holds a matrix as it pays: above 512 sectors and with less than a quarter of its cells other than zero,
    /// only those.
    fn from(cells: DMatrix<f64>) -> Self {
        let is_large = cells.nrows().max(cells.ncols()) > SMALL;
        let sparse = is_large.then(|| Sparse::of(&cells, few(&cells))).flatten();
        Matrix::of(sparse.map_or(Cells::Double(cells), Cells::Sparse))
    }
}

/// As many cells other than zero as are worth a list of them.
fn few<T>(cells: &DMatrix<T>) -> usize {
    (cells.len() as f64 * SPARSE_BELOW) as usize
}

impl Matrix {
    /// Of single precision, which is held as it is where it is large and few of its cells are zero.
    pub fn single(cells: DMatrix<f32>) -> Self {
        if cells.nrows().max(cells.ncols()) <= SMALL {
            return Matrix::from(cells.map(f64::from));
        }
        let sparse = Sparse::of(&cells, few(&cells));
        Matrix::of(sparse.map_or(Cells::Single(cells), Cells::Sparse))
    }

    fn of(cells: Cells) -> Self {
        Matrix {
            cells: Arc::new(cells),
            factors: None,
            full: OnceLock::new(),
        }
    }

    /// Nothing but zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        match rows.max(columns) > SMALL {
            true => Matrix::of(Cells::Sparse(Sparse::zeros(rows, columns))),
            false => Matrix::from(DMatrix::zeros(rows, columns)),
        }
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        match &*self.cells {
            Cells::Double(m) => m.shape(),
            Cells::Single(m) => m.shape(),
            Cells::Sparse(m) => m.shape(),
        }
    }

    /// The number of rows.
    pub fn nrows(&self) -> usize {
        self.shape().0
    }

    /// The number of columns.
    pub fn ncols(&self) -> usize {
        self.shape().1
    }

    /// How its cells are held.
    pub fn storage(&self) -> Storage {
        match &*self.cells {
            Cells::Double(_) => Storage::Double,
            Cells::Single(_) => Storage::Single,
            Cells::Sparse(_) => Storage::Sparse,
        }
    }

    /// The memory that its cells take, in bytes: what one pass reads.
    pub fn bytes(&self) -> usize {
        match &*self.cells {
            Cells::Double(m) => size_of_val(m.as_slice()),
            Cells::Single(m) => size_of_val(m.as_slice()),
            Cells::Sparse(m) => m.bytes(),
        }
    }

    /// The same with each column multiplied by its entry of `by`: A = Z x^-1. A large one shares its cells.
    ///
    /// # Panics
    /// If `by` has not an entry for each column.
    pub fn per_column(&self, by: &DVector<f64>) -> Self {
        assert_eq!(by.len(), self.ncols(), "a factor for each column");
        if let Some(plain) = self.plain() {
            let mut scaled = plain.clone();
            for (mut column, factor) in scaled.column_iter_mut().zip(by.iter()) {
                column *= *factor;
            }
            return Matrix::of(Cells::Double(scaled));
        }
        let factors = match &self.factors {
            Some(first) => first.component_mul(by),
            None => by.clone(),
        };
        Matrix {
            cells: Arc::clone(&self.cells),
            factors: Some(Arc::new(factors)),
            full: OnceLock::new(),
        }
    }

    /// The same with other rows in the place of some; one of which only the cells other than zero are held stays so.
    ///
    /// # Panics
    /// If there is no such row, or one has not a cell for each column.
    pub(crate) fn with_rows(&self, rows: &BTreeMap<usize, DVector<f64>>) -> Self {
        let column = |j: usize| {
            let mut column = self.column(j);
            for (i, row) in rows {
                column[*i] = row[j];
            }
            column
        };
        if self.storage() == Storage::Sparse {
            let mut sparse = Sparse::zeros(self.nrows(), 0);
            let pushed = (0..self.ncols()).try_for_each(|j| sparse.push(column(j).iter().copied()));
            if pushed.is_some() {
                return Matrix::of(Cells::Sparse(sparse));
            }
        }
        let mut full = DMatrix::zeros(self.nrows(), self.ncols());
        for (j, mut to) in full.column_iter_mut().enumerate() {
            to.copy_from(&column(j));
        }
        Matrix::of(Cells::Double(full))
    }

    /// All of it times a factor: another unit.
    pub(crate) fn scale(&mut self, by: f64) {
        match Arc::get_mut(&mut self.cells) {
            Some(Cells::Double(cells)) if self.factors.is_none() => *cells *= by,
            _ => *self = self.per_column(&DVector::from_element(self.ncols(), by)),
        }
    }

    /// Itself as nalgebra has it, where it is small and plain.
    fn plain(&self) -> Option<&DMatrix<f64>> {
        match (&*self.cells, &self.factors) {
            (Cells::Double(m), None) if m.nrows().max(m.ncols()) <= SMALL => Some(m),
            _ => None,
        }
    }

    /// All cells as one matrix of nalgebra's. Of what is not held as such, it is formed when first asked for
    /// and kept: for 10,000 sectors 800 MB.
    pub fn dense(&self) -> &DMatrix<f64> {
        if let (Cells::Double(m), None) = (&*self.cells, &self.factors) {
            return m;
        }
        self.full.get_or_init(|| {
            let (rows, columns) = self.shape();
            let mut full = DMatrix::zeros(rows, columns);
            for (j, mut column) in full.column_iter_mut().enumerate() {
                self.columns().each(j, 0..rows, |i, cell| column[i] = cell);
            }
            Arc::new(full)
        })
    }

    /// The same, given away: a matrix that nobody else holds is not copied.
    pub fn into_dense(mut self) -> DMatrix<f64> {
        match Arc::get_mut(&mut self.cells) {
            Some(Cells::Double(cells)) if self.factors.is_none() => std::mem::take(cells),
            _ => self.dense().clone(),
        }
    }

    /// The sum of two, all of its cells: one matrix more, and none beside it.
    ///
    /// # Panics
    /// If they are of different shapes.
    pub(crate) fn plus(&self, other: &Matrix) -> DMatrix<f64> {
        assert_eq!(self.shape(), other.shape(), "matrices of one shape");
        let mut sum = DMatrix::zeros(self.nrows(), self.ncols());
        for one in [self, other] {
            one.for_each(|i, j, cell| sum[(i, j)] += cell);
        }
        sum
    }

    /// The cell of row `i` and column `j`.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        let cell = match &*self.cells {
            Cells::Double(m) => m[(i, j)],
            Cells::Single(m) => f64::from(m[(i, j)]),
            Cells::Sparse(m) => m.at(i, j),
        };
        cell * self.factor(j)
    }

    /// What one sector uses: column `j`, a number for each row.
    ///
    /// ```
    /// use leontief::table::Matrix;
    /// use nalgebra::DMatrix;
    /// let a = Matrix::from(DMatrix::from_row_slice(2, 2, &[0.15, 0.25, 0.2, 0.05]));
    /// assert_eq!(a.column(1).as_slice(), [0.25, 0.05]); // what sector 2 uses
    /// assert_eq!(a.row(1).as_slice(), [0.2, 0.05]); // what it supplies
    /// assert_eq!((a.at(1, 0), a.row_sum()[0]), (0.2, 0.35));
    /// ```
    pub fn column(&self, j: usize) -> DVector<f64> {
        let mut column = DVector::zeros(self.nrows());
        self.each_in(j, 0..self.nrows(), |i, cell| column[i] = cell);
        column
    }

    /// What one sector supplies: row `i`, a number for each column.
    pub fn row(&self, i: usize) -> DVector<f64> {
        DVector::from_fn(self.ncols(), |j, _| self.at(i, j))
    }

    /// Whether any cell of column `j` is other than zero.
    pub fn uses(&self, j: usize) -> bool {
        let mut any = false;
        self.each_in(j, 0..self.nrows(), |_, cell| any |= cell != 0.0);
        any
    }

    /// Each cell other than zero, with its row and column, column by column.
    pub fn for_each(&self, mut cell: impl FnMut(usize, usize, f64)) {
        for j in 0..self.ncols() {
            self.each_in(j, 0..self.nrows(), |i, value| {
                if value != 0.0 {
                    cell(i, j, value);
                }
            });
        }
    }

    /// Each cell of column `j` in these rows, with its row; of a matrix that holds only the cells other than zero
    /// those.
    pub(crate) fn each_in(&self, j: usize, rows: Range<usize>, cell: impl FnMut(usize, f64)) {
        self.columns().each(j, rows, cell);
    }

    /// The sums of the columns, as a row: 1'A.
    pub fn row_sum(&self) -> RowDVector<f64> {
        match self.plain() {
            Some(plain) => plain.row_sum(),
            None => self
                .tr_mul(&DVector::from_element(self.nrows(), 1.0))
                .transpose(),
        }
    }

    /// The sums of the rows, as a column: A 1.
    pub fn column_sum(&self) -> DVector<f64> {
        match self.plain() {
            Some(plain) => plain.column_sum(),
            None => self * &DVector::from_element(self.ncols(), 1.0),
        }
    }

    /// The sum of all cells.
    pub fn sum(&self) -> f64 {
        match self.plain() {
            Some(plain) => plain.sum(),
            None => self.row_sum().sum(),
        }
    }

    /// Whether its cells are multiplied by factors that are held apart.
    #[cfg(feature = "files")]
    pub(super) fn is_scaled(&self) -> bool {
        self.factors.is_some()
    }

    fn factor(&self, j: usize) -> f64 {
        self.factors.as_ref().map_or(1.0, |factors| factors[j])
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            cells: &self.cells,
            factors: self.factors.as_deref(),
        }
    }
}

impl std::ops::Index<(usize, usize)> for Matrix {
    type Output = f64;

    /// A cell of [`Matrix::dense`]; of a large matrix that is not held as such, take [`Matrix::at`].
    fn index(&self, cell: (usize, usize)) -> &f64 {
        &self.dense()[cell]
    }
}

impl PartialEq for Matrix {
    /// Whether all cells are equal, however they are held.
    fn eq(&self, other: &Self) -> bool {
        let same = |j| self.column(j) == other.column(j);
        self.shape() == other.shape() && (0..self.ncols()).all(same)
    }
}

impl std::fmt::Debug for Matrix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.plain() {
            Some(plain) => plain.fmt(f),
            None => f
                .debug_struct("Matrix")
                .field("shape", &self.shape())
                .field("storage", &self.storage())
                .finish_non_exhaustive(),
        }
    }
}

#[cfg(test)]
mod tests;
