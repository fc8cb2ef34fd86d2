//! The factors of I - A: P(I - A) = LU, by nalgebra where it is small and by faer, blocked and on all
//! cores, where it is not.

#[cfg(feature = "faer")]
mod blocked;

#[cfg(feature = "faer")]
use crate::table::matrix::SMALL;
use nalgebra::{DMatrix, Dyn, LU};

/// Factors that solve in both directions.
#[derive(Debug, Clone)]
pub(super) enum Factors {
    Plain {
        lu: LU<f64, Dyn, Dyn>,
        lower: DMatrix<f64>,
    },
    #[cfg(feature = "faer")]
    Blocked(blocked::Blocked),
}

impl Factors {
    /// Factorises a matrix; `None` where a pivot is zero or not a number.
    pub(super) fn of(matrix: DMatrix<f64>) -> Option<Self> {
        #[cfg(feature = "faer")]
        if matrix.nrows() > SMALL / 2 {
            return blocked::Blocked::of(matrix).map(Factors::Blocked);
        }
        let lu = matrix.lu();
        let lower = lu.l();
        lu.is_invertible().then_some(Factors::Plain { lu, lower })
    }

    /// The same for one of many blocks: of any size by what is fastest.
    pub(super) fn of_block(matrix: DMatrix<f64>) -> Option<Self> {
        #[cfg(feature = "faer")]
        return blocked::Blocked::of(matrix).map(Factors::Blocked);
        #[cfg(not(feature = "faer"))]
        Factors::of(matrix)
    }

    // The solves below cannot fail: by nalgebra's word and code they do so only where U has a zero on its
    // diagonal, which is a property of the factors and not of B, and `of` hands out no such factors.

    /// (I - A)^-1 B.
    pub(super) fn solve(&self, mut b: DMatrix<f64>) -> DMatrix<f64> {
        match self {
            Factors::Plain { lu, .. } => {
                let solved = lu.solve_mut(&mut b);
                debug_assert!(solved, "these factors have no zero on the diagonal: see of");
            }
            #[cfg(feature = "faer")]
            Factors::Blocked(factors) => factors.solve(&mut b),
        }
        b
    }

    /// (I - A)'^-1 B, from the same factors: (I - A)' = U'L'P.
    pub(super) fn solve_transposed(&self, mut b: DMatrix<f64>) -> DMatrix<f64> {
        match self {
            Factors::Plain { lu, lower } => {
                let upper = lu.lu_internal();
                let solved = upper.tr_solve_upper_triangular_mut(&mut b)
                    && lower.tr_solve_lower_triangular_mut(&mut b);
                debug_assert!(solved, "these factors have no zero on the diagonal: see of");
                lu.p().inv_permute_rows(&mut b);
            }
            #[cfg(feature = "faer")]
            Factors::Blocked(factors) => factors.solve_transposed(&mut b),
        }
        b
    }

    /// (I - A)^-1.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        match self {
            Factors::Plain { lower, .. } => {
                let n = lower.nrows();
                self.solve(DMatrix::identity(n, n))
            }
            #[cfg(feature = "faer")]
            Factors::Blocked(factors) => factors.inverse(),
        }
    }
}
