use super::course::{Course, Economy};
use super::*;
use crate::table::{FinalDemandRole::*, PrimaryInputRole::*, Table};

/// Miller & Blair (2022), Table 2.3, as flows of a hundredth a day: A = [.15 .25; .2 .05], x = (10, 20),
/// f = (3.5, 17), orders [1.5 5; 2 1] a day.
fn two() -> (AnyTable, Model) {
    let daily = |flows: [[f64; 2]; 2]| flows.map(|row| row.map(|flow| flow * YEAR));
    let table = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows(daily([[1.5, 5.0], [2.0, 1.0]]))
        .final_demand(Household, [3.5 * YEAR, 17.0 * YEAR])
        .value_added(Compensation, [2.5 * YEAR, 9.0 * YEAR])
        .value_added(OperatingSurplus, [4.0 * YEAR, 5.0 * YEAR])
        .jobs([3.0 * YEAR, 5.0 * YEAR])
        .build()
        .expect("balanced");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    (table, model)
}

fn options(loss: f64, days: u32, horizon: u32, stock: f64, rationing: Rationing) -> OutageOptions {
    OutageOptions {
        horizon,
        stock,
        rationing,
        overcapacity: 1.0,
        ..OutageOptions::new(loss, days)
    }
}

fn near(found: f64, worked: f64, what: &str) {
    assert!(
        (found - worked).abs() < 1e-9,
        "{what}: {found}, not {worked}"
    );
}

/// Sector 1 at 60 % for two days, four days of stock (3.2 are needed), final demand last:
///
/// 1: plan (6, 20), made. Orders for 1 are 6.5: 6/6.5 of them, nothing for final demand (3.5). Sector 2 holds
///    20 - 5 + 5 x 6/6.5 = 20 - 5/13 of it and wants 20: 5/52 more a day.
/// 2: demand for 1 is .9 + 5 + 5/52 + 3.5, for 2 1.2 + 1 + 17 = 19.2: made (6, 19.2); final demand gets
///    6 - .9 - 5 - 5/52 = 1/260. Sector 2 now holds more than four days of what it makes.
/// 3: all of 1 is back; demand is .9 + .25 x 19.2 + 3.5 = 9.2 and 1.2 + .96 + 17 = 19.16.
#[test]
fn three_days_are_those_worked_by_hand() {
    let (table, model) = two();
    let how = options(0.4, 2, 3, 4.0, Rationing::FinalLast);
    let outage = Outage::of(&table, &model, 0, &how).expect("an outage");
    let worked = [[4.0, 0.0], [4.0, 0.8], [0.8, 0.84]];
    for (day, worked) in worked.iter().enumerate() {
        for (j, worked) in worked.iter().enumerate() {
            near(outage.by_day[day][j], *worked, &format!("{day} {j}"));
        }
    }
    let unmet = [3.5, 3.5 - 1.0 / 260.0, 0.0];
    for (day, worked) in unmet.iter().enumerate() {
        near(outage.days[day].unmet, *worked, "unmet");
    }
    near(outage.capacity_lost, 8.0, "capacity");
    near(outage.output[0], 8.8, "own");
    near(outage.upstream[1], 1.64, "less is ordered");
    near(outage.downstream[1], 0.0, "nothing is missing");
    // v = (.65, .7), .3 and .25 persons a unit.
    let value_added: f64 = outage.value_added.iter().sum();
    near(value_added, 0.65 * 8.8 + 0.7 * 1.64, "value added");
    near(outage.accounts[0].1[0], 0.3 * 8.8, "jobs");
    assert_eq!(outage.worst_day, 2);
    assert_eq!(outage.recovered, None);
    // The column of L over its diagonal; x_2 / x_1 and l_12 / l_11; both of them use 1.
    for (of, ratio) in [
        (YardstickModel::Own, 1.0),
        (YardstickModel::Mixed, 1.0 + 0.2 / 0.95),
        (YardstickModel::SupplyDriven, 1.0 + 2.0 * 0.25 / 0.95),
        (YardstickModel::InProportion, 3.0),
    ] {
        near(outage.yardstick(of).expect("one"), 8.0 * ratio, of.id());
    }
}

/// Sector 2 stops altogether, two days of stock (1.6 are needed), and users run out of it:
///
/// 1: sector 1 makes 10 of its stock of 4, and is left with 2. It orders 1.5 of itself and 2 of 2, 1 more to restock.
/// 2: 5 are asked of 1 (1.5 + 0 + 3.5), and its 2 of product 2 would do for 2 / .32 = 6.25. Left: 1; ordered .75.
/// 3: 4.25 are asked of it, and 1 / .32 = 3.125 are made.
#[test]
fn users_run_out_as_worked_by_hand() {
    let (table, model) = two();
    let how = options(1.0, 3, 60, 2.0, Rationing::FinalLast);
    let outage = Outage::of(&table, &model, 1, &how).expect("an outage");
    for (day, made) in [10.0, 5.0, 3.125].into_iter().enumerate() {
        near(outage.by_day[day][0], 10.0 - made, "made");
        near(outage.by_day[day][1], 20.0, "stopped");
    }
    let third = outage.days[2];
    near(third.upstream, 5.75, "less is ordered");
    near(third.downstream, 1.125, "inputs are missing");
    // Of 3.125 producers get .75, so that final demand lacks 1.125 of 3.5; none of 17 is there.
    near(third.unmet, 18.125, "unmet");
}

#[test]
fn what_stops_without_stock_stops_its_users() {
    let (table, model) = two();
    let how = options(1.0, 60, 60, 0.0, Rationing::FinalLast);
    let outage = Outage::of(&table, &model, 1, &how).expect("an outage");
    near(outage.by_day[59][0], 10.0, "all of it");
    assert!(outage.by_day[0][0].abs() < 1e-9);
}

/// The first days of the outage above: of claims of 10 on product 1, 6 are met in proportion; then of 9.9, as sector 2
/// wants half of 1 more (it holds 18 of 20, and 4 days to make it good).
#[test]
fn proportions_are_those_worked_by_hand() {
    let (table, model) = two();
    let how = options(0.4, 2, 2, 4.0, Rationing::Proportional);
    let outage = Outage::of(&table, &model, 0, &how).expect("an outage");
    near(outage.days[0].unmet, 1.4, "first");
    near(outage.days[1].unmet, 3.5 * 3.9 / 9.9, "second");
    // Use (6.5) is met first, then nothing is left for final demand and stocks.
    let how = options(0.4, 2, 2, 4.0, Rationing::ProducersFirst);
    let outage = Outage::of(&table, &model, 0, &how).expect("an outage");
    near(outage.days[0].unmet, 3.5, "first");
    // .9 + 5 are used of 6: .1 for final demand where restocking does not come first.
    near(outage.days[1].unmet, 3.4, "second");
}

/// The days that BoARIO 0.7.2 prints (ARIOPsiModel with what is its default, an arbitrary loss of 30 % of sector 2), over
/// a year each; its event of five days takes seven.
#[test]
fn days_are_those_of_boario() {
    let table = Table::builder("three", 2022)
        .sectors([("1", "A"), ("2", "B"), ("3", "C")])
        .domestic_flows([
            [150.0, 500.0, 80.0],
            [200.0, 100.0, 60.0],
            [90.0, 300.0, 40.0],
        ])
        .final_demand(Household, [270.0, 1640.0, 570.0])
        .value_added(Compensation, [560.0, 1100.0, 820.0])
        .build()
        .expect("balanced");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let how = OutageOptions {
        horizon: 40,
        rationing: Rationing::Proportional,
        ..OutageOptions::new(0.3, 7)
    };
    let outage = Outage::of(&table, &model, 1, &how).expect("an outage");
    for (day, lost) in [
        (1, [0.0, 600.0, 0.0]),
        (2, [150.0, 599.7221011932186, 90.0]),
        (4, [185.373610091006, 599.1956527091048, 110.3676995331716]),
        (
            7,
            [186.53974023502502, 598.4137911236487, 111.03537695791479],
        ),
        (
            8,
            [186.46723897279907, 73.8907602206623, 110.99206036801606],
        ),
        (
            9,
            [55.322140730526826, 47.64750942767368, 32.30534795537191],
        ),
        (
            19,
            [
                -0.14116103773600175,
                -2.723934843818383,
                -0.08252565322777183,
            ],
        ),
        (
            38,
            [
                -0.16303753795352982,
                -2.7938352535988953,
                -0.09474630526402184,
            ],
        ),
    ] {
        for (j, lost) in lost.into_iter().enumerate() {
            near(
                outage.by_day[day - 1][j] * YEAR,
                lost,
                &format!("day {day}"),
            );
        }
    }
}

#[test]
fn without_an_outage_nothing_is_lost() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let x = table.output().expect("flows");
    for rationing in [
        Rationing::FinalLast,
        Rationing::ProducersFirst,
        Rationing::Proportional,
    ] {
        let how = OutageOptions {
            loss: 0.0,
            rationing,
            ..OutageOptions::new(0.1, 60)
        };
        let (stocked, _) = stocked(&table, x);
        let days = stock_days(&stocked, &how);
        let economy = Economy::of(&model, x, &stocked, &days, how.critical);
        let course = Course::of(&economy, 16, &how);
        for (j, lost) in course.output.iter().enumerate() {
            assert!(lost.abs() <= 1e-12 * x[j], "{rationing:?} {j}: {lost}");
        }
        for (i, unmet) in course.unmet.iter().enumerate() {
            assert!(unmet.abs() <= 1e-12 * x[i], "{rationing:?} {i}: {unmet}");
        }
    }
}

/// Parts are the whole by sector and by day; what is made up for is taken off.
#[test]
fn parts_add_up() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let how = OutageOptions {
        recovery: 20,
        ..OutageOptions::new(0.4, 40)
    };
    let outage = Outage::of(&table, &model, 16, &how).expect("an outage");
    let all = outage.output_lost();
    let by_day: f64 = outage.days.iter().map(OutageDay::output).sum();
    assert!((all / by_day - 1.0).abs() < 1e-12);
    for j in 0..33 {
        let days: f64 = outage.by_day.iter().map(|day| day[j]).sum();
        assert!((days - outage.output[j]).abs() <= 1e-9 * all);
        if j != 16 {
            let parts = outage.upstream[j] + outage.downstream[j];
            assert!((parts - outage.output[j]).abs() <= 1e-9 * all);
        }
    }
    // 40 days, then 20/21, 19/21 ... 1/21 of it: ten days more.
    let a_day = 0.4 * table.output().expect("flows")[16] / YEAR;
    assert!((outage.capacity_lost / a_day - 50.0).abs() < 1e-9);
    assert!(outage.made_up.iter().sum::<f64>() > 0.0);
    // 40 % is more than final demand takes: users are hit.
    assert!(outage.downstream.iter().sum::<f64>() > outage.capacity_lost);
}

/// Between the mixed model and the supply-driven one, with BoARIO's rule (1.41) as with producers first (1.25); with
/// BoARIO's rule and stocks of three days a loss of 20 % stops most of it, which is said.
#[test]
fn electricity_lies_between_its_yardsticks_or_it_is_said() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let over_own = |how: &OutageOptions| {
        let outage = Outage::of(&table, &model, 16, how).expect("an outage");
        (outage.output_lost() / outage.output[16], outage)
    };
    let usual = OutageOptions::new(0.1, 60);
    let (ratio, outage) = over_own(&usual);
    let mixed = outage.yardstick(YardstickModel::Mixed).expect("one") / outage.capacity_lost;
    assert_eq!(format!("{mixed:.2} {ratio:.2}"), "1.26 1.26");
    assert!(matches!(
        outage.notes[..],
        [OutageNote::FinalDemandAbsorbs { share }] if (share - 0.19).abs() < 0.005
    ));
    let boario = OutageOptions {
        rationing: Rationing::Proportional,
        buffer: 90.0,
        ..usual.clone()
    };
    let (ratio, outage) = over_own(&boario);
    assert_eq!(format!("{ratio:.2}"), "1.41");
    let supply = outage.yardstick(YardstickModel::SupplyDriven).expect("one");
    assert!(outage.output_lost() < supply);
    let short = OutageOptions {
        loss: 0.2,
        rationing: Rationing::Proportional,
        stock: 3.0,
        ..usual
    };
    let (_, outage) = over_own(&short);
    let said = |of: fn(&OutageNote) -> bool| outage.notes.iter().any(of);
    assert!(said(
        |n| matches!(n, OutageNote::BeyondSupplyDriven { lost, supply_driven, .. }
        if *lost > 10.0 && (*supply_driven - 1.2431).abs() < 1e-4)
    ));
    assert!(said(
        |n| matches!(n, OutageNote::RestockingCrowdsOut { share } if *share > 0.1)
    ));
}

/// With producers first the loss is never more than where every user makes less in proportion, and it is over soon.
#[test]
fn producers_first_stays_within_proportion_and_recovers() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let mut before = 0.0;
    for loss in [0.1, 0.3, 0.5, 0.8] {
        let how = OutageOptions::new(loss, 60);
        let outage = Outage::of(&table, &model, 16, &how).expect("an outage");
        let bound = outage.yardstick(YardstickModel::InProportion).expect("one");
        let lost = outage.output_lost();
        assert!(lost > before && lost < bound, "{loss}: {lost} of {bound}");
        assert!(outage.recovered.is_some_and(|day| day < 90), "{loss}");
        before = lost;
    }
}

/// Users can do without a product that is not stocked for three days of its use, and go on until it is used up: sector 2
/// stops, and of it sector 1 holds 6, 4, 3, 2.15, 1.3225 and .498375 as 10, then 3.5 + .15 of the day before, are asked
/// of it; .498375 would do for .498375 / .2.
#[test]
fn a_buffer_is_used_up_before_less_is_made() {
    let (table, model) = two();
    let x = table.output().expect("flows");
    let how = options(1.0, 60, 6, 3.0, Rationing::ProducersFirst);
    let economy = Economy::of(&model, x, &[false, false], &[3.0, 3.0], 0.8);
    let course = Course::of(&economy, 1, &how);
    let made: Vec<f64> = course.by_day.iter().map(|day| 10.0 - day[0]).collect();
    let worked = [10.0, 5.0, 4.25, 4.1375, 4.120625, 2.491875];
    for (day, worked) in worked.into_iter().enumerate() {
        near(made[day], worked, "made");
    }
}

/// Electricity and services cannot be stocked; trade's margin on stocks is none.
#[test]
fn what_is_stocked_is_what_has_changes_in_inventories() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let x = table.output().expect("flows");
    let mut how = OutageOptions::new(0.1, 60);
    how.stocks = vec![(8, 12.0), (16, 0.0)];
    let (stocked, told) = stocked(&table, x);
    let days = stock_days(&stocked, &how);
    assert!(told && stocked[8] && !stocked[16]);
    assert_eq!(
        (days[0], days[6], days[19], days[23]),
        (90.0, 90.0, 3.0, 3.0)
    );
    // Steel as named; nothing of electricity is two days of it.
    assert_eq!((days[8], days[16]), (12.0, 2.0));
}

#[test]
fn what_cannot_be_out_is_refused() {
    let (table, model) = two();
    let usual = OutageOptions::new(0.1, 60);
    let refused = |change: &dyn Fn(&mut OutageOptions)| {
        let mut how = usual.clone();
        change(&mut how);
        assert!(Outage::of(&table, &model, 0, &how).is_err(), "{how:?}");
    };
    for loss in [0.0, -0.1, 1.1, f64::NAN] {
        refused(&|how| how.loss = loss);
    }
    for wrong in [f64::NAN, f64::INFINITY, -1.0] {
        refused(&|how| how.stock = wrong);
        refused(&|how| how.buffer = wrong);
        refused(&|how| how.stocks = vec![(1, wrong)]);
        refused(&|how| how.critical = wrong);
        refused(&|how| how.restocking = wrong);
        refused(&|how| how.overcapacity = wrong);
        refused(&|how| how.overcapacity_days = wrong);
    }
    refused(&|how| how.days = 0);
    refused(&|how| how.horizon = 59);
    refused(&|how| how.recovery = u32::MAX);
    refused(&|how| how.horizon = 40_000);
    refused(&|how| how.stocks = vec![(2, 1.0)]);
    assert!(Outage::of(&table, &model, 2, &usual).is_err());
    assert!(Outage::of(&table, &model, 1, &usual).is_ok());
}
