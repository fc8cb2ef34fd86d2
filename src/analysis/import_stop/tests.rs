use super::*;
use crate::table::FinalDemandRole::{Exports, Household};
use crate::table::PrimaryInputRole::Compensation;
use nalgebra::{DMatrix, dmatrix};

/// Three sectors, x = (100, 150, 150); of product 1 are imported 30 by sector 2 (of 50 that it uses), 10 by sector 3
/// (all that it uses) and 8 by households: 48. `by_second` replaces the 30.
fn economy(by_second: f64) -> AnyTable {
    let imported = [[0.0, by_second, 10.0], [5.0, 0.0, 0.0], [0.0, 0.0, 5.0]];
    crate::table::Table::builder("three", 2023)
        .sectors([("1", "Ore"), ("2", "Metal"), ("3", "Ships")])
        .domestic_flows([[10.0, 20.0, 0.0], [5.0, 30.0, 40.0], [0.0, 10.0, 20.0]])
        .imported_flows(imported)
        .final_demand(Household, [20.0, 60.0, 30.0])
        .final_demand(Exports, [50.0, 15.0, 90.0])
        .imported_final_demand(Household, [8.0, 0.0, 2.0])
        .value_added(Compensation, [80.0, 90.0 - by_second, 75.0])
        .jobs([40.0, 30.0, 15.0])
        .build()
        .expect("balanced")
}

#[track_caller]
fn near(found: &[f64], expected: &[f64]) {
    let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
    let worst = apart.fold(0.0, f64::max);
    assert!(
        found.len() == expected.len() && worst < 1e-4,
        "{found:?} is not {expected:?}"
    );
}

fn output(stop: &ImportStop, case: StopCase) -> &[f64] {
    &stop.case(case).expect("a case").output
}

/// Half of the imports. Sector 2 lacks 15 of 50, sector 3 5 of 10: they make .7 x 150 = 105 and .5 x 150 = 75.
/// Sector 1 then sells .1 x1 + 2/15 x 105 + 70 = x1, so that x1 = 84 / .9 = 93.3333. Sector 2 is asked for
/// .05 x 93.3333 + .2 x 105 + 4/15 x 75 + 75 = 120.6667 and lacks 15.6667, sector 3 for 7 + 10 + 120 and lacks 62:
/// less than what final users want of each, so that no producer goes short.
#[test]
fn users_make_less_by_what_they_lack_and_buy_less_upstream() {
    let stop = ImportStop::of(&economy(30.0), 0, 0.5, 0.0).expect("a stop");
    near(&[stop.imports, stop.amount], &[48.0, 24.0]);
    near(&stop.users, &[0.0, 15.0, 5.0]);
    assert_eq!(stop.final_demand, [(Household, 4.0)]);
    near(&stop.limits, &[0.0, 0.3, 0.5]);
    near(output(&stop, StopCase::UsersAlone), &[0.0, -45.0, -75.0]);
    let fixed = stop.case(StopCase::FixedCoefficients).expect("a case");
    near(&fixed.output, &[-6.66667, -45.0, -75.0]);
    near(
        &fixed.value_added,
        &[-6.66667 * 0.8, -45.0 * 0.4, -75.0 * 0.5],
    );
    near(
        &fixed.accounts[0].1,
        &[-6.66667 * 0.4, -45.0 * 0.2, -75.0 * 0.1],
    );
    // Of what else is imported: .05 of sector 1's output; 15 of 150 and 5 + 5 of 150 remain of the others'.
    near(&fixed.imports, &[-6.66667 * 0.05, -4.5, -75.0 / 15.0]);
    near(&stop.unmet, &[0.0, 15.66667, 62.0]);
}

/// All of it. Sector 3 makes nothing; so does sector 2, which cannot do without the 1/15 that it uses of 3; what
/// sector 1 uses of 2 is .05 of its output: less than .06, so that it goes on for its 70 of final demand.
#[test]
fn what_is_not_critical_stops_nobody() {
    let stop = ImportStop::of(&economy(30.0), 0, 1.0, 0.06).expect("a stop");
    let left = 70.0 / 0.9;
    near(
        output(&stop, StopCase::FixedCoefficients),
        &[left - 100.0, -150.0, -150.0],
    );
    near(&stop.unmet, &[0.0, 75.0 + 0.05 * left, 120.0]);
    let all = ImportStop::of(&economy(30.0), 0, 1.0, 0.0).expect("a stop");
    near(
        output(&all, StopCase::FixedCoefficients),
        &[-100.0, -150.0, -150.0],
    );
}

/// Sector 2 lacks 80 of 100 and makes 30, of which .8 x 30 = 24 is for others; sector 3 wants 4/15 x 150 = 40, gets
/// .6 of it and makes 90; sector 1 sells 2/15 x 30 + 70 beside a tenth to itself: 82.2222.
#[test]
fn producers_go_short_in_proportion_after_final_users() {
    let stop = ImportStop::of(&economy(80.0), 0, 1.0, 0.1).expect("a stop");
    near(&stop.limits, &[0.0, 0.8, 0.0]);
    near(output(&stop, StopCase::UsersAlone), &[0.0, -120.0, 0.0]);
    near(
        output(&stop, StopCase::FixedCoefficients),
        &[82.22222 - 100.0, -120.0, -60.0],
    );
}

/// Producers use 120 of product 1, of which 100 are made, 15 withdrawn from stocks and 5 a by-product of sector 3. A
/// thousandth of the 20 of product 2 that sector 3 imports, beside 40 from home, is missing: it makes a 3000th less, and
/// nobody else lacks anything.
#[test]
fn what_comes_from_stocks_and_as_a_by_product_is_delivered_too() {
    let table = crate::table::Table::builder("three", 2023)
        .sectors([("1", "Ore"), ("2", "Metal"), ("3", "Ships")])
        .domestic_flows([[10.0, 110.0, -5.0], [5.0, 30.0, 40.0], [10.0, 10.0, 20.0]])
        .imported_flows([[0.0, 0.0, 0.0], [0.0, 0.0, 20.0], [0.0, 0.0, 0.0]])
        .final_demand(Household, [0.0, 85.0, 60.0])
        .final_demand(
            crate::table::FinalDemandRole::Inventories,
            [-15.0, 0.0, 0.0],
        )
        .value_added(Compensation, [75.0, 10.0, 25.0])
        .build()
        .expect("balanced");
    let stop = ImportStop::of(&table, 1, 0.001, 0.0).expect("a stop");
    near(&stop.limits, &[0.0, 0.0, 0.001 * 20.0 / 60.0]);
    let fixed = output(&stop, StopCase::FixedCoefficients);
    // Sector 3 makes 100/3000 less, its suppliers at most that share of what they make.
    near(&fixed[2..], &[-100.0 / 3000.0]);
    let lost: f64 = fixed.iter().sum();
    assert!(lost > -0.1, "{fixed:?}");
}

/// Sector 1 lacks a tenth of an import and sells to sector 2 alone, which sells to sectors 1 and 3 alone. Each round what 2
/// has is shared in proportion, so that 1 gets less than it needs to make what it could: by .9 / (.9 x .2 + .8) a round.
#[test]
fn producers_that_need_one_another_come_to_a_halt() {
    let table = crate::table::Table::builder("three", 2023)
        .sectors([("1", "Ore"), ("2", "Metal"), ("3", "Ships")])
        .domestic_flows([[0.0, 50.0, 0.0], [20.0, 0.0, 80.0], [0.0, 0.0, 0.0]])
        .imported_flows([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [10.0, 0.0, 0.0]])
        .final_demand(Household, [0.0, 0.0, 150.0])
        .value_added(Compensation, [20.0, 50.0, 70.0])
        .build()
        .expect("balanced");
    let stop = ImportStop::of(&table, 2, 0.1, 0.0).expect("a stop");
    near(&stop.limits, &[0.1, 0.0, 0.0]);
    let fixed = output(&stop, StopCase::FixedCoefficients);
    assert_eq!(fixed, [-50.0, -100.0, -150.0]);
}

#[test]
fn next_to_no_stop_costs_next_to_nothing() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    for product in ["02", "17", "32"] {
        let at = table.sectors().find(product).expect("a sector");
        let stop = ImportStop::of(&table, at, 1e-6, 0.0).expect("a stop");
        let fixed = stop.case(StopCase::FixedCoefficients).expect("a case");
        let (lost, all): (f64, f64) = (fixed.output.iter().sum(), stop.output_before.iter().sum());
        assert!(
            lost < 0.0 && lost > -1e-5 * all,
            "{product}: {}",
            lost / all
        );
    }
}

/// By the definition: row 1 of Ad and the final demand for 1 take over what was imported.
#[test]
fn what_is_made_at_home_is_the_table_with_home_inputs() {
    let stop = ImportStop::of(&economy(30.0), 0, 0.5, 0.0).expect("a stop");
    // Half of (0, 30, 10) and of 8 beside what is bought at home already.
    let a = dmatrix![
        10.0 / 100.0, 35.0 / 150.0, 5.0 / 150.0;
        5.0 / 100.0, 30.0 / 150.0, 40.0 / 150.0;
        0.0, 10.0 / 150.0, 20.0 / 150.0
    ];
    let f: DVector<f64> = vec![74.0, 75.0, 120.0].into();
    let x = (DMatrix::identity(3, 3) - a)
        .lu()
        .solve(&f)
        .expect("a solution");
    let home = stop.case(StopCase::MadeAtHome).expect("it is made");
    near(&home.output, &[x[0] - 100.0, x[1] - 150.0, x[2] - 150.0]);
    let gained: f64 = home.value_added.iter().chain(&home.imports).sum();
    assert!((gained - stop.amount).abs() < 1e-9);
}

/// By the definition, round by round on the allocation of the table.
#[test]
fn the_supply_driven_loss_is_the_missing_value_and_its_rounds() {
    let table = economy(30.0);
    let stop = ImportStop::of(&table, 0, 0.5, 0.0).expect("a stop");
    let b = dmatrix![
        0.1, 0.2, 0.0;
        5.0 / 150.0, 0.2, 40.0 / 150.0;
        0.0, 10.0 / 150.0, 20.0 / 150.0
    ];
    let mut round: DVector<f64> = vec![0.0, 15.0, 5.0].into();
    let mut sum = round.clone();
    for _ in 0..200 {
        round = b.tr_mul(&round);
        sum += &round;
    }
    let lost = output(&stop, StopCase::SupplyDriven);
    near(lost, &[-sum[0], -sum[1], -sum[2]]);
    // Who lacks 15 of 50 loses 15 by value, and .3 of 150 by fixed coefficients.
    let alone = output(&stop, StopCase::UsersAlone);
    assert!(
        stop.users
            .iter()
            .zip(alone)
            .all(|(value, fixed)| *value <= -fixed)
    );
}

#[test]
fn a_product_that_nobody_makes_cannot_be_made_at_home() {
    let table = crate::table::Table::builder("two", 2023)
        .sectors([("1", "Oil"), ("2", "Fuel")])
        .domestic_flows([[0.0, 0.0], [0.0, 10.0]])
        .imported_flows([[0.0, 60.0], [0.0, 0.0]])
        .final_demand(Household, [0.0, 90.0])
        .value_added(Compensation, [0.0, 30.0])
        .build()
        .expect("balanced");
    let stop = ImportStop::of(&table, 0, 0.25, CRITICAL).expect("a stop");
    assert!(stop.case(StopCase::MadeAtHome).is_none());
    near(output(&stop, StopCase::FixedCoefficients), &[0.0, -25.0]);
    // 15 by value, and what its own tenth passes on again.
    near(output(&stop, StopCase::SupplyDriven), &[0.0, -15.0 / 0.9]);
}

#[test]
fn a_stop_that_cannot_be_is_refused() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    for (share, critical) in [
        (0.0, 0.0),
        (1.1, 0.0),
        (f64::NAN, 0.0),
        (0.5, -0.1),
        (0.5, f64::NAN),
    ] {
        assert!(
            ImportStop::of(&table, 1, share, critical).is_err(),
            "{share}, {critical}"
        );
    }
    assert!(ImportStop::of(&table, 99, 0.5, 0.0).is_err());
    // Nothing of ships is imported; coefficients alone do not tell who takes how much.
    assert!(ImportStop::of(&economy(30.0), 1, 0.5, 0.0).is_ok());
    let coefficients = AnyTable::open("kr-2022-33").expect("built in");
    assert!(ImportStop::of(&coefficients, 1, 0.5, 0.0).is_err());
}

/// Three sectors that are short of one another by a hundredth each: .99 of what each made is left after each of more than
/// a thousand rounds.
#[test]
fn a_fall_of_all_alike_is_taken_at_once_and_ends_where_its_rounds_end() {
    let n = 3;
    let a = |i: usize, j: usize| [[0.0, 0.5, 0.0], [0.2, 0.0, 0.4], [0.3, 0.0, 0.1]][i][j];
    let uses = Uses {
        own: (0..n).map(|i| a(i, i)).collect(),
        critical: (0..n)
            .map(|i| {
                let users = (0..n).filter(|j| *j != i && a(i, *j) > 0.0);
                users.map(|j| (j, a(i, j))).collect()
            })
            .collect(),
        others: vec![Vec::new(); n],
        by_products: vec![Vec::new(); n],
    };
    let f = DVector::from_element(n, 1000.0);
    let mut left: DVector<f64> = vec![100.0, 198.0, 450.0].into();
    let x = left.clone() * 1.01;
    let least = uses.least_served(&left, &uses.wanted(&left), &f);
    let asked = uses.asked(&left, &uses.wanted(&left), &f);
    // 1 and 3 get 198 of 200 wanted of product 2; 2 gets all 100 of 99 wanted of product 1: not all are cut alike.
    near(&least, &[0.99, 1.0, 0.99]);
    assert_eq!(falls_alike(&left, &least, &asked, &x), None);
    // With 2 short of product 1 in the same ratio all are: 0.5 x 198 wanted, 98.01 there; of 1 and 3, .2 x 98.01 and .4 x w
    // wanted, 198 there.
    left[0] = 98.01;
    left[2] = (200.0 - 0.2 * 98.01) / 0.4;
    let least = uses.least_served(&left, &uses.wanted(&left), &f);
    let asked = uses.asked(&left, &uses.wanted(&left), &f);
    near(&least, &[0.99; 3]);
    let all = falls_alike(&left, &least, &asked, &x).expect("all alike");
    let mut by_round = left.clone();
    let mut rounds = 0;
    while by_round[0] * all > 0.0 && by_round[0] > left[0] * all * (1.0 + 1e-9) {
        let least = uses.least_served(&by_round, &uses.wanted(&by_round), &f);
        by_round = DVector::from_fn(n, |j, _| by_round[j] * least[j]);
        rounds += 1;
    }
    assert!(rounds > 1000, "{rounds}");
    let apart = (by_round / all - &left).amax();
    assert!(apart < 1e-6, "{apart}");
    // Who is left stands just above where sectors stand still: the next rounds are as ever.
    let lowest = (0..n).map(|j| left[j] * all / x[j]).fold(1.0, f64::min);
    assert!(
        (STANDS_STILL..STANDS_STILL * 1.05).contains(&lowest),
        "{lowest}"
    );
}
