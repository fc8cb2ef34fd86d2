//! The linear systems behind the model: one factorisation, many right-hand sides.

use super::radius::{productive, spectral_radius};
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// (I - A) factorised once: P(I - A) = LU.
#[derive(Debug, Clone)]
pub(super) struct Solver {
    lu: LU<f64, Dyn, Dyn>,
    lower: DMatrix<f64>,
}

/// The largest multiplier that is believed: how much one unit may set off in all. A condition of this
/// size leaves eight right digits of sixteen; those of economies are below 10.
pub const LARGEST_MULTIPLIER: f64 = 1e8;

impl Solver {
    /// Factorises I - A, and judges the factors by what they solve.
    ///
    /// # Errors
    /// The spectral radius of A where it is 1 or more, 1 to rounding, or not a number.
    pub(super) fn new(a: &DMatrix<f64>) -> Result<Self, f64> {
        // Nothing is added to the diagonal to get past this: an economy that uses up more than it
        // makes has no answer, and the caller says which sectors.
        productive(a)?;
        let lu = (DMatrix::identity(a.nrows(), a.ncols()) - a).lu();
        let lower = lu.l();
        let solver = Solver { lu, lower };
        if a.is_empty() || solver.is_sound(a) {
            Ok(solver)
        } else {
            Err(spectral_radius(a))
        }
    }

    /// Whether (I - A) x = 1 and x' (I - A) = 1' are solved: no pivot is zero, no answer is larger than
    /// is believed, and what is left over is rounding.
    fn is_sound(&self, a: &DMatrix<f64>) -> bool {
        if !self.lu.is_invertible() {
            return false;
        }
        let ones = DVector::from_element(a.nrows(), 1.0);
        let (down, across) = (self.solve(&ones), self.solve_transposed(&ones));
        let left = (
            &down - a * &down - &ones,
            &across - a.tr_mul(&across) - &ones,
        );
        let is_right = |answer: &DVector<f64>, left: &DVector<f64>| {
            answer.amax() <= LARGEST_MULTIPLIER && left.amax() <= 1.0 / LARGEST_MULTIPLIER
        };
        is_right(&down, &left.0) && is_right(&across, &left.1)
    }

    // The three solves below cannot fail: by nalgebra's word and code they do so only where U has a zero on
    // its diagonal, which is a property of the factors and not of b, and `new` hands out no such factors
    // (`is_sound`). Numbers that a user brings are in b and in A; both were judged by then.

    /// (I - A)^-1 b.
    pub(super) fn solve(&self, b: &DVector<f64>) -> DVector<f64> {
        self.lu
            .solve(b)
            .expect("these factors have solved before: see is_sound")
    }

    /// (I - A)^-1 B.
    pub(super) fn solve_many(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        self.lu
            .solve(b)
            .expect("these factors have solved before: see is_sound")
    }

    /// (I - A)'^-1 b, from the same factors: (I - A)' = U'L'P.
    pub(super) fn solve_transposed(&self, b: &DVector<f64>) -> DVector<f64> {
        let upper = self.lu.lu_internal();
        let mut y = upper
            .tr_solve_upper_triangular(b)
            .and_then(|y| self.lower.tr_solve_lower_triangular(&y))
            .expect("these factors have solved before: see is_sound");
        self.lu.p().inv_permute_rows(&mut y);
        y
    }

    /// (I - A)^-1.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        let n = self.lower.nrows();
        self.solve_many(&DMatrix::identity(n, n))
    }
}

/// Whether an answer consists of numbers.
pub(super) fn is_finite(answer: &DVector<f64>) -> bool {
    answer.iter().all(|v| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use nalgebra::{dmatrix, dvector};

    /// I - A, worked by hand:
    ///
    /// ```text
    ///  .5  0  -.2                          .64 .16 .16
    /// -.8  .8  0     its inverse  1/.192   .64 .4  .16
    ///  0  -.8  .8                          .64 .4  .4
    /// ```
    ///
    /// Row 2 has the largest entry of column 1. What is left of row 1 is then (.5, -.2), less than the
    /// -.8 of row 3, so row 3 comes next: rows go 2, 3, 1, a cycle that is not its own inverse.
    #[test]
    fn both_directions_solve_where_pivoting_moves_the_rows_round() {
        let a = dmatrix![0.5, 0.0, 0.2; 0.8, 0.2, 0.0; 0.0, 0.8, 0.2];
        let solver = Solver::new(&a).expect("productive");
        let mut rows = dvector![1.0, 2.0, 3.0];
        solver.lu.p().permute_rows(&mut rows);
        assert_eq!(rows, dvector![2.0, 3.0, 1.0]);
        let by_hand = dmatrix![0.64, 0.16, 0.16; 0.64, 0.4, 0.16; 0.64, 0.4, 0.4] / 0.192;
        let b = dvector![1.0, 20.0, 300.0];
        assert_relative_eq!(solver.solve(&b), &by_hand * &b, epsilon = 1e-10);
        assert_relative_eq!(
            solver.solve_transposed(&b),
            by_hand.tr_mul(&b),
            epsilon = 1e-10
        );
        assert_relative_eq!(solver.inverse(), by_hand, epsilon = 1e-12);
    }
}
