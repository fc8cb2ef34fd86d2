//! Economies that use up all they make, or all but rounding: refused by a sentence that names the
//! sectors, never answered and never a panic.

mod common;

use common::Economy;
use leontief::analysis::checkup;
use leontief::model::LARGEST_MULTIPLIER;
use leontief::model::new_industry::{NewIndustry, include};
use leontief::table::Coefficients;
use leontief::{AnyTable, Error, Lang, Model, Result};
use nalgebra::{DMatrix, DVector, dmatrix};
use proptest::prelude::*;

/// The model of given coefficients; what is left of a column is value added.
fn model(a: DMatrix<f64>) -> Result<Model> {
    let n = a.nrows();
    let economy = Economy::new(DMatrix::zeros(n, n), DVector::from_element(n, 1.0));
    let value_added = DVector::from_element(n, 1.0) - a.row_sum().transpose();
    let accounts = Vec::new();
    let zeros = DMatrix::zeros(n, n);
    let (meta, sectors) = (economy.meta(), economy.sectors());
    Model::from_coefficients(Coefficients::new(
        meta,
        sectors,
        a,
        zeros,
        value_added,
        accounts,
    )?)
}

#[track_caller]
fn refused(a: DMatrix<f64>, sectors: &[&str], others: &[&str]) {
    let error = model(a).map(|_| ()).expect_err("it uses up what it makes");
    assert!(matches!(error, Error::NotProductive { .. }), "{error}");
    for (lang, words) in [(Lang::En, "not productive"), (Lang::Ko, "생산가능 조건")] {
        let said = error.say(lang);
        assert!(said.contains(words), "{said}");
        assert!(sectors.iter().all(|s| said.contains(s)), "{said}");
        assert!(!others.iter().any(|s| said.contains(s)), "{said}");
    }
}

/// Three matrices whose radius is 1, that rounding takes for a little less: each made the factors
/// singular.
fn singular_to_rounding() -> [DMatrix<f64>; 3] {
    let near = 0.24999999999999997;
    let fifth = 0.19999999999999998;
    [
        dmatrix![0.5, 1.0, 0.5; 0.0, 0.0, 0.25; 0.5, 0.0, near],
        dmatrix![
            0.6, 0.4, 0.0, 0.0, 0.4;
            0.2, 0.6, 0.6, 0.6, 0.4;
            0.0, 0.0, 0.0, 0.0, 0.2;
            0.2, 0.0, fifth, 0.4, 0.0;
            0.0, 0.0, fifth, 0.0, 0.0
        ],
        dmatrix![
            0.4, 0.4, 0.5, 0.5;
            0.6, 0.0, 0.4, 0.2;
            0.0, 0.6, 0.1, 0.1;
            0.0, 0.0, 0.0, 0.2
        ],
    ]
}

#[test]
fn a_radius_of_one_to_rounding_is_refused_with_the_sectors_of_the_loop() {
    for a in singular_to_rounding() {
        refused(a, &["Sector 1", "Sector 2"], &[]);
    }
    // 1 and 3 use each other up, 2 only sells to them.
    let a = dmatrix![0.0, 0.0, 1.0; 0.0, 0.2, 0.0; 1.0 - 1e-12, 0.0, 0.0];
    refused(a, &["Sector 1", "Sector 3"], &["Sector 2"]);
}

#[test]
fn a_multiplier_that_rounding_decides_is_refused_and_a_large_one_is_right() {
    let loop_of = |rest: f64| dmatrix![0.0, 1.0 - rest; 1.0, 0.0];
    for rest in [0.0, 1e-16, 1e-12, 1e-9] {
        refused(loop_of(rest), &["Sector 1", "Sector 2"], &[]);
    }
    // x1 = (1 - r) x2 + 1, x2 = x1: x1 = 1/r.
    for rest in [1e-6, 1e-3] {
        let model = model(loop_of(rest)).expect("productive");
        let x = model.output_for(&DVector::from_vec(vec![1.0, 0.0]));
        assert!((x[0] * rest - 1.0).abs() < 1.0 / LARGEST_MULTIPLIER, "{x}");
    }
}

#[test]
fn a_new_industry_that_closes_the_loop_is_refused_by_name() {
    let model = model(dmatrix![0.1, 0.2; 0.3, 0.1]).expect("productive");
    let industry = NewIndustry {
        inputs: DVector::from_vec(vec![0.0, 0.0]),
        sales: DVector::zeros(2),
        own_use: 1.0 - 1e-15,
        replaced: None,
    };
    let error = include(&model, &industry, &DVector::zeros(2), 1.0).expect_err("closed");
    assert!(error.to_string().contains("the new industry"), "{error}");
}

#[test]
fn check_says_that_a_closed_loop_is_not_productive() {
    let a = &singular_to_rounding()[0];
    let output = DVector::from_element(3, 1.0);
    let table: AnyTable = Economy::new(a.clone(), output).table();
    let checkup = checkup::check(&table);
    assert!(!checkup.is_clean());
    let said = checkup
        .faults
        .iter()
        .map(|f| f.text().en)
        .collect::<String>();
    assert!(said.contains("not productive"), "{said}");
}

proptest! {
    /// Columns of small whole numbers over their sum, so that many radii are 1 and many loops closed.
    #[test]
    fn no_matrix_of_coefficients_panics_or_is_answered_with_what_cannot_be(
        n in 1usize..6,
        cells in proptest::collection::vec(0u8..4, 36),
        kept in proptest::sample::select(vec![1.0, 1.0 - 1e-16, 1.0 - 1e-12, 1.0 - 1e-6, 0.9]),
    ) {
        let mut a = DMatrix::from_fn(n, n, |i, j| f64::from(cells[i * n + j]));
        for mut column in a.column_iter_mut() {
            let sum = column.sum();
            if sum > 0.0 {
                column *= kept / sum;
            }
        }
        if let Ok(model) = model(a) {
            let multipliers = model.inducement_row(&DVector::from_element(n, 1.0));
            prop_assert!(multipliers.iter().all(|m| (1.0 - 1e-6..=LARGEST_MULTIPLIER).contains(m)));
            let value_added = model.inducement_row(model.coefficients().value_added());
            prop_assert!(value_added.iter().all(|v| (v - 1.0).abs() < 1e-6), "{value_added}");
        }
    }
}
