//! The columns of L one after another: what needs every cell of the inverse once need not hold it.

use super::Model;
use nalgebra::{DMatrix, DVector};

/// So many columns are solved for together: passes over large factors are shared, and the memory stays small.
const BLOCK: usize = 64;

impl Model {
    /// Gives each column of L = (I - A)^-1 in its turn, with its position, n long.
    pub(crate) fn for_each_column(&self, mut column: impl FnMut(usize, &[f64])) {
        let n = self.sectors().len();
        for first in (0..n).step_by(BLOCK) {
            let width = BLOCK.min(n - first);
            let mut units = DMatrix::zeros(n, width);
            for k in 0..width {
                units[(first + k, k)] = 1.0;
            }
            let solved = self.outputs_for(&units);
            for k in 0..width {
                column(first + k, &solved.as_slice()[k * n..(k + 1) * n]);
            }
        }
    }

    /// l_jj of every sector, n: what a unit of final demand for its product makes it produce itself.
    pub(crate) fn inverse_diagonal(&self) -> DVector<f64> {
        let mut diagonal = DVector::zeros(self.sectors().len());
        self.for_each_column(|j, column| diagonal[j] = column[j]);
        diagonal
    }
}
