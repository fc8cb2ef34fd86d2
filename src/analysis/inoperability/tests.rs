use super::*;
use crate::table::FinalDemandRole::Household;
use crate::table::PrimaryInputRole::Compensation;
use crate::table::Table;

/// Miller & Blair, Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000); x^-1 A x = [.15 .5; .1 .05] is the A* of the two
/// sectors of Lian & Haimes (2006).
fn economy() -> AnyTable {
    Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [650.0, 1400.0])
        .jobs([300.0, 500.0])
        .build()
        .expect("balanced")
}

fn found(options: &InoperabilityOptions) -> Inoperability {
    let table = economy();
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    Inoperability::of(&table, &model, options).expect("a course")
}

fn refused(options: &InoperabilityOptions) -> String {
    let table = economy();
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let error = Inoperability::of(&table, &model, options).expect_err("refused");
    error.to_string()
}

#[track_caller]
fn near(found: &[f64], expected: &[f64]) {
    let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
    let worst = apart.fold(0.0, f64::max);
    assert!(
        found.len() == expected.len() && worst < 1e-9,
        "{found:?} is not {expected:?}"
    );
}

/// k = .2 of both: ln 100 / (T (1 - a_ii)).
fn by_hand(side: InoperabilitySide) -> InoperabilityOptions {
    let days = |own: f64| 100.0_f64.ln() / (0.2 * (1.0 - own));
    let mut options = InoperabilityOptions::new(1, 0.4, 3, 30.0);
    options.side = side;
    options.recoveries = vec![(0, days(0.15)), (1, days(0.05))];
    options.horizon = 5;
    options
}

/// Supply side, A* = A' = [.15 .2; .25 .05], sector 2 at .4 for three days:
/// p1: 0; .2 (.2 x .4) = .016; .016 + .2 (.15 x .016 + .08 - .016) = .02928; then
/// .02928 + .2 (.15 x .02928 + .08 - .02928) = .0403024.
/// p2 on the fourth day: .4 + .2 (.25 x .02928 + .05 x .4 - .4) = .325464.
/// Fifth: p1 .0403024 + .2 (.15 x .0403024 + .2 x .325464 - .0403024) = .046469552;
/// p2 .325464 + .2 (.25 x .0403024 + .05 x .325464 - .325464) = .26564096.
#[test]
fn buyers_lack_what_is_not_delivered_day_by_day() {
    let found = found(&by_hand(InoperabilitySide::Supply));
    near(&found.coefficients, &[0.2, 0.2]);
    let expected = [
        [0.0, 0.4],
        [0.016, 0.4],
        [0.02928, 0.4],
        [0.0403024, 0.325464],
        [0.046469552, 0.26564096],
    ];
    for (day, expected) in found.by_day.iter().zip(&expected) {
        near(day, expected);
    }
    let sums = [0.132051952, 1.79110496];
    let output = [sums[0] * 1000.0 / 365.0, sums[1] * 2000.0 / 365.0];
    near(&found.output, &output);
    near(&found.undelivered, &output);
    near(&found.value_added, &[output[0] * 0.65, output[1] * 0.7]);
    near(&found.accounts[0].1, &[output[0] * 0.3, output[1] * 0.25]);
    near(&found.peak, &[0.046469552, 0.4]);
    assert_eq!(found.rank_by_inoperability, [2, 1]);
    assert_eq!(found.rank_by_loss, [2, 1]);
    // Never back within five days; most is lost on the third.
    assert_eq!((found.worst_day, found.recovered), (3, None));
    near(
        &[found.days[0].output, found.days[0].own],
        &[800.0 / 365.0; 2],
    );
}

/// Demand side, A* = [.15 .5; .1 .05]: p1 .2 (.5 x .4) = .04; .04 + .2 (.006 + .2 - .04) = .0732; .0732 +
/// .2 (.01098 + .2 - .0732) = .100756; p2 on the fourth day .4 + .2 (.00732 + .02 - .4) = .325464.
#[test]
fn of_suppliers_less_is_ordered_day_by_day() {
    let found = found(&by_hand(InoperabilitySide::Demand));
    near(&found.by_day[1], &[0.04, 0.4]);
    near(&found.by_day[2], &[0.0732, 0.4]);
    near(&found.by_day[3], &[0.100756, 0.325464]);
}

/// Lian & Haimes (2006): c* = (0, .1) settles at q = (.066, .112).
#[test]
fn missing_final_demand_settles_at_the_published_inoperability() {
    let mut options = by_hand(InoperabilitySide::Demand);
    options.struck.clear();
    options.demand = vec![(1, 0.1 / 0.85)];
    (options.days, options.horizon) = (200, 200);
    let found = found(&options);
    near(&found.by_day[0], &[0.0, 0.0]);
    near(&found.by_day[1], &[0.0, 0.02]);
    let exact = [0.1 * 0.5 / 0.7575, 0.1 * 0.85 / 0.7575];
    near(&found.by_day[199], &exact);
    near(&found.settled, &exact);
    assert!((exact[0] - 0.066).abs() < 5e-4 && (exact[1] - 0.112).abs() < 5e-4);
}

/// Sector 2 holds a day's output, of which .4 is drawn on each of two days and .2 on the third.
#[test]
fn nothing_is_passed_on_while_stocks_last() {
    let mut options = by_hand(InoperabilitySide::Supply);
    options.stocks = vec![(1, 1.0)];
    let found = found(&options);
    // q2 = 0, 0, .2: on the fourth day p1 = .2 (.2 x .2) and p2 = .4 + .2 (.05 x .2 - .4).
    near(&found.by_day[2], &[0.0, 0.4]);
    near(&found.by_day[3], &[0.008, 0.322]);
    near(&[found.days[2].undelivered], &[0.2 * 2000.0 / 365.0]);
    let made: f64 = found.by_day.iter().map(|p| p[1]).sum();
    near(&[found.undelivered[1]], &[(made - 1.0) * 2000.0 / 365.0]);
}

/// By itself a sector is back to about a hundredth in its days of recovery: (1 - k (1 - a))^T, a little less.
#[test]
fn recovery_takes_its_days() {
    let table = Table::builder("one", 2022)
        .sectors([("1", "All")])
        .domestic_flows([[200.0]])
        .final_demand(Household, [800.0])
        .value_added(Compensation, [800.0])
        .build()
        .expect("balanced");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let options = InoperabilityOptions::new(0, 0.5, 1, 100.0);
    let found = Inoperability::of(&table, &model, &options).expect("a course");
    let after = found.by_day[100][0] / 0.5;
    let exact = (1.0 - 100.0_f64.ln() / 100.0).powi(100);
    assert!(
        (after - exact).abs() < 1e-12 && after < 0.01 && after > 0.008,
        "{after}"
    );
    assert_eq!(found.recovered, Some(99));
}

/// Held for long, the two sides settle at the published .2596 (exogenous electricity) and 1.2431 (supply shortage) of
/// others per unit of its own loss.
#[test]
fn an_outage_that_lasts_settles_at_the_static_model() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let k = table.sectors().find("17").expect("electricity");
    let x = table.output().expect("flows").clone();
    for (side, others) in [
        (InoperabilitySide::Demand, 0.2596),
        (InoperabilitySide::Supply, 1.2431),
    ] {
        let mut options = InoperabilityOptions::new(k, 0.1, 2000, 60.0);
        (options.side, options.horizon) = (side, 2000);
        let found = Inoperability::of(&table, &model, &options).expect("a course");
        let last: DVector<f64> = found.by_day[1999].clone().into();
        near(last.as_slice(), &found.settled);
        let ratio = last.dot(&x) / (0.1 * x[k]) - 1.0;
        assert!((ratio - others).abs() < 5e-5, "{ratio}");
    }
}

/// Of product 1 sector 2 imports 100 of 2000, of which half is missing: c* = (0, .025), A* = [.15 .2; .25 .05]. p2: .2 x
/// .025 = .005; .005 + .2 (.05 x .005 + .025 - .005) = .00905; p1: 0; .2 x .2 x .005 = .0002.
#[test]
fn imports_that_are_missing_draw_in_their_users() {
    let table = Table::builder("two", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .imported_flows([[0.0, 100.0], [30.0, 0.0]])
        .final_demand(Household, [350.0, 1700.0])
        .value_added(Compensation, [620.0, 1300.0])
        .build()
        .expect("balanced");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let mut options = by_hand(InoperabilitySide::Supply);
    options.struck.clear();
    options.imports = vec![(0, 0.5)];
    (options.days, options.horizon) = (300, 300);
    let found = Inoperability::of(&table, &model, &options).expect("a course");
    near(&found.by_day[1], &[0.0, 0.005]);
    near(&found.by_day[2], &[0.0002, 0.00905]);
    near(&found.by_day[299], &found.settled);
    // For good it is the supply-driven bound of a stop of those imports.
    let stop = crate::analysis::ImportStop::of(&table, 0, 0.5, 0.0).expect("a stop");
    let bound = stop
        .case(crate::analysis::StopCase::SupplyDriven)
        .expect("a case");
    near(
        &found.settled,
        &[-bound.output[0] / 1000.0, -bound.output[1] / 2000.0],
    );
    options.side = InoperabilitySide::Demand;
    let error = Inoperability::of(&table, &model, &options).expect_err("refused");
    assert!(error.to_string().contains("supply side"));
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do() {
    let base = by_hand(InoperabilitySide::Supply);
    let with = |change: &dyn Fn(&mut InoperabilityOptions)| {
        let mut options = base.clone();
        change(&mut options);
        refused(&options)
    };
    assert!(with(&|o| o.struck.clear()).contains("nothing is struck"));
    assert!(with(&|o| o.struck = vec![(1, 0.1), (1, 0.2)]).contains("twice"));
    assert!(with(&|o| o.struck = vec![(2, 0.1)]).contains("position 2"));
    for loss in [0.0, 1.5, f64::NAN] {
        assert!(with(&|o| o.struck = vec![(1, loss)]).contains("above 0"));
    }
    assert!(with(&|o| o.demand = vec![(0, 0.1)]).contains("demand side"));
    assert!(with(&|o| o.days = 0).contains("1 day"));
    assert!(with(&|o| o.days = 6).contains("horizon of 5"));
    assert!(with(&|o| o.horizon = 40_000).contains("too long"));
    assert!(with(&|o| o.left = 1.0).contains("between 0 and 1"));
    assert!(with(&|o| o.stock = f64::INFINITY).contains("stocks"));
    assert!(with(&|o| o.recovery = f64::NAN).contains("recovery"));
    // ln 100 / (1 - .15) = 5.418.
    let quick = with(&|o| o.recoveries = vec![(0, 5.0)]);
    assert!(
        quick.contains("5.5 days") && quick.contains("Agriculture"),
        "{quick}"
    );
}

#[test]
fn the_recovery_that_is_asked_for_is_quick_enough_for_every_sector() {
    let table = AnyTable::open("kr-2023-33").expect("built in");
    let model = Model::from_coefficients(table.coefficients()).expect("productive");
    let with = |recovery: f64| {
        let options = InoperabilityOptions::new(16, 0.1, 5, recovery);
        Inoperability::of(&table, &model, &options)
    };
    let said = with(3.0).expect_err("too quick").to_string();
    let days = said
        .split("write ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let days: f64 = days.and_then(|days| days.parse().ok()).expect("a number");
    // ln 100 = 4.6 days over 1 less the largest own use.
    assert!(days > 5.0 && days < 10.0, "{said}");
    assert!(with(days).is_ok() && with(days - 0.2).is_err(), "{days}");
}
