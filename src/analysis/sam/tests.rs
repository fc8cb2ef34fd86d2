use super::*;
use crate::model::{Closure, ImportTreatment, IncomeKind, Model};
use crate::table::{FinalDemandRole::*, OtherInputRole, PrimaryInputRole::*, Table};
use approx::assert_relative_eq;
use nalgebra::DMatrix;

/// Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05]; pay .25 and .45, surplus .4 and .25 of output.
fn two() -> AnyTable {
    Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [250.0, 900.0])
        .value_added(OperatingSurplus, [400.0, 500.0])
        .build()
        .expect("balanced")
}

fn half() -> SamOptions {
    SamOptions {
        earnings: Earnings::of_compensation(Some(0.5)),
        capital_share: 0.0,
    }
}

/// L c = .5 (1000, 2000) / 2050, g = .25 x .243902 + .45 x .487805 = .280488, w'L = (.432343, .587459).
#[test]
fn multipliers_by_groups_of_accounts_are_worked_by_hand() {
    let sam = Sam::of(&two(), half()).expect("made");
    assert_relative_eq!(sam.again, 0.5 * 1150.0 / 2050.0, max_relative = 1e-12);
    let first = &sam.multipliers[0];
    let near = |is: f64, should: f64| assert!((is - should).abs() < 1e-6, "{is} {should}");
    near(first.output.transfer, 1.518152 - 1.0);
    near(first.output.closed_loop, 0.731707 * 0.432343 / 0.719512);
    near(first.output.total(), 1.957823);
    near(first.households.open_loop, 0.432343);
    near(first.households.closed_loop, 0.168541);
    // Labour: the same, as all of it goes to households; capital .4 and .25 of output.
    let capital = first.factors[1].1;
    assert_eq!(first.factors[1].0, SamAccount::Capital);
    near(capital.open_loop, 0.4 * 1.254125 + 0.25 * 0.264026);
    // A unit paid to households: half is spent, so that .731707 of output follows in the first round.
    let households = &sam.multipliers[4];
    assert_eq!(households.account, SamAccount::Households);
    near(households.households.total(), 1.0 / 0.719512);
    near(households.output.open_loop, 0.731707);
    // Capital keeps all that it earns.
    let capital = &sam.multipliers[3];
    near(capital.output.total(), 0.0);
    near(capital.leaks.saving, 1.0);
}

#[test]
fn what_households_get_of_surplus_closes_the_loop_further() {
    let with = |capital_share| {
        let options = SamOptions {
            capital_share,
            ..SamOptions::default()
        };
        Sam::of(&two(), options)
    };
    // They consume all of pay and surplus: .560976 comes back by pay, .439024 by surplus.
    let some = with(0.5).expect("made");
    assert_relative_eq!(some.again, (1150.0 + 450.0) / 2050.0, max_relative = 1e-12);
    assert_relative_eq!(
        some.multipliers[3].output.total(),
        0.5 * (3000.0 / 2050.0) / (1.0 - some.again),
        max_relative = 1e-12
    );
    assert!(with(1.0).is_err(), "nothing leaks");
    assert!(with(1.1).is_err() && with(f64::NAN).is_err());
}

/// I - S of both sectors, labour and households has the determinant .7575 x .719512 = .545030.
#[test]
fn path_multipliers_are_worked_by_hand() {
    let determinant = 0.7575 * (1.0 - 0.5 * 1150.0 / 2050.0);
    let (first, second) = (SamAccount::Sector(0), SamAccount::Sector(1));
    let (labour, households) = (SamAccount::Labour, SamAccount::Households);
    let paths = SamPaths::of(&two(), half(), first, households, 10).expect("made");
    let expected = [
        // Beside it only sector 2 is left, whose determinant is .95.
        (vec![first, labour, households], 0.25, 0.95 / determinant),
        (
            vec![first, second, labour, households],
            0.2 * 0.45,
            1.0 / determinant,
        ),
    ];
    assert_eq!(paths.paths.len(), 2);
    for (path, (accounts, direct, multiplier)) in paths.paths.iter().zip(&expected) {
        assert_eq!(&path.accounts, accounts);
        assert_relative_eq!(path.direct, *direct, max_relative = 1e-12);
        assert_relative_eq!(path.multiplier, *multiplier, max_relative = 1e-12);
    }
    assert!((paths.global - 0.600884).abs() < 1e-6 && paths.remainder.abs() < 1e-12);

    let paths = SamPaths::of(&two(), half(), first, second, 10).expect("made");
    // Of half of .25 that are spent, 1700 / 2050 goes to sector 2.
    let direct: Vec<f64> = paths.paths.iter().map(|path| path.direct).collect();
    assert_relative_eq!(direct[0], 0.2, max_relative = 1e-12);
    assert_relative_eq!(
        direct[1],
        0.25 * 0.5 * 1700.0 / 2050.0,
        max_relative = 1e-12
    );
    assert!((paths.global - 0.557140).abs() < 1e-5 && paths.remainder.abs() < 1e-12);

    // Without households the open model: .2 / .7575, the one path.
    let open = SamOptions {
        earnings: Earnings::of_compensation(Some(0.0)),
        ..half()
    };
    let paths = SamPaths::of(&two(), open, first, second, 10).expect("made");
    assert_eq!(paths.paths.len(), 1);
    assert_relative_eq!(
        paths.paths[0].multiplier,
        1.0 / 0.7575,
        max_relative = 1e-12
    );
    // From an account to itself there is the account alone.
    let own = SamPaths::of(&two(), open, first, first, 10).expect("made");
    assert_eq!(own.paths[0].accounts, [first]);
    assert_relative_eq!(own.paths[0].multiplier, 0.95 / 0.7575, max_relative = 1e-12);
    let no_account = SamPaths::of(&two(), open, first, SamAccount::MixedIncome, 10);
    assert!(no_account.is_err());
}

/// Every elementary path, its multiplier by the determinants of what is left of I - S and of all of it.
fn listed(s: &DMatrix<f64>, from: usize, to: usize) -> Vec<(Vec<usize>, f64)> {
    fn go(
        s: &DMatrix<f64>,
        to: usize,
        path: &[usize],
        direct: f64,
        all: &mut Vec<(Vec<usize>, f64)>,
    ) {
        let last = path[path.len() - 1];
        if last == to {
            let left = DMatrix::identity(s.nrows(), s.nrows()) - s;
            let whole = left.determinant();
            let mut removed = path.to_vec();
            removed.sort_unstable();
            let left = left.remove_rows_at(&removed).remove_columns_at(&removed);
            let left = if left.is_empty() {
                1.0
            } else {
                left.determinant()
            };
            all.push((path.to_vec(), direct * left / whole));
            return;
        }
        for u in (0..s.nrows()).filter(|u| !path.contains(u) && s[(*u, last)] != 0.0) {
            go(s, to, &[path, &[u]].concat(), direct * s[(u, last)], all);
        }
    }
    let mut all = Vec::new();
    go(s, to, &[from], 1.0, &mut all);
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    all
}

/// Four sectors, of which one has a by-product and one a loss: negative entries of S.
#[test]
fn the_search_finds_what_a_full_listing_finds_by_large_determinants() {
    let table = Table::builder("four", 2020)
        .sectors([("1", "A"), ("2", "B"), ("3", "C"), ("4", "D")])
        .domestic_flows([
            [10.0, 20.0, 5.0, 8.0],
            [15.0, 30.0, -6.0, 9.0],
            [4.0, 16.0, 12.0, 20.0],
            [9.0, 7.0, 25.0, 3.0],
        ])
        .imported_flows([
            [3.0, 0.0, 2.0, 0.0],
            [0.0, 5.0, 0.0, 0.0],
            [1.0, 0.0, 0.0, 4.0],
            [0.0, 0.0, 6.0, 0.0],
        ])
        .final_demand(Household, [37.0, 72.0, 58.0, 26.0])
        .final_demand(Government, [20.0, 0.0, 10.0, 30.0])
        .value_added(Compensation, [30.0, 25.0, 50.0, 46.0])
        .value_added(OperatingSurplus, [22.0, 10.0, 17.0, -4.0])
        .value_added(NetProductionTaxes, [6.0, 7.0, 9.0, 14.0])
        .build()
        .expect("balanced");
    let options = SamOptions {
        capital_share: 0.6,
        ..SamOptions::default()
    };
    let all = SamMatrices::of(&table, options).expect("made");
    for (from, to) in [(0, 6), (2, 1), (3, 6), (4, 0), (6, 3), (5, 2)] {
        let by_hand = listed(&all.propensities, from, to);
        let (origin, end) = (all.accounts[from], all.accounts[to]);
        let found = SamPaths::of(&table, options, origin, end, 1000).expect("made");
        let global = all.multipliers[(to, from)];
        assert_relative_eq!(found.global, global, max_relative = 1e-12);
        let sum: f64 = by_hand.iter().map(|(_, total)| total).sum();
        assert_relative_eq!(sum, global, max_relative = 1e-10);
        let kept = by_hand
            .iter()
            .filter(|(_, total)| total.abs() > 1e-4 * global.abs());
        let kept: Vec<_> = kept.collect();
        assert!(
            kept.len() > 1 && found.paths.len() >= kept.len(),
            "{from} {to}"
        );
        for ((path, total), is) in kept.iter().zip(&found.paths) {
            assert_relative_eq!(is.total, *total, max_relative = 1e-9);
            let path: Vec<_> = path.iter().map(|at| all.accounts[*at]).collect();
            assert_eq!(is.accounts, path, "{from} {to}");
        }
    }
}

#[test]
fn the_matrices_are_those_of_the_formula() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let earnings = Earnings {
        of: IncomeKind::Disposable,
        taxes: 0.05,
        contributions: 0.09,
        ..Earnings::default()
    };
    let options = SamOptions {
        earnings,
        capital_share: 0.3,
    };
    let all = SamMatrices::of(&table, options).expect("made");
    let size = all.accounts.len();
    assert_eq!(size, 33 + 3 + 1);
    let identity = DMatrix::<f64>::identity(size, size);
    let inverse = (&identity - &all.propensities)
        .try_inverse()
        .expect("productive");
    assert!((&inverse - &all.multipliers).amax() < 1e-12);
    // Within groups, from group to group, round all of them.
    let within = DMatrix::from_fn(size, size, |i, j| {
        if i < 33 && j < 33 {
            all.propensities[(i, j)]
        } else {
            0.0
        }
    });
    let m1 = (&identity - &within).try_inverse().expect("productive");
    let round = &m1 * (&all.propensities - &within);
    let m2 = &identity + &round + &round * &round;
    let m3 = (&identity - &round * &round * &round)
        .try_inverse()
        .expect("productive");
    for (is, should) in [
        (&all.transfer, &m1),
        (&all.open_loop, &m2),
        (&all.closed_loop, &m3),
    ] {
        assert!((is - should).amax() < 1e-12);
    }
    let sam = Sam::of(&table, options).expect("made");
    let parts = [
        identity.clone(),
        &m1 - &identity,
        (&m2 - &identity) * &m1,
        (&m3 - &identity) * &m2 * &m1,
    ];
    for (j, of) in sam.multipliers.iter().enumerate() {
        assert_eq!(of.account, all.accounts[j]);
        let same = |is: &SamEffects, rows: std::ops::Range<usize>| {
            let is = [is.initial, is.transfer, is.open_loop, is.closed_loop];
            for (is, part) in is.iter().zip(&parts) {
                let should = part.view((rows.start, j), (rows.len(), 1)).sum();
                assert!((is - should).abs() < 1e-11, "{j} {rows:?} {is} {should}");
            }
        };
        same(&of.output, 0..33);
        for (k, (_, effects)) in of.factors.iter().enumerate() {
            same(effects, 33 + k..34 + k);
        }
        same(&of.households, 36..37);
        assert!((of.leaks.total() - 1.0).abs() < 1e-9, "{j}");
    }
}

#[test]
fn output_is_that_of_type_2_whatever_households_earn() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    for of in IncomeKind::ALL {
        for share in [None, Some(0.6)] {
            let earnings = Earnings {
                of,
                taxes: 0.05,
                contributions: 0.09,
                share,
                ..Earnings::default()
            };
            let options = SamOptions {
                earnings,
                ..SamOptions::default()
            };
            let sam = Sam::of(&table, options).expect("made");
            let closure = Closure::Earning(earnings);
            let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("closed");
            let type2 = model.rows().total().output;
            for (is, should) in sam.multipliers.iter().zip(type2.iter()) {
                assert_relative_eq!(is.output.total(), *should, max_relative = 1e-12);
            }
        }
    }
}

#[test]
fn every_account_of_the_matrix_receives_what_it_pays() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let sam = Sam::of(&table, SamOptions::default()).expect("made");
    let at = |account| {
        sam.accounts
            .iter()
            .position(|a| *a == account)
            .expect("there")
    };
    for (k, account) in sam.accounts.iter().enumerate() {
        let received: f64 = sam.flows[k].iter().sum();
        let paid: f64 = sam.flows.iter().map(|row| row[k]).sum();
        assert_relative_eq!(received, paid, max_relative = 1e-7);
        assert!(received > 0.0, "{account:?}");
    }
    // Households spend .722 of their income, and pay government only in the taxes on imports that they buy.
    let flow = |to, from| sam.flows[at(to)][at(from)];
    let income: f64 = sam.flows[at(SamAccount::Households)].iter().sum();
    let saved = flow(SamAccount::SavingInvestment, SamAccount::Households);
    assert!((1.0 - saved / income - 0.722).abs() < 5e-4);
    assert!((flow(SamAccount::Households, SamAccount::Labour) / 1e6 - 1_170.4).abs() < 0.1);
}

/// Taxes on products and imports whose product is not told go to government and abroad.
#[test]
fn rows_of_which_only_users_are_told_are_leaks() {
    let table = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [250.0, 900.0])
        .value_added(OperatingSurplus, [300.0, 200.0])
        .value_added(NetProductionTaxes, [20.0, 40.0])
        .other_inputs(OtherInputRole::Imports, [60.0, 200.0], [])
        .other_inputs(OtherInputRole::ProductTaxes, [20.0, 60.0], [])
        .build()
        .expect("balanced");
    // Nothing is spent: of a unit of sector 1 are 40 of 1000 taxes, 60 imports, of one of sector 2 100 and 200 of
    // 2000.
    let options = SamOptions {
        earnings: Earnings::of_compensation(Some(0.0)),
        ..SamOptions::default()
    };
    let sam = Sam::of(&table, options).expect("made");
    let leaks = sam.multipliers[0].leaks;
    let near = |is: f64, should: f64| assert!((is - should).abs() < 1e-6, "{is} {should}");
    near(leaks.government, 0.04 * 1.254125 + 0.05 * 0.264026);
    near(leaks.rest_of_world, 0.06 * 1.254125 + 0.1 * 0.264026);
    near(leaks.total(), 1.0);
}
