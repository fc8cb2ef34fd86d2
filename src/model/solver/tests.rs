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
fn turning() -> (DMatrix<f64>, DMatrix<f64>) {
    (
        dmatrix![0.5, 0.0, 0.2; 0.8, 0.2, 0.0; 0.0, 0.8, 0.2],
        dmatrix![0.64, 0.16, 0.16; 0.64, 0.4, 0.16; 0.64, 0.4, 0.4] / 0.192,
    )
}

/// An economy of n sectors, none like another, column sums of sizes between .3 and .8, a few of its cells
/// negative.
fn economy(n: usize) -> DMatrix<f64> {
    let mut a = DMatrix::from_fn(n, n, |i, j| {
        let cell = ((i * 7919 + j * 104_729 + i * j) % 1_009) as f64 / 1_009.0;
        cell.powi(4) * if (i + 3 * j) % 97 == 0 { -1.0 } else { 1.0 }
    });
    for (j, mut column) in a.column_iter_mut().enumerate() {
        column *= (0.3 + 0.5 * (j % 11) as f64 / 10.0) / column.lp_norm(1);
    }
    a
}

fn demand(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| (i * i % 13) as f64 - 4.0)
}

#[test]
fn both_directions_solve_where_pivoting_moves_the_rows_round() {
    let (a, by_hand) = turning();
    let solver = Solver::new(&a.into()).expect("productive");
    let b = dvector![1.0, 20.0, 300.0];
    assert_relative_eq!(solver.solve(&b), &by_hand * &b, epsilon = 1e-10);
    assert_relative_eq!(
        solver.solve_transposed(&b),
        by_hand.tr_mul(&b),
        epsilon = 1e-10
    );
    assert_relative_eq!(solver.inverse(), by_hand, epsilon = 1e-12);
}

#[test]
fn blocked_factors_solve_where_pivoting_moves_the_rows_round() {
    // A hundred such economies of three sectors beside each other.
    let (a, by_hand) = turning();
    let (mut all, mut inverse) = (DMatrix::zeros(300, 300), DMatrix::zeros(300, 300));
    for k in (0..300).step_by(3) {
        all.view_mut((k, k), (3, 3)).copy_from(&a);
        inverse.view_mut((k, k), (3, 3)).copy_from(&by_hand);
    }
    let factors = Factors::of(DMatrix::identity(300, 300) - all).expect("productive");
    let b = DMatrix::from_fn(300, 2, |i, k| demand(300)[(i + 5 * k) % 300]);
    assert_relative_eq!(factors.solve(b.clone()), &inverse * &b, epsilon = 1e-9);
    let transposed = inverse.tr_mul(&b);
    assert_relative_eq!(factors.solve_transposed(b), transposed, epsilon = 1e-9);
    assert_relative_eq!(factors.inverse(), inverse, epsilon = 1e-10);
}

#[test]
fn passes_and_factors_give_the_same_answer_within_the_bound() {
    let n = 600;
    let a = economy(n);
    let by_factors = Factors::of(DMatrix::identity(n, n) - &a).expect("productive");
    let a = Matrix::from(a);
    let bound = Bound::of(&a).expect("column sums below 1");
    let mut b = DMatrix::from_columns(&[demand(n), demand(n) * 1e-9, DVector::zeros(n)]);
    b[(17, 2)] = 1.0;
    for direction in [Direction::Demand, Direction::Cost] {
        let (x, Passes { passes, error }) = krylov::solve(
            &a,
            &Neighbours::of(&a, bound.inputs()),
            &bound,
            direction,
            &b,
        )
        .expect("converges");
        let right = match direction {
            Direction::Demand => by_factors.solve(b.clone()),
            Direction::Cost => by_factors.solve_transposed(b.clone()),
        };
        assert!(passes <= 15, "{passes} passes");
        assert!(error <= krylov::TOLERANCE && error > 0.0);
        for k in 0..3 {
            let off = x.column(k) - right.column(k);
            let (off, size) = match direction {
                Direction::Demand => (off.lp_norm(1), b.column(k).lp_norm(1)),
                Direction::Cost => (off.amax(), b.column(k).amax()),
            };
            assert!(
                off / size <= error + 1e-13,
                "{direction:?} {k}: {off:e} of {size:e}"
            );
        }
    }
}

#[test]
fn weights_bound_the_error_where_a_column_sums_to_more_than_one() {
    // Sector 1 makes a loss: it uses 1.3 of the others for 1 of its own.
    let mut a = economy(300);
    let sum = a.column(1).lp_norm(1);
    let mut loss = a.column_mut(1);
    loss *= 1.3 / sum;
    let a = Matrix::from(a);
    assert!(a.absolute_tr_mul(&DVector::from_element(300, 1.0)).max() > 1.29);
    let solver = Solver::new(&a).expect("productive all the same");
    assert!(solver.bound.is_some());
    let (b, x) = (demand(300), solver.solve(&demand(300)));
    let solves = solver.solves();
    assert_eq!((solves.right_hand_sides, solves.factorised), (1, false));
    let off = (&x - solver.inverse() * &b).lp_norm(1) / b.lp_norm(1);
    assert!(off <= solves.error + 1e-13, "{off:e}");
}

#[test]
fn what_is_not_productive_is_refused_however_large() {
    let a = Matrix::from(economy(300) * 4.0);
    let radius = Solver::new(&a).expect_err("uses up more than it makes");
    assert!(radius > 1.0);
    let mut not_a_number = economy(300);
    not_a_number[(3, 4)] = f64::NAN;
    assert!(Solver::new(&Matrix::from(not_a_number)).is_err_and(f64::is_nan));
}

#[test]
fn many_right_hand_sides_are_worth_the_factors() {
    let n = 640;
    let solver = Solver::new(&Matrix::from(economy(n))).expect("productive");
    solver.solve_many(&DMatrix::from_fn(n, 10, |i, k| (i + k) as f64));
    let few = solver.solves();
    assert!(!few.factorised && few.passes > 0);
    solver.solve_many(&DMatrix::from_fn(n, 11, |i, k| (i * k) as f64));
    let many = solver.solves();
    assert!(many.factorised && many.passes == few.passes && many.right_hand_sides == 21);
}
