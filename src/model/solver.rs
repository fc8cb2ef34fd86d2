//! The linear systems behind the model: one factorisation, many right-hand sides.

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
        let radius = spectral_radius(a);
        // Nothing is added to the diagonal to get past this: an economy that uses up more than it
        // makes has no answer, and the caller says which sector.
        if !(radius < 1.0) {
            return Err(radius);
        }
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

/// The spectral radius of |A|, or an upper bound of it where that is below 1 already.
///
/// Where every column (or every row) of |A| sums to less than 1 the largest sum is such a bound.
/// Otherwise the radius is found by power iteration on (I + |A|) / 2, whose largest eigenvalue
/// stands alone even where |A| is cyclic. Small negative entries (by-products) are taken by size,
/// which can only raise the figure.
pub fn spectral_radius(a: &DMatrix<f64>) -> f64 {
    if a.is_empty() {
        return 0.0;
    }
    let abs = a.abs();
    let bound = abs.row_sum().max().min(abs.column_sum().max());
    if !(bound >= 1.0) {
        return if bound.is_finite() { bound } else { f64::NAN };
    }
    let mut v = DVector::from_element(a.nrows(), 1.0);
    let mut radius = f64::INFINITY;
    for _ in 0..10_000 {
        let next = (&v + &abs * &v) * 0.5;
        let norm = next.amax();
        if !norm.is_finite() {
            return f64::NAN;
        }
        let estimate = 2.0 * norm / v.amax() - 1.0;
        v = next / norm;
        if (estimate - radius).abs() < 1e-13 {
            return estimate;
        }
        radius = estimate;
    }
    radius
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

    #[test]
    fn spectral_radius_of_known_matrices() {
        assert_relative_eq!(
            spectral_radius(&dmatrix![0.0, 2.0; 2.0, 0.0]),
            2.0,
            epsilon = 1e-9
        );
        // Column sums 1.1 and .2, row sums 1.1 and .2, radius (1 + sqrt(...)) by hand.
        let a = dmatrix![0.9, 0.2; 0.2, 0.0];
        assert_relative_eq!(
            spectral_radius(&a),
            0.45 + 0.2425_f64.sqrt(),
            epsilon = 1e-9
        );
        assert!(spectral_radius(&dmatrix![f64::NAN]).is_nan());
        assert!(Solver::new(&dmatrix![1.0]).is_err());
    }
}
