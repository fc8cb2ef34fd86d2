//! What changed over the years adds up, and agrees with inverses.

use super::*;
use crate::table::{Deflators, FinalDemandRole, PrimaryInputRole};
use approx::assert_relative_eq;

fn tables() -> [AnyTable; 3] {
    ["kr-2023-33", "kr-2020-33", "kr-2022-33"].map(|id| AnyTable::open(id).expect("built in"))
}

#[test]
fn years_are_sorted_and_steps_chain() {
    let trend = Trend::of(&tables().each_ref()).expect("three years");
    let years: Vec<i32> = trend.tables().map(|p| p.year).collect();
    assert_eq!(years, [2020, 2022, 2023]);
    let steps: Vec<(i32, i32)> = trend.steps.iter().map(|s| (s.from, s.to)).collect();
    assert_eq!(steps, [(2020, 2022), (2022, 2023), (2020, 2023)]);
    for sector in 0..33 {
        let change = |step: usize| {
            let c = &trend.steps[step].changes[sector];
            c.after - c.before
        };
        assert_relative_eq!(change(0) + change(1), change(2), epsilon = 1e-9);
    }
}

#[test]
fn the_parts_add_up_to_the_change() {
    let trend = Trend::of(&tables().each_ref()).expect("three years");
    let mut largest = [0.0_f64; 3];
    for step in &trend.steps {
        for c in &step.changes {
            let parts = c.labour + c.structure + c.imports;
            assert_relative_eq!(c.after - c.before, parts, epsilon = 1e-10);
            for (most, part) in largest.iter_mut().zip([c.labour, c.structure, c.imports]) {
                *most = most.max(part.abs());
            }
        }
    }
    // Each part is there: none is a remainder that happens to be zero.
    assert!(largest.iter().all(|part| *part > 0.05), "{largest:?}");
}

#[test]
fn parts_agree_with_inverses() {
    let [t23, t20, _] = tables();
    let trend = Trend::of(&[&t20, &t23]).expect("two years");
    let inverse = |t: &AnyTable| {
        let model = Model::from_coefficients(t.coefficients()).expect("productive");
        model.leontief_inverse()
    };
    let (l0, l1) = (inverse(&t20), inverse(&t23));
    let e = |t: &AnyTable| t.coefficients().account("jobs").expect("jobs") * 1e3;
    let mean = (e(&t20) + e(&t23)) * 0.5;
    let more_imports =
        t23.coefficients().imported().dense() - t20.coefficients().imported().dense();
    let middle = (&l1 * &more_imports * &l0 + &l0 * &more_imports * &l1) * -0.5;
    let by_imports = middle.tr_mul(&mean);
    for (j, change) in trend.steps[0].changes.iter().enumerate() {
        assert_relative_eq!(change.imports, by_imports[j], epsilon = 1e-10);
    }
}

/// Two sectors whose prices grew by 100 and by 25 %: Ad = [.1 .3; .4 .2], L = [4/3 1/2; 2/3 3/2],
/// jobs 2 and 4 a unit, so that m = e'L = (16/3, 7).
#[test]
fn constant_prices_deflate_what_is_used_by_its_maker_and_output_by_its_own_price() {
    let table = |year: i32, indices: [[f64; 2]; 3]| -> AnyTable {
        let indices = DMatrix::from_fn(3, 2, |i, j| indices[i][j]);
        let table = crate::table::Table::builder("two", year)
            .sectors([("1", "One"), ("2", "Two")])
            .domestic_flows([[100.0, 150.0], [400.0, 100.0]])
            .final_demand(FinalDemandRole::Household, [750.0, 0.0])
            .value_added(PrimaryInputRole::Compensation, [500.0, 250.0])
            .jobs([2000.0, 2000.0])
            .build()
            .expect("a table");
        let AnyTable::Flows(table) = table else {
            panic!("flows")
        };
        table.with_deflators(Deflators::new(2020, indices)).into()
    };
    let indices = [[100.0, 200.0], [80.0, 100.0], [100.0, 150.0]];
    let (before, after) = (table(2020, indices), table(2021, indices));
    let trend = Trend::of(&[&before, &after]).expect("two years");
    let constant = trend.constant.expect("deflators");
    assert_eq!(constant.base, 2020);
    assert_eq!(constant.years[1].prices, [2.0, 1.25]);
    // Ad = [.1 .3 x 1.25 / 2; .4 x 2 / 1.25 .2], L = [4/3 .3125; 1.0666... 1.5].
    let near = |found: &[f64], right: [f64; 2]| {
        for (found, right) in found.iter().zip(right) {
            assert_relative_eq!(*found, right, max_relative = 1e-12);
        }
    };
    near(&constant.years[0].output, [2.0, 2.0]);
    near(&constant.years[1].output, [4.0 / 3.0 + 16.0 / 15.0, 1.8125]);
    // Persons per billion of 2020: 2000 x 2 and 4000 x 1.25 a billion of output, times L.
    near(
        &constant.years[1].accounts[0],
        [16000.0 / 3.0 * 2.0, 8750.0],
    );
    // Nothing changed but prices: at current prices no part, at constant ones labour and structure.
    let now = &trend.steps[0].changes[0];
    near(&[now.before, now.after], [16000.0 / 3.0; 2]);
    assert_relative_eq!(now.labour.abs() + now.structure.abs(), 0.0, epsilon = 1e-9);
    let change = &constant.steps[0].changes[0];
    let parts = change.labour + change.structure + change.imports;
    assert_relative_eq!(parts, 16000.0 / 3.0, max_relative = 1e-12);
    // de = (2000, 1000): with the mean of the columns (4/3, 2/3) and (4/3, 16/15) of L.
    assert_relative_eq!(
        change.labour,
        2000.0 * 4.0 / 3.0 + 1000.0 * 13.0 / 15.0,
        max_relative = 1e-12
    );
}

#[test]
fn four_years_of_constant_prices_are_those_of_the_first_and_their_parts_add_up() {
    let [t23, t20, t22] = tables();
    let t21 = AnyTable::open("kr-2021-33").expect("built in");
    let trend = Trend::of(&[&t23, &t20, &t22, &t21]).expect("four years");
    let constant = trend.constant.as_ref().expect("deflators");
    assert_eq!((constant.base, constant.steps.len()), (2020, 4));
    for (now, then) in trend.years.iter().zip(&constant.years) {
        for (id, values) in now.accounts.iter().map(|a| &a.id).zip(&then.accounts) {
            let current = now.column(id).expect("an account");
            for ((value, current), price) in values.iter().zip(current).zip(&then.prices) {
                assert_relative_eq!(*value, current * price, max_relative = 1e-9);
            }
        }
        let first = then.year == constant.base;
        let current = now.column("output").expect("output");
        let same = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        assert_eq!(then.output.iter().zip(&current).all(same), first);
    }
    for change in constant.steps.iter().flat_map(|step| &step.changes) {
        let parts = change.labour + change.structure + change.imports;
        assert_relative_eq!(change.after - change.before, parts, epsilon = 1e-9);
    }
    // A table without deflators has current prices alone.
    let AnyTable::Flows(table) = t20 else {
        panic!("flows")
    };
    let without = AnyTable::from(table.with_deflators(None));
    assert_eq!(Trend::of(&[&without, &t23]).expect("two").constant, None);
}

#[test]
fn picking_moves_years_and_steps_alike() {
    let trend = Trend::of(&tables().each_ref()).expect("three years");
    let two = trend.only(&["19", "01"]).expect("codes");
    assert_eq!(two.years[1].sectors[0], trend.years[1].sectors[18]);
    assert_eq!(two.steps[2].changes[1], trend.steps[2].changes[0]);
    assert_eq!(two.steps[0].changes.len(), 2);
    let (all, two) = (trend.constant.as_ref(), two.constant.as_ref());
    let (all, two) = (all.expect("deflators"), two.expect("deflators"));
    assert_eq!(two.years[1].output[0], all.years[1].output[18]);
    assert_eq!(two.steps[2].changes[1], all.steps[2].changes[0]);
    assert!(trend.only(&["99"]).is_err());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let [t23, ..] = tables();
    let t83 = AnyTable::open("kr-2023-83").expect("built in");
    let t20 = AnyTable::open("kr-2020-33").expect("built in");
    assert!(Trend::of(&[]).is_err());
    assert!(Trend::of(&[&t23]).is_err());
    let twice = Trend::of(&[&t23, &t23]).expect_err("one year").to_string();
    assert!(twice.contains("both of 2023"), "{twice}");
    let other = Trend::of(&[&t20, &t83]).expect_err("sectors").to_string();
    assert!(other.contains("33 against 83"), "{other}");
}
