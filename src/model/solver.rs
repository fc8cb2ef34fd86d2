//! The linear systems behind the model: one factorisation, many right-hand sides.

use super::radius::productive;
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// (I - A) factorised once: P(I - A) = LU.
#[derive(Debug, Clone)]
pub(super) struct Solver {
    lu: LU<f64, Dyn, Dyn>,
    lower: DMatrix<f64>,
}

impl Solver {
    /// Factorises I - A.
    ///
    /// # Errors
    /// The spectral radius of A where it is 1 or more, or not a number.
    pub(super) fn new(a: &DMatrix<f64>) -> Result<Self, f64> {
        // Nothing is added to the diagonal to get past this: an economy that uses up more than it
        // makes has no answer, and the caller says which sector.
        productive(a)?;
        let lu = (DMatrix::identity(a.nrows(), a.ncols()) - a).lu();
        let lower = lu.l();
        Ok(Solver { lu, lower })
    }

    /// (I - A)^-1 b.
    pub(super) fn solve(&self, b: &DVector<f64>) -> DVector<f64> {
        self.lu
            .solve(b)
            .expect("I - A is regular: its spectral radius was checked")
    }

    /// (I - A)^-1 B.
    pub(super) fn solve_many(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        self.lu
            .solve(b)
            .expect("I - A is regular: its spectral radius was checked")
    }

    /// (I - A)'^-1 b, from the same factors: (I - A)' = U'L'P.
    pub(super) fn solve_transposed(&self, b: &DVector<f64>) -> DVector<f64> {
        let upper = self.lu.lu_internal();
        let mut y = upper
            .tr_solve_upper_triangular(b)
            .and_then(|y| self.lower.tr_solve_lower_triangular(&y))
            .expect("I - A is regular: its spectral radius was checked");
        self.lu.p().inv_permute_rows(&mut y);
        y
    }

    /// (I - A)^-1.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        let n = self.lower.nrows();
        self.solve_many(&DMatrix::identity(n, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use nalgebra::{dmatrix, dvector};

    #[test]
    fn both_directions_solve_from_one_factorisation() {
        // A row order that needs pivoting once I - A is formed.
        let a = dmatrix![0.9, 0.5, 0.0; 0.05, 0.2, 0.3; 0.01, 0.1, 0.4];
        let solver = Solver::new(&a).expect("productive");
        let left = DMatrix::identity(3, 3) - &a;
        let b = dvector![1.0, 2.0, 3.0];
        assert_relative_eq!(&left * solver.solve(&b), b, epsilon = 1e-12);
        assert_relative_eq!(
            left.tr_mul(&solver.solve_transposed(&b)),
            b,
            epsilon = 1e-12
        );
        assert_relative_eq!(
            left * solver.inverse(),
            DMatrix::identity(3, 3),
            epsilon = 1e-12
        );
    }
}
