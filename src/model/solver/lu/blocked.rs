//! Factors by faer, in place of the matrix that they are of.

use faer::dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::lu::partial_pivoting::{factor, inverse, solve};
use faer::perm::PermRef;
use faer::{MatMut, MatRef};
use nalgebra::DMatrix;

/// L below the diagonal and U from it on, in one matrix; the row of I - A that each row of them was.
#[derive(Debug, Clone)]
pub(in crate::model::solver) struct Blocked {
    both: DMatrix<f64>,
    rows: Vec<usize>,
    back: Vec<usize>,
}

impl Blocked {
    pub(super) fn of(mut matrix: DMatrix<f64>) -> Option<Self> {
        let n = matrix.nrows();
        let (mut rows, mut back) = (vec![0; n], vec![0; n]);
        let (par, params) = (faer::get_global_parallelism(), faer::Spec::default());
        with_scratch(
            factor::lu_in_place_scratch::<usize, f64>(n, n, par, params),
            |stack| {
                factor::lu_in_place(
                    view_mut(&mut matrix),
                    &mut rows,
                    &mut back,
                    par,
                    stack,
                    params,
                )
            },
        );
        let sound = |pivot: &f64| pivot.is_finite() && *pivot != 0.0;
        matrix.diagonal().iter().all(sound).then_some(Blocked {
            both: matrix,
            rows,
            back,
        })
    }

    fn permutation(&self) -> PermRef<'_, usize> {
        PermRef::new_checked(&self.rows, &self.back, self.rows.len())
    }

    pub(super) fn solve(&self, b: &mut DMatrix<f64>) {
        let (both, par) = (view(&self.both), faer::get_global_parallelism());
        with_scratch(
            solve::solve_in_place_scratch::<usize, f64>(both.nrows(), b.ncols(), par),
            |stack| solve::solve_in_place(both, both, self.permutation(), view_mut(b), par, stack),
        );
    }

    pub(super) fn solve_transposed(&self, b: &mut DMatrix<f64>) {
        let (both, par) = (view(&self.both), faer::get_global_parallelism());
        with_scratch(
            solve::solve_transpose_in_place_scratch::<usize, f64>(both.nrows(), b.ncols(), par),
            |stack| {
                solve::solve_transpose_in_place(
                    both,
                    both,
                    self.permutation(),
                    view_mut(b),
                    par,
                    stack,
                );
            },
        );
    }

    pub(super) fn inverse(&self) -> DMatrix<f64> {
        let n = self.both.nrows();
        let (both, par) = (view(&self.both), faer::get_global_parallelism());
        let mut inverted = DMatrix::zeros(n, n);
        with_scratch(inverse::inverse_scratch::<usize, f64>(n, par), |stack| {
            inverse::inverse(
                view_mut(&mut inverted),
                both,
                both,
                self.permutation(),
                par,
                stack,
            );
        });
        inverted
    }
}

fn view(matrix: &DMatrix<f64>) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(matrix.as_slice(), matrix.nrows(), matrix.ncols())
}

fn view_mut(matrix: &mut DMatrix<f64>) -> MatMut<'_, f64> {
    let (rows, columns) = matrix.shape();
    MatMut::from_column_major_slice_mut(matrix.as_mut_slice(), rows, columns)
}

fn with_scratch<T>(need: StackReq, work: impl FnOnce(&mut MemStack) -> T) -> T {
    work(MemStack::new(&mut MemBuffer::new(need)))
}
