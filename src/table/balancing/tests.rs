use super::*;
use nalgebra::{dmatrix, dvector};

/// The economy of Junius & Oosterhaven (2003): a negative cell in each of two rows.
fn with_negatives() -> DMatrix<f64> {
    dmatrix![7.0, 3.0, 5.0, -3.0; 2.0, 9.0, 8.0, 1.0; -2.0, 0.0, 2.0, 1.0]
}

#[test]
fn gras_meets_its_totals_by_one_factor_a_row_and_one_a_column() {
    let prior = with_negatives();
    let (rows, columns) = (dvector![15.0, 26.0, -1.0], dvector![9.0, 16.0, 17.0, -2.0]);
    let x = gras(&prior, &rows, &columns).expect("feasible").matrix(3);
    for i in 0..3 {
        assert!((x.row(i).sum() - rows[i]).abs() < 1e-9);
    }
    for j in 0..4 {
        assert!((x.column(j).sum() - columns[j]).abs() < 1e-9);
    }
    // What makes it the nearest: x = a r s where a > 0, a / (r s) where a < 0.
    let factor = |i: usize, j: usize| match prior[(i, j)] > 0.0 {
        true => x[(i, j)] / prior[(i, j)],
        false => prior[(i, j)] / x[(i, j)],
    };
    for (i, j, k, l) in [
        (0, 0, 1, 2),
        (0, 3, 1, 1),
        (1, 0, 2, 3),
        (0, 0, 2, 2),
        (0, 3, 2, 0),
    ] {
        let cross = factor(i, j) * factor(k, l) / factor(i, l) / factor(k, j);
        assert!((cross - 1.0).abs() < 1e-9, "{i} {j} {k} {l}: {cross}");
    }
    assert!(x[(0, 3)] < 0.0 && x[(2, 0)] < 0.0 && x[(2, 1)] == 0.0);
}

/// Two columns of which the second is zero but in one row: a row factor r in closed form.
#[test]
fn a_row_of_negative_cells_alone_is_scaled() {
    let prior = dmatrix![6.0, 4.0; -1.0, -3.0];
    // The row comes to -6 from -4: both of its cells grow in size.
    let x = gras(&prior, &dvector![12.0, -6.0], &dvector![5.0, 1.0]).expect("feasible");
    let x = x.matrix(2);
    assert!((x[(1, 0)] + x[(1, 1)] + 6.0).abs() < 1e-9);
    assert!(x[(1, 0)] < 0.0 && x[(1, 1)] < 0.0);
}

#[test]
fn ras_is_what_the_textbook_has() {
    let x = ras(
        &dmatrix![5.0, 1.0; 2.0, 4.0],
        &dvector![10.0, 8.0],
        &dvector![11.0, 7.0],
    );
    let expected = dmatrix![25.0 / 3.0, 5.0 / 3.0; 8.0 / 3.0, 16.0 / 3.0];
    assert!((x.expect("feasible").matrix(2) - expected).amax() < 1e-10);
    assert!(ras(&with_negatives(), &DVector::zeros(3), &DVector::zeros(4)).is_err());
}

#[test]
fn a_row_that_its_cells_cannot_reach_is_named() {
    let why = ras(
        &dmatrix![0.0, 0.0; 2.0, 4.0],
        &dvector![1.0, 8.0],
        &dvector![2.0, 7.0],
    );
    let expected = Unbalanced::Infeasible {
        more: vec![0],
        less: vec![],
        asked: 1.0,
        reach: 0.0,
    };
    assert_eq!(why.unwrap_err(), expected);
    let said = Error::from(expected).to_string();
    assert!(
        said.contains("total 1: 1 is asked for, and its cells come to 0 at most"),
        "{said}"
    );
}

/// Column 1 is to be nothing, so that row 3 can have no more than column 2, which is 1 of its 2.
#[test]
fn what_is_to_be_nothing_hides_no_contradiction() {
    let prior = dmatrix![0.0, 0.0, -2.0, 3.0; 0.0, 0.0, 1.0, 4.0; 1.0, 1.0, 0.0, 0.0];
    let columns = dvector![0.0, 1.0, -2.0, 10.0];
    let why = gras(&prior, &dvector![1.0, 6.0, 2.0], &columns).unwrap_err();
    let Unbalanced::Infeasible {
        more,
        less,
        asked,
        reach,
    } = why
    else {
        panic!("{why:?}");
    };
    assert_eq!((more, less), (vec![2], vec![4]));
    assert!((asked - 1.0).abs() < 1e-12 && reach == 0.0);
    // One more in row 1 and one less in row 3 can be had.
    let balanced = gras(&prior, &dvector![2.0, 6.0, 1.0], &columns).expect("feasible");
    assert_eq!(balanced.matrix(3)[(2, 0)], 0.0);
}

/// Output less value added of a sector that buys nothing is nothing but rounding.
#[test]
fn a_total_that_is_rounding_is_nothing() {
    let rows = dvector![4.0, 6.0];
    for prior in [dmatrix![1.0, 0.0; 2.0, 0.0], dmatrix![1.0, 5.0; 2.0, 0.0]] {
        for rest in [2e-15, -2e-15] {
            let balanced = gras(&prior, &rows, &dvector![10.0, rest]).expect("feasible");
            assert_eq!(balanced.matrix(2).column(1).sum(), 0.0);
            assert!((balanced.matrix(2)[(1, 0)] - 6.0).abs() < 1e-9);
        }
    }
}

#[test]
fn a_sum_of_nothing_has_no_sign() {
    let why = gras(&dmatrix![2.0, 4.0], &dvector![-1.5], &dvector![0.5, -2.0]).unwrap_err();
    let said = Error::from(why).to_string();
    assert!(
        said.contains("total 1: -1.5 is asked for, and its cells come to 0 at least"),
        "{said}"
    );
}

/// Each row and column has cells enough, and yet rows 1 and 2 sell to column 1 alone.
#[test]
fn rows_that_contradict_columns_together_are_named() {
    let prior = dmatrix![3.0, 0.0, 0.0; 2.0, 0.0, 0.0; 1.0, 5.0, 2.0];
    let why = ras(&prior, &dvector![4.0, 3.0, 9.0], &dvector![6.0, 6.0, 4.0]).unwrap_err();
    let Unbalanced::Infeasible {
        more,
        less,
        asked,
        reach,
    } = why
    else {
        panic!("{why:?}");
    };
    assert_eq!((more, less), (vec![0, 1], vec![3]));
    assert!((asked - 1.0).abs() < 1e-12 && reach == 0.0);
}

/// Feasible only with a cell at nothing: each sweep halves less and less, and no proof is claimed.
#[test]
fn slow_is_not_called_infeasible() {
    let prior = dmatrix![1.0, 1.0; 0.0, 1.0];
    let why = ras(&prior, &dvector![1.0, 1.0], &dvector![1.0, 1.0]).unwrap_err();
    assert!(matches!(why, Unbalanced::Slow { .. }), "{why:?}");
}

#[test]
fn sums_that_differ_are_refused() {
    let why = gras(
        &with_negatives(),
        &dvector![1.0, 1.0, 1.0],
        &dvector![1.0, 1.0, 1.0, 1.0],
    );
    assert!(matches!(why, Err(Unbalanced::Invalid(_))));
}

#[test]
fn what_is_known_stays_and_what_is_bounded_is_cut_off() {
    let prior = dmatrix![5.0, 1.0, 2.0; 2.0, 4.0, 3.0];
    let (rows, columns) = (dvector![10.0, 12.0], dvector![9.0, 7.0, 6.0]);
    let mut balancing = Balancing::of_matrix(&prior, &rows, &columns).expect("fits");
    balancing.fix(2, 1.25).expect("a number"); // row 1, column 2
    balancing.bound(4, 0.0, 2.0).expect("in order"); // row 1, column 3
    let x = balancing.solve().expect("feasible").matrix(2);
    let by_hand = dmatrix![6.75, 1.25, 2.0; 2.25, 5.75, 4.0];
    assert!((x - by_hand).amax() < 1e-9);
    // Row 1 is at least what is fixed in it.
    balancing.fix(0, 10.0).expect("a number");
    assert!(matches!(
        balancing.solve(),
        Err(Unbalanced::Infeasible { .. })
    ));
}

/// One cell of 8 with a total of 10 that must not hold: x = 8 e^l, l = (10 - x) / (looseness x 10).
#[test]
fn a_loose_total_pulls_as_far_as_it_is_sure() {
    let mut balancing = Balancing::new(vec![8.0]).expect("finite");
    balancing.loose_total([0], 10.0, 0.5);
    let x = balancing.solve().expect("always").cells[0];
    assert!((x - 8.0 * ((10.0 - x) / 5.0).exp()).abs() < 1e-9);
    assert!(8.0 < x && x < 10.0);
    // Two that contradict each other: the surer one wins.
    let mut balancing = Balancing::new(vec![8.0]).expect("finite");
    balancing.loose_total([0], 10.0, 0.01);
    balancing.loose_total([0], 20.0, 1.0);
    let x = balancing.solve().expect("always").cells[0];
    assert!(10.0 < x && x < 10.2, "{x}");
}

#[test]
fn figures_whose_sums_would_overflow_are_refused_as_what_they_are() {
    let prior = DMatrix::from_element(2, 2, 1.0);
    let large = DVector::from_vec(vec![1e308, 1e308]);
    for why in [
        ras(&prior, &large, &large).expect_err("too large"),
        Balancing::new(vec![1.0, -1e308]).expect_err("too large"),
        Balancing::new(vec![f64::NAN]).expect_err("none"),
    ] {
        assert!(matches!(why, Unbalanced::Invalid(_)), "{why:?}");
    }
}
