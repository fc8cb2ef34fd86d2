//! Figures row by row, as files hold them, and what is picked of them: the file's figures are held once beside the matrix
//! that is made of them, and no copy between.

use nalgebra::{DMatrix, DVector};

/// So many rows are picked at a time, so that what is read stays near.
const AT_ONCE: usize = 32;

/// Figures row by row.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cells {
    width: usize,
    values: Vec<f64>,
}

impl Cells {
    /// Rows of `width` figures each, which must be whole.
    pub(super) fn new(width: usize, values: Vec<f64>) -> Self {
        debug_assert!(values.len() == width * values.len().checked_div(width).unwrap_or(0));
        Cells { width, values }
    }

    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// The figures of a row.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..][..self.width]
    }

    /// The figures of a row in the columns that are picked.
    pub(super) fn row_of(&self, row: usize, columns: &[usize]) -> DVector<f64> {
        let figures = self.row(row);
        DVector::from_iterator(columns.len(), columns.iter().map(|column| figures[*column]))
    }

    /// The figures of a column in the rows that are picked.
    pub(super) fn column_of(&self, column: usize, rows: &[usize]) -> DVector<f64> {
        DVector::from_iterator(rows.len(), rows.iter().map(|row| self.row(*row)[column]))
    }

    /// The rows and columns that are picked, in that order.
    pub(super) fn pick(&self, rows: &[usize], columns: &[usize]) -> DMatrix<f64> {
        let mut picked = DMatrix::zeros(rows.len(), columns.len());
        for (first, rows) in rows.chunks(AT_ONCE).enumerate() {
            for (j, column) in columns.iter().enumerate() {
                for (i, row) in rows.iter().enumerate() {
                    picked[(first * AT_ONCE + i, j)] = self.row(*row)[*column];
                }
            }
        }
        picked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;

    #[test]
    fn rows_and_columns_are_picked_in_the_order_that_is_asked_for() {
        let cells = Cells::new(3, (0..3 * 100).map(f64::from).collect());
        assert_eq!(cells.height(), 100);
        assert_eq!(
            cells.pick(&[99, 1], &[2, 0]),
            dmatrix![299.0, 297.0; 5.0, 3.0]
        );
        assert_eq!(
            cells.pick(&(0..100).collect::<Vec<_>>(), &[1])[(40, 0)],
            121.0
        );
        assert_eq!(cells.column_of(1, &[2, 0]).as_slice(), [7.0, 1.0]);
        assert_eq!(cells.row_of(1, &[2, 0]).as_slice(), [5.0, 3.0]);
    }
}
