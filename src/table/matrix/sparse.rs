//! A matrix of which only the cells other than zero are held, column by column (CSC).

use nalgebra::{DMatrix, Scalar};

pub(super) struct Sparse {
    rows: usize,
    /// Where each column starts in the two lists below; one more than there are columns.
    starts: Vec<usize>,
    at: Vec<u32>,
    values: Vec<f64>,
}

impl Sparse {
    pub(super) fn zeros(rows: usize, columns: usize) -> Self {
        Sparse {
            rows,
            starts: vec![0; columns + 1],
            at: Vec::new(),
            values: Vec::new(),
        }
    }

    /// The cells of a full matrix, unless more than `most` of them are other than zero.
    pub(super) fn of<T: Scalar + Copy + Into<f64>>(full: &DMatrix<T>, most: usize) -> Option<Self> {
        let mut sparse = Sparse::zeros(full.nrows(), 0);
        for column in full.column_iter() {
            sparse.push(column.iter().map(|cell| (*cell).into()))?;
            if sparse.values.len() > most {
                return None;
            }
        }
        sparse.at.shrink_to_fit();
        sparse.values.shrink_to_fit();
        Some(sparse)
    }

    /// Adds a column; `None` where it has more cells than can be counted here.
    pub(super) fn push(&mut self, cells: impl Iterator<Item = f64>) -> Option<()> {
        for (i, value) in cells.enumerate().filter(|(_, v)| *v != 0.0) {
            self.at.push(u32::try_from(i).ok()?);
            self.values.push(value);
        }
        self.starts.push(self.values.len());
        Some(())
    }

    pub(super) fn shape(&self) -> (usize, usize) {
        (self.rows, self.starts.len() - 1)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.at.as_slice()) + size_of_val(self.values.as_slice())
    }

    /// The rows and values of column `j`.
    pub(super) fn column(&self, j: usize) -> (&[u32], &[f64]) {
        let range = self.starts[j]..self.starts[j + 1];
        (&self.at[range.clone()], &self.values[range])
    }

    pub(super) fn at(&self, i: usize, j: usize) -> f64 {
        assert!(i < self.rows, "row {i} of {}", self.rows);
        let (at, values) = self.column(j);
        let found = u32::try_from(i)
            .ok()
            .and_then(|i| at.binary_search(&i).ok());
        found.map_or(0.0, |k| values[k])
    }
}
