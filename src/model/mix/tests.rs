//! Worked by hand where nothing is symmetric.

use super::*;
use crate::lang::Text;
use crate::table::FinalDemandRole::{Exports, Household};
use crate::table::PrimaryInputRole::{Compensation, NetProductionTaxes, OperatingSurplus};
use crate::table::{Table, TableBuilder};

fn near(values: &[f64], expected: &[f64]) {
    assert_eq!(values.len(), expected.len());
    for (value, expected) in values.iter().zip(expected) {
        assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    }
}

/// x = (100, 200, 400), f = (70, 80, 309).
///
/// ```text
/// Ad = [.1 .1  0 ]     Am = [ 0 .1  0 ]     v = .4, .35, .7475
///      [.2 .2 .15]          [.1  0 .05]     compensation .3, .2, .5; surplus the rest
///      [.2 .25 .0525]       [ 0  0  0 ]     jobs .5, .2, .25
/// ```
fn builder() -> TableBuilder {
    Table::builder("three", 2023)
        .sectors([("1", "Coal"), ("2", "Power"), ("3", "Goods")])
        .domestic_flows([[10.0, 20.0, 0.0], [20.0, 40.0, 60.0], [20.0, 50.0, 21.0]])
        .imported_flows([[0.0, 20.0, 0.0], [10.0, 0.0, 20.0], [0.0, 0.0, 0.0]])
        .final_demand(Household, [50.0, 80.0, 300.0])
        .final_demand(Exports, [20.0, 0.0, 9.0])
        .jobs([50.0, 40.0, 100.0])
}

fn three() -> AnyTable {
    builder()
        .value_added(Compensation, [30.0, 40.0, 200.0])
        .value_added(OperatingSurplus, [10.0, 30.0, 99.0])
        .build()
        .expect("it adds up")
}

fn mixed(of: &AnyTable, mixes: &[Mix]) -> (Table, MixEffect) {
    let (table, effect) = mixed_table(of, mixes).expect("it can be");
    let flows = table.flows(Text::same("test")).expect("flows").clone();
    // It balances, as what is read from a file must.
    let (meta, sectors) = (flows.meta().clone(), flows.sectors().clone());
    let again = Table::new(meta, sectors, flows.flows().clone(), String::new());
    assert!(again.is_ok(), "{:?}", again.err());
    (flows, effect)
}

/// x with these coefficients and the final demand above, by Cramer's rule.
fn solved(a: [[f64; 3]; 3]) -> [f64; 3] {
    let f = [70.0, 80.0, 309.0];
    let m = |i: usize, j: usize| if i == j { 1.0 - a[i][j] } else { -a[i][j] };
    let det = |m: &dyn Fn(usize, usize) -> f64| {
        m(0, 0) * (m(1, 1) * m(2, 2) - m(1, 2) * m(2, 1))
            - m(0, 1) * (m(1, 0) * m(2, 2) - m(1, 2) * m(2, 0))
            + m(0, 2) * (m(1, 0) * m(2, 1) - m(1, 1) * m(2, 0))
    };
    std::array::from_fn(|k| det(&|i, j| if j == k { f[i] } else { m(i, j) }) / det(&m))
}

fn supply([from, to]: [usize; 2], share: f64, price: f64, users: Option<Vec<usize>>) -> Mix {
    Mix::Supply {
        from,
        to,
        share,
        price,
        users,
    }
}

fn trade(product: usize, imported: Imported, users: Option<Vec<usize>>) -> Mix {
    Mix::Trade {
        product,
        imported,
        users,
    }
}

const GOODS: [f64; 3] = [0.2, 0.25, 0.0525];

#[test]
fn less_imported_is_taken_off_each_user_in_proportion() {
    // Of 150 of power that all buy 30 are imported, a fifth. At a tenth 5 of 10 and 10 of 20 stay.
    let (table, effect) = mixed(&three(), &[trade(1, Imported::To(0.1), None)]);
    let x = solved([[0.1, 0.1, 0.0], [0.25, 0.2, 0.175], GOODS]);
    near(table.output().as_slice(), &x);
    near(&effect.output.before, &[100.0, 200.0, 400.0]);
    near(&effect.output.after, &x);
    near(
        &effect.value_added.after,
        &[0.4 * x[0], 0.35 * x[1], 0.7475 * x[2]],
    );
    near(&effect.imports.before, &[10.0, 20.0, 20.0]);
    near(
        &effect.imports.after,
        &[0.05 * x[0], 0.1 * x[1], 0.025 * x[2]],
    );
    near(
        &effect.accounts[0].1.after,
        &[0.5 * x[0], 0.2 * x[1], 0.25 * x[2]],
    );
    let done = &effect.mixes[0];
    near(
        &[done.bought, done.imported_before, done.imported_after],
        &[150.0, 0.2, 0.1],
    );
    // All that final demand buys ends as value added or as imports, before and after.
    let (v, m) = (effect.value_added.sums(), effect.imports.sums());
    near(&[v.0 + m.0, v.1 + m.1], &[459.0, 459.0]);
    // Totals of the year are of the output of that year.
    let before = table.before_mixes().expect("it was mixed");
    near(before.output().as_slice(), &[100.0, 200.0, 400.0]);
}

#[test]
fn more_imported_is_taken_off_what_is_bought_at_home_by_the_users_alone() {
    // Sector 2 buys coal of 20 at home and 20 abroad; three quarters are to come from abroad.
    let (table, effect) = mixed(&three(), &[trade(0, Imported::By(0.25), Some(vec![1]))]);
    let x = solved([[0.1, 0.05, 0.0], [0.2, 0.2, 0.15], GOODS]);
    near(table.output().as_slice(), &x);
    near(&[table.coefficients().imported().at(0, 1)], &[0.15]);
    near(
        &[effect.mixes[0].bought, effect.mixes[0].imported_after],
        &[40.0, 0.75],
    );
    // All of it in points leaves nothing of it.
    let (table, _) = mixed(&three(), &[trade(0, Imported::By(-0.5), Some(vec![1]))]);
    near(&[table.coefficients().imported().at(0, 1)], &[0.0]);
}

#[test]
fn what_is_bought_instead_has_the_users_own_imported_share_and_its_price() {
    // Half of coal, .05 and .1 of output, becomes twice as much power: .1, of which sector 1 imports a third as
    // before, and .2 all at home. Sector 3 buys no coal.
    let (table, effect) = mixed(&three(), &[supply([0, 1], 0.5, 2.0, None)]);
    let x = solved([[0.05, 0.05, 0.0], [0.2 + 0.2 / 3.0, 0.4, 0.15], GOODS]);
    near(table.output().as_slice(), &x);
    near(
        &effect.value_added.after,
        &[0.35 * x[0], 0.25 * x[1], 0.7475 * x[2]],
    );
    near(
        &effect.imports.after,
        &[(0.1 + 0.1 / 3.0) * x[0], 0.05 * x[1], 0.05 * x[2]],
    );
    // Surplus takes it up, compensation does not: .1 - .05.
    let parts = &table.flows().primary_inputs;
    near(&[parts[(0, 0)], parts[(1, 0)]], &[0.3 * x[0], 0.05 * x[0]]);
    let done = &effect.mixes[0];
    near(
        &[done.bought, done.imported_before, done.saved],
        &[50.0, 0.4, -25.0],
    );
    near(&[done.imported_after], &[10.0 / 3.0 / 50.0]);
    assert!(effect.below_zero.is_empty());
}

#[test]
fn who_bought_none_of_it_buys_it_where_all_producers_do() {
    // Two fifths of the power of sector 3, .08, become coal, of which 20 of 50 are imported.
    let (table, _) = mixed(&three(), &[supply([1, 0], 0.4, 1.0, Some(vec![2, 2]))]);
    let x = solved([[0.1, 0.1, 0.048], [0.2, 0.2, 0.09], GOODS]);
    near(table.output().as_slice(), &x);
    let imported = table.coefficients();
    near(
        &[imported.imported().at(0, 2), imported.imported().at(1, 2)],
        &[0.032, 0.03],
    );
    near(&[imported.value_added()[2]], &[0.7475]);
}

#[test]
fn mixes_are_made_one_after_the_other() {
    let (more, instead) = (
        trade(1, Imported::To(0.5), None),
        supply([0, 1], 0.5, 1.0, None),
    );
    // First half of power abroad, at home .2 and .2 and .15 times 5/8. Then .05 and .1 more of it, in the shares
    // of each user then: 7/12 and 3/8 abroad.
    let (table, _) = mixed(&three(), &[more.clone(), instead.clone()]);
    let power = [0.125 + 0.05 * 5.0 / 12.0, 0.125 + 0.1 * 5.0 / 8.0, 0.09375];
    near(
        table.output().as_slice(),
        &solved([[0.05, 0.05, 0.0], power, GOODS]),
    );
    // First more of it: 35 and 60 and 80, 35/3 and 0 and 20 of it from abroad, so that half of all 175 is.
    let (table, _) = mixed(&three(), &[instead, more]);
    let home = 0.5 / (1.0 - 95.0 / 3.0 / 175.0);
    let power = [0.7 / 3.0 * home, 0.3 * home, 0.15 * home];
    near(
        table.output().as_slice(),
        &solved([[0.05, 0.05, 0.0], power, GOODS]),
    );
}

#[test]
fn parts_of_value_added_share_the_difference_where_there_is_no_surplus() {
    let table = builder()
        .value_added(Compensation, [30.0, 40.0, 200.0])
        .value_added(NetProductionTaxes, [10.0, 30.0, 99.0])
        .build()
        .expect("it adds up");
    let (table, effect) = mixed(&table, &[supply([0, 1], 0.5, 2.0, Some(vec![0]))]);
    let x = effect.output.after[0];
    // .4 becomes .35.
    let parts = &table.flows().primary_inputs;
    near(&[parts[(0, 0)], parts[(1, 0)]], &[0.2625 * x, 0.0875 * x]);
}

#[test]
fn who_pays_more_than_is_earned_is_told() {
    // Sector 1: .1 of coal becomes .6 of power, and value added .4 becomes -.1.
    let (table, effect) = mixed(&three(), &[supply([0, 1], 1.0, 6.0, Some(vec![0]))]);
    assert_eq!(effect.below_zero, [0]);
    near(&[table.coefficients().value_added()[0]], &[-0.1]);
}

/// Nobody makes the first product: x = (0, 100).
fn with_a_product_from_abroad() -> AnyTable {
    Table::builder("abroad", 2023)
        .sectors([("1", "Oil"), ("2", "Goods")])
        .domestic_flows([[0.0, 0.0], [0.0, 10.0]])
        .imported_flows([[0.0, 20.0], [0.0, 0.0]])
        .final_demand(Household, [0.0, 90.0])
        .value_added(OperatingSurplus, [0.0, 70.0])
        .build()
        .expect("it adds up")
}

#[test]
fn what_nobody_makes_at_home_is_bought_abroad() {
    let of = with_a_product_from_abroad();
    let said = mixed_table(&of, &[trade(0, Imported::To(0.9), None)]).expect_err("nobody makes it");
    assert!(said.to_string().contains("not made at home"), "{said}");
    let (table, _) = mixed(&of, &[supply([1, 0], 0.5, 1.0, None)]);
    near(table.output().as_slice(), &[0.0, 90.0 / 0.95]);
    near(&[table.coefficients().imported().at(0, 1)], &[0.25]);
}

/// Nobody buys the first product at home any more, and nobody makes it.
#[test]
fn what_nobody_buys_is_not_made() {
    let of = Table::builder("few", 2023)
        .sectors([("1", "Coal"), ("2", "Goods")])
        .domestic_flows([[1.0, 6.0], [2.0, 10.0]])
        .final_demand(Household, [0.0, 88.0])
        .value_added(OperatingSurplus, [4.0, 84.0])
        .build()
        .expect("it adds up");
    let (table, _) = mixed(&of, &[trade(0, Imported::To(1.0), None)]);
    near(table.output().as_slice(), &[0.0, 88.0 / 0.9]);
    assert_eq!(AnyTable::from(table).made(), [false, true]);
}

/// What is imported of each product is what is used of it, at the border with the taxes on it.
#[test]
fn imports_by_product_go_with_their_use() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let (table, _) = mixed(
        &table,
        &[
            trade(25, Imported::By(0.1), None),
            supply([10, 16], 0.3, 1.0, None),
        ],
    );
    let f = table.flows();
    let used = f.imported.column_sum() + f.imported_final_demand.column_sum();
    let imports = f.imports.as_ref().expect("by product");
    let all = &imports.cif + &imports.taxes;
    assert!((&all - &used).amax() < 1e-9 * used.amax(), "{all} {used}");
}

#[test]
fn what_cannot_be_is_refused() {
    let to = |share| trade(1, Imported::To(share), None);
    for (mix, words) in [
        (to(1.1), "from 0 to 100 %"),
        (to(f64::NAN), "from 0 to 100 %"),
        (
            trade(1, Imported::By(-0.3), None),
            "is 20.0 % and would be -10.0 %",
        ),
        (
            trade(0, Imported::To(0.5), Some(vec![2])),
            "buy nothing of 1 Coal",
        ),
        (supply([0, 0], 0.5, 1.0, None), "by itself"),
        (supply([0, 3], 0.5, 1.0, None), "position 3"),
        (supply([0, 1], 0.5, 1.0, Some(vec![7])), "position 7"),
        (supply([0, 1], -0.1, 1.0, None), "from 0 to 1"),
        (supply([0, 1], 0.5, f64::INFINITY, None), "above 0"),
        (supply([0, 1], 0.5, 0.0, None), "above 0"),
        (
            supply([0, 2], 0.5, 1.0, Some(vec![2])),
            "buy nothing of 1 Coal",
        ),
        // More of power than power makes.
        (supply([2, 1], 1.0, 8.0, None), "use up"),
    ] {
        let said = mixed_table(&three(), &[mix]).expect_err(words).to_string();
        assert!(said.contains(words), "{said}");
    }
    let coefficients = AnyTable::open("kr-2022-33").expect("built in");
    assert!(mixed_table(&coefficients, &[to(0.5)]).is_err());
}
